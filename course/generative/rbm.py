"""A restricted Boltzmann machine: two layers of binary units, weights between them, and none inside.

    E(v, h) = - a·v - b·h - v W h           P(v, h) = exp(-E) / Z
    P(h_j = 1 | v) = σ(b_j + (v W)_j)       P(v_i = 1 | h) = σ(a_i + (W h)_i)
    F(v) = - log Σ_h exp(-E) = - a·v - Σ_j log(1 + exp(b_j + (v W)_j))

Source: Smolensky 1986; Hinton 2002 (contrastive divergence); Hinton 2012 (A practical guide).
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course import _check
from course.generative.arrays import engine as chosen
from course.generative.bits import bits
from course.generative.series import History
from course.nn.given import count


class Gradient(NamedTuple):
    """The ascent of the mean log-likelihood, one part a parameter."""

    W: np.ndarray
    a: np.ndarray
    b: np.ndarray


class RBM:
    """A machine of `n_visible` and `n_hidden` binary units.

    Args:
        engine: "numpy", or "torch" (the same lines on tensors). device: of torch. dtype: float32 or float64.
        seed: of the first weights, N(0, 0.01²), and of what is drawn.

    `W` (visible, hidden), `a` (visible) and `b` (hidden) are arrays of the engine; rows of 0 and 1 come in, and
    numpy arrays go out.

    >>> rbm = RBM(4, 3)
    >>> rbm.hidden(np.zeros((2, 4))).shape
    (2, 3)
    """

    def __init__(self, n_visible: int, n_hidden: int, *, engine: str = "numpy", device: str = "cpu",
                 dtype: str = "float32", seed: int = 0) -> None:  # fmt: skip
        self.n_visible, self.n_hidden = count("RBM.n_visible", n_visible), count("RBM.n_hidden", n_hidden)
        self.seed, self.E = count("RBM.seed", seed, 0), chosen(engine, device, dtype)
        W = np.random.default_rng(self.seed).normal(0, 0.01, (self.n_visible, self.n_hidden))
        self.W, self.a, self.b = map(self.E.array, (W, np.zeros(self.n_visible), np.zeros(self.n_hidden)))

    # -- energies, in nats

    def energy(self, v: object, h: object) -> np.ndarray:
        """E of each pair of rows, (n,)."""
        v, h = self._visible("energy.v", v), self._hidden("energy.h", h)
        return self.E.numpy(-(v @ self.a) - h @ self.b - ((v @ self.W) * h).sum(1))

    def free_energy(self, v: object) -> np.ndarray:
        """F of each row, (n,): p(v) = exp(-F) / Z."""
        return self.E.numpy(self._free(self._visible("free_energy.v", v)))

    # -- one layer knowing the other

    def hidden(self, v: object) -> np.ndarray:
        """P(h = 1 | v), (n, n_hidden)."""
        return self.E.numpy(self._up(self._visible("hidden.v", v)))

    def visible(self, h: object) -> np.ndarray:
        """P(v = 1 | h), (n, n_visible)."""
        return self.E.numpy(self._down(self._hidden("visible.h", h)))

    def sample_hidden(self, v: object, seed: int | None = None) -> np.ndarray:
        """Hidden units of 0 and 1, drawn knowing v."""
        v = self._visible("sample_hidden.v", v)
        return self.E.numpy(self.E.bernoulli(self._up(v), self._rng(seed)))

    def sample_visible(self, h: object, seed: int | None = None) -> np.ndarray:
        """Visible units of 0 and 1, drawn knowing h."""
        h = self._hidden("sample_visible.h", h)
        return self.E.numpy(self.E.bernoulli(self._down(h), self._rng(seed)))

    def reconstruct(self, v: object, steps: int = 1, seed: int | None = None) -> np.ndarray:
        """P(v = 1 | h) after `steps` goings up and down from v."""
        return last(self.chain(v, steps, seed=seed))[0]

    # -- learning

    def gradient(self, v: object, k: int = 1, seed: int | None = None) -> Gradient:
        """The CD-k gradient, mean over the rows: <v h>_data - <v h>_k, in the direction that raises log p."""
        from course.generative.contrast import contrast

        v = self._visible("gradient.v", v)
        parts = contrast(self, v, v, count("gradient.k", k), self._rng(seed))[:3]
        return Gradient(*(self.E.numpy(part) / len(v) for part in parts))

    def fit(self, x: object, epochs: int = 10, *, batch_size: int = 100, lr: float = 0.05, k: int = 1,
            persistent: bool = False, momentum: float = 0.5, weight_decay: float = 0.0, valid: object = None,
            draw: bool = False, progress: bool = True, each: Callable[[History], object] | None = None,
            seed: int = 0) -> History:  # fmt: skip
        """Contrastive divergence on the rows of x; see `Learning` for the arguments, each(history) -> True stops.

        Raises:
            ValueError: « fit.x : des 0 et des 1, reçu 0.5 … (x > 0.5, ou draw=True …) ».
            Diverged: the weights run away; those of the last good epoch are back.
        """
        from course.generative.contrast import Learning

        settings = {"batch_size": batch_size, "lr": lr, "k": k, "persistent": persistent, "momentum": momentum,
                    "weight_decay": weight_decay, "valid": valid, "draw": draw, "seed": seed}  # fmt: skip
        return Learning(self, x, **settings).run(count("fit.epochs", epochs), progress, each)

    # -- drawing; likelihood

    def sample(self, n: int, steps: int = 200, **settings: object) -> np.ndarray:
        """P(v = 1 | h) at the last of `steps` of Gibbs from noise (n, n_visible); settings: those of `chain`, start."""
        start = settings.pop("start", None)
        if start is None:
            n = count("sample.n", n)
            start = np.random.default_rng([self.seed, 7]).random((n, self.n_visible)) < 0.5
        return last(self.chain(np.asarray(start)[:n], steps, **settings))[0]

    def chain(self, v: object, steps: int, *, temperature: float = 1.0, clamp: tuple | None = None,
              silent: Sequence[int] = (), seed: int | None = None) -> Iterator[tuple]:  # fmt: skip
        """(P(v = 1 | h), h) of each step of Gibbs from v; see `gibbs.walk`."""
        from course.generative.gibbs import walk

        v, steps = self._visible("chain.v", v), count("chain.steps", steps)
        return walk(self, v, steps, temperature, clamp, silent, self._rng(seed))

    def log_partition(self) -> float:
        """log Z, by enumeration of the smaller layer (20 units at most)."""
        from course.generative.enumeration import log_partition

        return log_partition(self)

    def exact_gradient(self, v: object) -> Gradient:
        """<v h>_data - <v h>_model by enumeration."""
        from course.generative.enumeration import exact_gradient

        return exact_gradient(self, self._visible("exact_gradient.v", v))

    def log_likelihood(self, v: object, log_z: float | None = None) -> np.ndarray:
        """log p of each row, (n,) [nats]; log Z is enumerated, or given (that of `ais`)."""
        return -self.free_energy(v) - (self.log_partition() if log_z is None else _check.number("log_z", log_z))

    def ais(self, chains: int = 100, steps: int = 1000, seed: int = 0, start: object = None):  # noqa: ANN201
        """log Z by annealed importance sampling -> Estimate(log_z, low, high); start: images to walk from (data)."""
        from course.generative.ais import ais

        start = None if start is None else self.E.numpy(self._visible("ais.start", start))
        chains, steps = count("ais.chains", chains, 2), count("ais.steps", steps, 2)
        return ais(self, chains, steps, count("ais.seed", seed, 0), start)

    def pseudo_likelihood(self, v: object, seed: int = 0) -> float:
        """Mean of n_visible log P(v_i | the others), one unit i drawn a row [nats]."""
        return self._pseudo(self._visible("pseudo_likelihood.v", v), np.random.default_rng(seed))

    # -- files

    def save(self, path: str | Path) -> Path:
        """One safetensors file, whole or absent."""
        from course.generative.weights_file import write

        kind = {"kind": "RBM", "seed": json.dumps(self.seed)}
        return write(path, {"W": self.E.numpy(self.W), "a": self.E.numpy(self.a), "b": self.E.numpy(self.b)}, kind)

    @classmethod
    def load(cls, path: str | Path, **options: object) -> "RBM":
        """The machine of a file; options: engine, device.

        Raises:
            ValueError: « RBM.load : un fichier écrit par RBM.save, reçu … ».
        """
        from course.generative.weights_file import machines

        return machines("RBM.load", path, "RBM", options)[0]

    def __repr__(self) -> str:
        return f"RBM({self.n_visible}, {self.n_hidden})"

    # -- on the arrays of the engine

    def _visible(self, where: str, v: object):  # noqa: ANN202
        return bits(self.E, f"RBM.{where}", v, self.n_visible)

    def _hidden(self, where: str, h: object):  # noqa: ANN202
        return bits(self.E, f"RBM.{where}", h, self.n_hidden)

    def _rng(self, seed: int | None):  # noqa: ANN202
        """The draws of one answer; without a seed, the machine's own goes on."""
        if seed is not None:
            return self.E.generator(count("RBM.seed", seed, 0))
        self._own = getattr(self, "_own", None) or self.E.generator(self.seed)
        return self._own

    def _up(self, v, factor: float = 1.0):  # noqa: ANN001, ANN202
        z = v @ self.W
        z += self.b
        if factor != 1.0:
            z *= factor
        return self.E.logistic(z)

    def _down(self, h, factor: float = 1.0):  # noqa: ANN001, ANN202
        z = h @ self.W.T
        z += self.a
        if factor != 1.0:
            z *= factor
        return self.E.logistic(z)

    def _free(self, v):  # noqa: ANN001, ANN202
        return -(v @ self.a) - self.E.softplus(v @ self.W + self.b).sum(1)

    def _pseudo(self, v, rng: np.random.Generator) -> float:  # noqa: ANN001
        units = rng.integers(self.n_visible, size=len(v))
        other = self.E.array(v)
        other[range(len(v)), units] = 1 - other[range(len(v)), units]
        gap = self._free(other) - self._free(v)
        return float(-self.n_visible * self.E.softplus(-gap).mean())


def last(steps: Iterator[tuple]) -> tuple:
    """The last of them, the others forgotten as they come."""
    return deque(steps, maxlen=1)[0]
