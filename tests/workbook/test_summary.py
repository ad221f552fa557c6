"""What the index and `course progres` show."""

import html
import json
import re
from pathlib import Path

from course.exercises import every_exercise
from course.workbook import summary

ROOT = Path(__file__).resolve().parents[2]


def recorded(folder: Path, **statuses: tuple[str, int]) -> Path:
    """A workspace with these statuses: `td01_1=("réussi", 2)`."""
    entries = {
        f"{name[2:4]}.{name[5:]}": {"statut": status, "essais": tries}
        for name, (status, tries) in statuses.items()
    }
    (folder / ".cours").mkdir()
    record = {"version": 1, "exercices": entries, "pronostics": {}}
    (folder / ".cours" / "progression.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_every_declared_exercise_is_in_a_lab():
    assert {row.id for row in summary.rows(ROOT / "absent")} == {one.id for one in every_exercise()}


def test_nothing_recorded_is_to_do(tmp_path):
    assert {(row.status, row.tries) for row in summary.rows(tmp_path)} == {("à faire", 0)}


def test_the_statuses_are_those_of_the_workspace(tmp_path):
    table = summary.rows(recorded(tmp_path, td01_1=("réussi", 1), td01_2=("presque", 3)))
    td01 = summary.by_lab(table)["TD01_hodgkin_huxley"]
    assert [(row.status, row.tries) for row in td01[:3]] == [("réussi", 1), ("presque", 3), ("à faire", 0)]
    text = summary.as_text(table)
    assert f"TD01_hodgkin_huxley\u00a0: 1 exercice réussi sur {len(td01)}\n" in text
    assert f"● 01.1  {td01[0].title} — réussi (1 essai)" in text
    assert f"◑ 01.2  {td01[1].title} — presque (3 essais)" in text
    assert text.index("TD00_") < text.index("TD01_")


def test_one_goes_on_in_the_lab_one_has_begun(tmp_path):
    table = summary.rows(recorded(tmp_path, td01_1=("réussi", 1), td01_2=("presque", 3), td00_1=("réussi", 1)))
    assert summary.onward(table).id == "01.2"
    title = next(row.title for row in table if row.id == "01.2")
    assert summary.as_text(table).splitlines()[0] == f"Continuer\u00a0: TD01, exercice 01.2, {title}"
    assert "<a href='TD01_hodgkin_huxley.ipynb'>Continuer" in summary.Summary(table)._repr_html_()


def test_one_begins_at_the_beginning_and_ends_at_the_end(tmp_path):
    table = summary.rows(tmp_path)
    assert summary.onward(table) == table[0]
    done = [summary.Row(row.lab, row.id, row.title, "réussi", 1) for row in table]
    first = [row for row in table if row.lab == table[0].lab]
    assert summary.onward(done[: len(first)] + table[len(first) :]) == table[len(first)]
    assert summary.onward(done) is None
    assert not summary.as_text(done).startswith("Continuer")


def test_the_notebook_shows_a_table_that_a_screen_reader_can_read(tmp_path, monkeypatch):
    recorded(tmp_path, td01_1=("réussi", 1))
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.chdir(tmp_path)
    shown = summary.avancement()
    page = shown._repr_html_()
    labs = summary.by_lab(shown.table)
    assert page.count("<tr>") == len(shown.table) + len(labs)
    assert page.count("scope='col'") == 4 * len(labs)
    assert "<caption><a href='TD01_hodgkin_huxley.ipynb'>" in page
    cells = [html.unescape(re.sub("<.*?>", "", cell)) for cell in re.findall(r"<td.*?</td>", page)]
    first = cells.index("01.1")
    assert cells[first : first + 4] == ["01.1", labs["TD01_hodgkin_huxley"][0].title, "● réussi", "1"]
    assert repr(shown) == summary.as_text(shown.table)


def test_a_title_is_no_html():
    row = summary.Row("TD01", "01.1", "V < 0 & n", "à faire", 0)
    assert "V &lt; 0 &amp; n" in summary.Summary([row])._repr_html_()


def test_the_plural():
    rows = [summary.Row("TD01", f"01.{k}", "", status, 1) for k, status in enumerate(["réussi"] * 2 + ["erreur"])]
    assert summary.passed(rows) == "2 exercices réussis sur 3"
    assert summary.passed(rows[2:]) == "0 exercice réussi sur 1"
