"""The sandbox of a notebook: what this machine offers, proved by trying to get out of it."""

import os
import platform
import tempfile
from pathlib import Path

from course._install import Obstacle
from course.grading.inside import filter, landlock
from course.grading.inside.pipe import Closed, Late
from course.grading.process import Limits, Process
from course.grading.walls import NONE, Walls, possible

NO_BOX = (
    "Aucun bac à sable n'est possible ici ({why})\u00a0: le code des étudiants pourrait lire et effacer vos fichiers. "
    "Notez sur un Linux récent (noyau 5.13), ou avec le paquet bubblewrap, dans une machine jetable, ou, en "
    "connaissance de cause, ajoutez --sans-bac-a-sable."
)
# what a notebook must not be able to do; each line that succeeds leaves its name in `sorties`
ATTEMPTS = (Path(__file__).parent / "attempts.txt").read_text(encoding="utf-8")


def at_hand() -> Walls:
    """For one's own notebook: Landlock's, which are there without a trial, else what starts, else none."""
    landlocked = [walls for walls in possible() if not walls.bubblewrap]
    return next((walls for walls in landlocked or possible() if landlocked or starts(walls)), NONE)


def starts(walls: Walls) -> bool:
    """Whether Python runs behind them. Ubuntu 24.04 has bubblewrap, and refuses it to who is not root."""
    process = Process(Limits(), walls)
    try:
        process.ready()
    except (Closed, Late):
        return False
    finally:
        process.end()
    return True


def escapes(walls: Walls) -> list[str]:
    """What a notebook could do that it must not, tried behind these walls.

    Raises:
        Obstacle: they could not be put up.
    """
    with tempfile.TemporaryDirectory() as folder:
        victim = os.path.join(folder, "victime")
        with open(victim, "w") as file:
            file.write("à garder")
        source = ATTEMPTS.format(
            package=str(landlock.PACKAGE), victim=victim, elsewhere=os.path.join(folder, "essai"), parent=os.getpid(),
            folder=folder,
        )  # fmt: skip
        process = Process(Limits(), walls)
        try:
            process.ready()
            process.pipe.send({"do": "run", "source": source, "name": "<essai>", "limit": 30.0})
            said = process.pipe.receive(60.0)
        except (Closed, Late):
            raise Obstacle(NO_BOX.format(why=f"{walls}\u00a0: ne démarre pas")) from None
        finally:
            process.end()
    *found, end = str(said.get("message", "")).split("|")
    if end != "fin":
        raise Obstacle(NO_BOX.format(why=f"l'essai s'est arrêté\u00a0: {said.get('message')}"))
    return [name for name in found if name]


def proved() -> tuple[Walls, str]:
    """The strongest walls that hold, once each has been tried, and what is to be said of them.

    Raises:
        Obstacle: there are none, or a way out was found.
    """
    why = [] if possible() else [nothing()]
    for walls in possible():
        try:
            ways_out = escapes(walls)
        except Obstacle as problem:
            why.append(str(problem))
            continue
        if not ways_out:
            absent = "bubblewrap" if not walls.bubblewrap else "Landlock" if not walls.landlock else ""
            return walls, f"Bac à sable\u00a0: {walls}, essayés{absent and f' (sans {absent})'}."
        why.append(NO_BOX.format(why="un essai a réussi\u00a0: " + ", ".join(ways_out)))
    raise Obstacle(why[-1])


def nothing() -> str:
    """Why no wall is possible here."""
    here = f"{platform.system()} {platform.machine()}"
    return NO_BOX.format(why="ni Landlock ni bubblewrap" if filter.available() else here)
