"""The values of the controls become a network, what it says of the plane, and what each unit sees."""

from collections.abc import Callable

import numpy as np

from course import nn
from course.widgets.decision_boundary.learning import Subject, learning, points

SIDE = 2.2
_FINE, _COARSE = 81, 31


def plane(n: int) -> np.ndarray:
    """The points of a square grid, one a line; the first row of the picture is at the bottom."""
    side = np.linspace(-SIDE, SIDE, n)
    return np.stack([a.ravel() for a in np.meshgrid(side, side)], axis=1)


def computation(s: Subject) -> Callable[..., dict]:
    """`compute(**values) -> arrays` of an explorer of `s`."""

    def compute(**values) -> dict:
        hidden, step = round(values["hidden"]), round(values["step"])
        run = learning(s, hidden, round(values["seed"]), values["activation"], values["rule"], values["lr"],
                       values["cloud"], values["drawn"])  # fmt: skip
        net = run.at(step)
        x, y = points(values["cloud"], values["drawn"])
        with np.errstate(all="ignore"):
            answers = net(x).argmax(axis=1)
            map = share(net(plane(_FINE))).reshape(_FINE, _FINE)
        return {
            "subject": s, "values": values, "x": x, "y": y, "map": map, "right": answers == y,
            "step": min(step, run.last), "lost": run.lost and step > run.last, "units": units(net, values),
            "losses": np.array(run.losses[: min(step, run.last) + 1]),
        }  # fmt: skip

    return compute


def share(z: np.ndarray) -> np.ndarray:
    """The probability of the second class."""
    return nn.Softmax()(z)[:, 1]


def units(net: nn.Sequential, values: dict) -> list[dict]:
    """What each hidden unit says over the plane, its frontier, and what it weighs in the answer."""
    grid, linear = plane(_COARSE), values["activation"] == "none"
    z = net[0](grid)
    seen = z if linear else net[1](z)
    W, V = (weights(module, size) for module, size in ((net[0], 2), (net[len(net) - 1], seen.shape[1])))
    return [
        {
            "picture": seen[:, k].reshape(_COARSE, _COARSE),
            "edge": None if W is None else edge(W[0][:, k], W[1][k]),
            "weight": None if V is None else float(V[0][k, 1] - V[0][k, 0]),
        }
        for k in range(seen.shape[1])
    ]


def weights(module: nn.Module, inputs: int) -> tuple[np.ndarray, np.ndarray] | None:
    """(W, b) of a layer x W + b, read in its parameters; None for another sort of layer."""
    found = {p.value.ndim: p.value for p in module.parameters()}
    W, b = found.get(2), found.get(1)
    if W is None or len(W) != inputs or len(module.parameters()) > 2:
        return None
    return W, np.zeros(W.shape[1]) if b is None else b


def edge(w: np.ndarray, b: float) -> np.ndarray | None:
    """The two ends, in the window, of the line w·x + b = 0."""
    ends = []
    for axis in (0, 1):
        for side in (-SIDE, SIDE):
            if w[1 - axis]:
                other = -(b + w[axis] * side) / w[1 - axis]
                if abs(other) <= SIDE:
                    ends.append((side, other) if axis == 0 else (other, side))
    return np.array(ends[:: max(1, len(ends) - 1)][:2]) if len(ends) >= 2 else None
