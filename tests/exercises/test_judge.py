"""What the engine says of right, wrong, strange and hostile functions."""

import functools
import math
import os
import sys
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest

from course.exercises import Exercise, Misconception, value
from course.exercises.judge import judge
from course.exercises.kinds import kind
from tests.exercises.demo import EULER, TRANSFER, euler, transfer


def verdict_of(body, exercise=TRANSFER):
    """The verdict on a function of the right arguments that ends with `body(I, r_max, kappa, I_half)`."""
    def student(I, r_max, kappa, I_half):
        return body(I, r_max, kappa, I_half)
    return judge(exercise, student)


def endless_list():
    """A list that contains itself."""
    x = []
    x.append(x)
    return x


def right(*values):
    return transfer(*values)


@pytest.mark.parametrize("convert", [
    list, tuple, np.float32, np.longdouble, np.complex128, lambda x: x.astype(object),
    lambda x: [float(v) for v in x], lambda x: np.ma.array(x),
])
def test_the_type_of_a_right_result_does_not_matter(convert):
    assert verdict_of(lambda *a: convert(right(*a))).passed


def test_integers_are_numbers():
    exercise = Exercise(id="9.0", title="", reference=lambda n: n.astype(float) ** 2,
                        samples=lambda rng: {"n": rng.integers(-9, 9, 20)})
    assert judge(exercise, lambda n: n * n).passed
    assert judge(exercise, lambda n: [int(x) ** 2 for x in n]).passed
    assert judge(exercise, lambda n: (n * n).astype(np.uint8)).passed
    assert not judge(exercise, lambda n: n * np.abs(n)).passed


@pytest.mark.parametrize(("body", "words"), [
    (lambda *a: "12", "rend du texte ; on attend un tableau de 200"),
    (lambda *a: (x for x in a[0]), "générateur ; on attend un tableau de 200\xa0valeurs. Entourez-le de `list"),
    (lambda *a: a[0][:5], "un tableau de 5\xa0valeurs ; on attend un tableau de 200\xa0valeurs"),
    (lambda *a: right(*a)[:, None], "de forme (200, 1)"),
    (lambda *a: a[0] * 1j, "complexes"),
    (lambda *a: {"I": a[0]}, "un dictionnaire"),
    (lambda *a: [[1, 2], [3]], "une liste de 2\xa0éléments, qui ne se lit pas comme des nombres"),
    (lambda *a: math.sin, "une fonction"),
    (lambda *a: np.datetime64("2020-01-01"), "qui ne se lit pas"),
    (lambda *a: [str(x) for x in right(*a)], "une liste de 200\xa0éléments, qui ne se lit pas"),
    (lambda *a: iter([1]), "un objet de type"),
    (lambda *a: 10**400, "un nombre, qui ne se lit pas"),
    (lambda *a: endless_list(), "une liste de 1\xa0élément, qui ne se lit pas"),
    (lambda *a: object(), "un objet de type `object`"),
    (lambda *a: np.full(200, np.nan), "NaN"),
    (lambda *a: np.full(200, np.inf), "l'infini"),
    (lambda *a: print(right(*a)), "`print` montre"),
    (lambda *a: a[0] / 0, "l'infini"),
])
def test_a_wrong_kind_of_result_is_said_with_the_expected_one(body, words):
    verdict = verdict_of(body)
    assert verdict.status == "pas encore"
    assert words in verdict.sentence


def test_a_missing_return_is_not_an_untouched_exercise():
    def student(I, r_max, kappa, I_half):
        rate = transfer(I, r_max, kappa, I_half)  # noqa: F841

    assert "manque un `return`" in judge(TRANSFER, student).sentence


def test_a_part_without_return_is_said():
    verdict = verdict_of(lambda I, *a: None if I[0] > 0 else right(I, *a))
    assert verdict.status == "pas encore"
    assert "rend rien" in verdict.sentence


@pytest.mark.parametrize("answer", [None, ...])
def test_nothing_is_to_do(answer):
    assert judge(TRANSFER, answer).status == "à faire"


def test_the_line_to_complete_that_is_still_there():
    def student(I, r_max, kappa, I_half):
        y = kappa * I  # noqa: F841
        ...  # À compléter  # noqa: PIE790
        return unknown  # noqa: F821

    verdict = judge(TRANSFER, student)
    assert verdict.status == "à faire"
    assert "NameError" in verdict.trace


@pytest.mark.parametrize("answer", [3.5, "transfer", np.zeros(3), [transfer]])
def test_what_is_no_function(answer):
    verdict = judge(TRANSFER, answer)
    assert verdict.status == "pas encore"
    assert "la fonction elle-même" in verdict.sentence


@pytest.mark.parametrize(("body", "factor"), [
    (lambda *a: right(*a) / 1000, "1000 fois trop petites"),
    (lambda *a: 60 * right(*a), "60 fois trop grandes"),
    (lambda *a: -right(*a), "les opposées"),
    (lambda *a: -2.5 * right(*a), "2,5 fois trop grandes, et de signe opposé"),
])
def test_a_constant_factor_is_named(body, factor):
    verdict = verdict_of(body)
    assert verdict.status == "presque"
    assert factor in verdict.sentence


@pytest.mark.parametrize("factor", [1e8, 1e-17, -1e6])
def test_a_factor_of_ten_thousand_is_not_almost(factor):
    verdict = verdict_of(lambda *a: factor * right(*a))
    assert (verdict.status, "une unité, un facteur" in verdict.sentence) == ("pas encore", True)


def test_wrong_values_that_break_a_property_are_not_almost():
    verdict = verdict_of(lambda I, r_max, kappa, I_half: I**2 + r_max * kappa + I_half)
    assert (verdict.status, "il devrait croître" in verdict.sentence) == ("pas encore", True)


def test_a_result_drawn_at_random_is_told():
    rng = np.random.default_rng(0)
    verdict = verdict_of(lambda I, *a: right(I, *a) + rng.normal(size=200))
    assert (verdict.status, "d'où vient le hasard" in verdict.sentence) == ("pas encore", True)


def test_an_unused_parameter_is_named():
    verdict = verdict_of(lambda I, r_max, kappa, I_half: right(I, r_max, 0.2, I_half))
    assert verdict.status == "presque"
    assert "`kappa`" in verdict.sentence


def test_a_parameter_that_counts_now_and_then_is_not_called_unused():
    """A count changes on few pairs of draws: the first pair alone would say that `bar` changes nothing."""
    high = iter([2.3, 2.6, 8.0, 3.0, 2.0, 9.0] * 40)
    exercise = Exercise(
        id="9.1", title="", reference=lambda x, bar: int(np.sum(x >= bar)),
        samples=lambda rng: {"x": np.array([2.5, 4.5, 9.0]), "bar": next(high)})
    unused = "ne dépend pas de `bar`"
    assert unused not in judge(exercise, lambda x, bar: int(np.sum(x >= 2 * bar))).sentence
    assert unused in judge(exercise, lambda x, bar: int(np.sum(x > 4))).sentence


def test_a_property_that_breaks_where_nothing_was_drawn():
    """x/(exp(x)−1) is right everywhere but in 0, where it is 0/0."""
    exercise = Exercise(
        id="9.1", title="", reference=lambda x: np.where(x == 0, 1, x / np.expm1(np.where(x == 0, 1, x))),
        samples=lambda rng: {"x": rng.uniform(-3, 3, 50)}, invariants=[value(1, at=0.0)])
    verdict = judge(exercise, lambda x: x / np.expm1(x))
    assert (verdict.status, verdict.sentence) == ("presque", "En `x` = 0, vous trouvez NaN ; on attend 1.")
    scalar = judge(exercise, lambda x: x / math.expm1(x))
    assert scalar.status == "erreur"
    assert "Un dénominateur s'annule" in scalar.sentence


def test_a_table_has_few_rows_inputs_expected_and_obtained():
    verdict = verdict_of(lambda I, *a: right(I, *a) + I**2)
    assert verdict.status in ("presque", "pas encore")
    assert verdict.table.headers == ("I (µA/cm²)", "r_max", "kappa", "I_half (µA/cm²)", "attendu (Hz)", "obtenu (Hz)")
    assert 1 <= len(verdict.table.rows) <= 3
    assert all("." not in cell for row in verdict.table.rows for cell in row)


def test_a_table_of_a_solver_shows_the_part_and_the_index():
    verdict = judge(EULER, lambda f, x0, T, dt: (euler(f, x0, T, dt)[0], euler(f, x0, T, dt)[1] ** 3))
    assert verdict.table.headers == ("x0", "T", "dt", "grandeur", "indice", "attendu", "obtenu")
    assert {row[3] for row in verdict.table.rows} == {"x"}
    assert verdict.table.rows[0][4] == "0"


def test_an_example_of_a_solver_names_the_part_and_the_index():
    shifted = Misconception(lambda f, x0, T, dt: (euler(f, x0, T, dt)[0], euler(f, x0, T, dt)[1] + 1), "un décalage")
    verdict = judge(replace(EULER, misconceptions=[shifted], unit="mV"), shifted.function)
    assert verdict.sentence.endswith("vous trouvez x = 2,642\xa0mV à l'indice 0 ; on attend 1,642\xa0mV. Un décalage.")


def test_the_number_of_results_is_said():
    verdict = judge(EULER, lambda f, x0, T, dt: euler(f, x0, T, dt)[1])
    assert "on attend `t` et `x`" in verdict.sentence
    verdict = judge(EULER, lambda f, x0, T, dt: (*euler(f, x0, T, dt), 0))
    assert "3\xa0résultats ; on attend `t` et `x`" in verdict.sentence


def test_a_function_that_modifies_its_input_is_right_and_told():
    def student(I, r_max, kappa, I_half):
        I -= I_half
        return transfer(I, r_max, kappa, 0)

    verdict = judge(TRANSFER, student)
    assert verdict.passed
    assert "modifie `I`" in verdict.notes[0]


@pytest.mark.parametrize("modifies", [False, True])
def test_arrays_inside_a_list_are_given_and_watched(modifies):
    def total(layers):
        out = sum(W.sum() for W, _ in layers)
        if modifies:
            layers[0][0][:] = 0
        return out

    drawn = lambda rng: {"layers": [(rng.normal(size=(2, 2)), rng.normal(size=2)) for _ in range(3)]}  # noqa: E731
    nested = Exercise(id="99.1", title="liste", reference=lambda layers: sum(W.sum() for W, _ in layers), samples=drawn)
    verdict = judge(nested, total)
    assert verdict.passed
    assert ("modifie `layers`" in " ".join(verdict.notes)) == modifies


def test_a_buffer_that_is_used_again_is_read_in_time():
    buffer = np.empty(200)

    def student(I, r_max, kappa, I_half):
        buffer[:] = transfer(I, r_max, kappa, I_half)
        return buffer

    assert judge(TRANSFER, student).passed


def test_prints_are_kept_away(capsys):
    def student(I, r_max, kappa, I_half):
        for _ in range(10_000):
            print("beaucoup", end=" ")
        print("<b>", file=sys.stderr)
        return transfer(I, r_max, kappa, I_half)

    verdict = judge(TRANSFER, student)
    assert verdict.passed
    assert any("affiche du texte" in note for note in verdict.notes)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("leave", [
    sys.exit, exit, quit, lambda: os._exit(1), lambda: os.abort(), lambda: sys.exit("au revoir")])
def test_a_function_that_asks_to_exit(leave):
    stdin = sys.stdin
    verdict = verdict_of(lambda *a: leave())
    assert verdict.status == "erreur"
    assert "s'arrêter" in verdict.sentence
    assert sys.stdin is stdin
    assert not stdin.closed


@pytest.mark.parametrize(("error", "words"), [
    (KeyboardInterrupt(), "lève elle-même"),
    (GeneratorExit(), ""),
    (MemoryError(), "mémoire"),
    (ZeroDivisionError("division by zero"), "dénominateur"),
    (KeyError("tau"), "dictionnaire"),
])
def test_whatever_is_raised_is_told(error, words):
    def student(I, r_max, kappa, I_half):
        raise error

    verdict = judge(TRANSFER, student)
    assert verdict.status == "erreur"
    assert words in verdict.sentence
    assert verdict.trace.splitlines()[0].endswith(", dans student")
    assert verdict.trace.splitlines()[1].strip() == "raise error"


def test_a_misspelt_name_is_guessed():
    def student(I, r_max, kappa, I_half):
        return r_max / 2 * (1 + np.tanh(kapa * (I - I_half)))  # noqa: F821

    assert "Vouliez-vous dire `kappa` ?" in judge(TRANSFER, student).sentence


@pytest.mark.filterwarnings("ignore:attention")
def test_a_warning_is_no_print():
    def student(I, r_max, kappa, I_half):
        warnings.warn("attention", stacklevel=1)
        np.log(-I * I)

    assert "manque un `return`" in judge(TRANSFER, student).sentence


def test_an_exception_that_cannot_describe_itself():
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    def student(I, r_max, kappa, I_half):
        raise Mute

    assert judge(TRANSFER, student).trace.endswith("Mute")


def test_a_traceback_shows_the_students_own_lines_only():
    def inner(x):
        return np.linalg.inv(x)

    def student(I, r_max, kappa, I_half):
        return inner(np.zeros((2, 2)))

    lines = judge(TRANSFER, student).trace.splitlines()
    assert [line.split(", dans ")[1] for line in lines if line.startswith("ligne")] == ["student", "inner"]
    assert lines[-1] == "LinAlgError: Singular matrix"


def test_endless_recursion_is_short():
    def student(I, r_max, kappa, I_half):
        return student(I, r_max, kappa, I_half)

    verdict = judge(TRANSFER, student)
    assert verdict.status == "erreur"
    assert len(verdict.trace.splitlines()) < 10
    assert "sans fin" in verdict.sentence


def test_a_question_is_refused():
    verdict = verdict_of(lambda *a: input("V ? "))
    assert verdict.status == "erreur"
    assert "`input`" in verdict.sentence


def test_numbers_only_functions_may_be_refused():
    def student(I, r_max, kappa, I_half):
        return transfer(I, r_max, kappa, I_half) if I > 0 else transfer(I, r_max, kappa, I_half)

    assert judge(TRANSFER, student).passed
    verdict = judge(replace(TRANSFER, vectorised=True), student)
    assert verdict.status == "erreur"
    assert "reçoit un tableau" in verdict.sentence


def test_arrays_only_functions_are_right_too():
    exercise = Exercise(id="9.2", title="", reference=lambda x, a: a * x**2,
                        samples=lambda rng: {"x": rng.normal(), "a": rng.normal()})

    def student(x, a):
        y = np.zeros(len(x))
        y[:] = a * x**2
        return y

    verdict = judge(exercise, student)
    assert verdict.passed
    assert verdict.function(3.0, 2.0) == 18


def test_a_function_of_two_results_element_by_element():
    exercise = Exercise(id="9.3", title="", reference=lambda a, b: (a / (a + b), 1 / (a + b)),
                        samples=lambda rng: {"a": rng.uniform(1, 2, 9), "b": rng.uniform(1, 2, 9)})

    def student(a, b):
        if a < 0:
            return 0, 0
        return a / (a + b), 1 / (a + b)

    verdict = judge(exercise, student)
    assert verdict.passed
    both = verdict.function(np.ones(3), np.ones(3))
    np.testing.assert_allclose(both, np.full((2, 3), 0.5))


def test_the_seed_of_grading_is_another_draw():
    drawn = TRANSFER.inputs()[0]["I"]
    cheat = dict(zip(drawn.tolist(), transfer(**TRANSFER.inputs()[0]).tolist(), strict=True))
    exercise = replace(TRANSFER, draws=1, invariants=())

    def learnt(I, r_max, kappa, I_half):
        return [cheat.get(x, 0) for x in I]

    assert judge(exercise, learnt).passed
    assert not judge(exercise, learnt, seed=77).passed


def test_a_check_is_quick():
    judge(TRANSFER, transfer)
    begin = time.process_time()
    for _ in range(5):
        judge(TRANSFER, transfer)
        judge(TRANSFER, lambda I, r_max, kappa, I_half: I)
    assert (time.process_time() - begin) / 10 < 0.05


def test_callables_of_all_kinds():
    class Model:
        def __call__(self, I, r_max, kappa, I_half):
            return transfer(I, r_max, kappa, I_half)

        def rate(self, I, r_max, kappa, I_half):
            return transfer(I, r_max, kappa, I_half)

    for way in (Model(), Model().rate, functools.partial(transfer), np.errstate()(transfer)):
        assert judge(TRANSFER, way).passed


def test_kinds_are_named():
    assert [kind(x) for x in (None, 1.5, True, "a", [1], (1, 2), np.zeros((2, 3)))] == [
        "rien (`None`)", "un nombre", "vrai ou faux", "du texte", "une liste de 1\xa0élément",
        "un tuple de 2\xa0éléments", "un tableau de forme (2, 3)"]
