"""Where the files are looked for, and the rule that no byte is given when its checksum is wrong."""

import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from course.data.catalogue import Edition, File

PACKAGE = Path(__file__).with_name("extract")
CARRIED = Path(__file__).resolve().parents[2] / "donnees"  # `course cle-usb` puts the sets beside the course


@dataclass(frozen=True)
class Place:
    """A folder that holds one folder per data set, and how the reader calls it."""

    label: str
    folder: Path


def cache() -> Place:
    """`COURSE_CACHE`, or the user's cache: where downloads go."""
    folder = os.environ.get("COURSE_CACHE") or user_cache_path("course", appauthor=False)
    return Place("cache", Path(folder) / "donnees")


def places() -> list[Place]:
    """Where to look, in order: the folder named by `COURSE_DATA`, the cache, what came on a USB stick, the course."""
    chosen = os.environ.get("COURSE_DATA")
    first = [Place("COURSE_DATA", Path(chosen).expanduser())] if chosen else []
    carried = [Place("la clé USB", CARRIED)] if CARRIED.is_dir() else []
    return [*first, cache(), *carried, Place("le cours (extrait)", PACKAGE)]


def state(path: Path, file: File) -> tuple[str, bytes | None]:
    """"verified" and the content, "absent", "damaged" (wrong checksum) or "unreadable"; only the first is given."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return "absent", None
    except OSError:
        return "unreadable", None
    # what was checked is what is read: the bytes are not fetched a second time
    if hashlib.sha256(content).hexdigest() != file.sha256:
        return "damaged", None
    return "verified", content


SAID = {
    "damaged": "{path}\u00a0: somme sha256 fausse, fichier ignoré\u00a0; remplacez-le ou supprimez-le.",
    "unreadable": "{path}\u00a0: lecture impossible, fichier ignoré.",
}


def find(name: str, file: File, where: list[Place]) -> tuple[bytes, Place] | None:
    """The content of a file of the set `name` and the place it came from; a file that is ignored is said."""
    for place in where:
        path = place.folder / name / file.name
        found, content = state(path, file)
        if content is not None:
            return content, place
        if found in SAID:
            print(SAID[found].format(path=path))
    return None


def gather(name: str, edition: Edition, where: list[Place]) -> tuple[list[bytes], str] | None:
    """Every file of an edition, and the labels of the places; nothing when one is lacking."""
    if not all(any(os.path.exists(place.folder / name / file.name) for place in where) for file in edition.files):
        return None
    found = [find(name, file, where) for file in edition.files]
    if None in found:
        return None
    return [content for content, _ in found], ", ".join(dict.fromkeys(place.label for _, place in found))


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in a folder that is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def why(error: OSError, folder: Path) -> str:
    """The French sentence for a folder that cannot take a file."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Plus de place sur le disque de {folder}\u00a0: libérez-en, ou choisissez un autre dossier (--dossier)."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) or isinstance(error, PermissionError):
        return f"Impossible d'écrire dans {folder}\u00a0: choisissez un dossier à vous (--dossier)."
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        return f"{folder} n'est pas un dossier\u00a0: choisissez-en un autre (--dossier)."
    return f"Impossible d'écrire dans {folder} ({error.strerror or error})."
