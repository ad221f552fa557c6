"""Marks given by a person: asked once for each answer, read back, never lost, never given to somebody else."""

import csv
import io

import pytest

from course._install import Obstacle
from course.grading import by_hand, grading, kernels, sandbox
from course.grading.by_hand import CHANGED, COLUMNS
from tests.grading.submissions import answered, bytes_of

HOSTILE = "<script>alert(1)</script> =HYPERLINK(\"http://x\")"


@pytest.fixture
def grade(tmp_path, monkeypatch):
    """Grades the answers to 04.1x that it is given, by student; the folder of the results."""
    monkeypatch.setattr(kernels, "prepared", lambda *_: [])  # no model in these answers

    def run(answers: dict[str, str], **options):
        folder, out = tmp_path / "rendus", tmp_path / "notes"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for student, text in answers.items():
            (folder / f"{student}.ipynb").write_bytes(bytes_of(answered({"04.1x": f"# {text}"})))
        run.lines = list(grading.grade(folder, "04", out, boxed=bool(sandbox.at_hand()), **options))
        return out

    return run


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def fill(out, **marks):
    """As a person does: points and a comment in the rows of these students."""
    path = out / by_hand.NAME
    filled = [row | dict(zip(("points", "commentaire"), marks.get(row["étudiant"], (row["points"], row["commentaire"])),
                             strict=True)) for row in rows(path)]  # fmt: skip
    file = io.StringIO()
    table = csv.DictWriter(file, COLUMNS, delimiter=";")
    table.writeheader()
    table.writerows(filled)
    path.write_text(file.getvalue(), encoding="utf-8-sig")


def mark(out, student):
    return next(row for row in rows(out / "notes.csv") if row["étudiant"] == student)


def test_each_answer_has_a_row_to_fill_and_a_place_on_the_page_of_its_question(grade):
    out = grade({"Ana": "La pente est plus raide.", "Zoé": HOSTILE})
    assert {(row["étudiant"], row["exercice"], row["points"]) for row in rows(out / by_hand.NAME)} == {
        ("Ana", "04.1x", ""), ("Zoé", "04.1x", "")}  # fmt: skip
    page = (out / "questions" / "04.1x.html").read_text(encoding="utf-8")
    assert "La pente est plus raide." in page
    assert "Réponse attendue" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "BEGIN SOLUTION" not in page
    assert any("à noter\u00a0: 2" in line for line in grade.lines)


def test_marks_reach_the_table_and_the_student_s_page(grade):
    answers = {"Ana": "La pente est plus raide.", "Zoé": HOSTILE}
    out = grade(answers)
    assert mark(out, "Ana")["04.1x"] == ""
    fill(out, Ana=("0,5", "À préciser & compléter"))
    grade(answers)
    assert mark(out, "Ana")["04.1x"] == mark(out, "Ana")["total"] == "0,5"
    assert mark(out, "Ana")["total automatique"] == "0"
    assert mark(out, "Zoé")["04.1x"] == ""
    page = next((out / "etudiants").glob("*Ana*")).read_text(encoding="utf-8")
    assert "Note\u00a0: 0,5 sur 1" in page
    assert "À préciser &amp; compléter" in page
    assert any("à noter\u00a0: 1" in line for line in grade.lines)


def test_a_copy_handed_in_again_keeps_its_mark_and_says_what_changed(grade):
    out = grade({"Ana": "La pente.", "Zoé": "Le gain."})
    fill(out, Ana=("1", "bien"), Zoé=("0.5", ""))
    grade({"Ana": "La pente, plus raide.", "Zoé": "Le gain.", "Bob": "Rien."})
    kept = {row["étudiant"]: row for row in rows(out / by_hand.NAME)}
    assert kept["Ana"]["points"] == "1"
    assert CHANGED in kept["Ana"]["commentaire"]
    assert kept["Zoé"]["points"] == "0,5"
    assert not kept["Zoé"]["commentaire"]
    assert kept["Bob"]["points"] == ""


def test_the_mark_of_a_copy_that_is_gone_is_not_lost(grade):
    out = grade({"Ana": "La pente.", "Zoé": "Le gain."})
    fill(out, Ana=("1", "bien"))
    grade({"Zoé": "Le gain."})
    assert {row["étudiant"]: row["points"] for row in rows(out / by_hand.NAME)} == {"Zoé": "", "Ana": "1"}
    grade({"Ana": "La pente.", "Zoé": "Le gain."})
    assert mark(out, "Ana")["04.1x"] == "1"


def test_numbered_copies_keep_their_marks_when_a_copy_comes_in(grade):
    """The numbers move; a mark follows the file."""
    answers = {f"É{k}": f"Réponse {k}." for k in range(5)}
    out = grade(answers, named=False)
    key = by_hand.digest("r", "# Réponse 3.")
    number = next(row["étudiant"] for row in rows(out / by_hand.NAME) if row["réponse"] == key)
    fill(out, **{number: ("1", "")})
    grade({**answers, "A": "Une autre.", "B": "Encore."}, named=False)
    given = [row for row in rows(out / by_hand.NAME) if row["points"]]
    assert [row["réponse"] for row in given] == [key]
    whose = next(row["copie"] for row in rows(out / "correspondance.csv") if row["étudiant"] == "É3")
    assert given[0]["étudiant"] == whose
    assert mark(out, whose)["04.1x"] == "1"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": "2"}, "ligne 2, points\u00a0: un nombre de 0 à 1, reçu «\u00a02\u00a0»"),
        ({"points": "-0,5"}, "ligne 2, points"),
        ({"points": "bien"}, "reçu «\u00a0bien\u00a0»"),
        ({"étudiant": ""}, "ligne 2, étudiant\u00a0: la case est vide"),
        ({"sur": ""}, "ligne 2, sur"),
    ],
)
def test_a_mark_that_cannot_be_one_is_refused_before_anything_runs(tmp_path, change, said):
    row = {"étudiant": "Ana", "exercice": "04.1x", "points": "1", "sur": "1", "commentaire": "", "réponse": "r-1",
           "copie": "c-1"} | change  # fmt: skip
    path = tmp_path / by_hand.NAME
    path.write_text(";".join(row) + "\n" + ";".join(row.values()), encoding="utf-8")
    with pytest.raises(Obstacle, match=said):
        by_hand.read(path)


@pytest.mark.parametrize(("encoding", "separator"), [("cp1252", ";"), ("utf-8", ","), ("utf-8-sig", "\t")])
def test_what_a_spreadsheet_saves_is_read(tmp_path, encoding, separator):
    path, separated = tmp_path / by_hand.NAME, separator.join
    given = ("Zoé", "04.1x", '"0,5"', "1", "été", "r-1", "c-1")
    path.write_bytes(f"{separated(COLUMNS)}\r\n{separated(given)}\r\n\r\n".encode(encoding))
    (one,) = by_hand.read(path)
    assert (one.student, one.points, one.comment) == ("Zoé", 0.5, "été")


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / by_hand.NAME).write_text("étudiant;exercice\nAna;04.1x\n", encoding="utf-8")
    with pytest.raises(Obstacle, match="il manque la colonne points, sur, commentaire, réponse, copie"):
        by_hand.read(tmp_path / by_hand.NAME)


def test_the_truth_of_a_mystery_neuron_is_made_again_from_its_seed():
    """From the number in the notebook, without running it; a hostile notebook gets no further."""
    from course.exercises.td03.mystery import neurone_mystere
    from course.exercises.td03.probing import MYSTERY
    from course.grading.results import named_numbers
    from course.workbook.salvage import Page

    def page(*sources):
        return Page([{"cell_type": "code", "metadata": {}, "source": source} for source in sources])

    numbers = named_numbers(page("graine = 1", "%matplotlib inline\ngraine = 31_415", "graine = (", "graine = f()"))
    assert numbers == {"graine": 31415}
    truth = neurone_mystere(31415)._truth
    said = MYSTERY.told(numbers).replace("\u00a0", " ")
    assert said.startswith("graine 31415 : tau = " + f"{truth['tau']:.2f}".replace(".", ","))
    for other in ({}, {"graine": -1}, {"graine": 2.5}, {"graine": 10**30}):
        assert MYSTERY.told(other) == "La graine de ce carnet ne se lit pas."


@pytest.mark.skipif(not sandbox.at_hand(), reason="pas de bac à sable sur cette machine")
def test_the_page_of_the_mystery_says_each_one_s_truth(tmp_path, monkeypatch):
    from course.exercises.td03.probing import MYSTERY
    from tests.grading.submissions import lab

    monkeypatch.setattr(kernels, "prepared", lambda *_: [])
    (tmp_path / "rendus").mkdir()
    page = lab("03")
    for cell in page.cells:
        if 'estimation = {"tau": None' in cell["source"]:
            cell["source"] = cell["source"].replace('"tau": None', '"tau": (12, 1)', 1)
        cell["source"] = cell["source"].replace("graine = 2018", "graine = 77")
    (tmp_path / "rendus" / "Ana.ipynb").write_bytes(bytes_of(page))
    list(grading.grade(tmp_path / "rendus", "03", tmp_path / "notes"))
    said = (tmp_path / "notes" / "questions" / "03.9.html").read_text(encoding="utf-8")
    assert MYSTERY.told({"graine": 77}).split(",")[0] in said
