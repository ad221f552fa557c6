"""One wording for every refusal: `Objet.argument : règle, reçu valeur`."""

import math

import pytest

from course import _check
from course.profile import budget


@pytest.mark.parametrize("value", [True, "3", None, math.nan, math.inf, 1j])
def test_number_refuses(value: object) -> None:
    with pytest.raises(ValueError, match="Objet.x\u00a0: un nombre fini, reçu"):
        _check.number("Objet.x", value)


def test_wording() -> None:
    with pytest.raises(
        ValueError, match=r"^Objet\.tau\u00a0: un nombre strictement positif \(ms\), reçu -2$"
    ):
        _check.positive("Objet.tau", -2, "ms")
    with pytest.raises(
        ValueError, match=r"un de euler, rk4 \(vouliez-vous dire rk4\u00a0\?\), reçu 'rk5'"
    ):
        _check.one_of("Objet.method", "rk5", ["euler", "rk4"])
    assert len(str(_check.refuse("a", "b", "x" * 500))) < 90


def test_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROFILE", "flash")
    assert budget(flash=1, td=2, complet=3) == 1
    monkeypatch.delenv("COURSE_PROFILE")
    assert budget(flash=1, td=2, complet=3) == 2
    monkeypatch.setenv("COURSE_PROFILE", "rapide")
    with pytest.raises(
        ValueError, match="COURSE_PROFILE\u00a0: un des profils flash, td, complet, reçu 'rapide'"
    ):
        budget(flash=1, td=2, complet=3)
