"""A spiking layer on a graphics card: two Triton kernels, each lane of a current through its whole time in registers.

The matrix product that makes the current, and its gradient, are the card's own. The equations are those of `scan`; a
kernel's text is made from the surrogate's formula and kept with the others.
"""

import ast
import functools
import hashlib
import importlib.util
from types import ModuleType, SimpleNamespace

import torch

from course import _check
from course.dynamics.load import written
from course.spiking.surrogate import Surrogate
from course.spiking.surrogate import surrogate as read

BLOCK = 128

_TEXT = '''
import triton
import triton.language as tl


@triton.jit
def ahead(X, V, S, T, N, alpha, beta, theta, BLOCK: tl.constexpr):
    lane = tl.program_id(0).to(tl.int64)*BLOCK + tl.arange(0, BLOCK)
    inside = lane < N
    i = tl.zeros((BLOCK,), tl.float32)
    v = tl.zeros((BLOCK,), tl.float32)
    s = tl.zeros((BLOCK,), tl.float32)
    for t in range(T):
        at = lane + t*N
        i = alpha*i + tl.load(X + at, mask=inside, other=0.0)
        {move}
        tl.store(V + at, v, mask=inside)
        {fire}


@triton.jit
def back(D, V, Z, T, N, alpha, beta, theta, k, BLOCK: tl.constexpr):
    lane = tl.program_id(0).to(tl.int64)*BLOCK + tl.arange(0, BLOCK)
    inside = lane < N
    y = tl.zeros((BLOCK,), tl.float32)
    z = tl.zeros((BLOCK,), tl.float32)
    for step in range(T):
        at = lane + (T - 1 - step)*N
        q = tl.load(D + at, mask=inside, other=0.0)
        v = tl.load(V + at, mask=inside, other=0.0)
        x = v - theta
        {down}
        z = alpha*z + y
        tl.store(Z + at, z, mask=inside)
'''


def lif(
    current: torch.Tensor, *, alpha: float, beta: float, theta: float = 1.0, reset: str = "soft",
    detach: bool = True, surrogate: str | Surrogate = "super_spike",
) -> torch.Tensor:  # fmt: skip
    """The spikes (time, ...) of neurons that receive a current (time, ...), float32; `scan.lif` without weights."""
    _check.one_of("lif.reset", reset, ("soft", "hard"))
    chosen = read(surrogate, "lif.surrogate")
    return _Scan.apply(current, float(alpha), float(beta), (float(theta), reset, detach, chosen))


def li(current: torch.Tensor, *, alpha: float, beta: float) -> torch.Tensor:
    """The potentials (time, ...) of neurons that never spike."""
    return _Scan.apply(current, float(alpha), float(beta), None)


class _Scan(torch.autograd.Function):
    """A current to spikes, or to potentials where `how` is None."""

    @staticmethod
    def forward(ctx, current, alpha, beta, how):  # noqa: ANN001, ANN205
        X = current.detach().contiguous()
        V = torch.empty_like(X)
        S = V if how is None else torch.empty_like(X)
        ctx.rest = (alpha, beta, how)
        _launch(_kernels(how).ahead, X, V, S, alpha, beta, 1.0 if how is None else how[0])
        ctx.save_for_backward(V)
        return S

    @staticmethod
    def backward(ctx, D):  # noqa: ANN001, ANN205
        (V,), (alpha, beta, how) = ctx.saved_tensors, ctx.rest
        Z = torch.empty_like(V)
        numbers = (1.0, 0.0) if how is None else (how[0], how[3].scale)
        _launch(_kernels(how).back, D.contiguous(), V, Z, alpha, beta, *numbers)
        return Z, None, None, None


def _launch(kernel, one, two, three, *numbers: float) -> None:  # noqa: ANN001
    steps, lanes = len(one), one[0].numel()
    kernel[(-(-lanes // BLOCK),)](one, two, three, steps, lanes, *numbers, BLOCK=BLOCK)


def _kernels(how: tuple | None) -> ModuleType:
    return _made(None, "soft", True) if how is None else _made(how[3].name, how[1], how[2])


@functools.cache
def _made(name: str | None, reset: str, detach: bool) -> ModuleType:
    text = source(Surrogate(name).family.derivative if name else None, reset, detach)
    digest = hashlib.sha256(text.encode()).hexdigest()[:24]
    head = SimpleNamespace(equations=SimpleNamespace(text=f"Couche à impulsions sur carte graphique ({name})"))
    spec = importlib.util.spec_from_file_location(f"triton_{digest}", written(f"triton_{digest}", head, lambda: text))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)  # our own generated text; Triton reads it in its file
    return module


def source(formula: str | None, reset: str, detach: bool) -> str:
    """The two kernels; without `formula` the neurons do not spike."""
    if formula is None:
        return _TEXT.format(move="v = beta*v + i", fire="", down="y = beta*y + q")
    soft = reset == "soft"
    s = "tl.where(x > 0, 1.0, 0.0)"
    less = "" if detach else " - theta*y" if soft else " - beta*v*y"
    kept = "beta*y" if soft else f"beta*(1.0 - {s})*y"
    return _TEXT.format(
        move="v = beta*v + i - theta*s" if soft else "v = beta*v*(1.0 - s) + i",
        fire="s = tl.where(v > theta, 1.0, 0.0)\n        tl.store(S + at, s, mask=inside)",
        down=f"y = ({_Spoken().said(formula)})*(q{less}) + {kept}",
    )


class _Spoken(ast.NodeTransformer):
    """A surrogate's formula in Triton's words."""

    def said(self, formula: str) -> str:
        return ast.unparse(self.visit(ast.parse(formula, mode="eval")))

    def visit(self, node: ast.AST) -> ast.AST:
        free = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - {"pi"}
        if isinstance(node, ast.BinOp) and not free:  # a number
            return ast.Constant(eval(ast.unparse(node), {"__builtins__": {}}, {"pi": torch.pi}))
        return super().visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:  # noqa: N802 (ast's own naming)
        if node.id == "pi":
            return ast.Constant(torch.pi)
        return ast.Name(f"tl.{node.id}") if node.id in ("abs", "exp", "where") else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:  # noqa: N802
        node = self.generic_visit(node)
        return ast.BinOp(node.left, ast.Mult(), node.left) if isinstance(node.op, ast.Pow) else node
