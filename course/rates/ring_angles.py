"""Angles of a ring, in degrees: distances that wrap, and what a population says."""

import numpy as np

from course import _check


def checked_angle(where: str, angle: object) -> float:
    """A finite angle, brought to [0, 360)."""
    return _check.number(where, angle, "un angle fini (degrés)") % 360


def checked_arc(where: str, arc: object) -> tuple[float, float]:
    """(centre, width) of an arc."""
    rule = "un couple (centre, largeur) en degrés, la largeur de 0 à 360"
    try:
        centre, width = arc
    except (TypeError, ValueError):
        raise _check.refuse(where, rule, arc) from None
    centre, width = checked_angle(where, centre), _check.not_negative(where, width, "degrés")
    if width > 360:
        raise _check.refuse(where, rule, arc)
    return centre, width


def wrapped(phi: float | np.ndarray, width: float | None) -> np.ndarray:
    """cos φ without a width; else exp(-φ²/2 width²), summed over the turns, so that it is smooth all the way round."""
    phi = np.asarray(phi, float)
    if width is None:
        return np.cos(np.radians(phi))
    turns = np.arange(-1, 2 + int(7 * width / 360)) - int(7 * width / 720)
    near = (phi[..., None] + 180) % 360 - 180 + 360 * turns
    return np.exp(-0.5 * (near / width) ** 2).sum(axis=-1)


def difference(a: float | np.ndarray, b: float | np.ndarray) -> np.ndarray:
    """From b to a by the shorter way, in (-180, 180].

    >>> difference(10, 350).tolist(), difference(180, 0).tolist()
    (20.0, 180.0)
    """
    return 180 - (180 - np.asarray(a, float) + b) % 360


def population_vector(r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the rates r (..., unit) say: the direction [degrees] of Σ r_i exp(iθ_i), and its length over Σ r_i.

    The length is 0 for a uniform ring, whose direction means nothing, and 1 when a single unit is active.

    >>> angle, strength = population_vector(np.array([0, 0, 5, 0, 0, 0, 0, 0]))
    >>> round(float(angle), 6), round(float(strength), 6)
    (90.0, 1.0)
    """
    r = np.asarray(r, float)
    if r.ndim == 0 or r.shape[-1] < 2:
        raise _check.refuse("population_vector.r", "des taux, une unité par colonne", r)
    n = r.shape[-1]
    angle = 2 * np.pi * np.arange(n) / n
    x, y = (np.einsum("...i,i->...", r, f(angle)) for f in (np.cos, np.sin))
    total = r.sum(axis=-1)
    strength = np.divide(np.hypot(x, y), total, out=np.zeros_like(total), where=total > 0)
    return np.degrees(np.arctan2(y, x)) % 360, strength
