"""`course maj`: what is kept, what is renewed, what is said."""

import json
import os

import pytest

from course import cli
from course._install import Obstacle
from course.workbook import launch, salvage, workspace
from course.workbook.maj import command, lines
from course.workbook.maj.merge import (
    ADDED,
    BESIDE,
    JOINED,
    ORPHAN,
    REMOVED,
    RENEWED,
    RETURNED,
    merge,
)
from tests.workbook.lab_edits import STUB, cell, page, saved, small_lab

NAME = "TD04_essai.ipynb"
ANSWER = f"    return 2 * x  # {'é' * 3}"


def text_of(cells: list[dict], id: str) -> str:
    return next(one["source"] for one in cells if one["id"] == id)


def changed(cells: list[dict], id: str, old: str, new: str) -> list[dict]:
    """The cells with one replacement in one of them."""
    assert old in text_of(cells, id)
    return [one | {"source": one["source"].replace(old, new)} if one["id"] == id else one for one in cells]


def merged(mine, new, given=None):
    result = merge(page(given or small_lab()), page(mine), page(new))
    return result.page.cells, [(what, place.exercise) for what, place in result.done]


class TestLines:
    def test_both_changes_are_made(self):
        assert lines.merged("a\nb\nc", "a\nb\nC", "A\nb\nc") == "A\nb\nC"
        assert lines.merged("a\nb", "a\nB1\nB2", "A\nb") == "A\nB1\nB2"

    @pytest.mark.parametrize(
        ("mine", "new"), [("X", "Y"), ("a\nmoi\nb", "a\neux\nb"), ("a", "a\nB"), ("tout autre", "a\nB")]
    )
    def test_the_same_place_twice_is_a_disagreement(self, mine, new):
        assert lines.merged("a\nb", mine, new) is None

    def test_the_same_change_twice_is_made_once(self):
        assert lines.merged("a\nb\nc\nd", "a\nB\nc\nd", "a\nB\nc\nD") == "a\nB\nc\nD"

    def test_parts_of_a_cell_want_more_room(self):
        assert lines.merged("a\nb", "a\nB", "A\nb", apart=True) is None


class TestMerge:
    def test_an_untouched_statement_is_renewed(self):
        cells, done = merged(small_lab(), changed(small_lab(), "titre", "Une question", "La question"))
        assert text_of(cells, "titre").splitlines()[2] == "La question."
        assert done == [(RENEWED, "")]

    def test_an_answer_stays_under_a_new_statement(self):
        mine = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
        cells, done = merged(mine, changed(small_lab(), "pente", "La pente en x.", "La pente, en Hz."))
        assert text_of(cells, "pente") == f'def pente(x):\n    """La pente, en Hz."""\n{ANSWER}'
        assert done == [(JOINED, "04.1")]

    def test_where_both_changed_one_line_both_are_shown(self):
        mine = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
        new = changed(small_lab(), "pente", f"    {STUB}", "    y = 0\n    return y")
        cells, done = merged(mine, new)
        k = [one["id"] for one in cells].index("pente")
        assert cells[k]["source"] == text_of(mine, "pente")
        assert "```python\n" + text_of(new, "pente") in cells[k + 1]["source"]
        assert "Mise à jour du cours" in cells[k + 1]["source"]
        assert done == [(BESIDE, "04.1")]

    def test_an_answer_that_would_no_longer_be_python_is_not_touched(self):
        mine = changed(small_lab(), "seuil", f"    {STUB}", "    return (y,\n            1)")
        cells, done = merged(mine, changed(small_lab(), "seuil", "    y = w", "    if w:"))
        assert text_of(cells, "seuil") == text_of(mine, "seuil")
        assert done == [(BESIDE, "04.2")]

    def test_a_note_of_the_student_keeps_its_place(self):
        note = cell("note", "à moi", "markdown") | {"metadata": {}}
        lab = small_lab()
        new = [lab[0], cell("neuf", "du neuf", "markdown"), *lab[1:]]
        cells, done = merged([*lab[:4], note, *lab[4:]], new)
        assert [one["id"] for one in cells] == [
            "titre", "neuf", "preparation", "pente-texte", "pente", "note", "pente-verifier", "seuil-texte", "seuil",
            "libre", "fin",
        ]
        assert done == [(ADDED, "")]

    def test_the_order_of_the_student_is_kept(self):
        lab = small_lab()
        cells, _ = merged(lab[::-1], changed(lab, "titre", "Une", "La"))
        assert [one["id"] for one in cells] == [one["id"] for one in lab[::-1]]

    def test_the_order_of_the_author_comes_when_it_changes(self):
        lab = small_lab()
        note = cell("note", "à moi") | {"metadata": {}}
        new = [*lab[:2], lab[5], lab[6], *lab[2:5], *lab[7:]]
        cells, _ = merged([*lab[:4], note, *lab[4:]], new)
        ids = [one["id"] for one in cells]
        assert [id for id in ids if id != "note"] == [one["id"] for one in new]
        assert ids[ids.index("pente") + 1] == "note"

    def test_a_renumbered_exercise_keeps_its_answer(self):
        mine = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
        lab = small_lab()
        moved = cell("pente", lab[3]["source"], exercise="04.2", points=1)
        first = cell("neuf", "def f():\n    ...", exercise="04.1")
        cells, _ = merged(mine, [*lab[:3], first, moved, *lab[4:6], *lab[7:]])
        assert text_of(cells, "neuf") == "def f():\n    ..."
        one = next(one for one in cells if one["id"] == "pente")
        assert ANSWER in one["source"]
        assert one["metadata"]["course"]["exercise"] == "04.2"

    def test_a_renamed_cell_keeps_its_answer(self):
        mine = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
        new = [one | {"id": "derivee", "metadata": {"course": {"id": "derivee", "exercise": "04.1"}}}
               if one["id"] == "pente" else one for one in small_lab()]
        cells, done = merged(mine, new)
        assert sum("def pente" in one["source"] for one in cells) == 1
        assert ANSWER in text_of(cells, "pente")
        assert done == []

    def test_the_halves_of_an_answer_stay(self):
        """JupyterLab: the first half gets a new id, both keep the metadata."""
        lab = changed(small_lab(), "seuil", f"    {STUB}", "    return y")
        first, second = "def seuil(w):\n    # début", "    y = 3\n    return y"
        halves = [lab[6] | {"id": "1a2b3c4d", "source": first}, lab[6] | {"source": second}]
        new = changed(small_lab(), "seuil", "Le seuil", "Le seuil, en Hz")
        cells, done = merged([*lab[:6], *halves, *lab[7:]], new)
        assert [one["source"] for one in cells[6:8]] == [half["source"] for half in halves]
        assert "Le seuil, en Hz" in cells[8]["source"]
        assert done == [(BESIDE, "04.2")]

    def test_a_split_without_a_word_is_mended(self):
        lab = small_lab()
        first, second = "# TD04 — Essai", "Une question.\n\nUne autre."
        halves = [lab[0] | {"id": "1a2b3c4d", "source": first}, lab[0] | {"source": second}]
        cells, done = merged([*halves, *lab[1:]], changed(lab, "titre", "Une autre", "La deuxième"))
        assert cells[0]["source"] == "# TD04 — Essai\n\nUne question.\n\nLa deuxième."
        assert cells[1]["source"] == lab[1]["source"]
        assert done == [(RENEWED, "")]

    def test_a_copy_kept_as_a_draft_stays(self):
        lab = small_lab()
        draft = lab[3] | {"id": "1a2b3c4d", "source": "def pente(x):\n    return 'essai'"}
        cells, _ = merged([*lab[:4], draft, *lab[4:]], changed(lab, "pente", "La pente", "LA PENTE"))
        assert "LA PENTE" in cells[3]["source"]
        assert cells[4]["source"] == draft["source"]

    def test_what_the_course_drops_goes_unless_the_student_wrote_there(self):
        lab = small_lab()
        mine = changed(lab, "libre", "*Votre réponse ici.*", "Parce que.")
        cells, done = merged(mine, [one for one in lab if one["id"] not in ("libre", "fin")])
        assert "Parce que." in text_of(cells, "libre")
        assert "fin" not in [one["id"] for one in cells]
        assert done == [(ORPHAN, "04.1x"), (REMOVED, "")]

    def test_a_deleted_cell_comes_back_only_with_a_new_text(self):
        lab = small_lab()
        mine = [one for one in lab if one["id"] not in ("fin", "seuil-texte")]
        cells, done = merged(mine, changed(lab, "fin", "Merci", "Merci à vous"))
        ids = [one["id"] for one in cells]
        assert "seuil-texte" not in ids
        assert ids[-1] == "fin"
        assert done == [(RETURNED, "")]

    def test_two_cells_that_were_joined_are_not_doubled(self):
        lab = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
        both = lab[3] | {"source": lab[3]["source"] + "\n\n" + lab[6]["source"]}
        mine = [*lab[:3], both, *lab[4:6], *lab[7:]]
        cells, _ = merged(mine, changed(small_lab(), "seuil", "Le seuil", "Le seuil, en Hz"))
        assert sum("def seuil" in one["source"] for one in cells) == 1

    def test_lost_metadata_are_found_again_by_id_or_text(self):
        lab = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
        ids = [one["id"] if one["id"] == "pente" else f"{k:08x}" for k, one in enumerate(lab)]
        bare = [one | {"metadata": {}, "id": id} for one, id in zip(lab, ids, strict=True)]
        new = changed(changed(small_lab(), "titre", "Une q", "La q"), "pente", "La pente", "LA PENTE")
        cells, done = merged(bare, new)
        assert len(cells) == len(lab)
        assert cells[0]["source"].splitlines()[2] == "La question."
        assert "LA PENTE" in text_of(cells, "pente")
        assert ANSWER in text_of(cells, "pente")
        assert cells[3]["metadata"]["course"]["exercise"] == "04.1"
        assert done == [(RENEWED, ""), (JOINED, "04.1")]

    def test_outputs_of_a_kept_cell_stay_those_of_a_renewed_one_go(self):
        lab = small_lab()
        shown = [{"output_type": "stream", "name": "stdout", "text": ["3\n"]}]
        mine = [one | {"outputs": shown, "execution_count": 4} if one["cell_type"] == "code" else one for one in lab]
        cells, _ = merged(mine, changed(lab, "preparation", "numpy as np", "numpy"))
        assert [one["id"] for one in cells if one.get("outputs")] == ["pente", "pente-verifier", "seuil"]

    def test_a_cut_file_gets_its_end_back(self):
        text = saved(changed(small_lab(), "pente", f"    {STUB}", ANSWER))
        mine = salvage.read(text[: text.index("Où bascule")].encode())
        cells = merge(page(small_lab()), mine, page(small_lab())).page.cells
        assert [one["id"] for one in cells] == [one["id"] for one in small_lab()]
        assert ANSWER in text_of(cells, "pente")
        assert text_of(cells, "seuil-texte") == small_lab()[5]["source"]

    def test_without_the_version_given_all_is_kept(self):
        mine = changed(small_lab(), "titre", "Une question", "Ma question")
        new = [*changed(small_lab(), "fin", "Merci", "Merci à vous"), cell("neuf", "du neuf", "markdown")]
        result = merge(None, page(mine), page(new))
        assert [one["source"] for one in result.page.cells] == [one["source"] for one in mine] + ["du neuf"]


@pytest.fixture
def course_lab(tmp_path, monkeypatch):
    """The course's own lab, to be changed by the tests."""
    folder = tmp_path / "clone" / "labs"
    folder.mkdir(parents=True)
    (folder / NAME).write_text(saved(small_lab()), encoding="utf-8")
    monkeypatch.setattr(workspace, "labs_folder", lambda: folder)
    return folder / NAME


@pytest.fixture
def copy(course_lab, tmp_path):
    """The student's copy, where they answered."""
    folder = tmp_path / "cours de Zoé"
    workspace.prepare(folder)
    mine = changed(small_lab(), "pente", f"    {STUB}", ANSWER)
    kernel = {"kernelspec": {"name": "mien", "display_name": "Le mien"}, "colab": {"provenance": []}}
    (folder / NAME).write_text(saved(mine, metadata=kernel, nbformat_minor=0), encoding="utf-8")
    return folder / NAME


def publish(path):
    new = changed(small_lab(), "pente", "La pente", "LA PENTE")
    path.write_text(saved(new, metadata={"course": {"name": "TD04_essai"}}), encoding="utf-8")
    return new


def test_the_command_joins_says_and_keeps_a_copy(course_lab, copy, capsys):
    before = copy.read_bytes()
    publish(course_lab)
    assert cli.main(["maj", "--dossier", str(copy.parent)]) == 0
    said = capsys.readouterr().out
    kept = list((copy.parent / ".sauvegardes").iterdir())
    assert said.splitlines() == [
        "TD04_essai\u00a0: mis à jour, ce que vous aviez écrit est gardé.",
        "  texte renouvelé, vos lignes gardées\u00a0: exercice\u00a004.1. Relisez l'énoncé.",
        f"  votre version d'avant\u00a0: .sauvegardes/{kept[0].name}",
    ]
    assert [path.read_bytes() for path in kept] == [before]
    after = json.loads(copy.read_text(encoding="utf-8"))
    assert after["metadata"]["kernelspec"]["name"] == "mien"
    assert after["metadata"]["colab"] == {"provenance": []}
    assert after["nbformat_minor"] == 5
    source = "".join(next(one for one in after["cells"] if one["id"] == "pente")["source"])
    assert "LA PENTE" in source
    assert ANSWER in source


def test_a_second_time_changes_nothing(course_lab, copy):
    publish(course_lab)
    command.run(copy.parent)
    before = copy.read_bytes()
    assert command.run(copy.parent) == ["Vos TD sont à jour."]
    assert workspace.prepare(copy.parent) == []
    assert copy.read_bytes() == before


def test_a_stopped_update_leaves_the_old_file(course_lab, copy, monkeypatch):
    before = copy.read_bytes()
    publish(course_lab)

    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(os, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            command.run(copy.parent)
    assert copy.read_bytes() == before
    assert "mis à jour" in command.run(copy.parent)[0]


def test_a_workspace_from_before_the_origins(course_lab, copy):
    """The version that was given is the course's own when the ledger says so."""
    origin = copy.parent / ".cours" / "origine" / NAME
    origin.unlink()
    workspace.prepare(copy.parent)
    assert origin.read_bytes() == course_lab.read_bytes()
    origin.unlink()
    publish(course_lab)
    said = command.run(copy.parent)
    assert "la version d'origine n'est pas connue" in "\n".join(said)
    assert ANSWER in copy.read_text(encoding="utf-8")


def test_a_cut_file_is_mended_even_without_a_newer_version(course_lab, copy):
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text[: text.index("Où bascule")], encoding="utf-8")
    assert command.run(copy.parent)[0].startswith("TD04_essai\u00a0: fichier abîmé, 6\u00a0cellules retrouvées")
    assert len(json.loads(copy.read_text(encoding="utf-8"))["cells"]) == 9
    assert ANSWER in copy.read_text(encoding="utf-8")


def test_an_empty_file_is_replaced_and_jupyter_s_copy_named(course_lab, copy):
    copy.write_bytes(b"")
    (copy.parent / ".ipynb_checkpoints").mkdir()
    (copy.parent / ".ipynb_checkpoints" / "TD04_essai-checkpoint.ipynb").write_text("{}")
    said = command.run(copy.parent)
    assert said == ["TD04_essai\u00a0: le fichier était vide, le TD est remis. Une copie de Jupyter existe\u00a0: "
                    ".ipynb_checkpoints/TD04_essai-checkpoint.ipynb."]
    assert copy.read_bytes() == course_lab.read_bytes()


def test_what_cannot_be_read_is_left(course_lab, copy):
    copy.write_bytes(b"\x00\x01 mes notes")
    assert "laissé tel quel" in command.run(copy.parent)[0]
    assert copy.read_bytes() == b"\x00\x01 mes notes"


def test_an_open_course_is_not_touched(course_lab, copy, monkeypatch):
    publish(course_lab)
    monkeypatch.setattr(launch, "running", lambda folder: {"port": 1})
    with pytest.raises(Obstacle, match="Le cours est ouvert dans JupyterLab"):
        command.run(copy.parent)


def test_copies_never_replace_one_another(tmp_path):
    names = {command.kept(tmp_path / NAME, bytes([k])).name for k in range(5)}
    assert len(names) == 5
    assert {path.read_bytes() for path in (tmp_path / ".sauvegardes").iterdir()} == {bytes([k]) for k in range(5)}
