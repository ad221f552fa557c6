"""From « 01.2 » to the exercise: the module of its TD is imported when asked, and only that one."""

import difflib
import importlib
import pkgutil
import re
from collections.abc import Iterator

import course.exercises as package
from course.exercises.declare import Exercise
from course.exercises.sheet import Sheet


class UnknownExercise(LookupError):
    """No exercise has this id; a notebook shows the sentence alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def exercise(id: str) -> Sheet:
    """The exercise of this id, ready to `check`, `hint`, and show its `solution`.

    Raises:
        UnknownExercise: « exercise : aucun exercice « 01.22 » ; vouliez-vous dire « 01.2 » ? »
    """
    known = _declared(_module_of(id))
    if id in known:
        return Sheet(known[id])
    near = _nearest(id, known)
    message = f"exercise\u00a0: aucun exercice «\u00a0{id}\u00a0»"
    if near:
        message += f"\u00a0; vouliez-vous dire «\u00a0{near}\u00a0»\u00a0?"
    raise UnknownExercise(message)


def every_exercise() -> Iterator[Exercise]:
    """All exercises of all TDs, in order (imports every TD's module)."""
    for module in _modules():
        yield from _declared(module).values()


def _modules() -> list[str]:
    names = (info.name for info in pkgutil.iter_modules(package.__path__))
    return sorted(name for name in names if re.fullmatch(r"td\d+", name))


def _module_of(id: object) -> str:
    """The module of the TD named by the first number of `id`, else the nearest one."""
    modules = _modules()
    digits = re.search(r"\d+", str(id))
    wanted = f"td{int(digits.group()):02d}" if digits else "td"
    close = difflib.get_close_matches(wanted, modules, n=1, cutoff=0)
    return wanted if wanted in modules else (close or [""])[0]


def _declared(module: str) -> dict[str, Exercise]:
    if not module:
        return {}
    exercises = importlib.import_module(f"{package.__name__}.{module}").EXERCISES
    if isinstance(exercises, dict):
        exercises = exercises.values()
    return {one.id: one for one in exercises}


def _nearest(id: object, known: dict[str, Exercise]) -> str:
    """« 1.2 », « 01,2 », « O1.2 » mean « 01.2 »; otherwise what resembles most."""
    text = str(id).strip().replace(",", ".").replace("O", "0").replace("o", "0")
    if re.fullmatch(r"\d\..*", text):
        text = "0" + text
    close = difflib.get_close_matches(text, list(known), n=1, cutoff=0)
    return close[0] if close else ""
