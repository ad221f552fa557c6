"""What a student holds: check returns what the lab goes on with, hints come one by one, the solution after a try."""

import html
import re
import types
from dataclasses import replace

import numpy as np
import pytest

from course.exercises import progress, sheet
from course.exercises.sheet import Sheet
from tests.exercises.demo import EULER, REVERSALS, RHEOBASE, TRANSFER, transfer


@pytest.fixture
def shown(monkeypatch):
    """The cards shown, in order."""
    cards = []
    monkeypatch.setattr(sheet, "show", cards.append)
    monkeypatch.setattr(sheet, "_handed", {})
    monkeypatch.setattr(sheet, "_verdicts", {})
    return cards


def entry(id):
    return progress.read()["exercices"].get(id)


def mine(I, r_max, kappa, I_half):
    return transfer(I, r_max, kappa, I_half)


def wrong(I, r_max, kappa, I_half):
    return transfer(I, r_max, kappa, I_half) ** 2


def test_a_right_function_goes_on(shown):
    assert Sheet(TRANSFER).check(mine) is mine
    assert entry("99.1")["statut"] == "réussi"
    assert "La suite du TD utilise votre fonction." in str(shown[0])


def test_a_wrong_one_is_replaced_by_the_reference(shown):
    assert Sheet(TRANSFER).check(wrong) is transfer
    assert entry("99.1")["statut"] in ("presque", "pas encore")
    assert "la fonction de référence" in str(shown[0])
    assert 'Indice\xa0: `exercise("99.1").hint()`.' in str(shown[0])


def test_the_check_cell_run_again_does_not_pass_with_the_reference(shown):
    """The name now holds the reference: it would pass, and teach nothing."""
    f = Sheet(TRANSFER).check(wrong)
    before = entry("99.1")
    assert Sheet(TRANSFER).check(f) is f
    assert entry("99.1") == before
    assert shown[-1].word == "Votre fonction d'abord."
    assert Sheet(TRANSFER).check(mine) is mine
    assert entry("99.1")["statut"] == "réussi"


@pytest.mark.parametrize("expected", [6.25, 7, "foyer", True, [1.0, 2.0], {"a": 1}])
def test_a_value_that_stood_in_does_not_pass_and_the_same_one_typed_does(shown, expected):
    exercise = replace(RHEOBASE, reference=lambda: expected, misconceptions=())
    stand_in = Sheet(exercise).check(None)
    assert stand_in == expected
    Sheet(exercise).check(stand_in)
    assert entry("99.3")["statut"] == "à faire"
    typed = eval(repr(expected))
    assert Sheet(exercise).check(typed) == expected
    assert entry("99.3")["statut"] == "réussi"


@pytest.mark.parametrize("answer", [mine, wrong])
def test_after_a_cell_that_python_could_not_read(shown, monkeypatch, answer):
    """IPython's own: the name of the function still holds what it held before that cell."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.user_ns["vérifier"] = lambda: Sheet(TRANSFER).check(answer)
    monkeypatch.setattr(sheet, "notebook_shell", lambda: shell)
    for cell, told in (("def f(:", True), ("1 + 1", False), ("1 / 0", False)):
        shell.run_cell(cell)
        shell.run_cell("vérifier()")
        assert ("erreur de syntaxe" in str(shown[-1])) is told


def test_tries_are_counted_and_an_untouched_stub_is_none(shown):
    for answer in (None, wrong, wrong, mine):
        Sheet(TRANSFER).check(answer)
    assert entry("99.1")["essais"] == 3


def test_what_nbgrader_marks_is_the_last_check_of_this_kernel(shown):
    with pytest.raises(AssertionError, match="Exercice 99.1\u00a0: il n'a pas été vérifié."):
        sheet.required("99.1")
    stand_in = Sheet(TRANSFER).check(wrong)
    for answer in (stand_in, None):  # checked again with the course's own function, then with nothing
        with pytest.raises(AssertionError, match="^Exercice 99.1, (presque|pas encore|à faire)\u00a0: "):
            sheet.required("99.1")
        Sheet(TRANSFER).check(answer)
    Sheet(TRANSFER).check(mine)
    sheet.required("99.1")


def test_hints_come_one_by_one_and_stay(shown):
    for _ in range(3):
        Sheet(TRANSFER).hint()
    assert [card.word for card in shown] == ["Indice 1 sur 2.", "Indice 2 sur 2.", "Indice 2 sur 2."]
    assert "Que vaut tanh(0)\xa0?" in str(shown[1])
    assert entry("99.1")["indices"] == 2
    Sheet(replace(TRANSFER, id="99.9", hints=())).hint()
    assert shown[-1].word == "Pas d'indice."


def test_the_solution_opens_after_a_try(shown):
    Sheet(TRANSFER).solution()
    Sheet(TRANSFER).check(None)
    Sheet(TRANSFER).solution()
    assert [card.word for card in shown][::2] == ["Un essai d'abord."] * 2
    Sheet(TRANSFER).check(wrong)
    Sheet(TRANSFER).solution()
    assert "np.tanh(kappa * (I - I_half))" in shown[-1].code
    assert entry("99.1")["solution"] is True


def test_a_solution_without_source(shown):
    compiled = replace(TRANSFER, reference=np.exp, samples=lambda rng: {"x": 1.0})
    assert "exponential" in Sheet(compiled)._source()
    assert Sheet(replace(TRANSFER, solution="    y = 1\n")).exercise.solution.strip() == "y = 1"


def test_our_own_failure_never_stops_a_notebook(shown, monkeypatch):
    broken = replace(TRANSFER, reference=lambda I, r_max, kappa, I_half: 1 / 0)
    assert Sheet(broken).check(mine) is broken.reference
    assert "la faute n'est pas la vôtre" in str(shown[0])
    broken_value = replace(RHEOBASE, reference=lambda: 1 / 0)
    assert Sheet(broken_value).check(6.3) == 6.3


def test_an_evil_result_never_stops_a_notebook(shown):
    class Evil:
        def __getattr__(self, name):
            raise ValueError(name)

        def __repr__(self):
            raise ValueError("repr")

        __eq__ = __array__ = __len__ = __iter__ = __bool__ = __call__ = lambda *_: 1 / 0
        __hash__ = None

    for answer in (Evil(), lambda I, r_max, kappa, I_half: Evil(), lambda *a: [Evil()] * 200, Evil):
        assert Sheet(TRANSFER).check(answer) is transfer
    for answer in (Evil(), [Evil()], {"E_Na": Evil()}, Evil):
        Sheet(REVERSALS).check(answer)
        Sheet(RHEOBASE).check(answer)


def test_what_a_student_wrote_is_escaped(shown):
    def student(I, r_max, kappa, I_half):
        raise ValueError("<script>alert(1)</script> `a` </pre>")

    Sheet(TRANSFER).check(student)
    text = shown[0]._repr_html_()
    assert "<script>" not in text
    assert html.escape("<script>alert(1)</script> `a` </pre>") in text
    Sheet(REVERSALS).check({"E_Na": 50, "E_K": -77, "type": "<img src=x>"})
    assert "<img" not in shown[1]._repr_html_()
    Odd = type("<b>`x`</b>", (), {})
    Sheet(TRANSFER).check(lambda I, r_max, kappa, I_half: Odd())
    assert "<b>" not in shown[2]._repr_html_()


def every_card(shown):
    """Cards of every status and verb."""
    def raises(f, x0, T, dt):
        return 1 / 0

    for answer in (mine, wrong, None, lambda I: I, lambda *a: transfer(*a) / 1000, lambda *a: "a", print,
                   TRANSFER.misconceptions[0].function, lambda I, r_max, kappa, I_half: I * r_max, 3):
        Sheet(TRANSFER).check(answer)
    Sheet(EULER).check(raises)
    for answer in (1, 2.3, 6.3, (6, 3), "6,3"):
        Sheet(RHEOBASE).check(answer)
    Sheet(REVERSALS).check({"E_Na": 0, "E_K": 0, "type": "a"})
    Sheet(TRANSFER).hint()
    Sheet(TRANSFER).solution()
    Sheet(EULER).solution()
    return shown


def test_typography_has_non_breaking_spaces_everywhere(shown):
    for card in every_card(shown):
        without_code = re.sub(r"`[^`]*`", "x", str(replace(card, code="")))
        assert not re.search(r" [:;?!%»]|« |\d (mV|ms|Hz|s|µA/cm²)\b", without_code), without_code
        assert "\\u" not in without_code
        assert not re.search(r"\d\.\d", re.sub(r"Exercice \d+\.\d+", "", without_code)), without_code


def test_a_card_is_read_without_colour(shown):
    for card in every_card(shown):
        text = card._repr_html_()
        assert card.icon in text
        assert html.escape(card.word.split("'")[0].split(" ")[0]) in text
        assert text.count("<div") == text.count("</div>")


def test_a_notebook_shows_and_a_terminal_prints(capsys, monkeypatch):
    Sheet(TRANSFER).check(mine)
    assert capsys.readouterr().out.startswith("✓ Réussi. Exercice 99.1, La fonction de transfert\n")
    displayed = []
    fake = types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(ask_exit=None),
                                 display=types.SimpleNamespace(display=displayed.append))
    monkeypatch.setitem(__import__("sys").modules, "IPython", fake)
    Sheet(TRANSFER).check(mine)
    assert capsys.readouterr().out == ""
    assert "Réussi" in displayed[0]._repr_html_()
