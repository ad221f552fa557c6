"""A layer of leaky integrate-and-fire neurons, in plain torch: the equation as it is read, one step after another.

This is the reference that the compiled paths are checked against: any device, float32 or float64.
"""

import math
from typing import NamedTuple

import torch
from torch import nn

from course import _check
from course.spiking.given import whole
from course.spiking.surrogate import Surrogate
from course.spiking.surrogate import surrogate as chosen

RESETS = ("soft", "hard")


class Record(NamedTuple):
    """What a layer did, (time, sample, neuron) each: synaptic current i, membrane v, spikes s."""

    i: torch.Tensor
    v: torch.Tensor
    s: torch.Tensor | None  # None: a readout that never fires


class Leaky(nn.Module):
    """What spiking layers and readouts share: weights W (n_in, n_out), two leaks, and a loop over time.

    The decay over one step is exact: α = exp(-dt/τ_syn), β = exp(-dt/τ_mem). Learnt time constants are kept as
    logarithms, so that they stay positive.
    """

    def __init__(self, n_in: int, n_out: int, *, tau_syn: float, tau_mem: float, dt: float, learn_tau: bool,
                 weight_scale: float, generator: torch.Generator | None) -> None:
        super().__init__()
        name = type(self).__name__
        self.n_in, self.n_out = whole(f"{name}.n_in", n_in), whole(f"{name}.n_out", n_out)
        self.dt = _check.positive(f"{name}.dt", dt, "ms")
        taus = {"log_tau_syn": _check.positive(f"{name}.tau_syn", tau_syn, "ms"),
                "log_tau_mem": _check.positive(f"{name}.tau_mem", tau_mem, "ms")}
        for key, tau in taus.items():
            value = torch.tensor(math.log(tau), dtype=torch.float64)
            if learn_tau:
                self.register_parameter(key, nn.Parameter(value.float()))
            else:
                self.register_buffer(key, value)
        self.W = nn.Parameter(self.drawn(weight_scale, (n_in, n_out), generator))

    def drawn(self, scale: float, shape: tuple[int, ...], generator: torch.Generator | None) -> torch.Tensor:
        """Normal weights of standard deviation scale · (1 - β) / √n_in."""
        where = f"{type(self).__name__}.weight_scale"
        std = _check.not_negative(where, scale) * (1 - float(self.beta.detach())) / math.sqrt(shape[0])
        return std * torch.randn(shape, generator=generator)

    @property
    def alpha(self) -> torch.Tensor:
        return torch.exp(-self.dt / self.log_tau_syn.exp())

    @property
    def beta(self) -> torch.Tensor:
        return torch.exp(-self.dt / self.log_tau_mem.exp())

    def decays(self, like: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """α and β in the type of the currents."""
        return self.alpha.to(like), self.beta.to(like)

    @property
    def fan_out(self) -> float:
        """How many synapses a spike that arrives reaches."""
        return self.n_out

    @property
    def returns(self) -> float:
        """How many synapses inside the layer a spike of its own reaches."""
        return 0

    @property
    def products(self) -> int:
        """How many multiplications the same layer without spikes would do."""
        return self.W.numel()

    @property
    def learns_tau(self) -> bool:
        return isinstance(self.log_tau_mem, nn.Parameter)

    def described(self) -> dict[str, object]:
        """What another layer must have to take these weights and mean the same."""
        taus = tuple(round(float(log_tau.detach().exp()), 9) for log_tau in (self.log_tau_syn, self.log_tau_mem))
        taus = "apprises" if self.learns_tau else taus
        return {"kind": type(self).__name__, "n_in": self.n_in, "n_out": self.n_out, "taus": taus}

    def learning(self) -> dict[str, object]:
        """What, beside its weights, decides how the layer learns."""
        return {"gelée": not self.W.requires_grad}

    def current(self, spikes: torch.Tensor) -> torch.Tensor:
        """(time, sample, n_in) -> (time, sample, n_out): what the spikes of each step inject."""
        if spikes.stride(0) == 0:  # the same picture at each step is multiplied once
            return (spikes[0] @ self.W).expand(len(spikes), -1, -1)
        return spikes @ self.W


class LIFLayer(Leaky):
    """Current-based leaky integrate-and-fire neurons; with `recurrent`, each step also receives the last one's spikes.

        i[t] = α i[t-1] + s_in[t] W + s[t-1] R
        v[t] = β v[t-1] + i[t] - θ s[t-1]              soft reset
        v[t] = β v[t-1] (1 - s[t-1]) + i[t]            hard reset
        s[t] = H(v[t] - θ)                             H(x) = 1 if x > 0; i = v = s = 0 before t = 0

    Args:
        n_in, n_out: sizes; W is (n_in, n_out), R (n_out, n_out).
        tau_syn, tau_mem, dt: [ms]. theta: θ > 0.
        reset: soft (θ is subtracted at the step after the spike) or hard (what v was is forgotten).
        detach: the reset carries no gradient; the spikes of R always do.
        learn_tau: τ_syn and τ_mem, one of each for the layer, are learnt too.
        weight_scale: W is normal, of standard deviation weight_scale · (1 - β) / √n_in.

    Raises:
        ValueError: « LIFLayer.tau_mem : un nombre strictement positif (ms), reçu 0 ».

    Leaves out: delays, refractory periods, biases.
    Source: Neftci, Mostafa & Zenke 2019 (eqs. 3 to 5); this order of the operations is snnTorch's `Synaptic`.
    """

    def __init__(self, n_in: int, n_out: int, *, tau_syn: float = 5.0, tau_mem: float = 10.0, dt: float = 1.0,
                 theta: float = 1.0, reset: str = "soft", detach: bool = True, recurrent: bool = False,
                 learn_tau: bool = False, weight_scale: float = 7.0,
                 surrogate: str | tuple | Surrogate = "super_spike", generator: torch.Generator | None = None) -> None:
        super().__init__(n_in, n_out, tau_syn=tau_syn, tau_mem=tau_mem, dt=dt, learn_tau=learn_tau,
                         weight_scale=weight_scale, generator=generator)
        self.theta = _check.positive("LIFLayer.theta", theta)
        self.reset = _check.one_of("LIFLayer.reset", reset, RESETS)
        self.detach = bool(detach)
        self.surrogate = chosen(surrogate, "LIFLayer.surrogate")
        self.R = nn.Parameter(self.drawn(weight_scale, (n_out, n_out), generator)) if recurrent else None

    def step(self, x, i, v, s, alpha, beta):
        """One step of the equation: x is what arrives from the inputs, (i, v, s) what the last step left."""
        r = s.detach() if self.detach else s
        i = alpha * i + (x if self.R is None else x + s @ self.R)
        v = beta * v + i - self.theta * r if self.reset == "soft" else beta * v * (1 - r) + i
        return i, v, self.surrogate(v - self.theta)

    def run(self, current: torch.Tensor) -> Record:
        """Every step of a (time, sample, neuron) current, all of it kept."""
        alpha, beta = self.decays(current)
        i = v = s = torch.zeros_like(current[0])
        kept = []
        for x in current:
            i, v, s = self.step(x, i, v, s, alpha, beta)
            kept.append((i, v, s))
        return Record(*map(torch.stack, zip(*kept, strict=True)))

    def forward(self, spikes: torch.Tensor) -> torch.Tensor:
        """(time, sample, n_in) -> spikes (time, sample, n_out)."""
        return self.run(self.current(spikes)).s

    def pooled(self, spikes: torch.Tensor) -> torch.Tensor:
        """What leaves the layer, from what its neurons fired."""
        return spikes

    @property
    def returns(self) -> float:
        return 0 if self.R is None else self.n_out

    @property
    def title(self) -> str:
        return f"LIF {self.n_out}" + (" récurrente" if self.R is not None else "")

    def described(self) -> dict[str, object]:
        return {**super().described(), "theta": self.theta, "reset": self.reset, "recurrent": self.R is not None}

    def learning(self) -> dict[str, object]:
        return {**super().learning(), "detach": self.detach, "surrogate": (self.surrogate.name, self.surrogate.scale)}


class LIReadout(Leaky):
    """Leaky integrators that never fire: i[t] = α i[t-1] + s[t] W, v[t] = β v[t-1] + i[t]; v is the answer."""

    def __init__(self, n_in: int, n_out: int, *, tau_syn: float = 5.0, tau_mem: float = 10.0, dt: float = 1.0,
                 learn_tau: bool = False, weight_scale: float = 7.0, generator: torch.Generator | None = None) -> None:
        super().__init__(n_in, n_out, tau_syn=tau_syn, tau_mem=tau_mem, dt=dt, learn_tau=learn_tau,
                         weight_scale=weight_scale, generator=generator)

    def run(self, current: torch.Tensor) -> Record:
        alpha, beta = self.decays(current)
        i = v = torch.zeros_like(current[0])
        kept = []
        for x in current:
            i = alpha * i + x
            v = beta * v + i
            kept.append((i, v))
        return Record(*map(torch.stack, zip(*kept, strict=True)), None)

    def forward(self, spikes: torch.Tensor) -> torch.Tensor:
        """(time, sample, n_in) -> membranes (time, sample, n_out)."""
        return self.run(self.current(spikes)).v

    @property
    def title(self) -> str:
        return f"lecture {self.n_out}"
