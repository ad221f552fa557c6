"""Expected against obtained: what kind of thing it should be, then where the values differ.

A result is a number, an array, a text, or a tuple, list or dict of those. Both sides are unfolded
into named parts; a part that cannot be compared is a `Mismatch` with its sentence, the others give
the places that differ.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.exercises.french import listed, plural
from course.exercises.kinds import is_generator, kind, sized

FLOAT32_TOLERANCE = 1e-4


class Mismatch(Exception):
    """What was returned cannot be compared with what was expected; the text says what was expected."""


@dataclass(frozen=True)
class Part:
    """One array (or number) of the result, beside the expected one; `wrong` marks the places that differ."""

    name: str
    expected: Any
    obtained: Any
    wrong: np.ndarray


def compare(
    expected: Any, obtained: Any, tolerance: float, absolute: float = 0.0, names: Sequence[str] = ()
) -> list[Part]:
    """The parts of both results, with the places where they differ by more than the tolerance.

    A gap is accepted up to `absolute + tolerance × largest expected value of the part`.

    Raises:
        Mismatch: « Votre fonction rend du texte ; on attend un nombre. »
    """
    return [_part(*pair, tolerance, absolute) for pair in _pairs("", expected, obtained, names)]


def _pairs(name: str, expected: Any, obtained: Any, names: Sequence[str] = ()) -> list[tuple[str, Any, Any]]:
    if isinstance(expected, dict):
        return _of_dict(name, expected, obtained)
    if isinstance(expected, (tuple, list)) and not _is_vector(expected):
        return _of_tuple(name, expected, obtained, names)
    return [(name, expected, obtained)]


def _of_dict(name: str, expected: dict, obtained: Any) -> list[tuple[str, Any, Any]]:
    if not isinstance(obtained, dict):
        raise Mismatch(
            f"{_subject(name)} {kind(obtained)} ; on attend un dictionnaire de clés "
            f"{listed([f'`{key}`' for key in expected])}."
        )
    missing = [f"`{key}`" for key in expected if key not in obtained]
    if missing:
        raise Mismatch(f"Il manque {listed(missing)} dans le dictionnaire.")
    return [
        pair for key in expected for pair in _pairs(_joined(name, str(key)), expected[key], obtained[key])
    ]


def _of_tuple(
    name: str, expected: Sequence, obtained: Any, names: Sequence[str]
) -> list[tuple[str, Any, Any]]:
    what = listed([f"`{part}`" for part in names]) if names else plural(len(expected), "résultat")
    several = isinstance(obtained, (tuple, list)) or (isinstance(obtained, np.ndarray) and obtained.ndim)
    if not several and isinstance(expected, list):
        raise Mismatch(f"{_subject(name)} {kind(obtained)} ; on attend {kind(expected)}.")
    if not several:
        raise Mismatch(f"{_subject(name)} {kind(obtained)} ; on attend {what}, séparés par des virgules.")
    if len(obtained) != len(expected):
        if isinstance(obtained, np.ndarray):
            raise Mismatch(f"{_subject(name)} {sized(obtained)} ; on attend {what}, séparés par une virgule.")
        raise Mismatch(f"{_subject(name)} {plural(len(obtained), 'résultat')} ; on attend {what}.")
    labels = names or [f"résultat {k}" for k in range(1, len(expected) + 1)]
    return [
        pair
        for label, a, b in zip(labels, expected, obtained, strict=True)
        for pair in _pairs(_joined(name, label), a, b)
    ]


def _part(name: str, expected: Any, obtained: Any, tolerance: float, absolute: float) -> Part:
    if obtained is None or obtained is Ellipsis:
        if name:
            raise Mismatch(f"Pour `{name}`, il manque une valeur ; on attend {kind(expected)}.")
        raise Mismatch(
            f"Dans certains cas, votre fonction ne rend {kind(obtained)} : chaque chemin doit finir par `return`."
        )
    if isinstance(expected, str):
        if not isinstance(obtained, str):
            raise Mismatch(f"{_subject(name)} {kind(obtained)} ; on attend un texte.")
        return Part(name, expected, obtained, np.asarray(_plain(expected) != _plain(obtained)))
    if hasattr(expected, "low"):  # an Interval
        x = _numbers(name, obtained, expected.low)
        x = _shaped(name, x, np.zeros(()))
        return Part(
            name, expected, x, np.asarray(not expected.low - absolute <= x <= expected.high + absolute)
        )
    target = np.asarray(expected)
    x = _shaped(name, _numbers(name, obtained, expected), target)
    return Part(name, target, x, _wrong(target, x, tolerance, absolute))


def _wrong(target: np.ndarray, x: np.ndarray, tolerance: float, absolute: float) -> np.ndarray:
    if target.dtype.kind not in "fciub":
        return np.asarray(target != x)
    if x.dtype in (np.float32, np.float16, np.complex64):
        tolerance = max(tolerance, FLOAT32_TOLERANCE if x.dtype != np.float16 else 100 * FLOAT32_TOLERANCE)
    target, x = (a.astype(complex if np.iscomplexobj(target) else float) for a in (target, x))
    finite = np.abs(target[np.isfinite(target)])
    allowed = absolute + tolerance * (finite.max() if finite.size else 0.0) + 1e-15
    with np.errstate(invalid="ignore"):
        close = np.abs(x - target) <= allowed
    return np.asarray(~(close | (x == target) | (np.isnan(x) & np.isnan(target))))


def _numbers(name: str, obtained: Any, expected: Any) -> np.ndarray:
    """`obtained` as an array of numbers."""
    if isinstance(obtained, (str, bytes, dict, set)) or callable(obtained) or is_generator(obtained):
        raise Mismatch(
            f"{_subject(name)} {kind(obtained)} ; on attend {kind(expected)}."
            + (" Entourez-le de `list(...)`." if is_generator(obtained) else "")
        )
    if hasattr(obtained, "detach"):  # a torch tensor that follows its gradient
        obtained = obtained.detach().cpu()
    try:
        x = np.asarray(obtained)
        if x.dtype.kind in "USVMm":
            raise ValueError("text")
        if x.dtype.kind not in "fciub":
            x = x.astype(complex if np.iscomplexobj(expected) else float)
    except Exception:  # the object decides what asarray does: ragged lists, None inside, anything
        raise Mismatch(
            f"{_subject(name)} {kind(obtained)}, qui ne se lit pas comme des nombres ; "
            f"on attend {kind(expected)}."
        ) from None
    if np.iscomplexobj(x) and not np.iscomplexobj(expected):
        if np.any(np.abs(x.imag) > 1e-9 * (1 + np.abs(x.real))):
            raise Mismatch(
                f"{_subject(name)} des nombres complexes ; on attend des nombres réels : une racine ou "
                "une puissance d'un nombre négatif ?"
            )
        x = x.real
    return x


def _shaped(name: str, x: np.ndarray, target: np.ndarray) -> np.ndarray:
    if x.shape == target.shape:
        return x
    if x.size == 1 == target.size:
        return x.reshape(target.shape)
    raise Mismatch(f"{_subject(name)} {sized(x)} ; on attend {sized(target)}.")


def _subject(name: str) -> str:
    return f"Pour `{name}`, on trouve" if name else "Votre fonction rend"


def like(expected: Any, obtained: Any) -> Any:
    """`obtained` with arrays where `expected` has arrays, so that a list may stand for an array."""
    if isinstance(expected, dict):
        return {key: like(x, obtained[key]) for key, x in expected.items()}
    if isinstance(expected, tuple):
        return tuple(like(a, b) for a, b in zip(expected, obtained, strict=True))
    if np.iscomplexobj(obtained) and not np.iscomplexobj(expected):
        obtained = np.real(obtained)
    return np.asarray(obtained) if isinstance(expected, np.ndarray) else obtained


def _joined(name: str, part: str) -> str:
    return f"{name}, {part}" if name else part


def _is_vector(x: Sequence) -> bool:
    """A plain list of numbers is compared as an array; a tuple always is several results."""
    return isinstance(x, list) and all(isinstance(v, (int, float, np.number)) for v in x)


def _plain(text: str) -> str:
    """Letters only: case, accents and spaces do not make an answer wrong."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())
