"""Small variational auto-encoders, really trained on three patterns, and what their explorer shows."""

from functools import lru_cache

import numpy as np
import torch

from course.generative import VAE
from course.plot.scene import Image

rng = np.random.default_rng(5)
LABELS = np.repeat([1, 3, 8], 30)
PATTERNS = rng.random((3, 16)) > 0.5
IMAGES = (PATTERNS[np.repeat([0, 1, 2], 30)] ^ (rng.random((90, 16)) < 0.08)).astype(np.float32)
BETAS = (0.25, 1, 4)


def learnt(beta, latent=2, pixels=16):
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    vae = VAE(pixels, hidden=(12,), latent=latent, beta=beta, seed=1)
    vae.fit(IMAGES[:, :pixels], 25, batch_size=15, lr=0.015, progress=False)
    torch.set_num_threads(threads)
    return vae


@lru_cache
def family():
    """One for each β, not in their order."""
    return {beta: learnt(float(beta)) for beta in (4, 0.25, 1)}


def items(explorer, panel, kind):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, kind)]


def strip(explorer, panel):
    """The images of a path, in order."""
    (image,) = items(explorer, panel, Image)
    return np.stack(np.hsplit(image.values[::-1], 9)).reshape(9, -1)


def decoded(explorer):
    """The image at the place: the chosen one stands on its left."""
    (image,) = items(explorer, "drawn", Image)
    return image.values[::-1][:, 4:].reshape(-1)


def now(explorer):
    """The model that is shown."""
    return family()[BETAS[explorer.values["beta"]]]
