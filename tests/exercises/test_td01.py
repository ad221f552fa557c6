"""TD01: what is said of the slips that were seen in it, and solutions that are what the lab asks for."""

import ast
import linecache
import re
from pathlib import Path

import numpy as np
import pytest

from course.exercises import exercise
from course.exercises.judge import judge
from course.exercises.td01 import EXERCISES
from course.inputs import pulse
from course.neurons import hodgkin_huxley

LAB = (Path(__file__).parents[2] / "solutions" / "TD01_hodgkin_huxley.py").read_text("utf-8")
NAMES = {"np": np, "hh": hodgkin_huxley, "pulse": pulse, "R": 8.314462618, "F": 96485.33212}


def written(text: str):
    """The function that a student types in a cell, with its source."""
    name = f"<carnet {abs(hash(text))}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    names = dict(NAMES)
    exec(compile(text, name, "exec"), names)
    return next(
        x for x in names.values() if getattr(x, "__code__", None) and x.__code__.co_filename == name
    )


def said(id: str, head: str, *lines: str):
    """The verdict on `def head` with these lines."""
    body = "".join(f"    {line}\n" for line in lines)
    return judge(exercise(id).exercise, written(f"def {head}:\n{body}"))


@pytest.mark.parametrize("known", EXERCISES, ids=lambda known: known.id)
def test_the_solution_shown_is_that_of_the_lab(known):
    """The same statements as the cell; it runs with the names of the lab alone, and passes."""
    cell = re.search(
        rf'^# %% id="[^"]*" exercise="{known.id}".*?(?=^# %%)', LAB, re.M | re.S
    ).group()
    shown, asked = (ast.parse(text).body[-1] for text in (known.solution, cell))
    asked.body = [
        line for line in asked.body if not ast.get_docstring(asked) or line is not asked.body[0]
    ]
    assert ast.unparse(shown) == ast.unparse(asked)
    assert judge(known, written(known.solution)).passed


NERNST = "nernst(c_ext, c_int, z, T)"
BALANCE = "dV_dt(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L)"
IONS = "ions_entres(t, I_Na)"
EULER = "pas_euler(etat, dt, derivees)"
SHOCKS = "repond(delai, amplitude)"


@pytest.mark.parametrize(("id", "head", "lines", "words"), [
    ("01.1", NERNST, ["return 1000 * R * (T + 273,15) / (z * F)"], "s'écrit avec un point : `273.15`"),
    ("01.1", NERNST, ["return 8,314 * (T + 273.15) / (z * F) * np.log(c_ext / c_int)"], "point : `8.314`"),
    ("01.1", NERNST, ["return R * np.ln(c_ext)"], "le logarithme népérien s'écrit `np.log`"),
    ("01.1", NERNST, ["return R * ln(c_ext)"], "le logarithme népérien s'écrit `np.log`"),
    ("01.1", NERNST, ["return R * log(c_ext)"], "Ce nom vient de numpy : écrivez `np.log`"),
    ("01.1", NERNST, ["return R * math.log(c_ext)"], "Ce module n'est pas importé : écrivez `import math`"),
    ("01.1", NERNST, ["return np.logg(c_ext)"], "Vouliez-vous dire `log"),
    ("01.4", BALANCE, ["return I - g_K * n^4 * (V - E_K)"], "la puissance s'écrit `**`"),
    ("01.7", IONS, ["return np.trapz(I_Na, t)"], "s'appelle maintenant `np.trapezoid`"),
    ("01.8", EULER, ["V, n, m, h = etat", "return etat"], "L'état peut avoir une autre taille que quatre"),
    ("01.8", EULER, ["return etat + dt * derivees(*etat)"], "`derivees` attend l'état entier"),
])  # fmt: skip
def test_an_error_of_python_is_put_in_french(id, head, lines, words):
    verdict = said(id, head, *lines)
    assert verdict.status in ("erreur", "pas encore")
    assert words in verdict.sentence


def test_two_arguments_are_no_decimal_comma():
    verdict = said("01.1", NERNST, "a = np.zeros((3, 2))", "return (1, 2) * 2.5")
    assert "virgule" not in verdict.sentence


def test_one_array_for_two_results():
    sentence = said("01.2", "porte(alpha, beta)", "return alpha / (alpha + beta)").sentence
    assert "un tableau de 20\xa0valeurs ; on attend `équilibre` et `constante de temps`" in sentence


def test_a_path_without_return():
    verdict = said(
        "01.5",
        "taux(impulsions)",
        "if len(impulsions) > 1:",
        "    return 1000 / np.mean(np.diff(impulsions))",
    )
    assert verdict.sentence.startswith("Dans certains cas, votre fonction ne rend rien")


@pytest.mark.parametrize(("lines", "words"), [
    (["trace = hh.simulate(20, I=pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1))", "return len(trace.spikes) > 1"],
     "elle doit durer 5 + delai + 20\xa0ms"),
    (["trace = hh.simulate(5 + delai, I=pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1))",
      "return len(trace.spikes) > 1"], "Elle doit durer 5 + delai + 20\xa0ms"),
    (["a = hh.simulate(25 + delai, I=pulse(15, 5, 1))", "b = hh.simulate(25 + delai, I=pulse(amplitude, 5 + delai, 1))",
      "return len(a.spikes) + len(b.spikes) > 1"], "trouve un axone neuf"),
    (["I = pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1)", "return hh.simulate(25 + delai, I=I).spikes"],
     "Vous rendez les instants"),
    (["I = pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1)", "return len(hh.simulate(25 + delai, I=I).spikes)"],
     "Vous rendez le nombre d'impulsions"),
])  # fmt: skip
def test_shocks_are_diagnosed(lines, words):
    verdict = said("01.6", SHOCKS, *lines)
    assert verdict.status == "presque"
    assert words in verdict.sentence


def test_an_endless_loop_ends_soon():
    assert exercise("01.6").exercise.time_limit <= 10


def test_every_parameter_of_a_long_balance_is_shown():
    verdict = said(
        "01.4", BALANCE, "return (I - g_Na * m**2 * h * (V - E_Na) - g_K * n**4 * (V - E_K)) / C"
    )
    assert verdict.table.headers[:5] == ("V (mV)", "n", "m", "h", "I (µA/cm²)")
    for name in ("C", "g_Na", "g_K", "g_L", "E_Na", "E_K", "E_L"):
        assert f"{name} = " in verdict.table.note
    assert len(verdict.table.rows) == 3
