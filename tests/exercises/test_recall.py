"""A function that passed in one notebook is taken up again in another; what does not pass is not."""

import inspect
import json
import linecache
import math
import sys
from math import exp

import numpy as np
import pytest

from course.exercises import every_exercise, progress, sheet
from course.exercises.recall import program, recalled, written_out
from course.exercises.sheet import Sheet
from tests.exercises.demo import RHEOBASE, TRANSFER, transfer

HALF = 0.5


def here(I, r_max, kappa, I_half):
    return transfer(I, r_max, kappa, I_half)


def mine(I, r_max, kappa, I_half):
    """Of another form, with a number and a module of the notebook."""
    return r_max * HALF * (1 + np.tanh(kappa * (I - I_half)))


def one_number(I, r_max, kappa, I_half):
    return r_max / (1 + math.exp(-2 * kappa * (I - I_half)))


def by_a_library(I, r_max, kappa, I_half):
    return r_max / (1 + exp(-2 * kappa * (I - I_half)))


def by_another(I, r_max, kappa, I_half):
    return here(I, r_max, kappa, I_half)


@pytest.fixture
def shown(monkeypatch):
    cards = []
    monkeypatch.setattr(sheet, "show", cards.append)
    monkeypatch.setattr(sheet, "_handed", {})
    return cards


@pytest.mark.parametrize("own", [mine, one_number, by_a_library])
def test_one_s_own_function_comes_back(shown, own):
    Sheet(TRANSFER).check(own)
    again = Sheet(TRANSFER).recall()
    assert again is not own
    assert again is not transfer
    I = np.linspace(-40, 60, 7)
    np.testing.assert_allclose(again(I, 100, 0.1, 5), transfer(I, 100, 0.1, 5), rtol=1e-12)
    assert "votre fonction" in str(shown[-1])


def test_a_wrong_answer_after_the_right_one_does_not_lose_it(shown):
    Sheet(TRANSFER).check(mine)
    Sheet(TRANSFER).check(lambda I, r_max, kappa, I_half: 0 * I)
    assert Sheet(TRANSFER).recall()(1.0, 2.0, 3.0, 1.0) == 1.0
    assert "votre fonction" in str(shown[-1])


def test_nothing_passed_gives_the_course_s(shown):
    assert Sheet(TRANSFER).recall() is transfer
    assert "pas encore réussi" in str(shown[-1])
    Sheet(TRANSFER).check(mine)
    assert "source" in progress.read()["exercices"]["99.1"]


def test_what_cannot_be_written_down_is_not_kept(shown, monkeypatch):
    monkeypatch.setattr(here, "__module__", "__main__")  # by_another calls a function of its notebook
    monkeypatch.setattr(sys.modules["__main__"], "here", here, raising=False)
    Sheet(TRANSFER).check(by_another)
    assert program(by_another) == ""
    assert program(lambda x: x) == ""
    assert program(np.tanh) == ""
    assert program(3.0) == ""
    assert Sheet(TRANSFER).recall() is transfer
    assert "n'a pas pu être relue" in str(shown[-1])


@pytest.mark.parametrize("text", ["", "def transfer(I, r_max, kappa, I_half):\n    return 0 * I", "import nowhere",
                                  "1/0", "def f(:", "x = 3"])  # fmt: skip
def test_a_text_that_does_not_pass_is_refused(text):
    assert recalled(TRANSFER, text) is None


def test_a_record_edited_by_hand_gives_the_course_s(shown):
    Sheet(TRANSFER).check(mine)

    def spoil(data):
        data["exercices"]["99.1"]["source"] = "raise SystemError('x')"

    progress.update(spoil)
    assert Sheet(TRANSFER).recall() is transfer


def test_the_text_of_a_notebook_stands_alone():
    """In a notebook a function lives in a cell, with the numbers of other cells."""
    cell = "def f(V):\n    return R * F * np.exp(V)\n"
    linecache.cache["<cellule>"] = (len(cell), None, cell.splitlines(True), "<cellule>")
    names = {"np": np, "R": 8.314, "F": 96485, "unused": object()}
    exec(compile(cell, "<cellule>", "exec"), names)
    text = program(names["f"])
    assert "import numpy as np" in text
    again = {}
    exec(text, again)
    assert again["f"](1.0) == names["f"](1.0)
    assert json.loads(json.dumps(text)) == text


def test_a_value_has_no_text(shown):
    Sheet(RHEOBASE).check(6.3)
    assert "source" not in progress.read()["exercices"][RHEOBASE.id]


def test_the_printed_solution_is_what_the_course_hands_over():
    """Plain arithmetic, so that a model can read it."""
    balance = next(one for one in every_exercise() if one.id == "01.4")
    function = written_out(balance)
    assert function is not balance.reference
    assert recalled(balance, balance.solution) is not None
    assert list(inspect.signature(function).parameters) == list(balance.parameters)
