"""Is a `backward` right? Move one number by ±h, look at what comes out, compare."""

import copy

import numpy as np

from course import _check
from course.nn.given import finite, floats
from course.nn.module import Module

_STEP = 1e-5  # error of the formula h², of the subtraction 1e-16/h: about 1e-10 both


def gradient_check(
    subject: object, x: np.ndarray, target: np.ndarray | None = None, most: int = 300, seed: int = 0
) -> float:
    """The largest relative error between `backward` and (L(θ + h) - L(θ - h))/2h, over x and every parameter.

    A module is followed by a random sum, L = Σ r y; a loss (`target` given) is L itself. It is computed in float64 on
    copies, so that the subject is left as it was and a Dropout draws the same mask each time. The error of an array is
    its largest gap over its largest gradient; at most `most` numbers of each array are moved.

    Below 1e-6 a backward is right. Near 1 it is wrong. In between, look for a ReLU at exactly 0.

    >>> from course.nn import Linear, MSELoss
    >>> gradient_check(Linear(3, 2, rng=0), np.ones((4, 3))) < 1e-8
    True
    >>> gradient_check(MSELoss(), np.ones((4, 3)), np.zeros((4, 3))) < 1e-8
    True
    """
    if not hasattr(subject, "backward"):
        raise _check.refuse("gradient_check", "un module ou une perte, avec backward", subject)
    x = finite("gradient_check.x", floats("gradient_check.x", x)).astype(np.float64)
    rng = np.random.default_rng(seed)
    subject = in_float64(subject)
    if target is None:
        r = rng.normal(size=np.shape(copy.deepcopy(subject).forward(x)))

    def value() -> float:
        run = copy.deepcopy(subject)
        return run(x, target) if target is not None else float((run.forward(x) * r).sum())

    run = copy.deepcopy(subject)
    if target is None:
        run.forward(x)
        run.zero_grad()
        pairs = [(x, run.backward(r))]
        pairs += [(p.value, q.grad) for p, q in zip(subject.parameters(), run.parameters(), strict=True)]
    else:
        run(x, target)
        pairs = [(x, run.backward())]
    return max(error(value, theta, np.asarray(grad), most, rng) for theta, grad in pairs)


def error(value, theta: np.ndarray, grad: np.ndarray, most: int, rng: np.random.Generator) -> float:
    """The largest gap between `grad` and the differences of `value` when `theta` moves, relative to the largest."""
    if grad.shape != theta.shape:
        rule = f"un gradient de la forme de ce dont il est le gradient, {theta.shape}"
        raise ValueError(f"gradient_check\u00a0: {rule}, reçu {grad.shape}")
    if not np.isfinite(grad).all():
        return np.inf
    moved = np.arange(theta.size)
    if theta.size > most:
        moved = np.sort(rng.choice(theta.size, most, replace=False))
    slopes = np.array([slope(value, theta, np.unravel_index(k, theta.shape)) for k in moved])
    given = grad.reshape(-1)[moved]
    largest = max(np.abs(slopes).max(), np.abs(given).max())
    # a gradient that is 0 for both: there is nothing to compare, and no relative error
    return 0.0 if largest < 1e-9 else float(np.abs(slopes - given).max() / largest)


def slope(value, theta: np.ndarray, place: tuple) -> float:
    """(L(θ + h) - L(θ - h))/2h for one number of `theta`, put back after."""
    before = theta[place]
    theta[place] = before + _STEP
    above = value()
    theta[place] = before - _STEP
    below = value()
    theta[place] = before
    return (above - below) / (2 * _STEP)


def in_float64(subject: object) -> object:
    """A copy whose parameters are in double precision, and without gradients."""
    subject = copy.deepcopy(subject)
    if isinstance(subject, Module):
        for p in subject.parameters():
            p.value = p.value.astype(np.float64)
            p.zero_grad()
    return subject
