"""A channel of torch: see `currents` for what it does."""

from typing import TYPE_CHECKING

from course.network.channels import Channel

if TYPE_CHECKING:
    import torch


class Shared:
    """A channel over a whole group: the arrivals of its populations side by side."""

    def __init__(self, model: Channel, n: int, dt: float, stages: int, device: str) -> None:
        import torch

        self.model, self.stages, m = model, stages, model.states
        self.ring = torch.zeros((model.slots, n), dtype=torch.float64, device=device)
        self.z = torch.zeros((max(1, m), n), dtype=torch.float64, device=device)
        numbers = torch.as_tensor(model.numbers(dt, stages), device=device)
        if model.linear and not model.kernel.jump:
            self.P = numbers[: m * m].reshape(m, m)
            self.entry, self.gone = numbers[m * m : m * m + m], numbers[m * m + m : m * m + 2 * m]
            self.reading = numbers[m * m + 2 * m :].reshape(stages, m)
        elif not model.linear:
            self.window = numbers.reshape(stages, model.cut)
            self.back = torch.arange(model.cut, device=device)

    def row(self, k: "torch.Tensor") -> "torch.Tensor":
        return self.ring.index_select(0, (k % len(self.ring)).reshape(1))[0]

    def clear(self, k: "torch.Tensor") -> None:
        self.ring.index_fill_(0, (k % len(self.ring)).reshape(1), 0.0)

    def current(self, k: "torch.Tensor") -> "torch.Tensor":
        """(stage, neuron); what arrived is then forgotten, now or at the cut."""
        cut = self.model.cut
        if self.model.kernel.jump:
            value = self.row(k)[None]
        elif self.model.linear:
            self.z.copy_(self.P @ self.z + self.entry[:, None] * self.row(k))
            if cut:
                self.z.sub_(self.gone[:, None] * self.row(k - cut))
            value = self.reading @ self.z
        else:
            value = self.window @ self.ring.index_select(0, (k - self.back) % len(self.ring))
        self.clear(k - cut)
        return value
