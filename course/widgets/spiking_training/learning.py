"""A network of the subject, its trainer, and how the settings of the moment enter them."""

import math
from collections.abc import Iterator

import numpy as np

from course.spiking import SpikingNetwork, Surrogate, Trainer
from course.spiking.evaluate import watched
from course.widgets.spiking_training.subject import BATCH, Settings, Subject


def begin(s: Subject, now: Settings, train: object = None, valid: object = None) -> Trainer:
    """A trainer that has seen nothing; `train` and `valid` may be encoded already."""
    net = SpikingNetwork(s.sizes, surrogate=(now.surrogate, now.scale), tau_mem=now.tau_mem, seed=s.seed)
    return Trainer(net, train or s.train, valid or s.valid, batch_size=BATCH, lr=now.lr, seed=s.seed)


def adopt(trainer: Trainer, now: Settings) -> None:
    """From the next batch on."""
    trainer.lr = now.lr
    for layer in trainer.net.hidden:
        layer.surrogate = Surrogate(now.surrogate, now.scale)
    for layer in trainer.net.layers:
        layer.log_tau_mem.fill_(math.log(now.tau_mem))


def batches(trainer: Trainer) -> Iterator[tuple[np.ndarray, list[int]]]:
    """(rows, seed) of each batch, epoch after epoch, as `trainer.epoch` takes them."""
    epoch = 0
    while True:
        for k, rows in enumerate(trainer.order(epoch)):
            yield rows, [trainer.seed, 2, epoch, k]
        epoch += 1


def confusion(trainer: Trainer) -> np.ndarray:
    """How many pictures of the validation of each class (row) were given each answer (column)."""
    answers = watched(trainer.net, trainer.valid, trainer.path, trainer.seed)[0]
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (trainer.valid.y, answers), 1)
    return counts
