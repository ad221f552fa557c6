"""Two networks against each other: one draws images, the other one tells them from real ones."""

import numpy as np
import torch
from torch import sigmoid

from course import _check
from course.generative import adversaries
from course.generative.deep import Deep, array
from course.nn.given import count

R1 = 1.0  # what the gradient penalty weighs, γ/2


class GAN(Deep):
    """A generator, from `noise` numbers to an image; a judge, from an image to a logit.

    Args:
        hidden: neurons of the generator's layers; the judge has them in the reverse order.
        penalty: what keeps the judge from becoming too steep: « none », « spectral » (each of its matrices stretches
            nothing by more than 1), « gradient » (a cost on the slope at real images).

    >>> gan = GAN(16, noise=2, hidden=(8,), seed=0)
    >>> gan.sample(3, seed=1).shape, gan.size
    ((3, 16), 329)
    """

    names = ("generator", "judge", "real", "fake", "valid")
    watched = "generator"
    lr = 1e-3

    def __init__(self, pixels: int = 784, *, noise: int = 64, hidden: tuple[int, ...] = (256, 256),
                 penalty: str = "none", seed: int = 0, device: str = "cpu") -> None:
        penalty = _check.one_of("GAN.penalty", penalty, ("none", "spectral", "gradient"))
        noise, hidden = count("GAN.noise", noise), tuple(count("GAN.hidden", n) for n in hidden)
        super().__init__(pixels, seed, device, noise=noise, hidden=list(hidden), penalty=penalty)
        self.inputs, self.penalty = noise, penalty
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            self.drawer = adversaries.generator(noise, hidden, self.pixels)
            self.critic = adversaries.judge(self.pixels, hidden, penalty == "spectral")
        self.to(self.where)

    @property
    def generator_size(self) -> int:
        """How many of its numbers draw; the judge's are not needed afterwards."""
        return sum(p.numel() for p in self.drawer.parameters())

    def optimizers(self, lr: float) -> tuple[torch.optim.Optimizer, ...]:
        """One for each; a short memory, since the other one moves too."""
        return tuple(torch.optim.Adam(net.parameters(), lr, betas=(0.5, 0.999))
                     for net in (self.drawer, self.critic))

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        """Images of codes."""
        return self.drawer(z)

    def lesson(self, x: torch.Tensor, drawing: torch.optim.Optimizer, judging: torch.optim.Optimizer) -> dict:
        """One step of the judge, on real images and on fakes; then one of the generator, through the judge."""
        fakes = self(torch.randn(len(x), self.inputs, generator=self.noise, device=x.device))
        real, fake = self.critic(x)[:, 0], self.critic(fakes.detach())[:, 0]
        loss = adversaries.judge_loss(real, fake)
        cost = loss + R1 * adversaries.gradient_penalty(self.critic, x) if self.penalty == "gradient" else loss
        judging.zero_grad()
        cost.backward()
        judging.step()
        fooling = adversaries.generator_loss(self.critic(fakes)[:, 0])
        drawing.zero_grad()
        fooling.backward()
        drawing.step()
        return {"generator": fooling.item(), "judge": loss.item(),
                "real": sigmoid(real).mean().item(), "fake": sigmoid(fake).mean().item()}

    def judgement(self, x: torch.Tensor) -> dict[str, float]:
        """How real images that nothing is learnt from look to the judge: below `real`, it knows its images by heart."""
        with self.answering():
            return {"valid": sigmoid(self.critic(x)).mean().item()}

    def sample(self, n: int, seed: int | None = None) -> np.ndarray:
        """`n` images (n, pixels) of [0, 1]."""
        codes = self.codes(n, self.inputs, seed)
        with self.answering():
            return array(torch.cat([self(z) for z in codes.split(1000)]))

    def judge(self, x: object) -> np.ndarray:
        """P(real) of each image, as the judge believes it."""
        x = self.tensor("judge.x", x)
        with self.answering():
            return array(sigmoid(self.critic(x))[:, 0])

    def stretches(self) -> list[float]:
        """The largest singular value of each matrix of the judge; about 1 with penalty="spectral"."""
        return adversaries.stretches(self.critic)
