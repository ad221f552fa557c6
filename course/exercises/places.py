"""Where a result differs: the few places worth showing, with the inputs that lead there."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.exercises.calling import elementwise
from course.exercises.compare import Part
from course.exercises.declare import Exercise
from course.exercises.french import NBSP, number, pair
from course.exercises.verdict import Table

ROWS = 3
COLUMNS = 5
WHERE = ("grandeur", "indice")
LAST = ("attendu", "obtenu")


def table(exercise: Exercise, inputs: Sequence[dict[str, Any]], parts: Sequence[Sequence[Part]]) -> Table:
    """Inputs, expected, obtained, at up to three places of one draw, or of three draws of numbers."""
    rows: list[dict[str, str]] = []
    for draw, compared in zip(inputs, parts, strict=True):
        for part in compared:
            rows += [_row(exercise, draw, part, place) for place in _places(part, elementwise(draw, part.wrong))]
        if len(rows) >= ROWS:
            break
    rows = rows[:ROWS]
    names = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in LAST]
    where = [name for name in names if name in WHERE]
    shown = [*[name for name in names if name not in WHERE][: COLUMNS - len(where)], *where, *LAST]
    hidden = [name for name in names if name not in shown]
    rows = [row for row in rows if all(row.get(name) == rows[0].get(name) for name in hidden)]
    others = ", ".join(_point(exercise, name, rows[0][name]) for name in hidden if name in rows[0])
    return Table(
        tuple(_header(exercise, name) for name in shown),
        tuple(tuple(row.get(name, "") for name in shown) for row in rows),
        f"Ici, {others}." if others else "",
    )


def example(exercise: Exercise, inputs: Sequence[dict[str, Any]], parts: Sequence[Sequence[Part]]) -> str:
    """« Pour I = 10, vous trouvez 500 Hz ; on attend 250 Hz. », at the place of the largest gap."""
    for draw, compared in zip(inputs, parts, strict=True):
        for part in compared:
            places = _places(part, elementwise(draw, part.wrong))
            if places:
                row = _row(exercise, draw, part, places[0])
                expected, obtained = row.pop("attendu"), row.pop("obtenu")
                what = f"{row.pop('grandeur')} = " if "grandeur" in row else ""
                at = f" à l'indice {row.pop('indice')}" if "indice" in row else ""
                where = ", ".join(_point(exercise, name, x) for name, x in list(row.items())[:COLUMNS])
                unit = f"{NBSP}{exercise.unit}" if exercise.unit else ""
                found = f"ous trouvez {what}{obtained}{unit}{at} ; on attend {expected}{unit}."
                return f"Pour {where}, v{found}" if where else f"V{found}"
    return ""


def _places(part: Part, follows: bool) -> list[tuple[int, ...]]:
    """Three places that differ: by size of the gap, largest first; in a sequence, the first one comes first."""
    where = np.argwhere(part.wrong)
    if not len(where) or part.wrong.ndim == 0 or isinstance(part.expected, str):
        return [()] if part.wrong.any() else []
    if follows:
        with np.errstate(invalid="ignore"):
            gaps = np.abs(np.asarray(part.obtained, complex) - np.asarray(part.expected, complex))[part.wrong]
        where = where[np.argsort(np.nan_to_num(-gaps, nan=-np.inf), kind="stable")]
    chosen = dict.fromkeys((0, len(where) // 2, len(where) - 1))
    return [tuple(int(i) for i in where[k]) for k in chosen]


def _row(exercise: Exercise, draw: dict[str, Any], part: Part, place: tuple[int, ...]) -> dict[str, str]:
    row: dict[str, str] = {}
    follows = elementwise(draw, part.wrong)
    for name, x in draw.items():
        if isinstance(x, (int, float, np.number)):
            row[name] = number(x)
        elif isinstance(x, str):
            row[name] = x
        elif follows and isinstance(x, np.ndarray):
            row[name] = number(np.broadcast_to(x, part.wrong.shape)[place])
    if part.name:
        row["grandeur"] = part.name
    if place and not follows:
        row["indice"] = ", ".join(number(i) for i in place)
    row["attendu"], row["obtenu"] = _both(part, place)
    return row


def _both(part: Part, place: tuple[int, ...]) -> tuple[str, str]:
    if isinstance(part.expected, str):
        return part.expected, str(part.obtained)[:60]
    expected, obtained = part.expected[place], part.obtained[place]
    if np.iscomplexobj(expected) or np.iscomplexobj(obtained):
        return tuple(f"{number(z.real)} + {number(z.imag)} i" for z in (complex(expected), complex(obtained)))
    return pair(expected.item(), obtained.item())


def _header(exercise: Exercise, name: str) -> str:
    unit = exercise.unit if name in ("attendu", "obtenu") else exercise.units.get(name, "")
    return f"{name} ({unit})" if unit else name


def _point(exercise: Exercise, name: str, x: str) -> str:
    unit = exercise.units.get(name, "")
    return f"{name} = {x}" + (f"{NBSP}{unit}" if unit else "")
