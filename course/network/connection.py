"""A connection: which neuron of one population speaks to which of another, how strongly, how late, by what synapse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.network.population import Population
from course.synapses import Kernel

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from course.plasticity import Rule

Weight = float | np.ndarray | Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Connection:
    """The synapses from `pre` to `post`.

    Attributes:
        weight: one number for all of them; or an array: (pre, post) when `full`, else (synapse,).
        targets, rows: when not `full`, the target of each synapse, source after source, and where each source starts.
        delay_steps: one number for all; or an array (synapse,).
        full: every pair is connected (but for a neuron and itself when not `autapses`).
        plasticity: the rule by which they learn during a run, from `weight` on.
    """

    pre: str
    post: str
    shape: tuple[int, int]
    kernel: Kernel
    weight: float | np.ndarray
    delay_steps: int | np.ndarray
    full: bool
    targets: np.ndarray | None = None
    rows: np.ndarray | None = None
    autapses: bool = True
    reversal: float | None = None
    release: float = 1.0
    number: int = 0
    plasticity: "Rule | None" = None

    @property
    def n_synapses(self) -> int:
        return int(self.out_degree.sum())

    @property
    def out_degree(self) -> np.ndarray:
        """The number of synapses of each source, (pre,)."""
        if not self.full:
            return np.diff(self.rows)
        return np.full(self.shape[0], self.shape[1] - (not self.autapses))

    @property
    def weights(self) -> "np.ndarray | csr_array":
        """The weights as a matrix (pre, post), sparse when not every pair is connected."""
        if self.full:
            w = np.broadcast_to(self.weight, self.shape).copy()
            if not self.autapses:
                np.fill_diagonal(w, 0.0)
            return w
        from scipy.sparse import csr_array

        w = np.broadcast_to(self.weight, self.targets.shape)
        return csr_array((w, self.targets, self.rows), shape=self.shape)

    @property
    def nbytes(self) -> int:
        parts = (self.weight, self.targets, self.rows, self.delay_steps)
        return sum(a.nbytes for a in parts if isinstance(a, np.ndarray))

    def __repr__(self) -> str:
        return f"<Connection {self.pre} → {self.post}, {self.n_synapses} synapses, {self.kernel!r}>"


def connection(
    pre: Population, post: Population, weight: Weight, delay: float | np.ndarray, kernel: Kernel, dt: float,
    probability: float, degree: int | None, autapses: bool, reversal: float | None, release: float, jitter: float,
    number: int, rng: np.random.Generator, plasticity: "Rule | None" = None,
) -> Connection:  # fmt: skip
    """A checked connection, its synapses drawn.

    Raises:
        ValueError: `Network.connect.argument : règle, reçu valeur`.
    """
    from course.network.pattern import delays, drawn, jittered, pattern

    where = "Network.connect"
    if not isinstance(kernel, Kernel):
        raise _check.refuse(f"{where}.kernel", "un noyau de course.synapses", kernel)
    for name, value in (("probability", probability), ("release", release)):
        if not 0 <= _check.number(f"{where}.{name}", value) <= 1:
            raise _check.refuse(f"{where}.{name}", "une probabilité, entre 0 et 1", value)
    jitter = _check.not_negative(f"{where}.jitter", jitter)
    if reversal is not None:
        reversal = _check.number(f"{where}.reversal", reversal)
        if kernel.jump:
            raise _check.refuse(f"{where}.reversal", "un noyau qui dure, et non un saut", reversal)
    if not kernel.jump and post.input is None:
        rule = f"un modèle qui reçoive un courant (paramètre I)\u00a0; {post.name} n'en a pas"
        raise _check.refuse(f"{where}.kernel", rule, kernel)
    same = pre.name == post.name
    shape = (pre.n, post.n)
    if plasticity is not None:
        from course.network.learns import refuse_plasticity

        refuse_plasticity(plasticity, delay, release)
    links = pattern(shape, weight, probability, degree, autapses or not same, rng, plasticity is not None)
    links = drawn(links, shape, weight)
    if jitter:
        links = jittered(links, shape, jitter, rng)
    links = delays(links, shape, delay, dt)
    if reversal is not None and np.any(np.asarray(links.weight) < 0):
        rule = "des conductances positives (c'est E_s qui fait l'inhibition)"
        raise _check.refuse(f"{where}.weight", rule, float(np.min(links.weight)))
    if plasticity is not None:
        from course.network.learns import ready

        links = ready(links, shape, plasticity)
    return Connection(
        pre.name, post.name, shape, kernel, links.weight, links.delay, links.targets is None, links.targets,
        links.rows, autapses or not same, reversal, float(release), number, plasticity,
    )  # fmt: skip
