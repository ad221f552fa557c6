"""`course donnees`: which data sets are here, from where, how large, checked or not; and bringing one."""

import os
from pathlib import Path

from course._check import nearest
from course.data import download
from course.data.catalogue import EVERY, IMAGES, TABLES, Edition, Entry, megabytes
from course.data.files import PACKAGE, Place, cache, places, state

STATES = {"verified": "somme sha256 vérifiée", "damaged": "SOMME FAUSSE, ne sera pas lu", "unreadable": "ILLISIBLE",
          "absent": "absent"}


def as_text(folder: Path | None = None) -> str:
    """The table of the sets, in the folder given or in the usual places."""
    where = [Place("ce dossier", folder)] if folder else places()
    lines = [line for entry in IMAGES.values() for line in about(entry, where)]
    if not folder:
        lines += [row(name, kind, "scikit-learn", "", "fourni avec scikit-learn") for name, kind in TABLES.items()]
    seen = [line_of(place) for place in where if place.folder != PACKAGE]
    return "\n".join([row("NOM", "ÉTAT", "OÙ", "", "CONTRÔLE"), *lines, "", "Dossiers\u00a0:", *seen,
                      "Pour en apporter un\u00a0: course donnees --telecharger NOM [--dossier CHEMIN]"])


def line_of(place: Place) -> str:
    """A folder that is looked into, and whether it is there."""
    lacks = " (pas encore créé)" if place.label == "cache" else " (n'existe pas)"
    return f"  {place.label}\u00a0: {place.folder}" + ("" if os.path.isdir(place.folder) else lacks)


def about(entry: Entry, where: list[Place]) -> list[str]:
    """One line per place that holds an edition, complete or not; one line « absent » without any."""
    lines = [line for place in where for line in held(entry, place)]
    return lines or [row(entry.name, "absent", "-", "", "-")]


def held(entry: Entry, place: Place) -> list[str]:
    """The best edition that a place has files of, as a line."""
    best: tuple[Edition, list[str]] | None = None
    for edition in entry.editions:
        states = [state(place.folder / entry.name / file.name, file)[0] for file in edition.files]
        if "absent" not in states:
            best = edition, states
            break
        if set(states) != {"absent"} and best is None:
            best = edition, states
    if best is None:
        return []
    edition, states = best
    size = megabytes(tuple(file for file, found in zip(edition.files, states, strict=True) if found == "verified"))
    kind = "incomplet" if set(states) != {"verified"} else "extrait" if edition.extract else "complet"
    faults = [f"{file.name}\u00a0: {STATES[found]}" for file, found in zip(edition.files, states, strict=True)
              if found != "verified"]
    return [row(entry.name, kind, place.label, size, "; ".join(faults) or STATES["verified"])]


def row(name: str, kind: str, where: str, weight: str, check: str) -> str:
    """One aligned line."""
    return f"{name:<14} {kind:<10} {where:<19} {weight:>8}  {check}"


def bring(name: str, folder: Path | None = None) -> list[str]:
    """Bring a set into the cache, or into `folder`; French sentences.

    Raises:
        Unavailable: an unknown name, no network, no room.
    """
    if name not in EVERY:
        raise download.Unavailable(
            f"Jeu de données inconnu\u00a0: {name}{nearest(name, EVERY)}. Connus\u00a0: {', '.join(EVERY)}.")
    if name in TABLES:
        return [f"{name} est fourni avec scikit-learn\u00a0: rien à télécharger."]
    to = Place("ce dossier", folder.expanduser().resolve()) if folder else cache()
    lines = download.fetch(IMAGES[name], to)
    lines.append(f"{IMAGES[name].title} est complet dans {to.folder / name}")
    if folder:
        lines.append(f"Pour que le cours le lise\u00a0: COURSE_DATA={to.folder}")
    return lines
