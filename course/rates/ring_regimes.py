"""What a ring does of a cue, for many strengths of its coupling at once: nothing, a bump, or everything."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.rates.ring_angles import wrapped
from course.rates.ring_theory import transfer_of

if TYPE_CHECKING:
    from course.rates.ring import RingAttractor

NOTHING, BUMP, RUNAWAY = 0, 1, 2
_UNITS, _CUED, _FREE, _STEP, _STRIPS = 64, 250.0, 2000.0, 2.0, 8


def bump_regimes(
    ring: "RingAttractor",
    J0: np.ndarray,
    J1: np.ndarray,
    advance: Callable[[np.ndarray], object] = lambda codes: None,
) -> np.ndarray:
    """The ring as it would be with each J0 and J1, two seconds after a cue: (J1, J0), 0 no bump, 1 bump, 2 runaway.

    A bump is an activity that is still uneven by a tenth of its highest rate; a runaway, a ring that is active
    everywhere, at half the rate of a strong current or more. Each pair follows the Φ of the text by Euler steps of
    2 ms, from its rest, without noise, heterogeneity or lesion, on 64 units at most; as the bump is even around its
    cue, half a ring is enough. `advance` receives the map as it fills (-1 where it is not known yet).

    >>> from course.rates import RingAttractor
    >>> bump_regimes(RingAttractor(), [-0.2, 0.2], [0.1, 0.4]).tolist()
    [[0, 2], [1, 2]]
    """
    J0, J1 = (_numbers(f"bump_regimes.{name}", values) for name, values in (("J0", J0), ("J1", J1)))
    n = min(ring.n, _UNITS)
    plain = ring.with_(n=n, heterogeneity=0.0, lesion=None, sigma=0.0)
    mean = J0 + J1[:, None] * wrapped(plain.theta, ring.given["width"]).mean()
    rest = _rest(plain, mean)
    codes = np.full((len(J1), len(J0)), -1)
    for rows in np.array_split(np.arange(len(J1)), min(_STRIPS, len(J1))):
        a, b = (x.ravel() for x in np.meshgrid(J0, J1[rows]))
        codes[rows] = _classified(plain, a, b, rest[rows].ravel()).reshape(len(rows), len(J0))
        advance(codes.copy())
    return codes


def _rest(ring: "RingAttractor", mean: np.ndarray) -> np.ndarray:
    """The uniform rate that each mean coupling leads to, from silence."""
    r, ceiling = np.zeros(mean.shape), float(transfer_of(ring, 1e4))
    for _ in range(round(_FREE / _STEP)):
        change = transfer_of(ring, ring.given["I"] + mean * r) - r
        r += _STEP / ring.given["tau"] * change
        if np.abs(change).max() < 1e-5 * ceiling:
            break
    return r


def _classified(
    ring: "RingAttractor", J0: np.ndarray, J1: np.ndarray, rest: np.ndarray
) -> np.ndarray:
    """The regimes of rings with these strengths, all followed together; one that has settled is left alone."""
    n = ring.n
    place = np.arange(n // 2 + 1)
    twins = np.where((place == 0) | (2 * place == n), 1, 2)  # unit -i does what unit i does
    shape = wrapped(ring.theta, ring.given["width"])
    received = (
        twins[:, None]
        * (shape[(place[:, None] - place) % n] + shape[(place[:, None] + place) % n])
        / (2 * n)
    )
    cue = 10 * wrapped(ring.theta[place], 20.0)
    share, I, step = _STEP / ring.given["tau"], ring.given["I"], round(_CUED / _STEP)
    ceiling = float(transfer_of(ring, 1e4))
    r = np.repeat(rest[:, None], len(place), axis=1)
    going = np.arange(len(J0))
    for k in range(round((_CUED + _FREE) / _STEP)):
        now = r[going]
        s = J0[going, None] * (now @ twins / n)[:, None] + J1[going, None] * (now @ received)
        change = transfer_of(ring, I + s + (cue if k < step else 0.0)) - now
        r[going] = now + share * change
        if k > step and k % 10 == 0:
            going = going[np.abs(change).max(axis=1) > 1e-5 * ceiling]
    found = np.where(np.ptp(r, axis=1) > 0.1 * r.max(axis=1), BUMP, NOTHING)
    found[(found == NOTHING) & (r.mean(axis=1) > 0.5 * ceiling)] = RUNAWAY
    return found


def _numbers(where: str, values: object) -> np.ndarray:
    array = np.atleast_1d(np.asarray(values, float))
    if array.ndim != 1 or not array.size or not np.isfinite(array).all():
        raise _check.refuse(where, "une liste de nombres finis", values)
    return array
