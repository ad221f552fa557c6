"""A spike is a step, whose true derivative is zero; learning borrows the derivative of a smoother function.

    forward    s = H(x) = 1 if x > 0 else 0        x = v - θ: binary, whatever the surrogate
    backward   ds/dx := σ'(x)                      the derivative of the surrogate, evaluated at the same x

A formula is a text in x and k, its scale, written once: torch evaluates it here, the compiled kernels paste it.
"""

import math
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import NamedTuple

import torch

from course import _check


class Family(NamedTuple):
    """A shape of surrogate: its derivative and the function it is the derivative of, its scale, and its French name."""

    number: int  # the branch of a kernel
    derivative: str
    function: str  # 1/2 at the threshold, except the leaky ReLU
    default: float
    grid: tuple[float, ...]  # the scales that a study compares
    title: str
    latex: str  # of the derivative, with the letter that papers use for its scale


FAMILIES = {
    "super_spike": Family(
        0, "1 / (1 + k*abs(x))**2", "1/2 + x / (1 + k*abs(x))",
        10.0, (1.0, 5.0, 10.0, 25.0, 100.0), "SuperSpike", r"\frac{1}{(1+k|x|)^2}"),
    "sigmoid": Family(
        1, "k*exp(-k*abs(x)) / (1 + exp(-k*abs(x)))**2", "(1 + tanh(k*x/2)) / 2",
        4.0, (1.0, 2.0, 4.0, 10.0, 25.0), "dérivée de la sigmoïde", r"\alpha\,\sigma(\alpha x)\,(1-\sigma(\alpha x))"),
    "triangular": Family(
        2, "where(abs(x) < k, (1 - abs(x)/k) / k, 0.0)",
        "where(x < -k, 0.0, where(x > k, 1.0, 1/2 + x/k - x*abs(x)/(2*k*k)))",
        1.0, (0.25, 0.5, 1.0, 2.0, 4.0), "triangulaire", r"\frac{1}{\delta}\max\left(0,\,1-\frac{|x|}{\delta}\right)"),
    "gaussian": Family(
        3, "exp(-x*x / (2*k*k)) / (k * (2*pi)**0.5)", "(1 + erf(x / (k * 2**0.5))) / 2",
        0.5, (0.1, 0.25, 0.5, 1.0, 2.0), "gaussienne", r"\frac{1}{\alpha\sqrt{2\pi}}\,e^{-x^2/2\alpha^2}"),
    "rectangular": Family(
        4, "where(abs(x) < k, 1 / (2*k), 0.0)", "where(x < -k, 0.0, where(x > k, 1.0, 1/2 + x/(2*k)))",
        0.5, (0.1, 0.25, 0.5, 1.0, 2.0), "rectangulaire", r"\frac{1}{2\delta}\;\mathrm{si}\;|x|<\delta"),
    "arctan": Family(
        5, "1 / (1 + (pi*k*x/2)**2)", "1/2 + atan(pi*k*x/2) / (pi*k/2)",
        2.0, (0.5, 1.0, 2.0, 5.0, 10.0), "arctangente", r"\frac{1}{1+(\pi k x/2)^2}"),
    "leaky_relu": Family(
        6, "where(x > 0, 1.0, k)", "where(x > 0, x, k*x)",
        0.01, (0.0, 0.01, 0.1, 0.3, 1.0), "ReLU à fuite", r"1\;\mathrm{si}\;x>0,\;k\;\mathrm{sinon}"),
}


@dataclass(frozen=True)
class Surrogate:
    """One surrogate: called on x = v - θ, it gives binary spikes whose derivative is `derivative(x)`.

    Args:
        name: super_spike, sigmoid, triangular, gaussian, rectangular, arctan or leaky_relu.
        scale: k, α or δ of the formula; None: the family's default. A larger k or a smaller δ is a narrower surrogate.

    Other libraries, same derivative:
        super_spike k    snnTorch fast_sigmoid(slope=k), Norse SuperSpike(alpha=k); SpikingJelly's SuperSpike(alpha)
                         is another one: alpha / (1 + |x|)², whose width cannot change
        sigmoid α        snnTorch sigmoid(slope=α), SpikingJelly Sigmoid(alpha=α)
        triangular δ     SpikingJelly PiecewiseQuadratic(alpha=1/δ), Norse triangle(alpha=1) at δ = 1
        gaussian α       SpikingJelly Erf(alpha = 1/(α√2))
        rectangular δ    SpikingJelly Rect(alpha = 1/(2δ))
        arctan k         (2/k) × snnTorch atan(alpha=k) and SpikingJelly ATan(alpha=k), which give k/2 at x = 0, not 1
        leaky_relu k     SpikingJelly LeakyKReLU(leak=k, k=1)

    Raises:
        ValueError: « Surrogate.scale : un nombre strictement positif, reçu 0 ».

    Source: Zenke & Ganguli 2018 (SuperSpike, eq. 9); Neftci, Mostafa & Zenke 2019; Fang et al. 2021 (arctan).

    >>> Surrogate("triangular", 0.5).derivative(torch.tensor([-0.5, 0.0, 0.25]))
    tensor([0., 2., 1.])
    >>> Surrogate("super_spike")(torch.tensor([-0.1, 0.0, 0.1]))
    tensor([0., 0., 1.])
    """

    name: str = "super_spike"
    scale: float | None = None

    def __post_init__(self) -> None:
        _check.one_of("Surrogate.name", self.name, FAMILIES)
        scale = self.family.default if self.scale is None else self.scale
        check = _check.not_negative if self.name == "leaky_relu" else _check.positive
        object.__setattr__(self, "scale", check("Surrogate.scale", scale))

    @property
    def family(self) -> Family:
        return FAMILIES[self.name]

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """H(x): 1 where x > 0, else 0, in x's type."""
        return Spike.apply(x, self)

    def derivative(self, x: torch.Tensor) -> torch.Tensor:
        """σ'(x), in x's type."""
        return evaluate(self.family.derivative, x, self.scale)

    def function(self, x: torch.Tensor) -> torch.Tensor:
        """σ(x), of which `derivative` is the derivative: a smooth step, which never replaces the spike forward."""
        return evaluate(self.family.function, x, self.scale)


class Spike(torch.autograd.Function):
    """H(x) forward, σ'(x) backward."""

    @staticmethod
    def forward(ctx, x: torch.Tensor, surrogate: Surrogate) -> torch.Tensor:
        ctx.save_for_backward(x)
        ctx.surrogate = surrogate
        return (x > 0).to(x.dtype)

    @staticmethod
    def backward(ctx, grad: torch.Tensor) -> tuple[torch.Tensor, None]:
        return grad * ctx.surrogate.derivative(*ctx.saved_tensors), None


def surrogate(given: "str | Surrogate | tuple", where: str) -> Surrogate:
    """A surrogate from its name, from (name, scale), or itself."""
    if isinstance(given, Surrogate):
        return given
    if isinstance(given, str):
        return Surrogate(_check.one_of(where, given, FAMILIES))
    if isinstance(given, tuple) and len(given) == 2:
        return Surrogate(_check.one_of(where, given[0], FAMILIES), given[1])
    raise _check.refuse(where, 'le nom d\'un substitut, (nom, échelle) ou Surrogate("super_spike", 10)', given)


def evaluate(text: str, x: torch.Tensor, k: float) -> torch.Tensor:
    """The value of a formula of this file, element by element."""
    return eval(compiled(text), {**WORDS, "x": x, "k": k}).to(x.dtype)


@cache
def compiled(text: str) -> CodeType:
    return compile(text, "<surrogate>", "eval")


def where(condition: torch.Tensor, yes: torch.Tensor | float, no: torch.Tensor | float) -> torch.Tensor:
    """torch.where, whose bare numbers keep their 16 digits."""
    yes, no = (b if isinstance(b, torch.Tensor) else torch.tensor(b, dtype=torch.float64) for b in (yes, no))
    return torch.where(condition, yes, no)


WORDS = {
    "abs": torch.abs, "exp": torch.exp, "tanh": torch.tanh, "erf": torch.erf, "atan": torch.atan,
    "where": where, "pi": math.pi,
}
