"""The Python text that reproduces what the explorer of Oja's rule shows."""

CALLS = {
    "oja": "oja(w, u, w @ u, {epsilon:g}, {alpha:g})",
    "hebb": "hebb(w, u, w @ u, {epsilon:g})",
    "covariance": "covariance(w, u, w @ u, {epsilon:g}, m, w @ m)",
}


def code(values: dict, own: bool) -> str:
    """The same points, the same order, the same first weights."""
    rule, norm, start = values["rule"], float(values["norm"]), float(values["start"])
    places = ", ".join(f"{float(values[name]):g}" for name in ("angle", "elongation", "shift", "heading"))
    return "\n".join([
        "import numpy as np", "", f"from course.plasticity import {rule}",
        "from course.widgets.oja.compute import LIMIT, cloud, direction, order", "",
        f"points = cloud({places})",
        *(["m = points.mean(axis=0)"] if rule == "covariance" else []),
        f"w = {norm!r} * direction({start!r})",
        f"for u in points[order({values['seed']})[:{round(values['step'])}]]:",
        f"    w = {CALLS[rule].format(**values)}" + ("  # ou votre règle" if own else ""),
        "    if np.hypot(*w) >= LIMIT:",
        "        break",
        "print(*w)",
        "",
    ])  # fmt: skip
