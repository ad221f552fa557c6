"""Functions of a file, as a student's own: what a pickle can find again."""

import math


def half_open(V: float) -> float:
    return 1 / (1 + math.exp(-(V + 40) / 6))
