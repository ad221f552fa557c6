"""Two clouds in a plane, a network, and the whole of its learning: the weights after every step."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from course import _check, nn

STEPS = 1000
_POINTS = 160
_TYPE = np.float64


@dataclass(frozen=True)
class Cloud:
    """A problem: its French name, and `draw(rng, y)` that places points of the classes y."""

    title: str
    draw: Callable[[np.random.Generator, np.ndarray], np.ndarray]


def moons(rng, y):
    a = np.pi * rng.random(len(y))
    x = np.stack([np.cos(a) * (1 - 2 * y) + y - 0.5, np.sin(a) * (1 - 2 * y) + 0.5 * y - 0.25], 1)
    return 1.4 * x + rng.normal(0, 0.12, x.shape)


def ring(rng, y):
    a, u = 2 * np.pi * rng.random(len(y)), rng.random(len(y))
    r = np.where(y == 1, 0.75 * np.sqrt(u), 1.3 + 0.7 * u)
    return np.stack([r * np.cos(a), r * np.sin(a)], 1)


def exclusive_or(rng, y):
    x = rng.uniform(0.15, 1.9, (len(y), 2)) * rng.choice([-1, 1], (len(y), 1))
    x[:, 1] *= np.where(y == 1, -1, 1)
    return x


def spirals(rng, y):
    u = np.sqrt(rng.random(len(y)))
    a = 3.6 * u + np.pi * y
    return 2 * u[:, None] * np.stack([np.cos(a), np.sin(a)], 1) + rng.normal(0, 0.06, (len(y), 2))


def line(rng, y):
    side = np.where(y == 1, 1, -1)
    return np.stack([side * 0.9, side * 0.6], 1) + rng.normal(0, 0.35, (len(y), 2))


CLOUDS = {
    "moons": Cloud("deux lunes", moons),
    "ring": Cloud("cible", ring),
    "xor": Cloud("ou exclusif", exclusive_or),
    "spirals": Cloud("deux spirales", spirals),
    "line": Cloud("deux amas", line),
}
ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU}


def points(cloud: str, drawn: tuple) -> tuple[np.ndarray, np.ndarray]:
    """(x, y): those of the problem, then those of one's own."""
    y = np.arange(_POINTS) % 2
    x = CLOUDS[cloud].draw(np.random.default_rng(1), y)
    more = np.array(drawn, _TYPE).reshape(-1, 3)
    return np.concatenate([x, more[:, :2]]).astype(_TYPE), np.concatenate([y, more[:, 2].astype(int)])


def network(hidden: int, rng: np.random.Generator, activation: str = "tanh") -> nn.Sequential:
    """2 numbers in, `hidden` units, 2 logits out."""
    first, last = (nn.Linear(*size, init="glorot", rng=rng, dtype=_TYPE) for size in ((2, hidden), (hidden, 2)))
    # the first frontiers are spread over the plane, or all of them would pass through its centre
    first.b.value[...] = rng.uniform(-1, 1, hidden)
    return nn.Sequential(first, *([ACTIVATIONS[activation]()] if activation in ACTIVATIONS else []), last)


@dataclass(frozen=True)
class Subject:
    """Who learns: a maker of networks, a maker of losses, and whether they are a student's `own`."""

    build: Callable
    loss: Callable[[], object]
    own: bool

    @classmethod
    def checked(cls, build: Callable, loss: Callable | None, own: bool) -> "Subject":
        where = "explore_decision_boundary"
        for name, given in (("build", build), ("loss", loss or nn.CrossEntropyLoss)):
            if not callable(given):
                raise _check.refuse(f"{where}.{name}", "une fonction", given)
        if own:
            net = build(3, np.random.default_rng(0))
            rule = "une fonction (unités, rng) qui rend un nn.Sequential de deux couches ou plus"
            if not isinstance(net, nn.Sequential) or len(net) < 2 or not net.parameters():
                raise _check.refuse(f"{where}.build", rule, net)
            shape = np.shape(net(np.zeros((4, 2), _TYPE)))
            if shape != (4, 2):
                raise _check.refuse(f"{where}.build", "un réseau de 2 entrées et 2 sorties", shape)
        return cls(build, loss or nn.CrossEntropyLoss, own)

    def start(self, hidden: int, seed: int, activation: str) -> nn.Sequential:
        rng = np.random.default_rng(seed)
        return self.build(hidden, rng) if self.own else self.build(hidden, rng, activation)


RULES = {
    "sgd": lambda params, lr: nn.SGD(params, lr),
    "momentum": lambda params, lr: nn.SGD(params, lr, momentum=0.9),
    "adam": lambda params, lr: nn.Adam(params, lr),
}


class Learning:
    """Gradient descent on all the points at once, as far as somebody has asked; every network is kept."""

    def __init__(self, s: Subject, hidden: int, seed: int, activation: str, rule: str, lr: float, x, y) -> None:
        self.net, self.loss, self.x, self.y = s.start(hidden, seed, activation), s.loss(), x, y
        self.optimiser = RULES[rule](self.net.parameters(), lr)
        self.weights, self.losses = [], []
        self.lost = False
        self.look()

    def look(self) -> None:
        """Keeps the present weights, and what they cost."""
        output = self.net(self.x)
        self.lost = not np.isfinite(output).all()
        self.losses.append(np.nan if self.lost else float(self.loss(output, self.y)))
        self.weights.append([p.value.copy() for p in self.net.parameters()])

    def until(self, step: int) -> None:
        with np.errstate(all="ignore"):
            while len(self.losses) <= step and not self.lost:
                self.net.zero_grad()
                self.net.backward(self.loss.backward())
                self.optimiser.step()
                self.look()

    def at(self, step: int) -> nn.Sequential:
        """The network after `step` steps, or the last one before its numbers were lost."""
        self.until(step)
        net = copy.deepcopy(self.net)
        for p, value in zip(net.parameters(), self.weights[min(step, self.last)], strict=True):
            p.value = value
        return net

    @property
    def last(self) -> int:
        """The last step whose numbers are finite."""
        return len(self.losses) - 1 - self.lost


@lru_cache(maxsize=24)
def learning(s: Subject, hidden: int, seed: int, activation: str, rule: str, lr: float, cloud: str, drawn: tuple):
    return Learning(s, hidden, seed, activation, rule, lr, *points(cloud, drawn))
