"""What students, authors and editors do to a notebook, as functions of two numbers: `edit(cells, a, b)`."""

import json
from itertools import count

from course.workbook.salvage import Page

STUB = "...  # À compléter"


def cell(id: str, text: str, kind: str = "code", **course) -> dict:
    """A cell as the course makes it."""
    made = {"cell_type": kind, "id": id, "metadata": {"course": {"id": id, **course}}, "source": text}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def small_lab() -> list[dict]:
    """A short lab with one cell of every sort."""
    return [
        cell("titre", "# TD04 — Essai\n\nUne question.\n\nUne autre.", "markdown"),
        cell("preparation", "import numpy as np\n\nfrom course.exercises import exercise"),
        cell("pente-texte", "## 1. La pente\n\nDérivez sur le papier.\n\nPuis codez.", "markdown"),
        cell("pente", f'def pente(x):\n    """La pente en x."""\n    {STUB}', exercise="04.1", points=1),
        cell("pente-verifier", 'pente = exercise("04.1").check(pente)'),
        cell("seuil-texte", "## 2. Le seuil\n\nOù bascule-t-on ?", "markdown"),
        cell("seuil", f'def seuil(w):\n    """Le seuil."""\n    y = w\n    {STUB}', exercise="04.2", points=2),
        cell("libre", "### Expliquer\n\nPourquoi ?\n\n*Votre réponse ici.*", "markdown", exercise="04.1x", manual=True),
        cell("fin", "## 3. La fin\n\nMerci.", "markdown"),
    ]


class Hand:
    """Somebody who edits; every line they write holds a word that nobody else writes: z12z."""

    def __init__(self) -> None:
        self.words = (f"z{k}z" for k in count(1))
        self.ids = (f"{k:08x}" for k in count(1))

    def line(self) -> str:
        return f"écrit = {next(self.words)}  # « à moi » \\n \"oui\""


def write(cells, a, b, hand):
    """An answer in the place of the stub, or of any line."""
    one = cells[a % len(cells)]
    lines = one["source"].split("\n")
    at = next((k for k, line in enumerate(lines) if STUB in line or "réponse ici" in line), b % len(lines))
    lines[at : at + 1] = ["    " + hand.line() for _ in range(1 + b % 3)]
    one["source"] = "\n".join(lines)


def insert(cells, a, b, hand):
    one = cells[a % len(cells)]
    lines = one["source"].split("\n")
    lines.insert(b % (len(lines) + 1), hand.line())
    one["source"] = "\n".join(lines)


def change(cells, a, b, hand):
    one = cells[a % len(cells)]
    lines = one["source"].split("\n")
    lines[b % len(lines)] += hand.line()
    one["source"] = "\n".join(lines)


def erase(cells, a, b, hand):
    one = cells[a % len(cells)]
    lines = one["source"].split("\n")
    del lines[b % len(lines)]
    one["source"] = "\n".join(lines)


def add(cells, a, b, hand):
    kind = "markdown" if b % 2 else "code"
    new = {"cell_type": kind, "id": next(hand.ids), "metadata": {}, "source": hand.line()}
    cells.insert(a % (len(cells) + 1), new | ({"outputs": [], "execution_count": None} if kind == "code" else {}))


def duplicate(cells, a, b, hand):
    """JupyterLab: a new id, the same metadata."""
    cells.insert(b % (len(cells) + 1), dict(cells[a % len(cells)]) | {"id": next(hand.ids)})


def split(cells, a, b, hand):
    """JupyterLab: the metadata are doubled, the second half keeps the id."""
    k = a % len(cells)
    lines = cells[k]["source"].split("\n")
    at = b % (len(lines) + 1)
    first = dict(cells[k]) | {"id": next(hand.ids), "source": "\n".join(lines[:at])}
    cells[k]["source"] = "\n".join(lines[at:])
    cells.insert(k, first)


def join(cells, a, b, hand):
    k = a % len(cells)
    if k + 1 < len(cells):
        cells[k]["source"] += "\n\n" + cells.pop(k + 1)["source"]


def delete(cells, a, b, hand):
    if len(cells) > 1:
        del cells[a % len(cells)]


def move(cells, a, b, hand):
    cells.insert(b % len(cells), cells.pop(a % len(cells)))


def change_kind(cells, a, b, hand):
    one = cells[a % len(cells)]
    one["cell_type"] = ("code", "markdown", "raw")[b % 3]
    one.pop("outputs", None), one.pop("execution_count", None)
    if one["cell_type"] == "code":
        one |= {"outputs": [], "execution_count": None}


def run(cells, a, b, hand):
    one = cells[a % len(cells)]
    if one["cell_type"] == "code":
        one["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["résultat\n"]}]
        one["execution_count"] = b % 50


def save_in_colab(cells, a, b, hand):
    """Colab: its own ids, in the metadata."""
    for k, one in enumerate(cells):
        one["metadata"] = {**one["metadata"], "id": one.pop("id", f"colab{k}"), "outputId": "x"}


def save_in_vs_code(cells, a, b, hand):
    for one in cells:
        one["metadata"] = {**one["metadata"], "vscode": {"languageId": "python"}}


def strip(cells, a, b, hand):
    """A tool that cleans notebooks: no metadata left."""
    for one in cells:
        one["metadata"] = {}


STUDENT = (write, write, write, insert, change, erase, add, duplicate, split, join, delete, move, change_kind, run,
           save_in_colab, save_in_vs_code, strip)


def correct(cells, a, b, hand):
    """An author changes a line of a statement."""
    one = cells[a % len(cells)]
    lines = one["source"].split("\n")
    lines[b % len(lines)] += f" corrigé{b}"
    one["source"] = "\n".join(lines)


def extend(cells, a, b, hand):
    one = cells[a % len(cells)]
    lines = one["source"].split("\n")
    lines.insert(b % (len(lines) + 1), f"phrase {b}")
    one["source"] = "\n".join(lines)


def announce(cells, a, b, hand):
    cells.insert(a % (len(cells) + 1), cell(f"neuf-{next(hand.ids)}", f"texte neuf {b}", "markdown"))


def rename(cells, a, b, hand):
    one = cells[a % len(cells)]
    id = f"renomme-{next(hand.ids)}"
    one |= {"id": id, "metadata": {"course": {**one["metadata"]["course"], "id": id}}}


def renumber(cells, a, b, hand):
    one = cells[a % len(cells)]
    course = one["metadata"]["course"]
    if "exercise" in course:
        one["metadata"] = {"course": {**course, "exercise": f"04.{3 + b % 5}"}}


AUTHOR = (correct, correct, extend, announce, delete, move, rename, renumber)


def done(cells: list[dict], edits, hand: Hand) -> list[dict]:
    """The cells after these edits; the ones given are not touched."""
    cells = [dict(one) for one in cells]
    for edit, a, b in edits:
        edit(cells, a, b, hand)
    return cells


def saved(cells: list[dict], indent: int | None = 1, **page) -> str:
    """The file of a notebook."""
    shown = [one | {"source": one["source"].splitlines(True)} for one in cells]
    page = {"cells": shown, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | page
    return json.dumps(page, ensure_ascii=False, indent=indent)


def page(cells: list[dict]) -> Page:
    return Page([dict(one) for one in cells])
