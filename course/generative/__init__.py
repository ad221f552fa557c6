"""Models that draw: a law is learnt from images, then new images are drawn from it.

    vae       an encoder that writes a law of codes, a decoder that draws; deep, training: what VAE and GAN share
    frechet   how far two Gaussians are

Images are rows of [0, 1], (images, pixels). A file is read, and torch loaded, when one of its names is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "vae": ("VAE", "Elbo", "kl"),
        "training": ("Training",),
        "diverged": ("Diverged",),
        "frechet": ("frechet", "moments"),
    },
)
