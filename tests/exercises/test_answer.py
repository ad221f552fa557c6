"""Answers that are values: a measure, a choice, several in a dict; the expected one is never shown."""

import numpy as np
import pytest

from course.exercises import Exercise, Interval, between
from course.exercises.answer import to_go_on
from course.exercises.judge import judge
from tests.exercises.demo import REVERSALS, RHEOBASE


@pytest.mark.parametrize(("answer", "status", "words"), [
    (6.3, "réussi", "6,3\xa0µA/cm²"),
    (6.2, "réussi", ""),
    (7.5, "pas encore", "7,5\xa0µA/cm² : c'est trop grand"),
    (-6.3, "pas encore", "trop petit"),
    (2.3, "presque", "Une seule impulsion n'est pas un train."),
    ((6, 3), "pas encore", "écrivez `6.3` avec un point"),
    ("6,3", "pas encore", "sans guillemets : `6.3`"),
    (lambda: 6.3, "pas encore", "les parenthèses"),
    (np.zeros(4), "pas encore", "Vous donnez un tableau de 4\xa0valeurs ; on attend un nombre"),
    ({"I": 6.3}, "pas encore", "un dictionnaire"),
    (np.nan, "pas encore", "NaN"),
    (6.3j, "pas encore", "complexes"),
    ("peut-être", "pas encore", "du texte"),
    (None, "à faire", ""), (..., "à faire", ""), ("", "à faire", ""), ([None, None], "à faire", ""),
])
def test_a_number_within_an_interval(answer, status, words):
    verdict = judge(RHEOBASE, answer)
    assert verdict.status == status
    assert words in verdict.sentence
    shown = verdict.sentence + str(verdict.table)
    assert status == "réussi" or "6,2" not in shown
    assert "6,4" not in shown


def test_several_values_are_judged_one_by_one():
    verdict = judge(REVERSALS, {"E_Na": 55, "E_K": -77.2, "type": "foyer instable"})
    assert verdict.status == "pas encore"
    assert verdict.table.rows == (
        ("E_Na", "55\xa0mV", "trop grand"), ("E_K", "−77,2\xa0mV", "juste"), ("type", "foyer instable", "à revoir"))


def test_a_missing_key_and_an_empty_one():
    assert "Il manque `E_K`" in judge(REVERSALS, {"E_Na": 50, "type": "foyer stable"}).sentence
    verdict = judge(REVERSALS, {"E_Na": 50, "E_K": None, "type": "foyer stable"})
    assert "Pour `E_K`, il manque une valeur" in verdict.sentence
    assert judge(REVERSALS, {"E_Na": None, "E_K": None, "type": ""}).status == "à faire"


def test_an_array_and_its_property():
    exercise = Exercise(id="9.4", title="", reference=lambda: np.linspace(0, 1, 5), invariants=[between(0, 1)])
    assert judge(exercise, [0, 0.25, 0.5, 0.75, 1]).passed
    verdict = judge(exercise, [0, 0.25, 0.5, 0.75, 2])
    assert verdict.status == "presque"
    assert "monte jusqu'à 2" in verdict.sentence
    assert judge(exercise, [0, 0.2, 0.5, 0.75, 1]).status == "pas encore"


def test_the_lab_goes_on_with_the_middle():
    assert to_go_on({"a": Interval(1, 3), "b": [Interval(0, 1), 5], "c": "x"}) == {"a": 2, "b": [0.5, 5], "c": "x"}
