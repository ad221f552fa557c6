"""Markers: what becomes a stub, what is refused, and the proof that a lab shows no solution."""

import pytest

from course.workbook.build import BuildError, notebooks
from course.workbook.markers import faults, misspelt, stubbed
from tests.workbook.build_project import HEADER, SOURCE


def refusals(source: str, name: str = "TD07_droite") -> list[str]:
    with pytest.raises(BuildError) as refused:
        notebooks(name, source)
    return refused.value.problems


def test_a_stub_has_the_indent_of_its_marker():
    code = "if x:\n    a = (\n        ### BEGIN SOLUTION\n        2\n        ### END SOLUTION\n    )\n"
    assert stubbed(code) == "if x:\n    a = (\n        ...  # À compléter\n    )\n"


def test_two_solutions_in_one_cell_give_two_stubs():
    part = "### BEGIN SOLUTION\nx = {}\n### END SOLUTION"
    assert stubbed(part.format(1) + "\ny = 0\n" + part.format(2)).count("À compléter") == 2


def test_an_untouched_stub_is_valid_python_and_returns_none():
    space = {}
    exec(stubbed("def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"), space)
    assert space["f"](1) is None


@pytest.mark.parametrize(
    "line",
    [
        "### Begin solution", "#### BEGIN SOLUTION", "### BEGIN SOLUTIONS", "### SOLUTION BEGIN",
        "## BEGIN SOLUTION", "# begin solution", "###BEGIN SOLUTION", "### BEGIN  SOLUTION",
        "### BEGIN_SOLUTION", "### BEGINSOLUTION", "### BEGIN SOLUTION:", "### BEGN SOLUTION",
        "### BEGIN SOLUTON", "### END SOLUTION ###", "### END-SOLUTION", "### DÉBUT SOLUTION",
        "### FIN SOLUTION", "### END SOLUTIONS", "x = 1  ### BEGIN SOLUTION", "### Solution end",
    ],
)  # fmt: skip
def test_a_misspelt_marker_is_seen(line):
    assert misspelt(line)
    assert "marqueur mal écrit" in faults("x = 1\n" + line)[0][1]


@pytest.mark.parametrize(
    "line",
    [
        "### BEGIN SOLUTION", "    ### END SOLUTION  ", "# La solution de l'équation", "## Solution exacte",
        "solution = solve(f)", "# une solution par fin de cycle", "# on calcule la solution", "### Bilan",
    ],
)  # fmt: skip
def test_an_innocent_line_is_no_marker(line):
    assert not misspelt(line)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("### BEGIN SOLUTION\nx = 1", "sans ### END SOLUTION"),
        ("x = 1\n### END SOLUTION", "sans ### BEGIN SOLUTION"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "déjà ouverte"),
        ("### BEGIN SOLUTION\n\n### END SOLUTION", "rien entre"),
        ("if x:\n    ### BEGIN SOLUTION\n    y = 1\n### END SOLUTION", "aligné"),
    ],
)
def test_unbalanced_markers_are_refused_with_their_cell(code, words):
    (problem,) = refusals(HEADER + f'\n# %% id="faute"\n{code}\n')
    assert problem.startswith("solutions/TD07_droite.py, cellule «\u00a0faute\u00a0» (ligne\u00a0")
    assert words in problem


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        ('id="a" tags=["solution"]', "### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "étiquetée"),
        ('[raw] id="a"', "# ### BEGIN SOLUTION\n# x\n# ### END SOLUTION", "cellule brute"),
        ('[markdown] id="a"', "# ### BEGIN SOLUTION\n# x\n# ### END SOLUTION", "manual=true"),
        ('[markdown] id="a" exercise="07.1" manual=true', "# Pourquoi ?", "réponse attendue"),
    ],
)
def test_markers_have_their_place(head, body, words):
    (problem,) = refusals(HEADER + f"\n# %% {head}\n{body}\n")
    assert words in problem


def test_a_lab_that_is_no_longer_python_is_refused():
    code = "for k in x:\n    ### BEGIN SOLUTION\n    if k:\n        ### END SOLUTION\n        y = 1"
    assert "aligné" in refusals(HEADER + f'\n# %% id="a"\n{code}\n')[0]
    code = "x = [\n### BEGIN SOLUTION\n1,\n### END SOLUTION\n2]"  # `... 2` is no list
    (problem,) = refusals(HEADER + f'\n# %% id="a"\n{code}\n')
    assert "Python invalide dans le TD" in problem


@pytest.mark.parametrize(
    "cell",
    [
        '# %% id="plus-loin"\nz = a*x+4\n',  # whatever the spaces
        '# %% id="plus-loin"\ny  =  a * x + 4  # la droite\n',
        '# %% [markdown] id="plus-loin"\n# On trouve `y = a * x + 4`.\n',
        '# %% [markdown] id="plus-loin"\n# Parce que la droite ne passe pas par zéro, évidemment.\n',
        '# %% [raw] id="plus-loin"\n# y = a * x + 4\n',
    ],
)
def test_a_solution_line_in_the_lab_is_refused(cell):
    source = SOURCE.replace("    y = a * x + 4\n    return y\n", "    y = a * x + 4\n    return a * x + 4\n")
    problems = refusals(source + "\n" + cell)
    assert all("cellule «\u00a0plus-loin\u00a0»" in problem for problem in problems)
    assert all("ligne de la solution" in problem for problem in problems)


def test_a_stub_that_forgets_to_hide_is_caught(monkeypatch):
    monkeypatch.setattr("course.workbook.markers.stubbed", lambda text, stub="": text)
    problems = refusals(SOURCE)
    assert "la solution de la cellule «\u00a0droite-coder\u00a0»" in problems[0]
    assert "la solution de la cellule «\u00a0droite-expliquer\u00a0»" in problems[1]


def test_a_line_of_a_dropped_cell_in_the_lab_is_refused():
    cells = '\n# %% id="p" tags=["solution"]\nq = a * 3 + b\n\n# %% id="s"\nq = a * 3 + b\n'
    assert "de la cellule «\u00a0p\u00a0»" in refusals(SOURCE + cells)[0]


def test_a_solution_before_its_exercise_leaks_in_prose_but_was_given_in_code():
    first = '# %% id="imports"'
    prose = '# %% [markdown] id="avant"\n# Ici `y = a * x + 4`.\n\n' + first
    assert "«\u00a0avant\u00a0»" in refusals(SOURCE.replace(first, prose))[0]
    given = '# %% id="avant"\na, x = 1, 2\ny = a * x + 4\n\n' + first
    assert notebooks("TD07_droite", SOURCE.replace(first, given))


def test_trivial_lines_and_drawing_may_stand_in_both():
    hidden = "import numpy as np\n    ax.plot(t, V, color='C0')\n    for k in range(n):\n        pass\n    return x"
    source = SOURCE.replace("y = a * x + 4\n    return y", hidden)
    later = "\n# %% id='s'\nimport numpy as np\nax.plot(t, V, color='C0')\nfor k in range(n):\n    pass\n"
    assert notebooks("TD07_droite", source + later)
