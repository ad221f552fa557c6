"""The Python text that reproduces what the explorer of a boundary shows."""

from course.widgets.decision_boundary.learning import Subject

RULES = {
    "sgd": "nn.SGD(net.parameters(), lr={lr:g})",
    "momentum": "nn.SGD(net.parameters(), lr={lr:g}, momentum=0.9)",
    "adam": "nn.Adam(net.parameters(), lr={lr:g})",
}


def code(s: Subject, values: dict) -> str:
    """The same points, the same weights, the same steps."""
    hidden, seed = round(values["hidden"]), round(values["seed"])
    build = f"network({hidden}, np.random.default_rng({seed}), \"{values['activation']}\")"
    if s.own:
        build = f"votre_reseau({hidden}, np.random.default_rng({seed}))"
    loss = "nn.CrossEntropyLoss()" if not s.own else "nn.CrossEntropyLoss()  # ou la vôtre"
    drawn = ", ".join(str(point) for point in values["drawn"])
    drawn = f"({drawn},)" if drawn else "()"
    return "\n".join([
        "import numpy as np", "", "from course import nn",
        "from course.widgets.decision_boundary.learning import network, points", "",
        f"x, y = points(\"{values['cloud']}\", {drawn})",
        f"net = {build}",
        f"loss = {loss}",
        f"optimiseur = {RULES[values['rule']].format(lr=values['lr'])}",
        f"for _ in range({round(values['step'])}):",
        "    loss(net(x), y)",
        "    net.zero_grad()",
        "    net.backward(loss.backward())",
        "    optimiseur.step()",
        "print(loss(net(x), y), (net(x).argmax(axis=1) == y).mean())",
        "",
    ])  # fmt: skip
