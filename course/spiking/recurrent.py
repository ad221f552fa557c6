"""A recurrent layer as one autograd function: the equations of `scan.lif`, and the layer's own spikes through R."""

import functools
from collections.abc import Callable

import numpy as np
import torch

from course.spiking import scan
from course.spiking.events import Events
from course.spiking.memory import flat, padded, room, seen
from course.spiking.returns import ARGUMENTS, source
from course.spiking.surrogate import Surrogate
from course.spiking.threads import in_bounds, share, together

_ORDER = tuple(ARGUMENTS)
_EMPTY = {np.float32: np.empty(0, np.float32), np.int32: np.empty(0, np.int32), int: np.empty(0, np.int64)}


def recurrent(x: torch.Tensor | Events, W: torch.Tensor | None, R: torch.Tensor, alpha, beta, how: tuple):  # noqa: ANN001, ANN201
    """The spikes (time, batch, neurons): `scan.lif` with R; `how` is (theta, reset, detach, surrogate)."""
    decays = [torch.as_tensor(a, dtype=torch.float64) for a in (alpha, beta)]
    if W is None:
        return _Recurrent.apply(x, None, R, *decays, None, how)
    if isinstance(x, Events):
        in_bounds("lif.x", x, W.shape[0])
        return _Recurrent.apply(None, W, R, *decays, x, how)
    if x.stride(0) == 0:  # one picture at each step: multiplied once
        return _Recurrent.apply((x[0] @ W).expand(len(x), -1, -1), None, R, *decays, None, how)
    try:
        return _Recurrent.apply(x, W, R, *decays, None, how)
    except scan.NotBinary:
        return _Recurrent.apply(x @ W, None, R, *decays, None, how)


class _Recurrent(torch.autograd.Function):
    """What arrives, spikes through W or a current, to spikes."""

    @staticmethod
    def forward(ctx, x, W, R, alpha, beta, events, how):  # noqa: ANN001, ANN205
        samples, steps = (events.samples, events.steps) if x is None else (x.shape[1], x.shape[0])
        V = room(samples, steps, len(R))
        Y = torch.empty_like(V)
        ctx.call = call = _Call(x, W, R, events, how, samples, steps, float(alpha), float(beta))
        call.run(V=V, Y=Y)
        ctx.save_for_backward(x, W, R, V)
        return seen(Y, steps, len(R))

    @staticmethod
    def backward(ctx, D):  # noqa: ANN001, ANN205
        x, W, R, V = ctx.saved_tensors
        call, wanted, n = ctx.call, ctx.needs_input_grad, len(R)
        through = wanted[0] and W is not None
        DX = room(call.samples, call.steps, len(W)) if through else None
        Y = torch.empty_like(V)
        G, GR = call.run(V=V, Y=Y, D=padded(D), DX=DX)
        found = scan.decays_gradient(Y, V, call, wanted[3:5], n) if any(wanted[3:5]) else (None, None)
        back = None
        if wanted[0]:
            back = seen(DX, call.steps, len(W)) if through else seen(Y, call.steps, n)
        return back, G if wanted[1] else None, GR, *found, None, None


class _Call:
    """One layer, one batch: what its forward and its backward calls share."""

    def __init__(self, x, W, R, events, how, samples, steps, alpha, beta) -> None:  # noqa: ANN001
        self.how, self.samples, self.steps, self.alpha, self.beta = how, samples, steps, alpha, beta
        self.n, self.row, self.kind = len(R), -(-len(R) // 16) * 16, 0 if x is None else 2 if W is None else 1
        self.many = 0 if W is None else len(W)
        self.below = -(-self.many // 16) * 16 if self.kind == 1 else 0
        self.common = {
            "T": steps, "blocks": self.row // 16, "n": self.n, "many": self.many, "below": self.below // 16,
            "alpha": alpha, "beta": beta, "theta": how[0], "slope": how[3].scale,
            "R": _rows(R, self.row), "RT": _rows(R.T, self.row), "whole": 1, "stride": 0, "far": 0, "wanted": 0,
        }  # fmt: skip
        if W is not None:
            self.common["W"] = _rows(W, self.row)
        if self.kind == 0:
            self.common |= {"INDEX": events.index, "PTR": np.ascontiguousarray(events.ptr).reshape(-1)}
        elif self.kind == 1:
            x = x if x.stride(2) == 1 else x.contiguous()
            self.common |= {"WT": _rows(W.T, self.below), "X": flat(x), "stride": x.stride(0), "far": x.stride(1)}
        else:
            self.common["X"] = flat(padded(x))

    def run(self, **arrays: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """Forward into V and Y, or backward from D; then dL/dW and dL/dR."""
        _, reset, detach, surrogate = self.how
        back, edges = "D" in arrays, share(self.samples)
        kernel = _kernel(back, self.kind, reset, detach, surrogate.name, self.row // 16, self.below // 16)
        given = self.common | {name: flat(a) for name, a in arrays.items() if a is not None}
        given["wanted"] = int(arrays.get("DX") is not None)
        rooms = [self._room(back) for _ in edges[1:]]

        def part(k: int) -> None:
            mine = given | rooms[k] | {"first": edges[k], "stop": edges[k + 1]}
            kernel(*(mine[n] if n in mine else _EMPTY[ARGUMENTS[n][0]] for n in _ORDER))

        together(part, len(rooms))
        if not back and any(r["P"][-1] for r in rooms):
            raise scan.NotBinary
        found = []
        for name in ("G", "GR"):
            total = rooms[0][name]
            for r in rooms[1:]:
                total += r[name]
            found.append(torch.from_numpy(np.ascontiguousarray(total.reshape(-1, self.row)[:, : self.n])))
        return tuple(found)

    def _room(self, back: bool) -> dict[str, np.ndarray]:
        """What one thread writes."""
        listed = self.steps * self.many if self.kind == 1 else 0
        return {
            "G": np.zeros(self.many * self.row * back, np.float32),
            "GR": np.zeros(self.n * self.row * back, np.float32), "C": np.zeros(self.row, np.float32),
            "IDX": np.empty(listed, np.int32), "P": np.zeros(self.steps + 2, np.int64),
            "OWN": np.empty(self.steps * self.n, np.int32), "Q": np.zeros(self.steps + 1, np.int64),
        }  # fmt: skip


def _rows(W: torch.Tensor, row: int) -> np.ndarray:
    """The rows of W, each `row` long."""
    made = np.zeros((len(W), row), np.float32)
    made[:, : W.shape[1]] = W.detach().numpy()
    return made.reshape(-1)


@functools.cache
def _kernel(
    back: bool, kind: int, reset: str, detach: bool, name: str, blocks: int, below: int
) -> Callable[..., None]:
    from course.spiking.load import kernel

    text = source(back, kind, reset, detach, Surrogate(name).family.derivative, blocks, below)
    title = f"la couche récurrente ({name}, {'retour' if back else 'aller'})"
    return kernel("recurrent", title, text, ARGUMENTS)
