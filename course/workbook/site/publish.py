"""The folder of a site: a page per notebook; one whose notebook has not changed since stays as it is."""

import hashlib
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

import course
from course._install import Obstacle, write
from course.workbook import salvage, workspace
from course.workbook.site import page as pages
from course.workbook.site.run import executed

KINDS = {"labs": "TD", "solutions": "Solutions"}
MADE = re.compile(r'<meta name="course-source" content="(\w+)">')


def publish(folder: Path, solutions: bool = False, only: str = "") -> Iterator[str]:
    """Write the site; what is done, as sentences.

    Args:
        solutions: those too, in a folder of their own.
        only: one TD, « TD04 ».

    Raises:
        Obstacle: no solutions here, no such TD, a notebook that stops, or a folder that cannot be written.
    """
    folder, labs = folder.expanduser().resolve(), workspace.labs_folder()
    if folder.is_relative_to(labs.parent):
        raise Obstacle("Le site ne se fait pas dans le dossier du cours lui-même\u00a0: choisissez-en un autre.")
    places = {"labs": labs}
    if solutions:
        places["solutions"] = labs.parent / "solutions"
        if not any(places["solutions"].glob("TD*.ipynb")):
            raise Obstacle("Les solutions ne sont que dans un clone du cours\u00a0: publiez sans --solutions.")
    chosen = f"TD{only.upper().removeprefix('TD').zfill(2)}_*.ipynb" if only else "TD*.ipynb"
    if not any(labs.glob(chosen)):
        raise Obstacle(f"Il n'y a pas de {chosen[:4]}.")
    profile = os.environ.setdefault("COURSE_PROFILE", "flash")
    yield f"Chaque carnet est exécuté, profil «\u00a0{profile}\u00a0»."
    try:
        for kind, place in places.items():
            (folder / kind).mkdir(parents=True, exist_ok=True)
            for path in sorted(place.glob(chosen)):
                yield one(path, folder / kind / f"{path.stem}.html", profile)
        write(folder / "index.html", index(places, folder))
    except OSError as error:
        raise Obstacle(f"Impossible d'écrire dans {folder}\u00a0: {workspace.french(error)}.") from error
    if not solutions and (folder / "solutions").exists():
        yield f"Attention\u00a0: {folder / 'solutions'} reste d'une fois précédente\u00a0; effacez-le avant de publier."
    yield f"Le site\u00a0: {folder / 'index.html'}"


def one(path: Path, target: Path, profile: str) -> str:
    """Make the page of a notebook, unless the one that is there was made from the same."""
    data = path.read_bytes()
    source = hashlib.sha256(b"|".join([data, profile.encode(), course.__version__.encode()])).hexdigest()
    if target.is_file():
        made = MADE.search(target.read_text(encoding="utf-8", errors="replace")[:2000])
        if made and made.group(1) == source:
            return f"{path.stem}\u00a0: à jour."
    cells = executed(data, path.stem).cells
    write(target, pages.page(cells, path.stem, source, "../index.html"))
    return f"{path.stem}\u00a0: {target.stat().st_size / 1e6:.1f}\u00a0Mo.".replace(".", ",", 1)


def index(places: dict[str, Path], folder: Path) -> str:
    """The list of the pages that are there."""
    parts = [pages.opened("Le cours"), "<main><h1>Le cours</h1>"]
    for kind, place in places.items():
        found = [path for path in sorted(place.glob("TD*.ipynb")) if (folder / kind / f"{path.stem}.html").is_file()]
        parts.append(f"<h2>{KINDS[kind]}</h2><ul>")
        for path in found:
            title = html.escape(pages.title_of(salvage.read(path.read_bytes()).cells, path.stem))
            parts.append(f'<li><a href="{kind}/{path.stem}.html">{title}</a></li>')
        parts.append("</ul>")
    return "\n".join([*parts, "</main></body></html>\n"])
