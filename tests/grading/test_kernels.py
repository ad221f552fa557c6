"""What a copy finds compiled: enough to run the models of every TD, and nothing that it can change."""

import hashlib
from pathlib import Path

import pytest

from course.grading import kernels, sandbox
from course.grading.inside import landlock
from course.grading.process import ROOT, Limits
from course.grading.results import lab_page, results
from course.grading.walls import NONE, Walls
from tests.grading.submissions import LABS, bytes_of

boxed = pytest.mark.skipif(not sandbox.at_hand(), reason="pas de bac à sable sur cette machine")
VANDAL = """
import ctypes, os
from pathlib import Path
here = Path(os.environ["COURSE_KERNELS"])
done = []
for name, act in {
    "lister": lambda: os.listdir(here),
    "ajouter": lambda: (here / "ajout.o").write_bytes(b"x"),
    "remplacer": lambda: os.replace(here / NAME, here / "autre"),
    "écrire": lambda: open(here / NAME, "r+b").write(b"x"),
    "vider": lambda: os.truncate(here / NAME, 0),
    "effacer": lambda: os.remove(here / NAME),
    "rendre inscriptible": lambda: os.chmod(here, 0o777),
    "lier": lambda: os.symlink("/etc/passwd", here / "lien"),
}.items():
    try:
        act()
    except OSError:
        continue
    done.append(name)
raise RuntimeError("|".join(done) + "|" + str((here / NAME).is_file()))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """The kernels of TD01, whose exercise 01.6 runs a model."""
    folder = tmp_path_factory.mktemp("correction")
    name, lab = lab_page(LABS, "01")
    assert kernels.prepared(name, lab, folder, sandbox.at_hand(), Limits()) == []
    return folder


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_models_of_the_answers_are_compiled_before_the_first_copy(place):
    assert {path.suffix for path in place.iterdir()} == {".py", ".o"}


@boxed
def test_a_perfect_copy_runs_its_models_in_the_sandbox_even_with_nothing_compiled(tmp_path):
    """A model of the student's own is in no cache: it is compiled in memory."""
    name, lab = lab_page(LABS, "02")
    page = (ROOT / "solutions" / f"{name}.ipynb").read_bytes()
    found = results(page, lab, Limits(cell=60.0), walls=sandbox.at_hand(), kernels=tmp_path)
    assert [one.id for one in found if not one.manual and one.earned < one.points] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("walls", [Walls(1), Walls(6), Walls(0, True), Walls(6, True)], ids=str)
def test_a_copy_reads_the_kernels_it_can_name_and_changes_nothing(place, walls):
    from course.grading.process import Process

    if walls.landlock > landlock.version() or not sandbox.starts(walls):
        pytest.skip("no such walls here")
    before, name = digest(place), next(path.name for path in sorted(place.iterdir()) if path.suffix == ".o")
    process = Process(Limits(), walls, place)
    try:
        process.ready()
        ask = {"do": "run", "source": VANDAL.replace("NAME", repr(name)), "name": "<essai>", "limit": 20.0}
        process.pipe.send(ask)
        said = process.pipe.receive(30.0)
    finally:
        process.end()
    assert said["message"] == ("|True" if walls.landlock else "lister|True")  # only Landlock hides the names
    assert digest(place) == before


def test_without_its_solutions_the_course_still_compiles(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "ROOT", tmp_path)
    name, lab = lab_page(LABS, "01")
    assert kernels.prepared(name, lab, tmp_path, NONE, Limits()) == []
    assert any(path.suffix == ".o" for path in tmp_path.iterdir())


def test_an_answer_of_the_course_that_fails_here_is_named(place, monkeypatch):
    """As if this machine could not run what 01.1 needs."""
    name, lab = lab_page(LABS, "01")
    monkeypatch.setattr(kernels, "ROOT", place.parent)
    (place.parent / "solutions").mkdir()
    (place.parent / "solutions" / f"{name}.ipynb").write_bytes(bytes_of(lab))
    failed = kernels.prepared(name, lab, place, NONE, Limits())
    assert "01.1" in failed
