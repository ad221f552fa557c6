"""Which synapse of NEST a kernel is, and the complete name of the model that has the synapses of a population."""

from dataclasses import dataclass

import numpy as np

from course import _check
from course.network.connection import Connection
from course.network.nest_models import Neuron
from course.network.trains import Train
from course.synapses import Alpha, DoubleExponential, Exponential, Kernel, Pulse, VoltageJump

WHERE = "Network.to_nest.connect.kernel"
_SIDES = ("ex", "in")


@dataclass
class Inputs:
    """The complete model of a population, and how each of its channels is reached.

    Attributes:
        channels: (kernel, reversal). receptors: the port of each, 0 where the sign of the weight chooses.
        scales: what multiplies the weights of each. late: does the current start one step after the spike arrives?
    """

    model: str
    values: dict[str, object]
    channels: list[tuple[Kernel, float | None]]
    receptors: list[int]
    scales: list[float]
    late: bool

    def of(self, source: Connection | Train) -> tuple[int, float]:
        k = self.channels.index((source.kernel, source.reversal))
        return self.receptors[k], self.scales[k]


def inputs(name: str, cell: Neuron, sources: list[Connection | Train], dt: float) -> Inputs:
    """Raises ValueError: `Network.to_nest.connect.kernel (vers nom) : règle, reçu noyau`."""
    where = f"{WHERE} (vers {name})"
    found: list[tuple[Kernel, float | None]] = []
    for s in sources:
        if s.kernel.cut is not None:
            rule = "un noyau sans coupure (les traces de NEST s'éteignent seules)"
            raise _check.refuse(where, rule, s.kernel)
        if (s.kernel, s.reversal) not in found:
            found.append((s.kernel, s.reversal))
    if cell.family == "izhikevich":
        return _jumps_only(where, found, dt)
    types = {type(kernel) for kernel, _ in found}
    reversals = {E is None for _, E in found}
    for kernel, _ in found:
        if type(kernel) not in (VoltageJump, Exponential, Alpha, DoubleExponential):
            rule = "VoltageJump, Exponential, Alpha, ou DoubleExponential en conductance"
            raise _check.refuse(where, rule, kernel)
    if len(types) > 1 or len(reversals) > 1:
        rule = "une seule sorte de synapses par population (sauts, courants ou conductances, et un seul noyau)"
        raise _check.refuse(where, rule, [kernel for kernel, _ in found])
    if not found or types == {VoltageJump}:
        return Inputs(f"{cell.family}_psc_delta", {}, found, [0] * len(found), [1.0] * len(found), False)
    if reversals == {False}:
        return _conductances(where, cell, found)
    return _currents(where, cell, found)


def _jumps_only(where: str, found: list, dt: float) -> Inputs:
    scales = []
    for kernel, _ in found:
        if isinstance(kernel, Pulse):
            scales.append(dt)  # w during one step of Euler is a jump of w·dt
        elif isinstance(kernel, VoltageJump):
            scales.append(1.0)
        else:
            rule = "VoltageJump ou Pulse (les synapses d'izhikevich ne sont dans NEST que des sauts de v)"
            raise _check.refuse(where, rule, kernel)
    return Inputs("izhikevich", {}, found, [0] * len(found), scales, False)


def _currents(where: str, cell: Neuron, found: list) -> Inputs:
    kind = {Exponential: "exp", Alpha: "alpha"}.get(type(found[0][0]))
    if kind is None:
        rule = "Exponential ou Alpha pour un courant (DoubleExponential n'existe qu'en conductance)"
        raise _check.refuse(where, rule, found[0][0])
    taus = [next(iter(kernel.values.values())) for kernel, _ in found]
    scales = [cell.pA] * len(found)
    if len(found) == 1:
        values = {f"tau_syn_{side}": taus[0] for side in _SIDES}
        return Inputs(f"{cell.family}_psc_{kind}", values, found, [0], scales, True)
    if cell.family == "aeif":
        rule = "une seule constante de temps (aeif n'a pas de courants à plusieurs récepteurs)"
        raise _check.refuse(where, rule, [kernel for kernel, _ in found])
    model = f"iaf_psc_{kind}_multisynapse"
    return Inputs(model, {"tau_syn": taus}, found, [*range(1, len(found) + 1)], scales, True)


def _conductances(where: str, cell: Neuron, found: list) -> Inputs:
    kernel = found[0][0]
    kind = {Exponential: "exp", Alpha: "alpha", DoubleExponential: "beta"}[type(kernel)]
    if len(found) > 2 or (kind == "beta" and cell.family == "aeif"):
        rule = "deux conductances au plus, Exponential ou Alpha (DoubleExponential\u00a0: lif seulement)"
        raise _check.refuse(where, rule, [k for k, _ in found])
    if cell.family == "iaf":  # the membrane itself is given by its conductance
        cell.values["g_L"] = cell.values["C_m"] / cell.values.pop("tau_m")
    values = {}
    # where the second channel would be, a copy of the first stands unused
    for side, (k, E) in zip(_SIDES, [found[0], found[-1]], strict=True):
        values[f"E_{side}"] = E
        if kind == "beta":
            values[f"tau_rise_{side}"] = k.values["tau_rise"]
            values[f"tau_decay_{side}"] = k.values["tau_decay"]
        else:
            values[f"tau_syn_{side}"] = next(iter(k.values.values()))
    scales = [cell.nS, -cell.nS][: len(found)]
    return Inputs(f"{cell.family}_cond_{kind}", values, found, [0] * len(found), scales, True)


def delay(steps: int | np.ndarray, late: bool, dt: float) -> np.ndarray:
    """What NEST counts from the end of the step, for the current to start at the step where ours does."""
    return np.round(np.maximum(1, np.asarray(steps) - late) * dt, 9)
