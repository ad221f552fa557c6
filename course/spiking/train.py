"""Learning with several processes, on one machine or on several: torchrun -m course.spiking.train --couches 784 100 10

Each process learns from its share of each batch; DistributedDataParallel adds their gradients, so that all of them
hold the same weights, those of one process alone. gloo between processors, nccl between graphics cards.
"""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from course.data import load
from course.spiking.encode import ENCODERS
from course.spiking.network import SpikingNetwork
from course.spiking.trainer import Trainer
from course.spiking.training import run


class Together(Trainer):
    """A `Trainer` among others: same arguments, and the process group that torchrun made."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.rank, self.world = dist.get_rank(), dist.get_world_size()
        self.model = DistributedDataParallel(self.model)

    def together(self, loss: float, right: int) -> tuple[float, int]:
        sums = torch.tensor([loss, right], dtype=torch.float64, device=self.net.device)
        dist.all_reduce(sums)
        return float(sums[0]), int(sums[1])


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("course.spiking.train", description="Apprend à plusieurs processus.")
    parser.add_argument("--couches", type=int, nargs="+", default=[784, 100, 10], help="entrées, couches, classes")
    parser.add_argument("--donnees", default="mnist", help="jeu de données de course.data")
    parser.add_argument("--exemples", type=int, help="combien, au plus")
    parser.add_argument("--codage", default="latency", choices=ENCODERS)
    parser.add_argument("--epoques", type=int, default=10)
    parser.add_argument("--lot", type=int, default=256, help="exemples par pas, tous processus réunis")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--graine", type=int, default=0)
    parser.add_argument("--validation", type=float, default=0.1, help="fraction mise de côté")
    parser.add_argument("--materiel", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--reprise", type=Path, help="point de reprise, écrit à chaque époque")
    parser.add_argument("--historique", type=Path, help="courbes, en JSON")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> None:
    """One process: alone when torchrun did not start it."""
    wanted = arguments(given)
    alone = "RANK" not in os.environ
    card = wanted.materiel == "cuda"
    device = f"cuda:{os.environ.get('LOCAL_RANK', 0)}" if card else "cpu"
    if not alone:
        dist.init_process_group("nccl" if card else "gloo")
    try:
        net = SpikingNetwork(wanted.couches, encoder=wanted.codage, seed=wanted.graine, device=device)
        trainer = (Trainer if alone else Together)(
            net, load(wanted.donnees, wanted.exemples), wanted.validation, batch_size=wanted.lot, lr=wanted.lr,
            seed=wanted.graine,
        )  # fmt: skip
        if trainer.rank == 0:
            print(f"{net}\u00a0: chemin {trainer.path}, {trainer.world} processus")
        history = run(trainer, wanted.epoques, checkpoint=wanted.reprise, progress=False)
        if trainer.rank == 0:
            print(history)
            if wanted.historique is not None:
                wanted.historique.write_text(json.dumps(history.state()), encoding="utf-8")
    finally:
        if not alone:
            dist.destroy_process_group()


if __name__ == "__main__":
    main()
