"""What a thing is, in French: the words of « votre fonction rend ... ; on attend ... »."""

import inspect
from typing import Any

import numpy as np

from course.exercises.french import number, plural

is_generator = inspect.isgenerator


def kind(x: Any) -> str:
    """What `x` is, in French, with its article: « un tableau de 200 valeurs », « du texte »."""
    if x is None:
        return "rien (`None`)"
    if x is Ellipsis:
        return "`...`"
    if isinstance(x, (bool, np.bool_)):
        return "vrai ou faux"
    if isinstance(x, (str, bytes)):
        return "du texte"
    if isinstance(x, complex):
        return "un nombre complexe"
    if isinstance(x, (int, float, np.number)) or hasattr(x, "low"):
        return "un nombre"
    if isinstance(x, dict):
        return "un dictionnaire"
    if is_generator(x):
        return "un générateur"
    if isinstance(x, np.ndarray):
        return sized(x)
    if isinstance(x, (tuple, list)):
        return f"{'une liste' if isinstance(x, list) else 'un tuple'} de {plural(len(x), 'élément')}"
    if callable(x):
        return "une fonction"
    return f"un objet de type `{type(x).__name__[:40].replace('`', ' ')}`"


def sized(x: np.ndarray) -> str:
    """A number or an array by its size."""
    if x.ndim == 0:
        return "un nombre"
    if x.ndim == 1:
        return f"un tableau de {plural(x.size, 'valeur')}"
    return "un tableau de forme (" + ", ".join(number(n) for n in x.shape) + ")"
