"""`course cle-usb`: a folder from which the course is installed without network, on machines like this one.

The course, its packages as wheels, the data sets of this machine, a page that says what to do. Every file is written
whole; what an earlier run left is taken up again; the manifest, with the sha256 of every file, comes last, once pip has
resolved the whole installation from the folder alone.
"""

import json
import os
import platform
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from course import _environment, _install, _stick
from course._install import Obstacle, write
from course.data.catalogue import IMAGES
from course.data.files import find, places
from course.data.files import write as write_bytes
from course.workbook import workspace

COURSE = "cours"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", ".images", "course", "labs")
TAKEN = re.compile(r"(?:Saved|already downloaded) (.+\.whl)$", re.MULTILINE)  # what pip says of each wheel
LEFT = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
README = """LE COURS, SANS RÉSEAU

Ce dossier contient le cours, ses paquets et ses données.
Il a été fait pour Python {python}, sur cette sorte de machine\u00a0: {machine}.

1. Copiez le dossier «\u00a0{course}\u00a0» sur le disque de l'ordinateur.
   Sur la clé elle-même, l'installation échouerait.
2. Ouvrez un terminal dans cette copie.
3. Lancez cette commande (sous Windows, py au lieu de python3)\u00a0:

       python3 -m course

La première fois, le cours vérifie la copie, puis s'installe en quelques minutes, sans réseau.
Il faut environ {size} de place. Ensuite, la même commande l'ouvre tout de suite.
Vos carnets sont dans «\u00a0cours-neurones\u00a0», à côté.

Données sur cette clé\u00a0: {data}.
Pour vérifier la clé\u00a0: {course}/cle.json donne la somme sha256 de chaque fichier.
"""


def make(folder: Path, torch_index: str) -> Iterator[str]:
    """Make the folder, or finish it; what is done, as sentences.

    Raises:
        Obstacle: no clone here, no network, no room, or the folder cannot be written.
    """
    root, folder = workspace.PACKAGE.parent, folder.expanduser().resolve()
    if not (root / "pyproject.toml").is_file():
        raise Obstacle("Cette commande demande un clone du cours, avec son fichier pyproject.toml.")
    if folder.is_relative_to(root) or root.is_relative_to(folder):
        raise Obstacle("La clé ne se fait pas dans le dossier du cours lui-même\u00a0: choisissez-en un autre.")
    course = folder / COURSE
    try:
        course.mkdir(parents=True, exist_ok=True)
        (course / _stick.MANIFEST).unlink(missing_ok=True)  # until everything is there, it is no stick
        yield f"Le cours\u00a0: {len(copied(root, course))} fichiers."
        sets = brought(course / _stick.DATA)
        yield f"Les données\u00a0: {', '.join(sets) or 'seulement celles qui voyagent avec le cours'}."
        wheels = course / _stick.WHEELS
        yield "Les paquets\u00a0: téléchargement (PyTorch est le plus gros)."
        kept = packages(root, wheels, torch_index)
        yield f"Les paquets\u00a0: {len(kept)}, {weight(wheels)}, assez pour tout installer sans réseau."
        sums = {path: _stick.digest(course / path) for path in listed(course)}
        told = {
            **_stick.made_for(), "sans_torch": _environment.without_torch(), "fichiers": sums,
        }
        write(folder / "LISEZ-MOI.txt", README.format(
            python=told["python"], machine=f"{platform.system()} {platform.machine()}", course=COURSE,
            size="1,5\u00a0Go" if told["sans_torch"] else "2,5\u00a0Go", data=", ".join(sets) or "MNIST (extrait)",
        ))
        write(course / _stick.MANIFEST, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True))
    except OSError as error:
        raise Obstacle(f"Impossible d'écrire dans {folder}\u00a0: {workspace.french(error)}.") from error
    yield f"Clé prête\u00a0: {folder}, {weight(folder)}. Ce qu'il faut en faire est dans LISEZ-MOI.txt."


def copied(root: Path, course: Path) -> list[Path]:
    """Copy the sources that changed, remove those that are gone; what is there in the end."""
    wanted = [path for name in SOURCES for path in files(root / name)]
    for path in wanted:
        target = course / path.relative_to(root)
        if _stick.digest(target) != _stick.digest(path):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, path.read_bytes())
            target.chmod(0o644)
    for name in SOURCES:
        for path in files(course / name):
            if not (root / path.relative_to(course)).is_file():
                path.unlink()
    return wanted


def files(place: Path) -> list[Path]:
    """The files of a place, itself when it is one, without what tools leave there."""
    if place.is_file():
        return [place]
    found = sorted(path for path in place.rglob("*") if path.is_file())
    return [path for path in found if not LEFT & set(path.relative_to(place).parts) and path.suffix != ".pyc"]


def brought(folder: Path) -> list[str]:
    """Copy every data set of which this machine has an edition larger than the course's own; their titles."""
    where = [place for place in places() if place.folder != places()[-1].folder]
    found = []
    for entry in IMAGES.values():
        for edition in entry.editions:
            contents = {
                file.name: read[0] for file in edition.files if (read := find(entry.name, file, where)) is not None
            }
            if len(contents) == len(edition.files):
                for name, content in contents.items():
                    if not (folder / entry.name / name).is_file():
                        write_bytes(folder / entry.name / name, content)
                        (folder / entry.name / name).chmod(0o644)
                found.append(entry.title)
                break
    return found


def packages(root: Path, wheels: Path, torch_index: str) -> list[Path]:
    """Download what an installation takes, prove that it is enough, keep nothing else."""
    wanted = [*_environment.requirements(root, ""), *builders(root), "pip"]
    wheels.mkdir(exist_ok=True)
    pip = [sys.executable, "-m", "pip"]
    if not _environment.works(pip):
        raise Obstacle(f"Cette commande a besoin de pip, que {sys.executable} n'a pas.")
    with tempfile.TemporaryDirectory() as scratch:
        log, proof = Path(scratch, "pip.log"), Path(scratch, "preuve.log")
        options = _install.torch_options(torch_index) if any(r.startswith("torch") for r in wanted) else []
        # 3.11 means 3.11.0 to pip: a room's Python may be older than this one's 3.11.7
        oldest = ["--only-binary", ":all:", "--python-version", _stick.made_for()["python"]]
        command = [*pip, "download", "--dest", str(wheels), *oldest]
        _install.run([*command, *options, *wanted], log, wheels)
        _install.run([*command, *wanted], proof, wheels, _stick.settings(wheels))
        kept = {Path(name).name for name in TAKEN.findall(proof.read_text(encoding="utf-8"))}
    for path in wheels.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return sorted(wheels.iterdir())


def builders(root: Path) -> list[str]:
    """What pip needs to install the course itself from its sources."""
    system = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    # hatchling asks for it when it links a project in place
    return [*system["requires"], *(["editables"] if system["build-backend"].startswith("hatchling") else [])]


def listed(course: Path) -> list[str]:
    """Every file of the folder, as the manifest names it."""
    found = [path for name in (*SOURCES, _stick.WHEELS, _stick.DATA) for path in files(course / name)]
    return [path.relative_to(course).as_posix() for path in found]


def weight(folder: Path) -> str:
    """« 712 Mo »."""
    total = sum(os.stat(path).st_size for path in files(folder))
    return f"{total / 1e9:.2f}\u00a0Go".replace(".", ",") if total > 1e9 else f"{total / 1e6:.0f}\u00a0Mo"
