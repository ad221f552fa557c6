"""What the two networks that draw, VAE and GAN, have in common: epochs, answers, a file of weights (torch)."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from torch import nn

from course import _check
from course.generative import tensors
from course.generative.pictures import pictures
from course.generative.series import History
from course.nn.given import count


class Deep(nn.Module):
    """A network that draws images of `pixels` pixels; its weights, and all that it draws at random, come from `seed`.

    A subclass gives `names` (what its history holds), `lesson` (one batch), `judgement` (validation), and keeps in
    `config` the arguments that make it again.
    """

    names: tuple[str, ...] = ()
    watched = "loss"  # the name that the bar shows
    lr = 1e-3

    def __init__(self, pixels: int, seed: int, device: str, **config: object) -> None:
        super().__init__()
        me = type(self).__name__
        self.pixels, self.seed = count(f"{me}.pixels", pixels), count(f"{me}.seed", seed, 0)
        self.where = tensors.device(f"{me}.device", device)
        self.config = {"pixels": self.pixels, "seed": self.seed, **config}
        self.age = 0  # epochs behind it: the next one draws other batches
        self.noise = torch.Generator(self.where).manual_seed(self.seed)

    @property
    def size(self) -> int:
        """How many numbers learn."""
        return sum(p.numel() for p in self.parameters() if p.requires_grad)

    def fit(self, x: object, epochs: int = 10, *, batch_size: int = 128, lr: float | None = None,
            valid: object = None, progress: bool = True, each: Callable[[History], object] | None = None) -> History:
        """Learns, and is left in the state that answers.

        Args:
            x: images (n, pixels) of [0, 1]. valid: others, looked at after each epoch.
            each: called after each epoch with the history; if it returns True, learning stops.

        Raises:
            Diverged: « fit : la perte n'est plus un nombre à l'époque 2, avec lr = 10 ; … ».
        """
        from course.generative.training import Training

        epochs = count("fit.epochs", epochs)
        return Training(self, x, batch_size=batch_size, lr=lr, valid=valid).run(epochs, progress, each)

    def tensor(self, where: str, x: object) -> torch.Tensor:
        """Images, looked at, where the network is."""
        return torch.from_numpy(pictures(f"{type(self).__name__}.{where}", x, self.pixels)).to(self.where)

    def chosen(self, where: str, seed: int | None) -> int:
        """The seed of one answer: its own, or the network's."""
        return self.seed if seed is None else count(f"{type(self).__name__}.{where}", seed, 0)

    def draws(self, where: str, seed: int | None) -> torch.Generator:
        return torch.Generator(self.where).manual_seed(self.chosen(where, seed))

    def codes(self, n: int, width: int, seed: int | None) -> torch.Tensor:
        """`n` codes of N(0, I), the same on every device; the first ones do not depend on how many follow."""
        n, seed = count(f"{type(self).__name__}.sample.n", n), self.chosen("sample.seed", seed)
        z = np.random.default_rng(seed).standard_normal((n, width)).astype(np.float32)
        return torch.from_numpy(z).to(self.where)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """In the state that answers, without gradients, and back: nobody scores a network that is learning."""
        learning = self.training
        self.eval()
        try:
            with torch.no_grad():
                yield
        finally:
            self.train(learning)

    def save(self, path: str | Path) -> Path:
        """One safetensors file, whole or absent: the weights, and the arguments that make the network again."""
        state = {name: value.detach().cpu().contiguous() for name, value in self.state_dict().items()}
        kind = {"kind": type(self).__name__, "config": json.dumps(self.config), "age": str(self.age)}
        return tensors.write(path, state, kind)

    @classmethod
    def load(cls, path: str | Path, device: str = "cpu") -> "Deep":
        """The network of a file.

        Raises:
            ValueError: « VAE.load : un fichier écrit par VAE.save, reçu … ».
        """
        where = f"{cls.__name__}.load"
        state, kind = tensors.read(where, path)
        if kind.get("kind") != cls.__name__:
            raise _check.refuse(where, f"un fichier écrit par {cls.__name__}.save", str(path))
        net = cls(**json.loads(kind["config"]), device=device)
        tensors.fill(where, net, state, path)
        net.age = int(kind["age"])
        return net.eval()

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.config.items())
        return f"{type(self).__name__}({said})"


def array(x: torch.Tensor) -> np.ndarray:
    return x.detach().cpu().numpy()
