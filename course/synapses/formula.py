"""A kernel written as a formula in t: read with the grammar of the equations, brought back to modes by sympy."""

from collections.abc import Callable, Mapping

import numpy as np

from course import _check
from course.dynamics.equations import Equations
from course.dynamics.grammar import read_expression
from course.dynamics.lines import Line
from course.dynamics.load import array_names
from course.dynamics.rules import check_names
from course.synapses.modes import Mode

_FORMULAS = Equations(
    "", {}, {}, {}, (), ()
)  # a formula stands alone: no variable, no term, no function


def read(text: str, parameters: Mapping[str, float]) -> "sympy.Expr":  # noqa: F821 (imported when used)
    """The formula as a sympy expression of t and of the parameters' names.

    Raises:
        EquationError: in French, the line, a caret, the name and the rule.
    """
    from course.dynamics.symbols import expression

    line = Line(" ".join(text.split()), 1, "Noyau")
    d = read_expression(line, "K", (), line.text, 0, "")
    check_names(d, parameters, {})
    used = {n.id for n in d.names()}
    for name in parameters:
        if name not in used:
            rule = "un nom qui figure dans la formule"
            raise _check.refuse(f"Kernel.{name}", rule + _check.nearest(name, used), name)
    return expression(d, _FORMULAS)


def valued(e: "sympy.Expr", parameters: Mapping[str, float]) -> "sympy.Expr":  # noqa: F821
    """`e` with the parameters' values, exact decimals."""
    import sympy

    from course.dynamics.symbols import symbol

    return e.subs({symbol(n): sympy.Rational(repr(float(v))) for n, v in parameters.items()})


def numeric(e: "sympy.Expr") -> Callable[[np.ndarray], np.ndarray]:  # noqa: F821
    """The expression as a function of arrays of t."""
    from course.dynamics.printer import Printer

    printer = Printer()
    result = printer.source(e)
    body = "\n    ".join([*printer.lines, f"return {result}"])
    space = array_names()
    exec(
        f"def K(t):\n    {body}\n", space
    )  # printed from a checked expression, never a student's text
    return lambda t: np.broadcast_to(np.asarray(space["K"](t), float), np.shape(t))


def modes(e: "sympy.Expr") -> tuple[Mode, ...] | None:  # noqa: F821
    """`e` as a sum of t^j exp(λt), or None. One that grows, or a power of t that nothing damps, is left out: the
    rounding errors of its states would grow with them."""
    import sympy

    from course.dynamics.symbols import symbol

    t = symbol("t")
    found: dict[tuple[float, float], dict[int, complex]] = {}
    for term in sympy.Add.make_args(sympy.expand(sympy.expand(e).rewrite(sympy.exp))):
        rate, power, coefficient = sympy.Integer(0), 0, sympy.Integer(1)
        for factor in sympy.Mul.make_args(sympy.powsimp(term)):
            if not factor.has(t):
                coefficient *= factor
            elif factor == t:
                power += 1
            elif factor.is_Pow and factor.base == t and factor.exp.is_Integer and factor.exp > 0:
                power += int(factor.exp)
            elif isinstance(factor, sympy.exp) and sympy.diff(factor.args[0], t, 2) == 0:
                slope = sympy.diff(factor.args[0], t)
                rate += slope
                coefficient *= sympy.exp(sympy.expand(factor.args[0] - slope * t))
            else:
                return None
        λ, c = complex(rate), complex(coefficient)
        powers = found.setdefault((λ.real, abs(λ.imag)), {})
        # C·exp(iωt) has the real part Re C cos ωt - Im C sin ωt; its conjugate brings the other half
        powers[power] = powers.get(power, 0) + (c if λ.imag >= 0 else c.conjugate())
    result = tuple(_mode(*key, powers) for key, powers in sorted(found.items()))
    steady = all(m.rate < 0 or (m.rate == 0 and len(m.cos) == 1) for m in result)
    return result if steady else None


def _mode(rate: float, frequency: float, powers: dict[int, complex]) -> Mode:
    c = [powers.get(j, 0j) for j in range(max(powers) + 1)]
    return Mode(
        rate, frequency, tuple(x.real for x in c), tuple(-x.imag for x in c) if frequency else ()
    )


def latex(e: "sympy.Expr") -> str:  # noqa: F821
    import sympy

    text = sympy.latex(e).replace(".", "{,}")
    return text.replace(r"\text{for}\:", r"\text{si }").replace(
        r"\text{otherwise}", r"\text{sinon}"
    )
