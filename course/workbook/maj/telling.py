"""What an update did to a lab, in French, by exercise and by section."""

from collections import Counter

from course.workbook.maj import merge
from course.workbook.maj.counterparts import Place
from course.workbook.salvage import Page

WORDS = {
    merge.RENEWED: "texte renouvelé (vous n'y aviez rien changé)\u00a0: {}",
    merge.JOINED: "texte renouvelé, vos lignes gardées\u00a0: {}. Relisez l'énoncé",
    merge.BESIDE: "à relire\u00a0: {}. Votre cellule est gardée telle quelle, la nouvelle version est juste au-dessous",
    merge.ADDED: "nouveau\u00a0: {}",
    merge.RETURNED: "remis\u00a0: {}",
    merge.REMOVED: "retiré du TD\u00a0: {}",
    merge.ORPHAN: "retiré du TD, mais gardé chez vous, car vous y aviez écrit\u00a0: {}",
    merge.ABSENT: "pas remis, car vous en aviez supprimé la cellule\u00a0: {} (elle se trouve dans {origin})",
}
INTRODUCTION = "le début du carnet"


def told(result: merge.Result, new: Page, given: Page | None, origin: str) -> list[str]:
    """One line for each kind of change; `origin` names where the course's own version is kept."""
    titles = _titles(given.cells) | _titles(new.cells) if given else _titles(new.cells)
    lines = []
    for what, sentence in WORDS.items():
        names = Counter(_name(place, titles) for kind, place in result.done if kind == what)
        listed = ", ".join(name + (f" ({count}\u00a0cellules)" if count > 1 else "") for name, count in names.items())
        if names:
            lines.append(f"  {sentence.format(listed, origin=origin)}.")
    return lines


def _titles(cells: list[dict]) -> dict[int, str]:
    """For each cell, the title of its section."""
    found, title = {}, INTRODUCTION
    for cell in cells:
        heading = next((line for line in cell["source"].split("\n") if line.startswith("## ")), "")
        if cell["cell_type"] == "markdown" and heading:
            title = f"«\u00a0{heading[3:].strip()}\u00a0»"
        found[id(cell)] = title
    return found


def _name(place: Place, titles: dict[int, str]) -> str:
    if place.exercise:
        return f"exercice\u00a0{place.exercise}"
    return titles.get(id(place.new)) or titles.get(id(place.given)) or INTRODUCTION
