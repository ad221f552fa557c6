"""What an answer depends on, and what it does not."""

from course.grading.cells import code_cells, needed


def kept(*sources: str, exercise: int = -1) -> str:
    cells = [{"cell_type": "code", "source": text, "metadata": {}} for text in sources]
    if exercise >= 0:
        cells[exercise]["metadata"] = {"course": {"exercise": "04.1"}}
    return "|".join(cell.source.strip() for cell in needed(code_cells(cells), {"04.1"}))


CHECK = 'f = exercise("04.1").check(f)'


def test_the_function_and_what_it_reads():
    assert kept("import numpy as np", "x = 3", "def f(t):\n    return np.exp(t)", CHECK) == (
        f"import numpy as np|def f(t):\n    return np.exp(t)|{CHECK}"
    )


def test_a_figure_is_left_out_and_lines_stay_in_place():
    cell = "t = np.arange(3)\nplt.plot(t)\nk = 2\nprint(k)"
    (found, *_) = needed(code_cells([
        {"cell_type": "code", "source": cell, "metadata": {}},
        {"cell_type": "code", "source": "def f():\n    return k\n" + CHECK, "metadata": {}},
    ]), {"04.1"})
    assert found.source.split("\n") == ["", "", "k = 2", ""]


def test_local_names_pull_nothing():
    assert kept("t = lent()", "def f():\n    t = 1\n    return [t for t in range(t)]\n" + CHECK) == (
        "def f():\n    t = 1\n    return [t for t in range(t)]\n" + CHECK
    )


def test_a_helper_a_filled_list_and_a_star():
    assert kept("def aide(): return liste", "liste = []", "for k in range(3):\n    liste.append(k)",
                "def f(): return aide()", CHECK).count("|") == 4
    assert kept("from math import *", "def f(x): return exp(x)", CHECK).startswith("from math import *")


def test_magics_and_faults():
    assert kept("%matplotlib inline\nk = 2", "!ls", "def (", "def f(): return k", CHECK).startswith("k = 2|def f")
    assert "def (" in kept("def (", CHECK, exercise=0)
    assert "def (" not in kept("def (", CHECK)
