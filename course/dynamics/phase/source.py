"""What the analysis of a model computes, derived once with sympy and kept as plain Python text.

field(*state, *parameters)          the derivatives
jacobian(*state, *parameters)       ∂field_i/∂variable_j, row after row
reduced_k(x, *parameters)           (g, *state): where g vanishes, state is a fixed point; `REDUCED` names x, a variable
                                    or the argument of a function
coefficients_k(*parameters)         those of g when it is a polynomial of x, the highest degree first
nullcline_k_l(x, *parameters)       the other variable, on a piece of a nullcline; `NULLCLINES` lists, for each
                                    piece, the ways to solve for one variable: (x, function, LaTeX); both variables,
                                    where x is "", are functions of a parameter
"""

import sympy

from course.dynamics.generate import Source
from course.dynamics.latex import name as latex_name
from course.dynamics.phase.reduce import ARGUMENT, factors, parametric, reductions, solved
from course.dynamics.printer import Printer
from course.dynamics.spec import Spec
from course.dynamics.symbols import ordinary, split_noise, symbol


def generate(spec: Spec) -> str:
    """The text of the functions of one model; the noises are at their mean, zero."""
    source = Source(spec)
    x, p = [symbol(v) for v in spec.variables], [symbol(n) for n in spec.parameters]
    F = [
        split_noise(e.xreplace(source.full), spec.equations.noises)[0]
        for e in source.derivatives.values()
    ]
    J = [ordinary(sympy.diff(e, v)) for e in F for v in x]
    text = _function("field", [*x, *p], F) + _function("jacobian", [*x, *p], J)
    reduced, pieces = [], []
    for k, r in enumerate(reductions(F, x)):
        text += _function(f"pivots_{k}", p, r.pivots)
        parts = []
        for master, state, g in r.parts:
            name = f"reduced_{k}_{len(parts)}"
            parts.append(
                (str(master), name, f"coefficients_{k}_{len(parts)}" * bool(g.is_polynomial(master)))
            )
            text += _function(name, [master, *p], [g, *(state.get(v, v) for v in x)])
            if g.is_polynomial(master):
                text += _function(parts[-1][2], p, sympy.Poly(g, master).all_coeffs())
        reduced.append((f"pivots_{k}", parts))
    for v, e in zip(x, F, strict=True) if len(x) == 2 else ():
        for f in factors(e, x):
            ways = []
            for of, body in solved(f, x):
                along, name = next(u for u in x if u != of), f"nullcline_{len(pieces)}_{len(ways)}"
                ways.append((str(along), name, f"{_latex(of)} = {_latex(body)}"))
                text += _function(name, [along, *p], [body])
            if not ways and (found := parametric(f, x)):
                state, of, body = found
                ways.append(
                    ("", name := f"nullcline_{len(pieces)}_0", f"{_latex(of)} = {_latex(body)}")
                )
                text += _function(name, [ARGUMENT, *p], [state[v] for v in x])
            pieces.append((str(v), ways))
    return f"REDUCED = {reduced!r}\nNULLCLINES = {pieces!r}\n{text}"


def _function(name: str, arguments: list[sympy.Symbol], results: list[sympy.Expr]) -> str:
    shared, reduced = sympy.cse(results, symbols=sympy.numbered_symbols("_s", real=True), list=True)
    printer = Printer()
    for s, e in shared:
        printer.define(str(s), e)
    texts = [printer.source(e) for e in reduced]
    body = "\n    ".join([*printer.lines, f"return ({''.join(t + ', ' for t in texts)})"])
    return f"\n\ndef {name}({', '.join(map(str, arguments))}):\n    {body}\n"


def _latex(e: sympy.Expr) -> str:
    text = sympy.latex(e, symbol_names={s: latex_name(str(s)) for s in e.free_symbols})
    return text.replace("atanh", "artanh")
