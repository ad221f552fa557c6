"""Marks between our table and nbgrader's: nothing is lost that both can say."""

import csv
import io

import pytest

from course import cli
from course._install import Obstacle
from course.grading.nbgrader import gradebook
from course.grading.results import exercises_of
from tests.grading.submissions import lab

IDS = list(exercises_of(lab()))
HEAD = ";".join(["étudiant", *IDS, "total automatique", "remarque", "fichier"])


def notes(*rows):
    """A notes.csv: (student, {exercise: mark}, total); what is not said is « 0 », an open answer empty."""
    empty = {id: "" if id.endswith("x") else "0" for id in IDS}
    lines = [";".join([who, *(empty | marks).values(), total, "", "a.ipynb"]) for who, marks, total in rows]
    return "\ufeff" + "\r\n".join([HEAD, *lines]) + "\r\n"


def as_rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_our_marks_in_nbgraders_columns():
    text, said = gradebook.to_nbgrader(notes(("zoé", {"04.1": "1", "04.5": "1,5", "04.1x": "0,5"}, "2,5"))[1:])
    assert text.split("\n")[0] == (
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,"
        "late_submission_penalty,score,max_score"
    )
    (row,) = as_rows(text)
    assert (row["assignment"], row["student_id"]) == ("TD04", "zoé")
    assert [float(row[name]) for name in gradebook.COLUMNS[-4:]] == [3, 0, 3, 33]
    assert said == ["Étudiants\u00a0: 1, TD04, sur 33.", "Notes à la main qui manquent, comptées zéro\u00a0: 6."]


def test_there_and_back_the_total_stays():
    given = notes(("zoé", {"04.1": "1"}, "1"), ("'=1+1", {"04.7": "2,25"}, "2,25"))
    there = gradebook.to_nbgrader(given[1:])[0]
    back = gradebook.from_nbgrader(there)[0]
    assert gradebook.to_nbgrader(back[1:])[0] == there
    table = list(csv.reader(io.StringIO(back[1:]), delimiter=";"))
    assert ";".join(table[0]) == HEAD
    assert [(row[0], row[-3]) for row in table[1:]] == [("zoé", "1"), ("'=1+1", "2,25")]


def test_what_nbgrader_wrote():
    text = ",".join(gradebook.COLUMNS) + (
        "\nTD04,,2026-11-23 08:00:00,zoe,,,,5.5,1.0,4.5,33.0\nTD04,,,max,,,,0.0,0.0,0.0,33.0"
        "\nTD01,,,max,,,,9.0,0.0,9.0,20.0\n"
    )
    with pytest.raises(Obstacle, match=r"Précisez --td \(dans ce fichier\u00a0: TD01, TD04\)"):
        gradebook.from_nbgrader(text)
    rows = list(csv.reader(io.StringIO(gradebook.from_nbgrader(text, "4")[0]), delimiter=";"))
    assert [(row[0], *row[-3:-1]) for row in rows[1:]] == [
        ("zoe", "4,5", "pénalité de retard\u00a0: 1"), ("max", "0", "rien de rendu sur nbgrader"),
    ]


@pytest.mark.parametrize(("text", "why"), [
    (notes(("zoé", {}, "0"), ("zoé", {}, "0")), "zoé a deux lignes"),
    (notes(("zoé", {"04.2": "bien"}, "0")), "zoé\u00a0: une note est un nombre, reçu 'bien'"),
    (HEAD + "\r\nzoé;1\r\n", "Ligne 2\u00a0: 25 colonnes attendues, reçu 2"),
    (HEAD + "\r\n", "aucun étudiant"),
    ("nom;note\r\n", "n'est ni un notes.csv"),
    (",".join(gradebook.COLUMNS) + "\n", "aucun TD"),
])
def test_what_is_refused(tmp_path, capsys, text, why):
    (tmp_path / "lu.csv").write_text(text, encoding="utf-8", newline="")
    assert cli.main(["notes-nbgrader", str(tmp_path / "lu.csv"), "--sortie", str(tmp_path / "x.csv")]) == 1
    assert why in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()


def test_the_command(tmp_path, capsys):
    (tmp_path / "notes.csv").write_text(notes(("zoé", {"04.1": "1"}, "1")), encoding="utf-8", newline="")
    argv = ["notes-nbgrader", str(tmp_path / "notes.csv"), "--sortie", str(tmp_path / "grades.csv")]
    assert cli.main(argv) == 0
    assert "Écrit\u00a0: " in capsys.readouterr().out
    assert len(as_rows((tmp_path / "grades.csv").read_text(encoding="utf-8"))) == 1
