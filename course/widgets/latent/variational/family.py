"""What is walked on: VAEs that differ by β, the laws that each gives to the images, the two parts of its ELBO."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course import _check
from course.generative import VAE, Elbo
from course.generative.pictures import pictures
from course.widgets.latent.subject import SHOWN, WHERE, looked_at

MODELS = 8  # bars that fit in a panel
WIDE = 1.5  # the map, of its height: on a page of the usual width, the circle of the prior is round
RULE = "un VAE, un dictionnaire {β\u00a0: VAE}, ou deux fonctions encode et decode"


@dataclass(frozen=True, eq=False)
class Law:
    """One model. mu, sigma (images, latent): those of q(z|x). elbo: means over the images, with β = 1.

    shares (latent,): the mean KL of each number of the code; they add to elbo.kl.
    """

    vae: VAE
    mu: np.ndarray
    sigma: np.ndarray
    elbo: Elbo
    shares: np.ndarray

    @staticmethod
    def of(vae: VAE, images: np.ndarray) -> "Law":
        mu, logvar = vae.encode(images)
        shares = 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar).mean(0, dtype=float)
        return Law(vae, mu, np.exp(logvar / 2), vae.elbo(images, seed=0), shares)

    @cached_property
    def ranks(self) -> np.ndarray:
        """The numbers of the code, those that say the most of the image first."""
        return np.argsort(-self.shares, kind="stable")

    @cached_property
    def reach(self) -> float:
        """No number of a code is larger."""
        return float(max(3, math.ceil(abs(self.mu).max())))

    def half(self, axes: np.ndarray, near: bool) -> float:
        """Of the height of the map: no code is left out, nor two deviations of the prior; near, four of a usual law."""
        whole = max(2.0, math.ceil(2 * float((abs(self.mu[:, axes]) / (WIDE, 1.0)).max())) / 2)
        return min(whole, 4 * float(np.median(self.sigma[:, axes], axis=0).max())) if near else whole

    def closest(self, place: tuple[float, float], axes: np.ndarray) -> int:
        """The image whose law has its middle nearest to a place of the plane."""
        return int(((self.mu[:, axes] - place) ** 2).sum(1).argmin())


@dataclass(frozen=True, eq=False)
class Family:
    """images (n, side²), their labels, the laws of each model, β growing."""

    images: np.ndarray
    labels: np.ndarray
    laws: tuple[Law, ...]

    @staticmethod
    def checked(models: object, images: object, labels: object) -> "Family":
        """Everything is refused before any work."""
        if not isinstance(models, Mapping):
            models = {models.beta: models} if isinstance(models, VAE) else models
        if not isinstance(models, Mapping):
            raise _check.refuse(f"{WHERE}.encode", RULE, models)
        if not 1 <= len(models) <= MODELS:
            raise _check.refuse(f"{WHERE}.encode", f"de un à {MODELS} modèles", len(models))
        for beta, vae in models.items():
            checked(beta, vae)
        images, labels = looked_at(images, labels)
        for vae in models.values():
            seen = pictures(f"{WHERE}.images", images, vae.pixels)
        seen, labels = seen[:SHOWN], labels[:SHOWN]
        if len(seen) < 2:
            raise _check.refuse(f"{WHERE}.images", "au moins deux images", len(seen))
        return Family(seen, labels, tuple(Law.of(twin(models[beta]), seen) for beta in sorted(models)))

    @property
    def side(self) -> int:
        return math.isqrt(self.images.shape[1])

    @cached_property
    def betas(self) -> tuple[float, ...]:
        return tuple(law.vae.beta for law in self.laws)

    @cached_property
    def latent(self) -> int:
        """How many numbers of the code every model has."""
        return min(law.vae.latent for law in self.laws)

    def axes(self, values: dict) -> np.ndarray:
        """The two numbers of the code that the plane shows."""
        return self.laws[values["beta"]].ranks[[values["across"], values["up"]]]


def checked(beta: object, vae: object) -> None:
    """A VAE that has learnt with this β, and whose code makes a plane."""
    where = f"{WHERE}.encode[{_check.shown(beta)}]"
    if not isinstance(vae, VAE):
        raise _check.refuse(where, "un VAE de course.generative", vae)
    if _check.not_negative(where, beta) != vae.beta:
        raise _check.refuse(where, "sous la clé β, un VAE appris avec ce β", vae.beta)
    if vae.latent < 2:
        raise _check.refuse(where, "un code d'au moins deux nombres (latent)", vae.latent)
    if vae.age < 1:
        raise ValueError(f"{where}\u00a0: un VAE qui a appris (vae.fit), reçu un VAE neuf")
    if not all(bool(weights.isfinite().all()) for weights in vae.parameters()):
        raise ValueError(f"{where}\u00a0: un VAE aux poids finis, reçu des NaN ou des infinis")


def twin(vae: VAE) -> VAE:
    """The same weights, on the processor: what the notebook goes on learning does not change what is shown."""
    copy = VAE(**vae.config)
    copy.load_state_dict(vae.state_dict())
    return copy.eval()
