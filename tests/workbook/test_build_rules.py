"""What a cell must respect; every fault of a file is named at once, with its file and its cell."""

import pytest

from course.workbook.build import notebooks
from tests.workbook.build_project import HEADER, SOURCE
from tests.workbook.test_build_markers import refusals


def one(head: str, body: str = "x = 1") -> str:
    (problem,) = refusals(HEADER + f"\n# %% {head}\n{body}\n")
    assert problem.startswith("solutions/TD07_droite.py, cellule ")
    return problem


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("", "l'identifiant manque"),
        ('id=""', "un identifiant en minuscules"),
        ('id="Titre"', "un identifiant en minuscules"),
        ('id="été"', "un identifiant en minuscules"),
        ('id="a_b"', "un identifiant en minuscules"),
        ('id="a--b"', "un identifiant en minuscules"),
        (f'id="{"a" * 65}"', "64 signes"),
        ("id=3", "un identifiant en minuscules"),
        ("id=mot", "en-tête illisible"),
        ('id="a" exercise="1.2"', 'exercise="dd.x"'),
        ('id="a" exercise=07.2', 'exercise="dd.x"'),
        ('id="a" exercise="07"', 'exercise="dd.x"'),
        ('id="a" exercise="08.2"', 'exercise="07.x" dans ce TD'),
        ('id="a" exercise="07.2" points=0', "strictement positif, reçu 0"),
        ('id="a" exercise="07.2" points=-1', "strictement positif, reçu -1"),
        ('id="a" exercise="07.2" points="2"', "strictement positif, reçu '2'"),
        ('id="a" exercise="07.2" points=true', "strictement positif, reçu True"),
        ('id="a" exercise="07.2" points=1e999', "strictement positif, reçu inf"),
        ('id="a" exercise="07.2" points=deux', "en-tête illisible"),
        ('id="a" points=2', "demandent aussi exercise"),
        ('id="a" exercise="07.2" manual=1', "manual=true ou manual=false"),
        ('id="a" exercice="07.2"', "métadonnée inconnue (vouliez-vous dire exercise\u00a0?)"),
        ('Titre id="a"', "métadonnée inconnue"),
        ('[md] id="a"', "métadonnée inconnue"),
        ('id="a" tags=["Solution"]', "étiquette inconnue (vouliez-vous dire solution\u00a0?)"),
        ('id="a" tags="solution"', "métadonnées refusées"),
    ],
)
def test_a_head_is_refused_with_the_rule_and_the_value(head, words):
    assert words in one(head)


def test_a_doubled_id_names_both_cells():
    (problem,) = refusals(HEADER + '\n# %% id="a"\nx = 1\n\n# %% id="a"\ny = 1\n')
    assert problem.endswith("identifiant déjà pris par la cellule «\u00a0a\u00a0» (ligne\u00a015)")
    assert "(ligne\u00a018)" in problem


def test_every_fault_of_a_file_is_named_at_once():
    source = SOURCE.replace('id="brut"', 'id="Brut"').replace('points=2', "points=-2")
    source = source.replace('id="fin"', 'id="titre"').replace("    ### END SOLUTION\n", "", 1)
    problems = refusals(source)
    assert len(problems) == 4
    assert len({problem.split("\u00a0: ")[0] for problem in problems}) == 3  # two in one cell


def test_an_unreadable_head_does_not_hide_another():
    problems = refusals(HEADER + "\n# %% id=mot\nx = 1\n\n# %% id=autre\ny = 1\n")
    assert len(problems) == 2


@pytest.mark.parametrize("code", ["x = = 1", "def f(:", "return 1", "x = 'a\\p'", "x = (1,", 's = """'])
def test_python_is_compiled(code):
    assert "Python invalide" in one('id="a"', code)


@pytest.mark.parametrize(
    "code",
    [
        "%matplotlib inline\nx = 1", "# %time x = 1", "!ls", "files = !ls", "%%time\nx = 1", "%%bash\nls | wc",
        "x?", "if x:\n    %time y = 1", "r = (17\n     % 5)", "await f()", "x = 1;",
    ],
)  # fmt: skip
def test_magics_are_tolerated(code):
    assert notebooks("TD07_droite", HEADER + f'\n# %% id="a"\n{code}\n')


def test_a_comment_that_would_become_a_command_is_refused():
    assert "prend pour une commande" in one('id="a"', "x = 1\n# cd puis ls")


def test_a_cell_has_fifteen_lines_in_the_lab():
    given = "\n".join(f"x{k} = {k}" for k in range(14))
    hidden = "\n".join(f"y = {k} + x + z" for k in range(9))
    code = f"{given}\n### BEGIN SOLUTION\n{hidden}\n### END SOLUTION"
    assert notebooks("TD07_droite", HEADER + f'\n# %% id="a"\n{code}\n')
    assert "15\u00a0lignes au plus dans le TD, reçu 16" in one('id="a"', "z = 0\n" + code)
    dropped = "\n".join(f"x{k} = {k}" for k in range(30))
    assert notebooks("TD07_droite", HEADER + f'\n# %% id="a" tags=["solution"]\n{dropped}\n# %% id="b"\nx\n')


def test_a_line_of_code_has_79_columns_and_prose_any_number():
    assert notebooks("TD07_droite", HEADER + f'\n# %% id="a"\nx = "{"é" * 73}"\n')
    assert "79\u00a0colonnes au plus, reçu 80" in one('id="a"', f'x = "{"é" * 74}"')
    assert notebooks("TD07_droite", HEADER + f'\n# %% [markdown] id="a"\n# {"mot " * 50}\n')


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "aucune cellule"),
        ("x = 1\n", "aucune cellule"),
        ('x = 1\n# %% id="a"\n', "ligne\u00a01\u00a0: du code avant la première cellule"),
    ],
)
def test_a_file_starts_with_comments_and_has_cells(source, words):
    assert words in refusals(source)[0]


def test_the_error_stands_alone():
    with pytest.raises(Exception, match="en-tête illisible") as refused:
        notebooks("TD07_droite", HEADER + "\n# %% id=mot\nx = 1\n")
    assert refused.value.__cause__ is None
