"""The equations of a ring, as text."""

from collections.abc import Callable
from functools import lru_cache

from course.dynamics import Model
from course.rates.recurrence import TRANSFER

RATE = "dr/dt = (alive*Phi(I + s{noise}{cues}) - r)/tau : Hz"
NOISE = "deta/dt = -eta/tau_noise + sigma*sqrt(2/tau_noise)*xi"


@lru_cache(maxsize=32)
def equations(noisy: bool, cues: int, Phi: Callable[[float], float] | None) -> Model:
    """The text of a ring, read once; its parameters are given afterwards. A cue is a place times a time."""
    numbers = range(1, cues + 1)
    added = "".join(f" + cue_{k}*on_{k}" for k in numbers)
    lines = [RATE.format(noise=" + eta" if noisy else "", cues=added)] + [NOISE] * noisy
    values = dict.fromkeys(
        ["s", "I", "alive", *(f"{x}_{k}" for k in numbers for x in ("cue", "on"))], 0.0
    )
    values |= {"tau": 20.0} | ({"sigma": 1.0, "tau_noise": 5.0} if noisy else {})
    if Phi:
        return Model("\n".join(lines), functions={"Phi": Phi}, **values)
    return Model("\n".join(lines) + TRANSFER, r_max=500.0, kappa=0.2, I_half=10.0, **values)
