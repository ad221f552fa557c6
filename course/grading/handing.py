"""`course rendre TD04`: one file to hand in, with the notebook, the progress, the versions and a print of each."""

import hashlib
import io
import json
import os
import platform
import zipfile
from datetime import datetime
from importlib import metadata
from pathlib import Path

import course
from course._install import Obstacle
from course.exercises import progress
from course.exercises.verdict import PASSED
from course.grading.checking import notebook
from course.grading.results import NotThisLab, exercises_of, lab_page
from course.workbook import salvage, workspace
from course.workbook.maj.counterparts import mark
from course.workbook.maj.lines import same

PACKAGES = ("numpy", "scipy", "numba", "torch", "ipykernel", "jupyterlab")
STAMP = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes


def hand_in(folder: Path, td: str, name: str = "") -> list[str]:
    """Write the file in the workspace; what it is and what it lacks, as sentences.

    Args:
        name: of the student, for the name of the file.

    Raises:
        Obstacle: no such TD or notebook, or the folder cannot be written.
    """
    folder = folder.expanduser().resolve()
    try:
        lab, page = lab_page(workspace.labs_folder(), td)
    except NotThisLab as problem:
        raise Obstacle(str(problem)) from None
    data = notebook(folder, lab).read_bytes()
    recorded = progress.read(folder / ".cours" / "progression.json")
    content = packed(lab, data, recorded, name)
    label = "".join(c if c.isalnum() or c in "-_" else "_" for c in "_".join(name.split()))
    path = folder / "rendus" / f"{lab}{'_' + label if label else ''}.zip"
    try:
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        raise Obstacle(f"Impossible d'écrire {path}\u00a0: {workspace.french(error)}.") from error
    print_ = hashlib.sha256(content).hexdigest()
    return [
        f"À rendre\u00a0: {path}", f"Empreinte (sha256)\u00a0: {print_}",
        *_lacking(data, page, recorded), "Rien n'est envoyé\u00a0: déposez ce fichier où votre enseignant le demande.",
    ]


def packed(lab: str, data: bytes, recorded: dict, name: str) -> bytes:
    """The bytes of the file."""
    ids = f"{lab[2:4]}."
    kept = {
        part: {id: entry for id, entry in recorded[part].items() if id.startswith(ids)}
        for part in ("exercices", "pronostics")
    }
    parts = {
        f"{lab}.ipynb": data,
        "progression.json": _json({"version": recorded.get("version", 1), **kept}),
    }
    about = {
        "td": lab, "nom": name, "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "course": course.__version__, "python": platform.python_version(), "systeme": platform.platform(),
        "paquets": _versions(), "sha256": {part: hashlib.sha256(x).hexdigest() for part, x in parts.items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, x in {**parts, "rendu.json": _json(about)}.items():
            archive.writestr(zipfile.ZipInfo(part, STAMP), x, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _json(x: dict) -> bytes:
    return json.dumps(x, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _lacking(data: bytes, lab: salvage.Page, recorded: dict) -> list[str]:
    """What is worth knowing before handing in; nothing is run here."""
    page = salvage.read(data)
    if page is None:
        return ["Attention\u00a0: ce carnet ne se lit pas. Il est joint tel quel\u00a0; lancez `course maj`."]
    given = {mark(cell, "exercise"): cell["source"] for cell in lab.cells}
    mine: dict[str, list[str]] = {}
    for cell in page.cells:
        mine.setdefault(mark(cell, "exercise") or "", []).append(cell["source"])
    asked = exercises_of(lab)
    empty = [id for id in asked if id not in mine or all(same(text, given[id]) for text in mine[id])]
    passed = [id for id in asked if recorded["exercices"].get(id, {}).get("statut") == PASSED]
    coded = [id for id, one in asked.items() if not one.get("manual")]
    lines = [] if page.whole else ["Attention\u00a0: ce carnet est abîmé\u00a0; `course maj` le répare."]
    lines.append(f"Réussis dans le carnet\u00a0: {len(passed)} sur {len(coded)}.")
    if empty:
        lines.append(f"Sans réponse\u00a0: {', '.join(empty)}.")
    td = next(iter(asked))[:2]
    return [*lines, f"Pour le vérifier comme il sera noté\u00a0: `course verifier TD{td}`."]
