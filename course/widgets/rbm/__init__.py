"""`explore_rbm()`: a restricted Boltzmann machine learns letters while one looks, and repairs those one has erased.

subject   the letters, the settings; lessons: one run; school: the thread on which it learns
chain     the Gibbs chain from the image; places: pixels and filters on the panels
acts      what one does; studio: the explorer that gives the orders
view      -> the scene; words -> the sentence and the Python text
"""

from course import _check
from course.nn.given import count
from course.widgets.controls import Choice, Slider, Switch
from course.widgets.rbm.acts import pen, settle, verbs
from course.widgets.rbm.chain import STEPS
from course.widgets.rbm.school import School
from course.widgets.rbm.studio import Studio, computation
from course.widgets.rbm.subject import COLUMNS, EXAMPLES, HIDDEN, ROWS, WHERE, Subject
from course.widgets.rbm.view import scene
from course.widgets.rbm.words import code, describe

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


def explore_rbm(letters: str = "ABCDE", hidden: int = 60, seed: int = 0) -> Studio:
    """The filters that form, the Gibbs chain, free energies; erase pixels of a letter, let the machine repair it.

    The rate, k and CD or PCD change from the next batch on; another number of hidden units begins again. A click on
    a filter silences its unit in the chain (not in the lessons). Learning goes on in a thread of its own.

    Args:
        letters: what it learns, among the digits and the capital letters of AlphaDigits.
        hidden: hidden units to begin with, from 10 to 200. seed: of the first weights, of the draws.

    Raises:
        ValueError: « explore_rbm.letters : des chiffres de 0 à 9 et des lettres de A à Z…, reçu 'É' ».
    """
    hidden = number_of_units(hidden)
    s = Subject.checked(letters, seed)
    school = School(s)
    studio = Studio(
        school, label="Explorateur d'une machine de Boltzmann restreinte. Touche\u00a0? pour la liste des touches.",
        controls=controls(s, hidden), cursor=Slider("t", "le pas de la chaîne", 0, STEPS, 1, "", 1),
        compute=computation(school), scene=scene, describe=describe, code=lambda values: code(school, values),
        verbs=verbs(school), pen=pen, settle=settle, wait=school.wait,
        arrows=lambda values: ("px", "py") if values["rubber"] else None,
        apart=("run", "play", "target", "of"),
        more={"run": 0, "play": False, "target": 0, "of": hidden, "erased": (), "silent": (), "down": False},
    )  # fmt: skip
    school.done = studio.hear
    return studio


def number_of_units(hidden: object) -> int:
    """A whole number that the slider can say."""
    low, high, _ = HIDDEN
    n = count(f"{WHERE}.hidden", hidden, low)
    if n > high:
        raise _check.refuse(f"{WHERE}.hidden", f"un entier de {low} à {high}", hidden)
    return n


def controls(s: Subject, hidden: int) -> list:
    """In reading order: how it learns, then what the chain starts from."""

    def given(values: dict) -> bool:
        return values["start"] == "letter"

    return [
        Choice("lr", "Pas d'apprentissage", tuple((str(lr).replace(".", ","), lr) for lr in RATES), 0.03, key="l"),
        Choice("persistent", "Phase négative", (("CD", False), ("PCD", True)), False, key="p"),
        Choice("start", "Partir", (("d'une lettre", "letter"), ("du bruit", "noise")), "letter", key="d"),
        Choice("letter", "Laquelle", tuple((c, c) for c in s.letters), s.letters[0], key="n", shown=given),
        Switch("clamp", "Tenir les pixels non gommés", False, key="h"),
        Switch("rubber", "Gomme aux flèches", False, key="g"),
        Slider("example", "Exemplaire jamais vu", 1, EXAMPLES, 1, value=1, shown=given),
        Slider("temperature", "Température de la chaîne", 0.1, 5, 0.1, value=1.0),
        Slider("k", "k, pas de Gibbs par lot", 1, 20, 1, value=1),
        Slider("hidden", "Unités cachées (recommence)", *HIDDEN, value=float(hidden)),
        Slider("unit", "Unité choisie", 1, HIDDEN[1], 1, value=1),
        Slider("px", "Gomme, de gauche à droite", 0, COLUMNS, 1, value=COLUMNS / 2, shown=lambda values: False),
        Slider("py", "Gomme, de bas en haut", 0, ROWS, 1, value=ROWS / 2, shown=lambda values: False),
    ]  # fmt: skip
