"""A deep belief network: machines learnt one after the other, each from what the one below makes of the images.

Source: Hinton, Osindero & Teh 2006.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from course import _check
from course.generative.rbm import RBM
from course.generative.series import History
from course.nn.given import count


class DBN:
    """Machines between layers of these sizes, the visible one first.

    >>> DBN([320, 200, 100]).rbms
    [RBM(320, 200), RBM(200, 100)]
    """

    def __init__(self, sizes: Sequence[int], **options: object) -> None:
        if not isinstance(sizes, Sequence) or isinstance(sizes, str) or len(sizes) < 2:
            raise _check.refuse("DBN.sizes", "au moins deux tailles de couches", sizes)
        sizes = [count("DBN.sizes", n) for n in sizes]
        seed = options.pop("seed", 0)
        pairs = enumerate(zip(sizes, sizes[1:], strict=False))
        self.rbms = [RBM(n, m, seed=seed + k, **options) for k, (n, m) in pairs]

    @property
    def sizes(self) -> list[int]:
        return [self.rbms[0].n_visible, *(rbm.n_hidden for rbm in self.rbms)]

    def fit(self, x: object, epochs: int = 10, **settings: object) -> list[History]:
        """Greedy learning, the lowest first; settings: those of RBM.fit. The layers above draw what they are given."""
        histories = []
        for k, rbm in enumerate(self.rbms):
            histories.append(rbm.fit(x, epochs, **{**settings, "draw": settings.get("draw", False) or k > 0}))
            x = raised(rbm, x)
            if settings.get("valid") is not None:
                settings["valid"] = raised(rbm, settings["valid"])
        return histories

    def up(self, x: object, depth: int | None = None) -> np.ndarray:
        """P(h = 1) of the `depth`-th machine, each reading the probabilities below it; grey levels are welcome."""
        depth = len(self.rbms) if depth is None else count("DBN.up.depth", depth, 0)
        if depth > len(self.rbms):
            raise _check.refuse("DBN.up.depth", f"de 0 à {len(self.rbms)}", depth)
        for rbm in self.rbms[:depth]:
            x = raised(rbm, x)
        return np.asarray(x)

    def sample(self, n: int, steps: int = 200, *, start: object = None, temperature: float = 1.0,
               seed: int = 0) -> np.ndarray:  # fmt: skip
        """Gibbs in the highest machine, then one going down: P(v = 1), (n, pixels); `start`: images to begin from."""
        top, below = self.rbms[-1], self.rbms[:-1]
        if start is not None:
            start = self.up(start, len(below)) > 0.5
        rng = top.E.generator(count("DBN.sample.seed", seed, 0))
        p = top.sample(n, steps, start=start, temperature=temperature, seed=seed)
        for rbm in reversed(below):
            h = rbm.E.bernoulli(rbm.E.array(p), rng)
            p = rbm.E.numpy(rbm._down(h))
        return p

    def save(self, path: str | Path) -> Path:
        """One safetensors file, whole or absent."""
        from course.generative.weights_file import write

        rbms = enumerate(self.rbms)
        parts = {f"{k:02d}.{name}": rbm.E.numpy(getattr(rbm, name)) for k, rbm in rbms for name in "Wab"}
        return write(path, parts, {"kind": "DBN"})

    @classmethod
    def load(cls, path: str | Path, **options: object) -> "DBN":
        """The network of a file; options: engine, device."""
        from course.generative.weights_file import machines

        rbms = machines("DBN.load", path, "DBN", options)
        for below, above in zip(rbms, rbms[1:], strict=False):
            if below.n_hidden != above.n_visible:
                raise _check.refuse("DBN.load", "des machines qui s'emboîtent", str(path))
        net = cls.__new__(cls)
        net.rbms = rbms
        return net

    def __repr__(self) -> str:
        return f"DBN({self.sizes})"


def raised(rbm: RBM, x: object) -> np.ndarray:
    """P(h = 1), reading probabilities as they are."""
    from course.generative.bits import bits

    return rbm.E.numpy(rbm._up(bits(rbm.E, "DBN.x", x, rbm.n_visible, draw=True)))
