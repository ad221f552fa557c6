"""A spiking layer as one autograd function: its whole time is one compiled call forward, one backward.

It is the fast path of what the fused kernel does not know: recurrent layers, decays that learn, losses of one's own.
Spikes go in as events or as a tensor of zeros and ones, and come out as a tensor; a spike costs one row of weights.
"""

import functools
from collections.abc import Callable

import numpy as np
import torch

from course import _check
from course.spiking.batch import ARGUMENTS, source
from course.spiking.events import Events
from course.spiking.memory import flat, padded, room, seen, wide
from course.spiking.surrogate import Surrogate
from course.spiking.surrogate import surrogate as read
from course.spiking.threads import in_bounds, share, together

Decay = float | torch.Tensor


def lif(
    x: torch.Tensor | Events, W: torch.Tensor | None = None, R: torch.Tensor | None = None, *, alpha: Decay,
    beta: Decay, theta: float = 1.0, reset: str = "soft", detach: bool = True,
    surrogate: str | Surrogate = "super_spike",
) -> torch.Tensor:  # fmt: skip
    """The spikes (time, batch, neurons) of a layer of leaky neurons, float32, on the CPU.

        i[t] = alpha i[t-1] + x[t] W + s[t-1] R
        v[t] = beta v[t-1] + i[t] - theta s[t-1]    soft;  hard: v[t] = beta v[t-1] (1 - s[t-1]) + i[t]
        s[t] = 1 if v[t] > theta else 0

    Args:
        x: events, or (time, batch, inputs); without W it is the current itself, (time, batch, ...).
        W: (inputs, neurons). R: (neurons, neurons), from the layer to itself, a step later.
        alpha, beta: decays in a step; tensors that learn receive their gradient.
        theta, reset, detach, surrogate: as in `LIFLayer`.
    """
    _check.one_of("lif.reset", reset, ("soft", "hard"))
    how = (_check.positive("lif.theta", theta), reset, detach, read(surrogate, "lif.surrogate"))
    if R is not None:
        from course.spiking.recurrent import recurrent

        return recurrent(x, W, R, alpha, beta, how)
    return _layer(x, W, alpha, beta, how)


def li(x: torch.Tensor | Events, W: torch.Tensor | None = None, *, alpha: Decay, beta: Decay) -> torch.Tensor:
    """The potentials (time, batch, neurons) of a layer that never spikes: lif's i and v, without threshold."""
    return _layer(x, W, alpha, beta, None)


def _layer(x: torch.Tensor | Events, W: torch.Tensor | None, alpha: Decay, beta: Decay, how: tuple | None):  # noqa: ANN202
    decays = [torch.as_tensor(a, dtype=torch.float64) for a in (alpha, beta)]
    if W is None:
        shape = x.shape
        return _Current.apply(x.reshape(len(x), -1), *decays, how).reshape(shape)
    if isinstance(x, Events):
        in_bounds("lif.x", x, W.shape[0])
        return _Weighted.apply(None, W, *decays, x, how)
    if x.stride(0) != 0:  # else one picture at each step: multiplied once
        try:
            return _Weighted.apply(x, W, *decays, None, how)
        except NotBinary:
            pass
        current = x @ W
    else:
        current = (x[0] @ W).expand(len(x), -1, -1)
    return _layer(current, None, alpha, beta, how)


class NotBinary(ValueError):
    """What arrives is not made of zeros and ones: weights multiply it, no list walks them."""


class _Weighted(torch.autograd.Function):
    """Spikes through W to spikes (`how`) or to potentials (None)."""

    @staticmethod
    def forward(ctx, x, W, alpha, beta, events, how):  # noqa: ANN001, ANN205
        samples, steps = (events.samples, events.steps) if x is None else (x.shape[1], x.shape[0])
        V = room(samples, steps, W.shape[1])
        Y = V if how is None else torch.empty_like(V)
        ctx.call = call = Call(x, W, events, how, samples, steps, float(alpha), float(beta))
        call.run(V, Y=Y)
        ctx.save_for_backward(x, W, V, alpha, beta)
        return seen(Y, steps, W.shape[1])

    @staticmethod
    def backward(ctx, D):  # noqa: ANN001, ANN205
        x, W, V, alpha, beta = ctx.saved_tensors
        call, back = ctx.call, ctx.needs_input_grad[0]
        taus = any(ctx.needs_input_grad[2:4])
        DX = room(call.samples, call.steps, W.shape[0]) if back else None
        Y = torch.empty_like(V) if taus else None
        D = padded(D)
        G = call.run(V, Y=Y, D=D, DX=DX)
        found = decays_gradient(Y, V, call, ctx.needs_input_grad[2:4], W.shape[1]) if taus else (None, None)
        return seen(DX, call.steps, W.shape[0]) if back else None, G, *found, None, None


class _Current(torch.autograd.Function):
    """A current (time, lanes) to spikes (`how`) or to potentials (None)."""

    @staticmethod
    def forward(ctx, x, alpha, beta, how):  # noqa: ANN001, ANN205
        X = wide(x)
        V = torch.empty_like(X)
        Y = V if how is None else torch.empty_like(X)
        ctx.call = call = Call(X, None, None, how, 1, len(x), float(alpha), float(beta))
        call.run(V, Y=Y)
        ctx.save_for_backward(V)
        ctx.n = x.shape[1]
        return Y[:, : ctx.n]

    @staticmethod
    def backward(ctx, D):  # noqa: ANN001, ANN205
        (V,) = ctx.saved_tensors
        Y = torch.empty_like(V)
        ctx.call.run(V, Y=Y, D=wide(D))
        taus = ctx.needs_input_grad[1:3]
        found = decays_gradient(Y[None], V[None], ctx.call, taus, ctx.n) if any(taus) else (None, None)
        return Y[:, : ctx.n], *found, None


def decays_gradient(Y: torch.Tensor, V: torch.Tensor, call: "Call", wanted: tuple, n: int) -> tuple:
    """dL/dalpha and dL/dbeta from dL/di (Y) and the potentials, (sample, step, neuron) each.

    v[t] = beta kept[t-1] + i[t] - theta s[t-1] gives i back, and dL/dv[t] = dL/di[t] - alpha dL/di[t+1].
    """
    Y, V = Y[:, : call.steps, :n], V[:, : call.steps, :n]
    kept = V[:, :-1]
    now = V[:, 1:] - call.beta * kept
    if call.how is not None:
        s = kept > call.how[0]
        if call.how[1] == "hard":
            kept = kept * ~s
            now = V[:, 1:] - call.beta * kept
        else:
            now = now + call.how[0] * s
    i = torch.cat([V[:, :1], now], 1)
    y = Y.clone()
    y[:, :-1] -= call.alpha * Y[:, 1:]
    of_alpha = (Y[:, 1:].double() * i[:, :-1]).sum() if wanted[0] else None
    return of_alpha, (y[:, 1:].double() * kept).sum() if wanted[1] else None


class Call:
    """One layer, one batch: what its forward and its backward calls share."""

    def __init__(self, x, W, events, how, samples, steps, alpha, beta) -> None:  # noqa: ANN001
        self.events, self.how, self.samples, self.steps = events, how, samples, steps
        self.alpha, self.beta, self.x, self.n = alpha, beta, x, 0 if W is None else W.shape[1]
        self.kind = 2 if W is None else 0 if x is None else 1
        self.many = 0 if W is None else W.shape[0]
        self.row = x.shape[1] if W is None else -(-self.n // 16) * 16
        self.below = -(-self.many // 16) * 16 if self.kind == 1 else 0
        self.weights = self.turned = np.empty(0, np.float32)
        if W is not None:
            self.weights = np.zeros((self.many, self.row), np.float32)
            self.weights[:, : self.n] = W.detach().numpy()
        if self.kind == 1:
            self.x = x if x.stride(2) == 1 else x.contiguous()
            self.turned = np.zeros((self.n, self.below), np.float32)
            self.turned[:, : self.many] = W.detach().numpy().T

    def run(self, V, Y, D=None, DX=None) -> torch.Tensor | None:  # noqa: ANN001
        """Forward into V and Y, or backward from D; then dL/dW."""
        theta, reset, detach, surrogate = self.how or (np.inf, "soft", True, None)
        none, back = np.empty(0, np.float32), D is not None
        blocks = (4, 0) if self.kind == 2 else (self.row // 16, self.below // 16)
        kernel = _kernel(back, self.kind, reset, detach, surrogate and surrogate.name, *blocks)
        index, ptr = (self.events.index, np.ascontiguousarray(self.events.ptr)) if self.events else (_INT32, _INT64)
        X, stride, far = none, 0, 0
        if self.x is not None:
            X, stride, far = flat(self.x), *(self.x.stride()[:2] if self.kind == 1 else (0, 0))
        edges = share(self.row // 64 if self.kind == 2 else self.samples)
        edges = [4 * e for e in edges] if self.kind == 2 else edges
        v, d, dx = (none if a is None else flat(a) for a in (V, D, DX))
        rooms = [self._scratch(back) for _ in edges[1:]]

        def part(k: int) -> None:
            MASK, IDX, P, G, Z = rooms[k]
            kernel(
                edges[k], edges[k + 1], self.steps, self.row // 16, self.n, self.many, stride, far, self.below // 16,
                int(Y is not None), int(DX is not None), self.alpha, self.beta, theta,
                surrogate.scale if surrogate else 0.0, index, ptr.reshape(-1), X, self.weights.reshape(-1),
                self.turned.reshape(-1), v, Z if Y is None else flat(Y), d, dx, G.reshape(-1), MASK, IDX, P,
            )  # fmt: skip

        together(part, len(rooms))
        if not back and any(P[-1] for _, _, P, _, _ in rooms):
            raise NotBinary
        if not back or self.kind == 2:
            return None
        total = rooms[0][3]
        for _, _, _, G, _ in rooms[1:]:
            total += G
        return torch.from_numpy(np.ascontiguousarray(total[:, : self.n]))

    def _scratch(self, back: bool) -> tuple[np.ndarray, ...]:
        listed = self.steps * self.many if self.kind == 1 else 0
        G = np.zeros((self.many, self.row) if back else (0, self.row), np.float32)
        Z = np.zeros((self.steps + 3) * self.row if self.kind == 1 else 0, np.float32)
        P = np.zeros(self.steps + 2, np.int64)
        return np.empty(self.steps, np.int64), np.empty(listed, np.int32), P, G, Z


_INT32, _INT64 = np.empty(0, np.int32), np.empty(0, np.int64)


@functools.cache
def _kernel(
    back: bool, kind: int, reset: str, detach: bool, name: str | None, blocks: int, below: int
) -> Callable[..., None]:
    from course.spiking.load import kernel

    formula = name and Surrogate(name).family.derivative
    text = source(back, kind, reset, detach, formula, blocks, below)
    way, what = ("retour" if back else "aller"), name or "sans seuil"
    return kernel("scan", f"la couche à impulsions ({what}, {way})", text, ARGUMENTS)
