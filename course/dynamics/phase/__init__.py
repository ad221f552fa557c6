"""The phase space of a model: nullclines, fixed points, cycles, bifurcations, all from its equations.

source (sympy, once) -> system (functions) -> field, nullclines, fixed, paths; cycle; continuation -> diagram.
"""

from course.dynamics.phase.backward import backward
from course.dynamics.phase.field import Field, vector_field
from course.dynamics.phase.fixed import FixedPoint, fixed_points
from course.dynamics.phase.nullclines import Nullcline, nullclines
from course.dynamics.phase.paths import separatrix, unstable_manifold

__all__ = [
    "Field",
    "FixedPoint",
    "Nullcline",
    "backward",
    "fixed_points",
    "nullclines",
    "separatrix",
    "unstable_manifold",
    "vector_field",
]
