"""A model and the functions that a student may give it; in a file, where a pickle can find them again."""

import math
from collections.abc import Callable

import numpy as np

from course.dynamics import Model

TEXT = """
    dV/dt = (I - g*n*(V + 77) - 0.3*(V + 54.4))/C   : mV
    dn/dt = (n_inf(V) - n)/tau                      : 1
"""
VALUES = {
    "I": 5.0,
    "g": 36.0,
    "C": 1.0,
    "tau": 5.0,
    "init": {"V": -65, "n": 0.3},
    "spike": "V >= -72",
}


def by_numpy(V):  # as a student writes
    return 1 / (1 + np.exp(-(V + 40) / 6))


def by_math(V):
    return 1 / (1 + math.exp(-(V + 40) / 6))


def model(f: Callable, text: str = TEXT, **values: object) -> Model:
    return Model(text, functions={"n_inf": f}, **{**VALUES, **values})


def half_open(V: float) -> float:
    return 1 / (1 + math.exp(-(V + 40) / 6))
