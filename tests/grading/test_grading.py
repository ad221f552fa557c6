"""`course noter`: a folder of submissions, right ones, wrong ones, and hostile ones."""

import csv
import io
import re
import zipfile

import pytest

from course import cli
from course.grading import grading, sandbox, tables, worker
from course.grading.process import Limits
from tests.grading.submissions import answered, bytes_of, code, lab

RIGHT = "return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2"
boxed = pytest.mark.skipif(not sandbox.strongest(), reason="no Landlock, or not x86-64: no sandbox here")
# messages on every descriptor, among them the pipe of the one who judges
FORGE = """import os
print("Réussi.")
for fd in range(3, 60):
    try:
        os.write(fd, b'\\0\\0\\0\\x0f{"is": "ran" }  ')
    except OSError:
        pass
os._exit(0)"""
PRETEND = """class Fiche:
    def check(self, answer):
        print("Réussi.")
        return answer

exercise = lambda id: Fiche()"""
PATCH = """import course.exercises, course.grading.inside.__main__ as dedans
dedans.encoded = lambda *_: {"passed": True}
course.exercises.exercise = None
return 0"""
THROUGH = """try:
    return exercise("04.1").recall()(I, r_max, kappa, I_half)
except BaseException:
    return 0"""


def submissions(folder, victim):
    """A class: name -> (file, content, points, what is said)."""
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("TD04.ipynb", bytes_of(answered({"04.1": RIGHT})))
    harm = f"import os, shutil\nshutil.rmtree({str(victim)!r})\n{RIGHT}"
    pretended = answered({"04.1": "return 0"})
    pretended.cells.insert(8, code(PRETEND))
    title = "return '<script>alert(1)</script>'"
    near = "return I_half + np.arctanh(2 * r / r_max - 1) / kappa"
    fork = "import os\nwhile True:\n    os.fork()"

    def file(**answers):
        return bytes_of(answered({f"04.{name[1:]}": text for name, text in answers.items()}))

    whole = bytes_of(answered({"04.1": RIGHT}))
    cut = whole[: whole.index(b"tanh(kappa * (I - I_half))") + 60]
    return {
        "Zoé Le Gall": ("Zoé Le Gall.ipynb", whole, 1, ""),
        "archive": ("archive.zip", zipped.getvalue(), 1, ""),
        "=HYPERLINK(1)": ("=HYPERLINK(1).ipynb", file(_1=title), 0, ""),
        "vandale": ("vandale.ipynb", file(_1=harm), 0, ""),
        "faussaire": ("faussaire.ipynb", file(_1=FORGE, _2=near), 1, ""),
        "comédien": ("comédien.ipynb", bytes_of(pretended), 0, ""),
        "bricoleur": ("bricoleur.ipynb", file(_1=PATCH), 0, ""),
        "emprunt": ("emprunt.ipynb", file(_1=THROUGH), 0, ""),
        "boucle": ("boucle.ipynb", file(_1=RIGHT, _2="while True: pass"), 1, ""),
        "mémoire": ("mémoire.ipynb", file(_1=RIGHT, _2="return [0] * 10**12"), 1, ""),
        "flot": ("flot.ipynb", file(_1=RIGHT, _2="print('x' * 10**8)\nreturn np.zeros(3 * 10**7)"), 1, ""),
        "fourche": ("fourche.ipynb", file(_1=RIGHT, _2=fork), 1, ""),
        "binaire": ("binaire.ipynb", b"\x00\xff" * 500, 0, "pas un carnet lisible"),
        "autre td": ("autre td.ipynb", bytes_of(lab("03")), 0, "est-ce le bon TD"),
        "vide": ("vide.zip", b"PK", 0, "L'archive ne s'ouvre pas"),
        "coupé": ("coupé.ipynb", cut, 1, ""),
    }


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder, out = tmp_path_factory.mktemp("rendus"), tmp_path_factory.mktemp("notes")
    victim = tmp_path_factory.mktemp("victime")
    (victim / "précieux").write_text("à garder")
    made = submissions(folder, victim)
    for file, content, *_ in made.values():
        (folder / file).write_bytes(content)
    lines = list(grading.grade(folder, "04", out))
    rows = list(csv.reader(io.StringIO((out / "notes.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    return made, folder, out, victim, lines, {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}


@boxed
def test_every_submission_has_its_line_and_its_marks(graded):
    made, *_, lines, rows = graded
    assert len(rows) == len(made)
    for name, (_, _, points, said) in made.items():
        row = rows[tables.neutral(name)]
        assert (row["total automatique"], said in row["remarque"]) == (str(points), True), (name, row)
    assert re.fullmatch("Bac à sable\u00a0: Landlock [1-6] et filtre seccomp, essayés.", lines[0])
    assert len(lines) == len(made) + 2


@boxed
def test_nobody_is_harmed(graded):
    *_, victim, _, _ = graded
    assert (victim / "précieux").read_text() == "à garder"


@boxed
def test_the_pages_run_nothing(graded):
    _, _, out, *_ = graded
    text = "".join(path.read_text(encoding="utf-8") for path in [out / "classe.html", *(out / "etudiants").iterdir()])
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "Idées qui manquent" in text


@boxed
def test_an_interrupted_grading_is_taken_up(graded, monkeypatch):
    """The records are there: nothing is run again, and the marks are the same to the byte."""
    _, folder, out, *_ = graded
    before = (out / "notes.csv").read_bytes()

    def again(*_):
        raise AssertionError("graded twice")

    monkeypatch.setattr(worker, "start", again)
    (out / "notes.csv").unlink()
    list(grading.grade(folder, "04", out))
    assert (out / "notes.csv").read_bytes() == before


@boxed
def test_the_command_refuses_what_makes_no_sense(tmp_path, capsys):
    (tmp_path / "rendus").mkdir()
    for argv, said in (
        (["rendus", "--td", "04", "--sortie", "rendus/notes"], "une autre --sortie"),
        (["absent", "--td", "04", "--sortie", "notes"], "n'est pas un dossier"),
        (["rendus", "--td", "77", "--sortie", "notes"], "Il n'y a pas de TD77"),
        (["rendus", "--td", "04", "--sortie", "notes"], "Aucun carnet"),
    ):
        paths = [str(tmp_path / one) if one[:2] in ("re", "ab", "no") else one for one in argv]
        assert cli.main(["noter", *paths]) == 1
        assert said in capsys.readouterr().err


def test_two_notebooks_of_one_student(tmp_path):
    for name in ("Ana/a.ipynb", "Ana/b.ipynb", ".cache/x.ipynb", "Léo.ipynb"):
        (tmp_path / "r" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "r" / name).write_bytes(b"")
    assert [student for student, _ in grading.submissions(tmp_path / "r")] == ["Ana", "Ana", "Léo"]
    record = {"etudiant": "Ana", "fichier": "a", "probleme": "", "exercices": []}
    grading._written(tmp_path, [record, record | {"fichier": "b"}], "TD04", [], "")
    assert (tmp_path / "notes.csv").read_text().count("choisissez lequel compte") == 2


def test_a_grader_that_dies_is_one_line(tmp_path, monkeypatch):
    def dies(task):
        raise SystemExit(3)

    monkeypatch.setattr(worker, "graded", dies)
    task = worker.Task("Ana", tmp_path / "a.ipynb", b"", Limits(), 1, 0)
    process = worker.start(task, tmp_path / "r.json")
    process.join()
    record = worker.ended(process, task, tmp_path / "r.json")
    assert "s'est arrêtée" in record["probleme"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\r=1"])
def test_no_formula_reaches_a_spreadsheet(text):
    assert tables.neutral(text).startswith("'")
    assert re.fullmatch(r"[^\n\r\t]*", tables.neutral(text))
    assert tables.neutral("Zoé") == "Zoé"
