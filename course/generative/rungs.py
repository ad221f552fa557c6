"""Distances never stand alone: the floor below them, the ceiling above, intervals beside."""

from collections.abc import Mapping

from course import _check
from course.generative.measure import Distance, short


def ladder(distances: Mapping[str, Distance], low: Distance, high: Distance) -> str:
    """A text, one line each, from the nearest to the farthest; `low` comes from `floor`, `high` from `ceiling`.

    Only what was measured alike is compared: the same features, the same numbers of images.

    Raises:
        ValueError: « ladder.distances : autant d'images que le plancher (10000 contre 10000), reçu VAE, 500 contre … ».
    """
    rows = {"plancher (vraies images)": low, "plafond (bruit)": high, **distances}
    for name, d in rows.items():
        if not isinstance(d, Distance):
            raise _check.refuse("ladder.distances", f"ce que rend distance ({name})", d)
        if d.title != low.title:
            rule = f"les caractéristiques du plancher, «\u00a0{low.title}\u00a0»"
            raise _check.refuse("ladder.distances", rule, d.title)
        if (d.n, d.m) != (low.n, low.m):
            rule = f"autant d'images que le plancher ({low.n} contre {low.m}), car moins d'images éloignent"
            raise _check.refuse("ladder.distances", rule, f"{name}, {d.n} contre {d.m}")
    width = max(map(len, rows))
    lines = [f"{low.title}, {low.n} images contre {low.m}, intervalles à 95\u00a0%"]
    for name, d in sorted(rows.items(), key=lambda row: row[1].value):
        interval = f"[{short(d.low)}\u00a0; {short(d.high)}]"
        lines.append(f"{name:{width}}  {short(d.value):>5}  {interval}")
    return "\n".join(lines)
