"""A notebook graded as a student hands it in: right and wrong answers, and every way of not finishing."""

import dataclasses

import pytest

from course.exercises.catalogue import every_exercise
from course.exercises.verdict import ALMOST, ERROR, NOT_YET, PASSED, TO_DO
from course.grading import results as module
from course.grading.process import Limits
from course.grading.results import BY_HAND, NotThisLab, lab_page, results
from course.grading.session import SOLUTION
from tests.grading.submissions import LABS, answered, bytes_of, code, lab, solution

TRANSFER = "return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2"
# each answer breaks in its own way, and costs nothing to the others
MIXED = {
    "04.1": TRANSFER,
    "04.2": "return I_half + kappa * np.arctanh(2 * r / r_max - 1)",
    "04.3": "while True:\n    pass",
    "04.4": "return 1 / 0",
    "04.5": None,
    "04.6": "#\ndef taux_de_croissance(r, w, tau, pente:\n    return 1",
    "04.7": "import os\nos._exit(0)",
    "04.8": "return 3 * undefined",
    "04.9": "print('bonjour')",
    "04.11": "exit()",
    "04.14": 'return exercise("04.14").recall()(w, tau, r_max, kappa)',
    "04.1x": "# La pente est plus raide.",
}


@pytest.fixture(scope="module")
def mixed():
    """One notebook with everything in it, graded once."""
    quick = [dataclasses.replace(one, time_limit=0.5) for one in every_exercise()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "every_exercise", lambda: quick)
        page = answered(MIXED)
        page.cells += [code("while True:\n    fI = fI")]
        found = results(bytes_of(page), lab(), Limits(cell=1.0), seed=5)
    return {one.id: one for one in found}


@pytest.mark.parametrize(("id", "status", "said"), [
    ("04.1", PASSED, "Vérifié pour 1600"),
    ("04.2", ALMOST, "Pour revenir en arrière, il faut diviser."),
    ("04.3", ERROR, "n'a pas fini au bout de 0,5"),
    ("04.4", ERROR, "Un dénominateur s'annule"),
    ("04.5", TO_DO, "a été supprimée"),
    ("04.6", ERROR, "s'arrête sur une erreur"),
    ("04.7", ERROR, "s'arrête sur une erreur"),
    ("04.8", ERROR, "Ce nom n'est pas défini"),
    ("04.9", NOT_YET, "affiche un résultat et ne le rend pas"),
    ("04.10", TO_DO, "attend votre réponse"),
    ("04.11", ERROR, "demande au programme de s'arrêter"),
    ("04.14", NOT_YET, "appelle la solution du cours"),
    ("04.1x", BY_HAND, "une personne la lira"),
    ("04.2x", TO_DO, "Il manque votre réponse"),
])
def test_each_answer_on_its_own(mixed, id, status, said):
    verdict = mixed[id].verdict
    assert (verdict.status, said in verdict.sentence) == (status, True), verdict


def test_an_error_is_shown_at_the_student_s_line(mixed):
    assert mixed["04.4"].verdict.trace.splitlines() == [
        "ligne 3, dans drdt", "    return 1 / 0", "ZeroDivisionError: division by zero",
    ]
    assert "SyntaxError" in mixed["04.6"].verdict.trace


def test_the_points_are_those_of_what_passed(mixed):
    assert {id for id, one in mixed.items() if one.earned} == {"04.1"}
    assert mixed["04.14"].verdict.idea == SOLUTION


def test_the_course_s_own_answers_all_pass():
    found = results(solution(), lab(), Limits())
    assert {one.verdict.status for one in found if not one.manual} == {PASSED}
    assert {one.verdict.status for one in found if one.manual} == {BY_HAND}


def test_an_untouched_lab_is_all_to_do():
    assert {one.verdict.status for one in results(bytes_of(lab()), lab(), Limits())} == {TO_DO}


@pytest.mark.parametrize("data", [b"", b"pas un carnet", b"\x00" * 99])
def test_what_is_no_notebook_is_said(data):
    with pytest.raises(NotThisLab, match="pas un carnet lisible"):
        results(data, lab(), Limits())


def test_another_td_is_said():
    with pytest.raises(NotThisLab, match="est-ce le bon TD"):
        results(bytes_of(lab("03")), lab(), Limits())
    with pytest.raises(NotThisLab, match="Il n'y a pas de TD99"):
        lab_page(LABS, "99")
