"""`fit`: epochs, the best of which is kept, and which a power cut does not lose."""

import sys
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

from course import _check
from course.spiking import given
from course.spiking.checkpoint import read, save
from course.spiking.history import History
from course.spiking.trainer import Diverged, Trainer


def fit(net, train: object, valid: object = 0.1, epochs: int = 10, batch_size: int = 256, lr: float = 1e-3, *,
        lr_decay: float = 0.9, drop: float = 0.0, shift: int = 0, rate_cost: float = 0.0, dead_cost: float = 0.0,
        patience: int | None = None, checkpoint: str | Path | None = None, seed: int = 0, path: str | None = None,
        progress: bool = True, each: Callable[[History], object] | None = None) -> History:
    """Learns, and puts back the weights of the best epoch when there is a validation.

    Args:
        net: a SpikingNetwork. train, valid, and from batch_size to dead_cost, seed, path: see `Trainer`.
        epochs: how many in all, those of a checkpoint included.
        patience: stop after so many epochs without a smaller val_loss.
        checkpoint: a file written after each epoch; if it is there, learning goes on from it, to the same curve.
        progress: says which path runs, and shows a bar, where somebody looks.
        each: called after each epoch with the history; if it returns True, learning stops.

    Raises:
        ValueError: « fit.train.y : des étiquettes de 0 à 9, reçu 10 ».

    Warns:
        RuntimeWarning: the weights are no longer numbers: learning stops, the last good ones are put back.
    """
    epochs = given.whole("fit.epochs", epochs)
    patience = None if patience is None else given.whole("fit.patience", patience)
    if patience is not None and valid is None:
        raise _check.refuse("fit.patience", "None sans données de validation", patience)
    trainer = Trainer(net, train, valid, batch_size=batch_size, lr=lr, lr_decay=lr_decay, drop=drop,
                      shift=shift, rate_cost=rate_cost, dead_cost=dead_cost, seed=seed, path=path)
    return run(trainer, epochs, patience, checkpoint, progress, each)


def run(trainer: Trainer, epochs: int, patience: int | None = None, checkpoint: str | Path | None = None,
        progress: bool = True, each: Callable[[History], object] | None = None) -> History:
    """The epochs of a `Trainer`."""
    net, best, stopped = trainer.net, None, False
    if checkpoint is not None and Path(checkpoint).exists():
        best = resumed(trainer, checkpoint)
    good = deepcopy(net.state_dict())
    with bar(trainer, epochs, progress) as show:
        while len(trainer.history) < epochs and not stopped and not late(trainer.history, patience):
            try:
                history = trainer.epoch()
            except Diverged:
                trainer.history.diverged = len(trainer.history) + 1
                net.load_state_dict(good)
                warnings.warn(said(trainer.history.diverged, checkpoint), RuntimeWarning, stacklevel=3)
                break
            good = deepcopy(net.state_dict())
            if history.best_epoch == len(history) - 1:
                best = good
            if checkpoint is not None and trainer.rank == 0:
                save(net, checkpoint, best=best, optimizer=trainer.optimizer.state_dict(), history=history.state(),
                     settings=trainer.settings())
            show(history)
            stopped = each is not None and each(history) is True
    if trainer.valid is not None and best is not None:
        net.load_state_dict(best)
    net.path_taken = trainer.path
    return trainer.history


def late(history: History, patience: int | None) -> bool:
    """The validation loss has not gone down for `patience` epochs."""
    return patience is not None and len(history) - 1 - history.best_epoch >= patience


def resumed(trainer: Trainer, path: str | Path) -> dict[str, object]:
    """Takes up an apprenticeship where its file left it; returns the best weights so far."""
    where = "fit.checkpoint"
    state = read(trainer.net, path, where)
    if "optimizer" not in state:
        raise _check.refuse(where, "un point de reprise écrit par fit, non des poids seuls", str(path))
    mine, theirs = trainer.settings(), state["settings"]
    for key in mine:
        if mine[key] != theirs.get(key):
            rule = f"un point de reprise du même apprentissage ({key}\u00a0: {mine[key]})"
            raise ValueError(f"{where}\u00a0: {rule}, reçu {theirs.get(key)}\u00a0; effacez {path} pour recommencer")
    trainer.net.load_state_dict(state["weights"])
    trainer.optimizer.load_state_dict(state["optimizer"])
    trainer.history = History(**{**state["history"], "path": trainer.path})
    return state["best"]


def said(epoch: int, checkpoint: object) -> str:
    back = "ceux d'avant l'apprentissage" if epoch == 1 else f"ceux de l'époque {epoch - 1}"
    file = f"\u00a0; {checkpoint} les garde" if checkpoint is not None and epoch > 1 else ""
    return (f"fit\u00a0: à l'époque {epoch}, des poids ne sont plus des nombres (lr trop grand\u00a0?). "
            f"Arrêt\u00a0; {back} sont remis{file}.")


@contextmanager
def bar(trainer: Trainer, epochs: int, progress: bool):
    """Which path runs, and a bar, only where somebody looks."""
    if not progress or trainer.rank or not (sys.stderr.isatty() or "ipykernel" in sys.modules):
        yield lambda history: None
        return
    from tqdm import tqdm

    print(f"{trainer.net}\u00a0: chemin {trainer.path}")
    form = "{desc}\u00a0: {percentage:3.0f}\u00a0% |{bar}| {n}/{total} époques, reste {remaining}{postfix}"
    start = len(trainer.history)
    with tqdm(total=epochs, initial=start, desc="Apprentissage", leave=False, bar_format=form) as shown:

        def show(history: History) -> None:
            last = (history.val_accuracy or history.accuracy)[-1]
            text = f"perte {history.loss[-1]:.3f}, {100 * last:.1f}\u00a0%".replace(".", ",")
            shown.set_postfix_str(text, refresh=False)
            shown.update()

        yield show
