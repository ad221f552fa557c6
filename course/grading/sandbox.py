"""The sandbox of a notebook: what this machine offers, proved by trying to get out of it."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from course._install import Obstacle
from course.grading.inside import filter, landlock
from course.grading.inside.pipe import Closed, Late
from course.grading.process import Limits, Process

NEWEST = 6  # of the versions of Landlock that are made use of
NO_BOX = (
    "Aucun bac à sable n'est possible ici ({why})\u00a0: le code des étudiants pourrait lire et effacer vos fichiers. "
    "Notez sur un Linux récent (noyau 5.13, x86-64), dans une machine jetable, ou, en connaissance de cause, ajoutez "
    "--sans-bac-a-sable."
)
# what a notebook must not be able to do; each line that succeeds leaves its name in `sorties`
ATTEMPTS = (Path(__file__).parent / "attempts.txt").read_text(encoding="utf-8")


def strongest() -> int:
    """The version of Landlock to ask for; 0 where no sandbox is possible."""
    return min(landlock.version(), NEWEST) if filter.available() else 0


def escapes(abi: int) -> list[str]:
    """What a notebook could do that it must not, tried in a sandbox with this version.

    Raises:
        Obstacle: the sandbox could not be entered.
    """
    with tempfile.TemporaryDirectory() as folder:
        victim = os.path.join(folder, "victime")
        with open(victim, "w") as file:
            file.write("à garder")
        source = ATTEMPTS.format(
            package=str(landlock.PACKAGE), victim=victim, elsewhere=os.path.join(folder, "essai"), parent=os.getpid(),
        )
        process = Process(Limits(), abi)
        try:
            process.ready()
            process.pipe.send({"do": "run", "source": source, "name": "<essai>", "limit": 30.0})
            said = process.pipe.receive(60.0)
        except (Closed, Late):
            raise Obstacle(NO_BOX.format(why="le bac à sable ne démarre pas")) from None
        finally:
            process.end()
    *found, end = str(said.get("message", "")).split("|")
    if end != "fin":
        raise Obstacle(NO_BOX.format(why=f"l'essai s'est arrêté\u00a0: {said.get('message')}"))
    return [name for name in found if name]


def proved() -> int:
    """The version of the sandbox to grade with, once its walls have been tried.

    Raises:
        Obstacle: there is none, or a way out was found.
    """
    abi = strongest()
    if not abi:
        why = f"{platform.system()} {platform.machine()}" if sys.platform != "linux" or not filter.available() else (
            "ce noyau n'a pas Landlock"
        )
        raise Obstacle(NO_BOX.format(why=why))
    ways_out = escapes(abi)
    if ways_out:
        raise Obstacle(NO_BOX.format(why="un essai a réussi\u00a0: " + ", ".join(ways_out)))
    return abi
