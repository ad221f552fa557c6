"""The phase space of a model: nullclines, fixed points, cycles, bifurcations, all from its equations.

source (sympy, once) -> system (functions) -> field, nullclines, fixed, paths; cycle; continuation -> diagram.
"""

from course.dynamics.phase.backward import backward
from course.dynamics.phase.cycle import Cycle, limit_cycle
from course.dynamics.phase.diagram import Branch, Diagram, bifurcations
from course.dynamics.phase.field import Field, vector_field
from course.dynamics.phase.fixed import FixedPoint, fixed_points
from course.dynamics.phase.nullclines import Nullcline, nullclines
from course.dynamics.phase.paths import separatrix, unstable_manifold
from course.dynamics.phase.sweep import Sweep

__all__ = [
    "Branch",
    "Cycle",
    "Diagram",
    "Field",
    "FixedPoint",
    "Nullcline",
    "Sweep",
    "backward",
    "bifurcations",
    "fixed_points",
    "limit_cycle",
    "nullclines",
    "separatrix",
    "unstable_manifold",
    "vector_field",
]
