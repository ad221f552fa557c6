"""The arrows of a phase plane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.dynamics.model import Model
from course.dynamics.phase.system import system
from course.dynamics.phase.window import checked_window, plane


@dataclass(frozen=True, eq=False)
class Field:
    """Derivatives on a grid: `x` (nx,), `y` (ny,), `dx` and `dy` (ny, nx)."""

    x: np.ndarray
    y: np.ndarray
    dx: np.ndarray
    dy: np.ndarray


def vector_field(
    model: Model,
    x: str,
    y: str,
    window: Mapping | Sequence,
    shape: tuple[int, int] = (21, 17),
    **parameters: float,
) -> Field:
    """dx/dt and dy/dt on a grid of `shape` (columns, rows) of the window; other variables stay at `init`.

    >>> fhn = Model("dv/dt = v - v**3/3 - w + I\\ndw/dt = (v + a - b*w)/tau", I=0.0, a=0.7, b=0.8, tau=12.5)
    >>> vector_field(fhn, "v", "w", ((-2, 2), (-1, 1))).dx.shape
    (17, 21)
    """
    x, y = plane("vector_field", model, x, y)
    s = system("vector_field", model, parameters)
    box = checked_window("vector_field", model, window, (x, y))
    columns, rows = shape
    u, w = np.linspace(*box[x], columns), np.linspace(*box[y], rows)
    X = np.empty((len(s.variables), rows, columns))
    X[...] = s.init[:, None, None]
    i, j = s.variables.index(x), s.variables.index(y)
    X[i], X[j] = np.meshgrid(u, w)
    F = s.field(X)
    return Field(u, w, F[i], F[j])
