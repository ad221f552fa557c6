"""From gradients to new weights. The gradient is of a mean over the batch: lr does not depend on its size."""

import numpy as np

from course import _check
from course.nn.module import Parameter


class SGD:
    """Gradient descent: v ← μ v + (g + λ θ), then θ ← θ - lr v.

    Without momentum (μ = 0) nor weight decay (λ = 0) it is θ ← θ - lr g.

    Args:
        params: what `model.parameters()` returns.
        lr: > 0, the learning rate.
        momentum: μ in [0, 1), how much of the previous step goes on.
        weight_decay: λ ≥ 0, pulls every weight towards 0.

    Raises:
        ValueError: « SGD.lr : un nombre strictement positif, reçu 0 ».

    >>> theta = Parameter(np.array([1.0]), "θ")
    >>> theta.add(np.array([2.0])); SGD([theta], lr=0.1).step(); float(theta.value[0])
    0.8
    """

    def __init__(
        self, params: list[Parameter], lr: float, momentum: float = 0.0, weight_decay: float = 0.0
    ) -> None:
        self.params = given("SGD.params", params)
        self.lr = _check.positive("SGD.lr", lr)
        self.momentum = fraction("SGD.momentum", momentum)
        self.weight_decay = _check.not_negative("SGD.weight_decay", weight_decay)
        self.v = [np.zeros_like(p.value) for p in self.params] if momentum else None

    def step(self) -> None:
        for k, p in enumerate(self.params):
            g = p.grad
            if self.weight_decay:
                g = g + self.weight_decay * p.value
            if self.v is not None:
                self.v[k] *= self.momentum
                self.v[k] += g
                g = self.v[k]
            p.value -= self.lr * g


class Adam:
    """Each weight has its own step, the mean gradient divided by its usual size:

        m ← β₁ m + (1 - β₁) g            the mean of the gradients
        s ← β₂ s + (1 - β₂) g²           the mean of their squares
        θ ← θ - lr m̂ / (√ŝ + ε)          m̂ = m/(1 - β₁ᵗ), ŝ = s/(1 - β₂ᵗ)

    m and s start at 0, and are too small by 1 - βᵗ after t steps: the hats mend it.

    Source: Kingma and Ba 2015, algorithm 1.

    Raises:
        ValueError: « Adam.lr : un nombre strictement positif, reçu -0.001 ».
    """

    def __init__(
        self,
        params: list[Parameter],
        lr: float = 1e-3,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.params = given("Adam.params", params)
        self.lr = _check.positive("Adam.lr", lr)
        self.beta_1, self.beta_2 = fraction("Adam.beta_1", beta_1), fraction("Adam.beta_2", beta_2)
        self.epsilon = _check.positive("Adam.epsilon", epsilon)
        self.m = [np.zeros_like(p.value) for p in self.params]
        self.s = [np.zeros_like(p.value) for p in self.params]
        self.t = 0

    def step(self) -> None:
        self.t += 1
        step = self.lr / (1 - self.beta_1**self.t)
        root = np.sqrt(1 - self.beta_2**self.t)
        for p, m, s in zip(self.params, self.m, self.s, strict=True):
            g = p.grad
            m += (1 - self.beta_1) * (g - m)
            s *= self.beta_2
            s += (1 - self.beta_2) * g * g
            p.value -= step * m / (np.sqrt(s) / root + self.epsilon)


def given(where: str, params: list[Parameter]) -> list[Parameter]:
    """At least one Parameter."""
    params = list(params) if isinstance(params, list | tuple) else []
    if not params or not all(isinstance(p, Parameter) for p in params):
        raise _check.refuse(where, "des paramètres, model.parameters()", params)
    return params


def fraction(where: str, value: float) -> float:
    """A number in [0, 1)."""
    x = _check.not_negative(where, value)
    if x >= 1:
        raise _check.refuse(where, "un nombre de [0, 1[", value)
    return x
