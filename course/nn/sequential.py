"""Modules one after the other: forward in order, backward in the reverse order."""

import numpy as np

from course import _check
from course.nn.module import Module, Parameter


class Sequential(Module):
    """y = fₖ(… f₂(f₁(x))): the chain rule is a loop read backward.

    >>> from course.nn import Linear, ReLU
    >>> net = Sequential(Linear(4, 8, rng=0), ReLU(), Linear(8, 3, rng=1))
    >>> net(np.ones((2, 4), np.float32)).shape, len(net.parameters()), net[1]
    ((2, 3), 4, ReLU())
    """

    def __init__(self, *modules: Module) -> None:
        for k, m in enumerate(modules):
            if not isinstance(m, Module):
                hint = " (une instance\u00a0: ReLU(), avec ses parenthèses)" if isinstance(m, type) else ""
                raise _check.refuse(f"Sequential.modules[{k}]", "un module" + hint, m)
        if not modules:
            raise _check.refuse("Sequential.modules", "au moins un module", modules)
        self.modules = modules

    def forward(self, x: np.ndarray) -> np.ndarray:
        for m in self.modules:
            x = m.forward(x)
        return x

    def backward(self, grad: np.ndarray) -> np.ndarray:
        for m in reversed(self.modules):
            grad = m.backward(grad)
        return grad

    def accumulate(self, grad: np.ndarray) -> None:
        first, *others = self.modules
        for m in reversed(others):
            grad = m.backward(grad)
        first.accumulate(grad)

    def parameters(self) -> list[Parameter]:
        # a Parameter shared by two layers is met twice, and returned once
        return list({id(p): p for m in self.modules for p in m.parameters()}.values())

    def train(self) -> Module:
        for m in self.modules:
            m.train()
        return super().train()

    def eval(self) -> Module:
        for m in self.modules:
            m.eval()
        return super().eval()

    def __getitem__(self, k: int) -> Module:
        return self.modules[k]

    def __len__(self) -> int:
        return len(self.modules)

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.modules))})"
