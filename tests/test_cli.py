"""The commands: what is typed, what is refused, and in which language."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course import cli

ROOT = Path(__file__).resolve().parents[1]


def test_without_command_the_course_opens():
    options = cli.parse(["--no-browser", "--port", "9000", "--dossier", "Mes TD"])
    assert (options.run, options.extra) == (cli.open_course, "")
    assert (options.no_browser, options.port, options.dossier) == (True, 9000, Path("Mes TD"))


@pytest.mark.parametrize(
    ("argv", "extra"), [(["progres"], ""), (["construire", "--verifier"], "auteur"), (["test"], "test")]
)
def test_each_command_says_which_packages_it_needs(argv, extra):
    assert cli.parse(argv).extra == extra


def test_the_folder_can_be_given_before_or_after_the_command():
    assert cli.parse(["--dossier", "a", "progres"]).dossier == Path("a")
    assert cli.parse(["progres", "--dossier", "a"]).dossier == Path("a")


def test_pytest_gets_its_arguments_in_order():
    options = cli.parse(["test", "--rapide", "-x", "-k", "repos or noise", "tests/plot"])
    assert options.rapide
    assert options.pytest == ["-x", "-k", "repos or noise", "tests/plot"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--port", "abc"], "--port\u00a0: un port entre 0 et 65535, reçu 'abc'"),
        (["--port", "70000"], "--port\u00a0: un port entre 0 et 65535, reçu '70000'"),
        (["--port"], "--port\u00a0: une valeur est attendue"),
        (["--bidule"], "argument inconnu\u00a0: --bidule"),
        (["tset"], "tset n'est pas une commande"),
        (["construire", "--verifier", "--depuis-carnet", "TD01"], "incompatible avec --verifier"),
    ],
)
def test_a_mistake_is_said_in_french(argv, said, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.parse(argv)
    assert stop.value.code == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.startswith("Usage\u00a0:")
    assert "error" not in printed


@pytest.mark.parametrize("argv", [["--help"], ["construire", "--help"], ["test", "--help"]])
def test_the_help_is_french(argv, capsys):
    with pytest.raises(SystemExit):
        cli.parse(argv)
    printed = capsys.readouterr().out
    assert "afficher cette aide" in printed
    assert not [word for word in ("show", "usage:", "positional", "exit") if word in printed]


def test_progress_is_shown(tmp_path, capsys):
    (tmp_path / ".cours").mkdir()
    record = {"version": 1, "exercices": {"01.1": {"statut": "réussi", "essais": 2}}, "pronostics": {}}
    (tmp_path / ".cours" / "progression.json").write_text(json.dumps(record), encoding="utf-8")
    assert cli.main(["progres", "--dossier", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "TD01_hodgkin_huxley\u00a0: 1 exercice réussi sur " in printed
    assert "● 01.1 " in printed
    assert "réussi (2 essais)" in printed
    assert "○ 01.2 " in printed


def test_a_refusal_is_one_sentence_and_a_code(tmp_path, capsys):
    assert cli.main(["--no-browser", "--dossier", str(ROOT / "labs")]) == 1
    assert "appartient au cours lui-même" in capsys.readouterr().err


def test_the_commands_load_nothing_heavy():
    code = "import sys, course.cli; print(*{n.split('.')[0] for n in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"numpy", "numba", "torch", "matplotlib", "IPython", "jupyterlab"} & set(done.stdout.split())
