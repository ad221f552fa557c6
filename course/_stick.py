"""A course that carries its own packages: where they are, and whether they are whole and for this Python.

`course cle-usb` makes such a folder; its manifest, `cle.json`, is written last, so that a folder without one is not
finished. Standard library only: this is read before anything is installed.
"""

import hashlib
import json
import platform
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from course._install import Obstacle, say

MANIFEST, WHEELS, DATA = "cle.json", "paquets", "donnees"
BROKEN = (
    "{path}\u00a0: ce fichier est abîmé, ou il manque. Copiez de nouveau le dossier du cours depuis la clé\u00a0; "
    "si la clé elle-même est abîmée, refaites-la avec «\u00a0course cle-usb\u00a0»."
)


def manifest(root: Path) -> dict:
    """What the folder says it carries; nothing where there is no finished one."""
    try:
        told = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) and isinstance(told.get("fichiers"), dict) else {}


def made_for() -> dict[str, str]:
    """The Python and the machine that wheels are for."""
    return {"python": "{}.{}".format(*sys.version_info), "machine": sysconfig.get_platform()}


def carried(root: Path) -> Path | None:
    """The folder of wheels, None without any; one made for another Python is said and left."""
    told = manifest(root)
    if not told:
        return None
    here = made_for()
    if {key: told.get(key) for key in here} != here:
        say(
            f"Les paquets de cette clé sont pour Python {told.get('python')} ({told.get('machine')})\u00a0; celui-ci "
            f"est Python {here['python']} ({here['machine']}, {platform.system()})\u00a0: ils seront téléchargés."
        )
        return None
    return root / WHEELS


def settings(wheels: Path) -> dict[str, str]:
    """What makes pip install from that folder alone, in the environments that it makes for itself too."""
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels.resolve().as_uri()}


def check(root: Path) -> None:
    """Read every file that the manifest names.

    Raises:
        Obstacle: « paquets/x.whl : ce fichier est abîmé, ou il manque… »
    """
    told = manifest(root)["fichiers"]
    size = sum(entry.stat().st_size for entry in (root / WHEELS).glob("*")) / 1e9
    say(f"Vérification de la clé\u00a0: {len(told)} fichiers, {size:.1f}\u00a0Go.".replace(".", ",", 1))
    for path in faults(root, told):
        raise Obstacle(BROKEN.format(path=root / path))


def faults(root: Path, told: dict[str, str]) -> Iterator[str]:
    """The files that are not what the manifest says."""
    for path, expected in told.items():
        if digest(root / path) != expected:
            yield path


def digest(path: Path) -> str:
    """The sha256 of a file, read by pieces; "" when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
