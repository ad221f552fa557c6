"""Arguments by name, by position, in another order; what the lab goes on with has the statement's signature."""

import math

import numpy as np
import pytest

from course.exercises.calling import WrongArguments, convention
from course.exercises.judge import judge
from tests.exercises.demo import TRANSFER, transfer

I = np.linspace(-10, 10, 5)
EXPECTED = transfer(I, 100.0, 0.2, 3.0)


def same(I, r_max, kappa, I_half):
    return transfer(I, r_max, kappa, I_half)


def permuted(kappa, I_half, I, r_max):
    return transfer(I, r_max, kappa, I_half)


def renamed(a, b, c, d):
    return transfer(a, b, c, d)


def half_renamed(kappa, courant, maximum, I_half):
    return transfer(courant, maximum, kappa, I_half)


def keyword_only(*, I, r_max, kappa, I_half):
    return transfer(I, r_max, kappa, I_half)


def positional_only(I, r_max, kappa, I_half, /):
    return transfer(I, r_max, kappa, I_half)


def extra_option(I, r_max, kappa, I_half, base=0):
    return base + transfer(I, r_max, kappa, I_half)


def starred(*values):
    return transfer(*values)


def by_keywords(**values):
    return transfer(**values)


def numbers_only(I, r_max, kappa, I_half):
    return r_max / 2 * (1 + math.tanh(kappa * (I - I_half)))


@pytest.mark.parametrize("function", [
    same, permuted, renamed, half_renamed, keyword_only, positional_only, extra_option, starred, by_keywords,
    numbers_only])
def test_any_sensible_signature_passes_and_serves_the_lab(function):
    onward = judge(TRANSFER, function).function
    np.testing.assert_allclose(onward(I, 100.0, 0.2, 3.0), EXPECTED)
    np.testing.assert_allclose(onward(I, r_max=100.0, I_half=3.0, kappa=0.2), EXPECTED)
    assert onward(0.0, 100.0, 0.2, 3.0) == pytest.approx(float(transfer(0.0, 100.0, 0.2, 3.0)))


def test_a_function_as_stated_is_returned_itself():
    assert judge(TRANSFER, same).function is same


@pytest.mark.parametrize(("function", "words"), [
    (lambda: 0, "n'attend aucun argument ; l'énoncé en donne 4 : I, r_max, kappa, I_half"),
    (lambda I: I, "attend un argument (I)"),
    (lambda I, r_max, kappa: I, "attend 3 arguments (I, r_max, kappa)"),
    (lambda I, r_max, kappa, I_half, tau: I, "attend 5 arguments"),
])
def test_a_wrong_number_of_arguments_is_told(function, words):
    with pytest.raises(WrongArguments) as told:
        convention(function, TRANSFER.parameters)
    assert words in str(told.value)
    assert judge(TRANSFER, function).status == "pas encore"


def test_compiled_functions_are_called_by_position():
    assert convention(np.exp, ["V"])({"V": 0.0}) == 1
    assert convention(math.exp, ["V"])({"V": 0.0}) == 1
