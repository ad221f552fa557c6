"""What an apprenticeship leaves behind: one number an epoch, and what its gauges showed."""

from dataclasses import asdict, dataclass, field

import numpy as np


@dataclass
class History:
    """One entry per epoch.

    loss, accuracy: means over the batches while learning; val_loss, val_accuracy: after the epoch, on data set aside.
    rates: [Hz] of each hidden layer; dead: share of its neurons that no picture of the gauge made fire.
    gradients: mean norm of dL/dW, layer after layer. seconds: what the epoch took.
    best_epoch (from 0): the smallest val_loss, or loss without validation. path: the one that ran.
    diverged: the epoch (from 1) in which the weights stopped being numbers; 0: never.
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_accuracy: list[float] = field(default_factory=list)
    rates: list[list[float]] = field(default_factory=list)
    dead: list[list[float]] = field(default_factory=list)
    gradients: list[list[float]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    path: str = ""
    diverged: int = 0

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def best_epoch(self) -> int:
        watched = self.val_loss or self.loss
        return int(np.argmin(watched)) if watched else 0

    def state(self) -> dict[str, object]:
        """Plain lists and numbers, for a file."""
        return asdict(self)

    def __repr__(self) -> str:
        if not self.loss:
            return "History(aucune époque)"
        k = self.best_epoch
        said = f"{len(self)} époque{'s' * (len(self) > 1)}, {sum(self.seconds):.1f}\u00a0s, chemin {self.path}"
        shown = self.val_accuracy or self.accuracy
        kind = "en validation" if self.val_accuracy else "en apprentissage"
        text = f"History({said}\u00a0; meilleure\u00a0: la {k + 1}, {100 * shown[k]:.2f}\u00a0% {kind}"
        return text.replace(".", ",") + (f"\u00a0; divergence à l'époque {self.diverged})" if self.diverged else ")")
