"""`course nouveau TD14 "Titre"`: a solution, its exercises and their test, green before the first word is changed."""

import re
import unicodedata
from pathlib import Path

from course._install import Obstacle, write
from course.workbook.build import build_all

TEMPLATE = Path(__file__).parent / "template"
RULE = "TD suivi de deux chiffres (TD14)"


def make(root: Path, td: str, title: str) -> list[str]:
    """Write the files of a new TD, and its notebooks; what to do next, as lines.

    Args:
        root: a clone of the course. td: « TD14 » or « 14 ». title: in French, as it will be read.

    Raises:
        Obstacle: « nouveau.td : TD suivi de deux chiffres (TD14), reçu « TDx » », a number or a file already taken.
    """
    number = td.strip().upper().removeprefix("TD")
    if not re.fullmatch(r"\d\d", number):
        raise Obstacle(f"nouveau.td\u00a0: {RULE}, reçu «\u00a0{td}\u00a0».")
    title = " ".join(title.split())
    name = f"TD{number}_{slug(title)}"
    taken = sorted(path.name for path in (root / "solutions").glob(f"TD{number}_*.py"))
    if taken:
        raise Obstacle(f"Le TD{number} existe\u00a0: solutions/{taken[0]}.")
    files = {
        f"solutions/{name}.py": "solution", f"course/exercises/td{number}/__init__.py": "package",
        f"course/exercises/td{number}/relaxation.py": "exercise", f"tests/exercises/test_td{number}.py": "test",
    }  # fmt: skip
    for path in files:
        if (root / path).exists():
            raise Obstacle(f"{path} existe déjà\u00a0: il n'est pas remplacé.")
    for path, kind in files.items():
        text = (TEMPLATE / f"{kind}.txt").read_text(encoding="utf-8")
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write(root / path, text.replace("@NN@", number).replace("@TITRE@", title))
    return [f"Écrit\u00a0: {path}" for path in [*files, *build_all(root)]] + [
        f"Ensuite\u00a0: python3 -m course test tests/exercises -k {number}.",
        f"Puis une ligne pour le TD{number} dans solutions/index.py et dans le tableau du README.",
    ]


def slug(title: str) -> str:
    """« Réseaux à impulsions » -> « reseaux_a_impulsions ».

    Raises:
        Obstacle: nothing is left of it, or a sign that a notebook's text could not carry.
    """
    if any(not c.isprintable() or c in "\"'\\`{}<>@" for c in title.replace("'", "")):
        raise Obstacle(f"nouveau.titre\u00a0: des mots, sans guillemets ni accolades, reçu «\u00a0{title}\u00a0».")
    plain = unicodedata.normalize("NFKD", title.lower().replace("œ", "oe").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    if not words:
        raise Obstacle(f"nouveau.titre\u00a0: au moins un mot, reçu «\u00a0{title}\u00a0».")
    return "_".join(words)[:40].rstrip("_")
