"""The walk that is looked at: from an image, erased here and there, hidden units then visible ones, step after step."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course.generative import RBM
from course.widgets.rbm.subject import COLUMNS, ROWS, Subject

STEPS = 60


class Walk(NamedTuple):
    """v, p (STEPS + 1, 320), h (STEPS + 1, hidden): step 0 is the start, p its image; energies: F of each v."""

    v: np.ndarray
    p: np.ndarray
    h: np.ndarray
    energies: np.ndarray


def start(s: Subject, values: dict) -> np.ndarray:
    """The image before any step, erased pixels at 0."""
    if values["start"] == "noise":
        v = (np.random.default_rng([s.seed, 11]).random(ROWS * COLUMNS) < 0.5).astype(np.float32)
    else:
        v = s.example(values["letter"], round(values["example"]) - 1).copy()
    v[list(values["erased"])] = 0
    return v


def walk(rbm: RBM, s: Subject, values: dict) -> Walk:
    """The one of these values; each step draws with a seed of its own, so that it can be drawn again."""
    held = values["erased"] if values["clamp"] else None
    return _walk(rbm, start(s, values).tobytes(), held, round(values["temperature"], 6), values["silent"], s.seed)


@lru_cache(maxsize=2)
def _walk(rbm: RBM, first: bytes, erased: tuple | None, temperature: float, silent: tuple, seed: int) -> Walk:
    v = np.frombuffer(first, np.float32)[None]
    clamp = None
    if erased is not None:
        mask = np.ones(v.shape[1], bool)
        mask[list(erased)] = False
        clamp = mask, v[0].copy()
    rng = np.random.default_rng([seed, 13])
    up = np.array(rbm.hidden(v) > 0.5, np.float32)  # before any draw: the units that are rather on
    up[:, list(silent)] = 0
    seen = [(v, v, up)]
    for _ in range(STEPS):
        draws = int(rng.integers(2**31))
        p, h = next(rbm.chain(v, 1, temperature=temperature, clamp=clamp, silent=silent, seed=draws))
        v = (rng.random(p.shape) < p).astype(np.float32)  # a pixel that is held is at 0 or at 1: it stays there
        seen.append((v, p, h))
    v, p, h = (np.concatenate(rows) for rows in zip(*seen, strict=True))
    return Walk(v, p, h, rbm.free_energy(v))
