"""The budget of a notebook: `flash` (CI, seconds), `td` (a laptop, the default), `complet` (a long coffee)."""

import os
from typing import TypeVar

PROFILES = ("flash", "td", "complet")
T = TypeVar("T")


def profile() -> str:
    """The profile named by the environment variable `COURSE_PROFILE`, `td` without it.

    Raises:
        ValueError: « COURSE_PROFILE : un des profils flash, td, complet, reçu 'rapide' ».
    """
    name = os.environ.get("COURSE_PROFILE") or "td"
    if name not in PROFILES:
        known = ", ".join(PROFILES)
        raise ValueError(f"COURSE_PROFILE\u00a0: un des profils {known}, reçu {name!r}")
    return name


def budget(*, flash: T, td: T, complet: T) -> T:
    """The value that fits the profile: `T = budget(flash=50, td=1000, complet=10_000)`."""
    return {"flash": flash, "td": td, "complet": complet}[profile()]
