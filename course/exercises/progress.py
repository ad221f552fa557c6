"""Where a student stands: one small JSON file in their workspace, that two notebooks may write at
once.

    {"version": 1,
     "exercices": {"01.2": {"statut": "réussi", "essais": 3, "indices": 1, "date":
     "2025-11-22T15:04:05"}}, "pronostics": {"01.a": {"valeurs": {"impulsions_5": 1}, "mesures":
     {"impulsions_5": 1}, "date": "..."}}}

Nothing here ever blocks a lab: what cannot be written is kept in memory, and said once.
"""

import errno
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from course.exercises.lock import locked, replaced

VERSION = 1
_unwritten: dict[Path, dict[str, Any]] = {}  # what a read-only folder could not take, for this session


def location() -> Path:
    """`COURSE_PROGRESS`, else `.cours/progression.json` in the nearest ancestor of the current
    folder that has one."""
    chosen = os.environ.get("COURSE_PROGRESS")
    if chosen:
        return Path(chosen)
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".cours").is_dir()), here)
    return root / ".cours" / "progression.json"


def read(path: Path | None = None) -> dict[str, Any]:
    """All that is recorded; an absent or unreadable file gives an empty record."""
    path = path or location()
    if path in _unwritten:
        return _unwritten[path]
    try:
        return _parsed(path.read_bytes())
    except (OSError, ValueError):
        return _empty()


def record(id: str, **changes: Any) -> str:
    """Change the entry of an exercise (`statut=`, `indices=`, `solution=`); a new status counts as
    a try.

    Returns:
        A sentence to show, once, when the file cannot be written or was unreadable; "" otherwise.
    """

    def change(data: dict[str, Any]) -> None:
        entry = data["exercices"].setdefault(id, {"statut": "à faire", "essais": 0, "indices": 0})
        if "statut" in changes and changes["statut"] != "à faire":
            entry["essais"] = entry.get("essais", 0) + 1
        entry.update(changes, date=now())

    return update(change)


def update(change: Callable[[dict[str, Any]], None], path: Path | None = None) -> str:
    """Read, `change`, write, with no other process in between; returns a sentence to show, or
    ""."""
    path = path or location()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path):
            data, notice = _read_or_set_aside(path)
            data = _unwritten.get(path, data)
            change(data)
            replaced(path, json.dumps(data, ensure_ascii=False, indent=1))
            _unwritten.pop(path, None)
            return notice
    except OSError as problem:
        first = path not in _unwritten
        change(_unwritten.setdefault(path, read(path)))
        return _cannot_write(path, problem) if first else ""


def _read_or_set_aside(path: Path) -> tuple[dict[str, Any], str]:
    try:
        return _parsed(path.read_bytes()), ""
    except FileNotFoundError:
        return _empty(), ""
    except ValueError:
        aside = path.with_name(f"{path.name}.corrompu-{datetime.now():%Y%m%d-%H%M%S-%f}")
        os.replace(path, aside)
        return _empty(), (
            f"Le fichier de progression était illisible ; il est mis de côté sous le nom {aside.name} et "
            "un nouveau commence."
        )


def _parsed(content: bytes) -> dict[str, Any]:
    """The record in `content`, every entry a dict.

    Raises:
        ValueError: no JSON, or not the shape of a record.
    """
    data = json.loads(content.decode("utf-8"))
    parts = (
        [data.setdefault(key, {}) for key in ("exercices", "pronostics")]
        if isinstance(data, dict)
        else [None]
    )
    if not all(isinstance(part, dict) and all(isinstance(x, dict) for x in part.values()) for part in parts):
        raise ValueError("not a record of progress")
    return data


def _empty() -> dict[str, Any]:
    return {"version": VERSION, "exercices": {}, "pronostics": {}}


def now() -> str:
    """The date and time of an entry."""
    return datetime.now().isoformat(timespec="seconds")


def _cannot_write(path: Path, problem: OSError) -> str:
    why = {errno.EACCES: "écriture refusée", errno.EROFS: "dossier en lecture seule", errno.ENOSPC: "disque plein",
           errno.EDQUOT: "quota atteint"}.get(problem.errno, problem.strerror or str(problem))
    return (f"La progression ne peut pas s'écrire dans {path.parent} ({why}) ; elle est gardée en mémoire jusqu'à la "
            "fermeture du carnet.")
