"""What is walked on: images and their codes, and the decoder, called once to see that they fit."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course._check import refuse

SHOWN = 1500  # points of the map
GRID = 24  # places a side where emptiness is looked for
WHERE = "explore_latent"


def looked_at(images: object, labels: object) -> tuple[np.ndarray, np.ndarray]:
    """Square images in rows, and a whole number for each."""
    images, labels = np.asarray(images), np.asarray(labels)
    n = len(images) if images.ndim == 2 else 0
    if not n or math.isqrt(images.shape[1]) ** 2 != images.shape[1]:
        raise refuse(f"{WHERE}.images", "des images carrées, une par ligne (n, pixels)", images.shape)
    if labels.shape != (n,) or labels.dtype.kind not in "iu":
        raise refuse(f"{WHERE}.labels", f"{n} étiquettes entières, une par image", labels.shape)
    return images, labels


@dataclass(frozen=True, eq=False)
class Subject:
    """codes (n, 2); images (n, side²); low and high: the corners of the map."""

    codes: np.ndarray
    images: np.ndarray
    labels: np.ndarray
    decode: Callable[[np.ndarray], np.ndarray]
    low: tuple[float, float]
    high: tuple[float, float]

    @staticmethod
    def checked(encode: Callable, decode: Callable, images: np.ndarray, labels: np.ndarray) -> "Subject":
        images, labels = looked_at(images, labels)
        images, labels = images[:SHOWN], labels[:SHOWN]
        codes = np.asarray(encode(images))
        if codes.shape != (len(images), 2) or not np.isfinite(codes).all():
            raise refuse(f"{WHERE}.encode", f"des codes ({len(images)}, 2) finis", codes.shape)
        back = np.asarray(decode(codes[:1]))
        if back.shape != (1, images.shape[1]):
            raise refuse(f"{WHERE}.decode", f"une image (1, {images.shape[1]})", back.shape)
        low, high = np.percentile(codes, (0.5, 99.5), axis=0)
        margin = 0.08 * np.maximum(high - low, 1e-6)
        return Subject(codes, images, labels, decode, *(tuple(map(float, c)) for c in (low - margin, high + margin)))

    @property
    def side(self) -> int:
        return math.isqrt(self.images.shape[1])

    @cached_property
    def scale(self) -> np.ndarray:
        """The size of the map, so that both axes count alike."""
        return np.subtract(self.high, self.low)

    @cached_property
    def start(self) -> tuple[float, float]:
        """The code that is nearest to the middle of all."""
        return tuple(float(c) for c in self.codes[self.closest(np.median(self.codes, axis=0))[0]])

    def closest(self, place: np.ndarray) -> tuple[int, float]:
        """(the number of the image whose code is nearest, how far, in shares of the map's side)."""
        far = np.hypot(*((self.codes - place) / self.scale).T)
        return int(far.argmin()), float(far.min())

    def nearest(self, values: dict) -> dict:
        a, b = self.codes[self.closest(np.array([values["a"], values["b"]]))[0]]
        return {"a": float(a), "b": float(b)}

    @cached_property
    def emptiest(self) -> dict:
        """The place of the map that is the farthest from every code."""
        axes = (np.linspace(*ends, GRID) for ends in zip(self.low, self.high, strict=True))
        places = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
        a, b = max(places, key=lambda place: self.closest(place)[1])
        return {"a": float(a), "b": float(b)}
