"""Learning: batches drawn at random, a step after each, and data kept aside to know when to stop."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from course import _check
from course.nn.given import count, generator
from course.nn.module import Module
from course.nn.samples import accuracy_of, bar, pairs, split


@dataclass
class History:
    """One number an epoch: mean loss and accuracy over the batches *while* learning, then those on validation data.

    The accuracies are empty when the targets are not labels; the others without validation. `best_epoch` (from 0) has
    the smallest val_loss, or the smallest loss without validation. `diverged`: the loss was no longer a number.
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_accuracy: list[float] = field(default_factory=list)
    diverged: bool = False

    @property
    def best_epoch(self) -> int:
        watched = self.val_loss or self.loss
        return int(np.nanargmin(watched)) if np.isfinite(watched).any() else 0


def fit(
    model: Module,
    data: object,
    *,
    loss: Callable,
    optimizer: object,
    epochs: int = 10,
    batch_size: int = 64,
    validation: float | tuple[np.ndarray, np.ndarray] | None = None,
    patience: int | None = None,
    rng: np.random.Generator | int | None = None,
    progress: bool = True,
) -> History:
    """Five lines a batch: forward, loss, zero_grad, backward, step.

    Args:
        data: (x, y), or x alone when the target is x itself, or a Dataset (its training part).
        validation: (x, y), or the fraction of the data set aside at random; None: nothing is.
        patience: stop after so many epochs without a smaller val_loss, and put back the weights of the best one.
        rng: draws the batches. progress: a bar, where somebody looks.

    Raises:
        ValueError: « fit.epochs : un entier d'au moins 1, reçu 0 ».
    """
    if not isinstance(model, Module):
        raise _check.refuse("fit.model", "un module", model)
    epochs, batch_size = count("fit.epochs", epochs), count("fit.batch_size", batch_size)
    rng = generator("fit.rng", rng)
    (x, y), val = split(pairs("fit.data", data), validation, rng)
    if patience is not None and val is None:
        raise _check.refuse("fit.patience", "None sans données de validation", patience)
    patience = None if patience is None else count("fit.patience", patience)
    history, best = History(), None
    with bar(epochs, progress) as show, np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(epochs):
            learn(model, x, y, loss, optimizer, batch_size, rng, history)
            if history.diverged:
                said = "la perte n'est plus un nombre\u00a0: le pas lr est-il trop grand\u00a0?"
                warnings.warn(f"fit\u00a0: {said} Arrêt à l'époque {epoch + 1}.", RuntimeWarning, stacklevel=2)
                break
            if val is not None:
                judge(model, *val, loss, history)
            show(history)
            if patience is not None:
                if history.best_epoch == epoch:
                    best = [p.value.copy() for p in model.parameters()]
                elif epoch - history.best_epoch >= patience:
                    break
    for p, value in zip(model.parameters(), best or [], strict=best is not None):
        p.value[...] = value
    return history


def learn(model, x, y, loss, optimizer, batch_size: int, rng, history: History) -> None:
    """One epoch: every sample once, in a new order; the means of the batches go into `history`."""
    total, right = 0.0, 0
    model.train()
    order = rng.permutation(len(x))
    for k in range(0, len(x), batch_size):
        rows = order[k : k + batch_size]
        target = y[rows]
        output = model(x[rows])
        history.diverged = not np.isfinite(output).all()
        if history.diverged:
            break
        total += len(rows) * loss(output, target)
        model.zero_grad()
        model.accumulate(loss.backward())
        optimizer.step()
        right += accuracy_of(output, target)
    history.loss.append(np.nan if history.diverged else total / len(x))
    if y.dtype.kind in "iu":
        history.accuracy.append(right / len(x))


def judge(model, x, y, loss, history: History, batch_size: int = 1000) -> None:
    """Loss and accuracy on data that the weights have not seen."""
    total, right = 0.0, 0
    model.eval()
    for k in range(0, len(x), batch_size):
        output, target = model(x[k : k + batch_size]), y[k : k + batch_size]
        total += len(target) * loss(output, target) if np.isfinite(output).all() else np.inf
        right += accuracy_of(output, target)
    model.train()
    history.val_loss.append(total / len(x))
    if y.dtype.kind in "iu":
        history.val_accuracy.append(right / len(x))
