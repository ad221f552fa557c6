"""What a cell must respect before a notebook is made of it."""

import ast
import math
import re
import warnings
from collections.abc import Iterator

from course._check import nearest, shown
from course.workbook import markers
from course.workbook.lab import student_text
from course.workbook.source import KEYS, Cell

LINES, COLUMNS = 15, 79
TAGS = (
    markers.TAG,
    "raises-exception",
    "nbval-skip",
    "nbval-ignore-output",
    "nbval-check-output",
    "nbval-raises-exception",
    "hide-input",
    "remove-input",
    "hide-output",
    "remove-output",
)
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EXERCISE = re.compile(r"\d\d\.[0-9a-z]+")


def problems(cells: list[Cell], name: str, where: str) -> list[str]:
    """Every fault of a source, each with its file and its cell."""
    found = []
    seen: dict[str, Cell] = {}
    for cell in cells:
        rules = [*_identity(cell, seen), *_metadata(cell, name), *_marks(cell)]
        if not rules:  # a stub of unbalanced markers would only repeat the fault
            rules = list(_code(cell))
        found += [f"{where}, {cell.name}\u00a0: {rule}" for rule in rules]
    return found


def _identity(cell: Cell, seen: dict[str, Cell]) -> Iterator[str]:
    id = cell.id
    if id is None:
        yield 'l\'identifiant manque (id="mots-en-minuscules" sur la ligne # %%)'
    elif not isinstance(id, str) or not ID.fullmatch(id) or len(id) > 64:
        yield (
            "un identifiant en minuscules sans accent, mots reliés par des tirets, 64 signes au plus, "
            f"reçu {shown(id)}"
        )
    elif id in seen:
        yield f"identifiant déjà pris par la {seen[id].name}"
    else:
        seen[id] = cell


def _metadata(cell: Cell, name: str) -> Iterator[str]:
    data = cell.metadata
    for key in data:
        if key not in KEYS:
            yield f"métadonnée inconnue{nearest(key, KEYS)}, reçu {key}={shown(data[key])}"
    exercise = data.get("exercise")
    if exercise is not None:
        number = re.match(r"TD(\d\d)_", name)
        if not isinstance(exercise, str) or not EXERCISE.fullmatch(exercise):
            yield f'exercise="dd.x" (deux chiffres, un point, un signe au moins), reçu {shown(exercise)}'
        elif number and exercise[:2] != number.group(1):
            yield f'exercise="{number.group(1)}.x" dans ce TD, reçu {shown(exercise)}'
    if "points" in data:
        points = data["points"]
        real = isinstance(points, int | float) and not isinstance(points, bool)
        if not real or not math.isfinite(points) or points <= 0:
            yield f"points est un nombre strictement positif, reçu {shown(points)}"
    manual = data.get("manual", False)
    if not isinstance(manual, bool):
        yield f"manual=true ou manual=false, reçu {shown(manual)}"
    if exercise is None and ("points" in data or manual):
        yield 'points et manual demandent aussi exercise="dd.x"'
    tags = data.get("tags", [])
    if not isinstance(tags, list):
        yield f'tags=["…"], reçu {shown(tags)}'
        return
    for tag in tags:
        if tag not in TAGS:
            yield f"étiquette inconnue{nearest(tag, TAGS)}, reçu {shown(tag)}"


def _marks(cell: Cell) -> Iterator[str]:
    for number, fault in markers.faults(cell.text):
        yield f"ligne\u00a0{number} de la cellule\u00a0: {fault}"
    marked = markers.has_markers(cell.text)
    manual = cell.metadata.get("manual") is True
    if marked and markers.TAG in cell.tags:
        yield "des marqueurs dans une cellule étiquetée «\u00a0solution\u00a0», qui disparaît entière du TD"
    elif marked and cell.kind == "raw":
        yield "des marqueurs dans une cellule brute"
    elif marked and cell.kind == "markdown" and not manual:
        yield "des marqueurs dans une cellule de texte qui n'a pas manual=true"
    elif manual and not marked and markers.TAG not in cell.tags:
        yield f"une réponse libre (manual=true) demande la réponse attendue entre {markers.BEGIN} et {markers.END}"


def _code(cell: Cell) -> Iterator[str]:
    if cell.kind != "code":
        return
    for number, line in enumerate(cell.text.split("\n"), 1):
        if len(line) > COLUMNS:
            yield f"ligne\u00a0{number} de la cellule\u00a0: {COLUMNS}\u00a0colonnes au plus, reçu {len(line)}"
    fault = _syntax(cell.text)
    if fault:
        yield f"Python invalide{fault}"
    if markers.TAG in cell.tags:
        return
    lab = student_text(cell)
    fault = fault or _syntax(lab)
    if fault and lab != cell.text:
        yield f"Python invalide dans le TD, une fois la solution retirée{fault}"
    length = len(lab.split("\n"))
    if length > LINES:
        yield f"{LINES}\u00a0lignes au plus dans le TD, reçu {length}"


MAGIC = re.compile(
    r"^(\s*)(?:%{1,2}[A-Za-z]|!|\?).*$|^(\s*)[\w.]+\?{1,2}\s*$|^(\s*)[\w., ]+=\s*[!%].*$"
)


def _syntax(code: str) -> str:
    """What is wrong in `code`, or nothing; IPython's magics are read as `pass`."""
    fault = _compiled(code)
    if not fault:
        return ""
    if re.match(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b)\w", code):  # another language
        return ""
    plain = "\n".join(without_magic(line) for line in code.split("\n"))
    return _compiled(plain) if plain != code else fault


def without_magic(line: str) -> str:
    magic = MAGIC.match(line)
    return next(g for g in magic.groups() if g is not None) + "pass" if magic else line


def _compiled(code: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "error", SyntaxWarning
        )  # an invalid escape « \p » would be shown to the student
        warnings.simplefilter("error", DeprecationWarning)
        try:
            compile(
                code, "cellule", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
            )
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            text = (
                code.split("\n")[line - 1].strip() if line and line <= code.count("\n") + 1 else ""
            )
            return f" ({getattr(error, 'msg', error)}), reçu {text or 'une cellule incomplète'}"
    return ""
