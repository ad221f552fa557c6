"""A cloud of known axes, and the walk of the weights that it teaches."""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from course.plasticity import covariance, hebb, oja
from course.widgets.oja.own import Wrong, answer

STEPS = 500
LIMIT = 30.0  # the norm where a walk ends
_POINTS = 150
_ASKED = ("rule", "angle", "elongation", "shift", "heading", "epsilon", "alpha", "norm", "start", "seed")


@lru_cache(maxsize=1)
def standard() -> np.ndarray:
    """Points of mean exactly 0 and of covariance exactly 1: the axes of a cloud are then where one has put them."""
    x = np.random.default_rng(4).normal(size=(_POINTS, 2))
    x -= x.mean(axis=0)
    return x @ np.linalg.inv(np.linalg.cholesky(x.T @ x / _POINTS)).T


def direction(degrees: float) -> np.ndarray:
    a = np.radians(degrees)
    return np.array([np.cos(a), np.sin(a)])


def cloud(angle: float, elongation: float, shift: float = 0.0, heading: float = 0.0) -> np.ndarray:
    """Points (n, 2): variance 1 along `angle` (°), 1/elongation² across, the mean at `shift` towards `heading` (°)."""
    along, across = direction(angle), direction(angle + 90)
    x = standard() / (1.0, elongation)
    return x @ np.stack([along, across]) + shift * direction(heading)


def order(seed: int) -> np.ndarray:
    """Which point is presented, and when."""
    return np.random.default_rng(seed).integers(_POINTS, size=STEPS)


def reference(rule: str, points: np.ndarray, epsilon: float, alpha: float) -> Callable:
    """`update(w, u, v)` of the course; the means of the covariance are those of the whole cloud."""
    mean = points.mean(axis=0)
    return {
        "hebb": lambda w, u, v: hebb(w, u, v, epsilon),
        "oja": lambda w, u, v: oja(w, u, v, epsilon, alpha),
        "covariance": lambda w, u, v: covariance(w, u, v, epsilon, mean, float(w @ mean)),
    }[rule]


class Walk:
    """The weights after each presentation, as far as somebody has asked; `wrong` says why it ended too early."""

    def __init__(self, update: Callable, points: np.ndarray, which: np.ndarray, start: np.ndarray):
        self.update, self.points, self.which = update, points, which
        self.weights, self.wrong, self.ended = [start], "", False

    def until(self, step: int) -> np.ndarray:
        """The weights (step + 1, 2), or less where it has ended."""
        while len(self.weights) <= step and not self.ended:
            w, u = self.weights[-1], self.points[self.which[len(self.weights) - 1]]
            try:
                self.weights.append(self.update(w, u, float(w @ u)))
            except Wrong as error:
                self.wrong = str(error)
            self.ended = bool(self.wrong) or np.hypot(*self.weights[-1]) >= LIMIT
        return np.array(self.weights[: step + 1])


def computation(own: Callable | None) -> Callable[..., dict]:
    """`compute(**values) -> arrays` of an explorer; `own` is a student's rule."""

    @lru_cache(maxsize=8)
    def walks(rule, angle, elongation, shift, heading, epsilon, alpha, norm, start, seed) -> tuple:
        points, first = cloud(angle, elongation, shift, heading), norm * direction(start)
        updates = [reference(rule, points, epsilon, alpha)]
        if own:
            updates.append(partial(asked, own, epsilon))
        return points, [Walk(update, points, order(seed), first) for update in updates]

    def compute(**values) -> dict:
        points, found = walks(*(values[name] for name in _ASKED))
        step = round(values["step"])
        axis = direction(values["angle"])
        told = []
        for walk in found:
            w = walk.until(max(step, 1))[: step + 1]  # a rule that answers nothing is told at once
            ended = walk.ended and len(walk.weights) <= step + 1
            told.append({"w": w, "wrong": walk.wrong if ended else "", "ended": ended, "angle": apart(w, axis)})
        shown = min(step, max(len(one["w"]) for one in told) - 1)
        return {
            "values": values, "points": points, "axis": axis, "mean": direction(values["heading"]), "step": step,
            "walks": told, "now": points[order(values["seed"])[shown - 1]] if shown else None,
        }  # fmt: skip

    return compute


def asked(own: Callable, epsilon: float, w: np.ndarray, u: np.ndarray, v: float) -> np.ndarray:
    return answer(own, w, u, v, epsilon)


def apart(w: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """The angle (°) between each w and an axis, up to sign: 0 to 90; undefined for w = 0."""
    along, across = np.abs(w @ axis), np.abs(w @ (-axis[1], axis[0]))
    return np.where(along + across > 0, np.degrees(np.arctan2(across, along)), np.nan)
