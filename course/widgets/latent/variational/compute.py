"""From a place of the plane to images, by the decoder of the model that β names."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from course.widgets.latent.variational.family import Family
from course.widgets.latent.variational.state import STOPS, along, code

SHARES = np.linspace(0, 1, STOPS, dtype=np.float32)[:, None]


def computation(f: Family) -> Callable[..., dict]:
    """`compute(**values)` of the explorer; a path is decoded once."""

    @lru_cache(maxsize=16)
    def strips(beta: int, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
        """The images along the path of codes, and along that of pixels."""
        path = along(f, {"beta": beta, "A": first, "B": last}, SHARES)
        mixed = (1 - SHARES) * f.images[first] + SHARES * f.images[last]
        return f.laws[beta].vae.decode(path), mixed

    def compute(**v) -> dict:
        law, axes = f.laws[v["beta"]], f.axes(v)
        z = code(f, v)
        by_codes, by_pixels = strips(v["beta"], v["A"], v["B"])
        return {"family": f, "law": law, "values": v, "axes": axes, "z": z, "drawn": law.vae.decode(z[None])[0],
                "by_codes": by_codes, "by_pixels": by_pixels}  # fmt: skip

    return compute
