"""From equations written as text to simulations, curves and formulas.

equations (text, checked) -> symbols (sympy) -> generate, printer, kernels (source) -> load (compiled, cached)
-> simulate -> Trace. `Model` is the door. A student's own functions come in by given: traced into lines of the text,
or else called.
"""

from course.dynamics.called import FunctionError
from course.dynamics.lines import EquationError
from course.dynamics.model import Model
from course.dynamics.simulate import SimulationError
from course.dynamics.trace import Trace

__all__ = ["EquationError", "FunctionError", "Model", "SimulationError", "Trace"]
