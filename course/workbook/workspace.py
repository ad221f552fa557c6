"""The student's own folder: labs are copied there, an update never overwrites an answer.

`.cours/copies.json` remembers, for every lab, the words that were given. A lab whose cells still hold these words
is untouched, even run or saved again, and a newer version takes its place; any other is left as it is, and said.
"""

import hashlib
import json
import os
from pathlib import Path

from course._install import Obstacle, write

PACKAGE = Path(__file__).resolve().parent.parent
NAME = "cours-neurones"


def labs_folder() -> Path:
    """Where the course's own labs are: `labs/` of a clone, `course/_labs/` of an installed wheel.

    Raises:
        Obstacle: « Les carnets du cours sont introuvables… »
    """
    for folder in (PACKAGE / "_labs", PACKAGE.parent / "labs"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise Obstacle("Les carnets du cours sont introuvables\u00a0: réinstallez le cours.")


def default() -> Path:
    """`cours-neurones/` beside the clone; in the home folder without a clone, or where one cannot write."""
    root = PACKAGE.parent
    if (root / "pyproject.toml").exists() and os.access(root.parent, os.W_OK):
        return root.parent / NAME
    return Path.home() / NAME


def prepare(folder: Path) -> list[str]:
    """Make `folder` a workspace, or bring its labs up to date; what is worth saying, as French sentences.

    Raises:
        Obstacle: the folder is the package's own, a file, or cannot be written.
    """
    folder = folder.expanduser().resolve()
    source = labs_folder()
    if folder.is_relative_to(source) or folder.is_relative_to(source.parent / "solutions"):
        raise Obstacle(f"{folder} appartient au cours lui-même\u00a0: choisissez un dossier à vous.")
    try:
        (folder / ".cours").mkdir(parents=True, exist_ok=True)
        return update(source, folder)
    except OSError as error:
        raise Obstacle(f"Impossible de préparer {folder}\u00a0: {french(error)}.") from error


def french(error: OSError) -> str:
    """The usual reasons a folder cannot be used."""
    reasons = {
        PermissionError: "vous n'avez pas le droit d'y écrire",
        FileExistsError: "ce n'est pas un dossier",
        NotADirectoryError: "ce n'est pas un dossier",
    }
    return reasons.get(type(error), str(error))


def update(source: Path, folder: Path) -> list[str]:
    """Copy the labs that are missing or were replaced by a newer version; leave every answer alone."""
    ledger = folder / ".cours" / "copies.json"
    given = ledger_of(ledger)
    sentences = []
    for lab in sorted(source.glob("*.ipynb")):
        copy = folder / lab.name
        text = lab.read_text(encoding="utf-8")
        now = words(text)
        had = words(copy.read_text(encoding="utf-8", errors="replace")) if copy.exists() else None
        if had == now:
            given[lab.name] = now
        elif had is None or had == given.get(lab.name):
            write(copy, text)
            given[lab.name] = now
            sentences += [f"{lab.stem}\u00a0: mis à jour (vous n'y aviez rien écrit)."] if had else []
        elif given.get(lab.name) != now:
            sentences.append(
                f"{lab.stem}\u00a0: une version plus récente existe\u00a0; la vôtre, où vous avez écrit, "
                "reste en place. Pour obtenir la nouvelle, renommez la vôtre et relancez."
            )
    write(ledger, json.dumps(given, indent=1, ensure_ascii=False))
    return sentences


def ledger_of(path: Path) -> dict[str, str]:
    """What was given; nothing known counts as written by the student."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return given if isinstance(given, dict) else {}


def words(text: str) -> str:
    """The hash of what a notebook's cells say, whatever their outputs; of the whole text when it is no notebook."""
    try:
        said = [[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(text)["cells"]]
    except (ValueError, KeyError, TypeError):
        said = text
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
