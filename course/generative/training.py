"""Batches drawn at random, a step after each; a network whose numbers run away gets its last good weights back."""

import math
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import torch

from course import _check
from course.generative.diverged import Diverged
from course.generative.series import History
from course.nn.given import count
from course.nn.samples import bar


class Training:
    """The lessons of one network: `step` by `step`, or by `epoch`; `lr` and `factors` may change while it runs.

    `factors` multiply lr: for a GAN, that of the generator, then that of the judge.

    Args:
        model: a VAE, a GAN. x: its images. batch_size: images a step. lr: None is the model's own.
        valid: images looked at after each epoch, that nothing is learnt from.
    """

    def __init__(self, model, x: object, *, batch_size: int = 128, lr: float | None = None, valid: object = None):
        self.model = model
        self.x = model.tensor("fit.x", x)
        self.valid = None if valid is None else model.tensor("fit.valid", valid)
        self.batch_size = count("fit.batch_size", batch_size, 2)
        if len(self.x) < 2:
            raise _check.refuse("fit.x", "au moins deux images", len(self.x))
        self.lr = _check.positive("fit.lr", model.lr if lr is None else lr)
        self.optimizers = model.optimizers(self.lr)
        self.factors = [1.0] * len(self.optimizers)
        self.history = History(*model.names)
        self.batches: Iterator[torch.Tensor] = iter(())
        self.good = copied(model)

    def step(self) -> dict[str, float]:
        """One batch; at the end of the images, they are drawn again in another order."""
        rows = next(self.batches, None)
        if rows is None:
            self.batches = self.order()
            rows = next(self.batches)
        for optimizer, factor in zip(self.optimizers, self.factors, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = factor * self.lr
        self.model.train()
        values = self.model.lesson(self.x[rows], *self.optimizers)
        if not (all(map(math.isfinite, values.values())) and self.sound()):
            self.model.load_state_dict(self.good)
            raise Diverged(len(self.history) + 1, self.lr)
        return values

    def order(self) -> Iterator[torch.Tensor]:
        """The rows of each batch of an epoch; a last one of a single image is left out, it has no spread."""
        draws = torch.Generator().manual_seed(1_000_003 * self.model.seed + self.model.age)
        self.model.age += 1
        rows = torch.randperm(len(self.x), generator=draws).to(self.x.device)
        return iter([part for part in rows.split(self.batch_size) if len(part) > 1])

    def sound(self) -> bool:
        """No weight became NaN or infinite: a loss may look like a number with such weights."""
        return all(bool(torch.isfinite(p.sum())) for p in self.model.parameters())

    def epoch(self) -> History:
        """Every image once, then the validation."""
        start, seen, sums = time.perf_counter(), 0, {}
        self.batches = self.order()
        for _ in range(-(-len(self.x) // self.batch_size) - (len(self.x) % self.batch_size == 1)):
            values = self.step()
            n = min(self.batch_size, len(self.x) - seen)
            seen += n
            for name, value in values.items():
                sums[name] = sums.get(name, 0.0) + n * value
        means = {name: total / seen for name, total in sums.items()}
        if self.valid is not None:
            means |= self.model.judgement(self.valid)
        self.history.add(**means, seconds=time.perf_counter() - start)
        self.good = copied(self.model)
        return self.history

    def run(self, epochs: int, progress: bool = True, each: Callable[[History], object] | None = None) -> History:
        """`epochs` of them, unless `each` says to stop; the model is then left in the state that answers."""
        try:
            with bar(epochs, progress) as show:
                for _ in range(epochs):
                    self.epoch()
                    show(SimpleNamespace(val_loss=[], loss=getattr(self.history, self.model.watched)))
                    if each is not None and each(self.history) is True:
                        break
        finally:
            self.model.eval()
        return self.history


def copied(model: torch.nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.detach().clone() for name, value in model.state_dict().items()}
