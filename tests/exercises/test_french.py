"""Numbers and sentences as a French reader expects them."""

import doctest

import pytest

from course.exercises import formula, french
from course.exercises.french import listed, number, pair, plural, sentence, typeset


@pytest.mark.parametrize(("x", "text"), [
    (0, "0"), (-65.0, "−65"), (0.31768, "0,3177"), (1e-5, "10⁻⁵".replace("10", "1·10")), (12345.6, "12\u202f346"),
    (-0.0, "0"), (1.5e-7, "1,5·10⁻⁷"), (6.02e23, "6,02·10²³"), (float("nan"), "NaN"), (float("-inf"), "−∞"),
    (True, "vrai"), (1000, "1000"), (0.1 + 0.2, "0,3"), (99999.0, "99\u202f999"), (-0.5, "−0,5"), (100.0, "100"),
    (123456789, "123\u202f456\u202f789"), (2.0, "2"), (1e6, "1·10⁶"), (0.00012, "1,2·10⁻⁴"),
])
def test_a_number(x, text):
    assert number(x) == text


def test_two_numbers_that_differ_look_different():
    assert pair(1.0, 1.0000001) == ("1", "1,0000001")
    assert pair(2.5, 2.5) == ("2,5", "2,5")
    assert pair(1.0, 1.2) == ("1", "1,2")


@pytest.mark.parametrize(("raw", "right"), [
    ("Que vaut « a » ?", "Que vaut «\xa0a\xa0»\xa0?"), ("τ : 5 % ; fin !", "τ\xa0: 5\xa0%\xa0; fin\xa0!"),
    ("`a : b` ?", "`a : b`\xa0?"), ("« `x` » : `y ; z`", "«\xa0`x`\xa0»\xa0: `y ; z`"),
    ("déjà\xa0: fait", "déjà\xa0: fait"),
    ("une `moitié", "une `moitié"), ("http://x ?a", "http://x ?a"), ("(pourquoi ?)", "(pourquoi\xa0?)"),
])
def test_non_breaking_spaces(raw, right):
    assert typeset(raw) == right


def test_words():
    assert plural(1, "valeur") == "1\xa0valeur"
    assert plural(0, "valeur") == "0\xa0valeur"
    assert plural(3, "jeu", "jeux") == "3\xa0jeux"
    assert listed(["a", "b", "c"]) == "a, b et c"
    assert listed(["a"]) == "a"
    assert listed([]) == ""
    assert sentence("le signe est faux ?") == "Le signe est faux ?"


@pytest.mark.parametrize("module", [french, formula])
def test_the_examples_of_the_docstrings(module):
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted
