"""Networks of spiking neurons: populations of any model, connected as one likes, lesioned, run."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics import Model
from course.network.connection import Connection, Weight, connection
from course.network.lanes import STAGES
from course.network.lesions import lesioned
from course.network.population import Current, Noise, Population, population
from course.network.source import Source, source
from course.network.trains import Train, train
from course.synapses import Alpha, Exponential, Kernel, VoltageJump

if TYPE_CHECKING:
    from course.network.nest import NestProgram
    from course.network.run import Run
    from course.plasticity import Rule

_METHODS = [m for m in STAGES if m != "euler_maruyama"]


class Network:
    """Populations and connections, integrated on a grid of step dt.

    A spike of the step k, from k·dt to (k+1)·dt, is stamped k·dt and reaches its targets at the step k + delay: from
    the time k·dt + delay on, whatever the method, they receive it.

    Args:
        dt: step [ms].
        seed: of the connections drawn, the weights jittered, the noises and the releases; drawn itself when None.
        method: "euler", "heun", "rk4", "exponential_euler" as in `Model.simulate`, on the grid: a neuron that is above
            its threshold at the end of a step spikes, and starts the next one from its reset. "semi_implicit": the
            variables in the order of the text, each seeing the new value of those before; V is brought back to its
            threshold at a spike, and reset at the start of the next step.

    Leaves out: spikes between the steps (a delay is a number of steps, a crossing is seen at the end of its step),
    and the geometry of axons and dendrites: a delay and a weight are all that is left of them.

    >>> from course.neurons import izhikevich
    >>> net = Network(dt=0.5, seed=1)
    >>> _ = net.population("E", 10, izhikevich, current=10)
    >>> _ = net.connect("E", "E", weight=0.5, delay=5, kernel=Exponential(10))
    >>> round(net.run(200).rate("E"))
    25
    """

    def __init__(self, dt: float, seed: int | None = None, method: str = "euler") -> None:
        self.dt = _check.positive("Network.dt", dt, "ms")
        if seed is None:
            seed = int(np.random.default_rng().integers(2**32))
        if (
            isinstance(seed, bool)
            or not isinstance(seed, int | np.integer)
            or not 0 <= seed < 2**63
        ):
            raise _check.refuse("Network.seed", "une graine entière, positive ou nulle", seed)
        self.seed = int(seed)
        self.method = _check.one_of("Network.method", method, _METHODS)
        self.populations: dict[str, Population] = {}
        self.connections: list[Connection] = []
        self.trains: list[Train] = []
        self._rng = np.random.default_rng(self.seed)
        self._numbers = 0

    def population(
        self,
        name: str,
        n: int,
        model: Model,
        current: Current | None = None,
        start: Mapping[str, float | np.ndarray] | None = None,
        noise: Noise | None = None,
        input: str = "I",
        **parameters: float | np.ndarray,
    ) -> Population:
        """Add `n` neurons.

        Args:
            current: what is injected: a number, an array (neuron), a function of t [ms] that gives either, an input of
                `course.inputs` (the same for all). It takes the place of the model's parameter `input`.
            start: value of the variables at t = 0, those of the model when left out.
            noise: a Gaussian current beside it, independent for each neuron.
            parameters: of the model; a number or an array (neuron).
        """
        if name in self.populations:
            raise _check.refuse("Network.population.name", "un nom qui n'est pas déjà pris", name)
        added = population(
            name, n, model, current, start, noise, input, self.dt, len(self.populations), parameters
        )
        self.populations[name] = added
        return added

    def source(self, name: str, trains: Sequence[np.ndarray]) -> Source:
        """Add neurons that are only their spikes: `trains` has the instants [ms] of each, in order.

        A spike belongs to the step in which it falls; of two of the same neuron in one step, one is kept. These neurons
        speak and do not listen, and they cost nothing between their spikes. On the processor only.
        """
        if name in self.populations:
            raise _check.refuse("Network.source.name", "un nom qui n'est pas déjà pris", name)
        added = source(name, trains, len(self.populations))
        self.populations[name] = added
        return added

    def connect(
        self,
        pre: str,
        post: str,
        weight: Weight = 1.0,
        delay: float | np.ndarray = 0.0,
        kernel: Kernel | None = None,
        probability: float = 1.0,
        degree: int | None = None,
        autapses: bool = True,
        reversal: float | None = None,
        release: float = 1.0,
        jitter: float = 0.0,
        plasticity: "Rule | None" = None,
    ) -> Connection:
        """Add the synapses from `pre` to `post`.

        Args:
            weight: of each synapse: a number; a matrix (pre, post), full or sparse; a function weight(i, j) of arrays
                of sources and targets. In the unit of the current, of a conductance, or of V for a jump.
            delay: [ms] a number or a matrix, in whole steps (half a step up); 0 is one step.
            probability: that a pair is connected. degree: or how many sources each target has.
            autapses: may a neuron speak to itself?
            reversal: E_s: the synapses are conductances, and the current g_s (E_s - V).
            release: probability that a spike sets free its transmitter, drawn at each synapse.
            jitter: each weight is multiplied by 1 + jitter·ν, ν Gaussian, and is 0 where that would change its sign:
                which raises the mean, by 8.3 % for a jitter of 1.
            plasticity: a rule of `course.plasticity`, by which these synapses learn: a run starts from `weight`, and
                keeps what they become in `run.weights[pre, post]`. One delay for all. A presynaptic spike counts when
                it arrives: it brings the weight of that instant, then depresses.
        """
        kernel = Exponential(5.0) if kernel is None else kernel
        one, other = self._named("connect.pre", pre), self._listening("connect.post", post)
        if plasticity is not None and any(c.plasticity and (c.pre, c.post) == (pre, post) for c in self.connections):
            raise _check.refuse("Network.connect.plasticity", f"une seule voie plastique de {pre} à {post}", plasticity)
        added = connection(
            one, other, weight, delay, kernel, self.dt, probability, degree, autapses, reversal, release, jitter,
            self._numbers, self._rng, plasticity,
        )  # fmt: skip
        self._numbers += 1
        self.connections.append(added)
        return added

    def poisson(self, post: str, rate: float, weight: float, kernel: Kernel | None = None) -> None:
        """Bombard each neuron of `post` with a Poisson train of its own, of `rate` Hz, through `kernel`."""
        target = self._listening("poisson.post", post)
        if added := train(target, rate, weight, VoltageJump() if kernel is None else kernel, len(self.trains)):
            self.trains.append(added)

    @classmethod
    def from_matrices(
        cls,
        names: Sequence[str],
        sizes: Sequence[int],
        parameters: Sequence[Mapping[str, float]],
        weights: Sequence[Sequence[float]],
        delays: Sequence[Sequence[float]],
        *,
        model: Model,
        dt: float = 0.2,
        seed: int | None = None,
        method: str = "euler",
        excitatory: Kernel | None = None,
        inhibitory: Kernel | None = None,
        jitter: float = 1.0,
        current: Mapping[str, Current] | None = None,
        noise: Mapping[str, Noise] | None = None,
    ) -> "Network":
        """The network of two tables: see `course.network.matrices.from_matrices`."""
        from course.network.matrices import from_matrices

        net = cls(dt, seed, method)
        from_matrices(
            net, names, sizes, parameters, weights, delays, model,
            excitatory or Exponential(20, cut=20), inhibitory or Alpha(50, cut=100), jitter, current or {}, noise or {},
        )  # fmt: skip
        return net

    def lesion(
        self, pre: str, post: str | None = None, indices: Iterable[int] | None = None
    ) -> "Network":
        """Another network, without the population `pre`, some of its neurons, or the pathway from `pre` to `post`.

        A neuron taken away neither moves nor fires. All that is left keeps its weights, its seed and its noises: a run
        of the one compares with a run of the other.
        """
        self._named("lesion.pre", pre)
        if post is not None:
            self._named("lesion.post", post)
        return lesioned(self, pre, post, indices)

    def run(
        self,
        T: float,
        record: Mapping[str, object] | None = None,
        device: str = "cpu",
        progress: bool = True,
        threads: int | None = None,
        every: float | None = None,
    ) -> "Run":
        """Integrate from t = 0 to T [ms]; each run starts anew, and the same seed gives the same spikes.

        Args:
            record: population -> names of variables, or "I", its whole input; or name -> indices of neurons.
            device: "cpu" (compiled, event-driven), "cuda" (torch on a GPU), "torch" (the same on the processor).
            progress: a bar after two seconds, where somebody looks.
            threads: on the processor; chosen when None.
            every: weights that learn are kept every so many ms, not only at the start and at the end.

        Raises:
            ValueError: `Network.run.argument : règle, reçu valeur`, before any work.
            SimulationError: a variable is not finite any more.
        """
        from course.network.engine import run

        return run(self, T, record, device, progress, threads, every)

    def to_nest(self, T: float | None = None) -> "NestProgram":
        """This network as a program for NEST (package nest-simulator): `.script`, `.save(path)`, `.run(T)`.

        Args:
            T: [ms] how far currents that are functions of time are written; asked only where there are some.

        Raises:
            ValueError: `Network.to_nest.… : règle, reçu …`, when no model of NEST has these equations or synapses.
        """
        from course.network.nest import to_nest

        return to_nest(self, T)

    def memory(self) -> int:
        """Bytes of the synapses."""
        return sum(c.nbytes for c in self.connections)

    def copy(self) -> "Network":
        other = copy.copy(self)
        other.populations, other.connections = dict(self.populations), list(self.connections)
        other.trains = list(self.trains)
        return other

    def _named(self, where: str, name: str) -> Population:
        _check.one_of(f"Network.{where}", name, self.populations)
        return self.populations[name]

    def _listening(self, where: str, name: str) -> Population:
        target = self._named(where, name)
        if isinstance(target, Source):
            raise _check.refuse(f"Network.{where}", "une population qui reçoit (celle-ci n'est que ses trains)", name)
        return target

    def __repr__(self) -> str:
        neurons = sum(p.n for p in self.populations.values())
        synapses = sum(c.n_synapses for c in self.connections)
        sizes = ", ".join(f"{p.name} {p.n}" for p in self.populations.values())
        return f"<Network {neurons} neurones ({sizes}), {synapses} synapses, dt = {self.dt:g} ms>"
