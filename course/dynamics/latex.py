"""Equations in LaTeX, from the very trees that are simulated, in the order in which they were written."""

import ast

from course.dynamics.equations import Equations
from course.dynamics.lines import Definition

_GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
    ]
)
_SUBSCRIPTS = {"inf": r"\infty"}
_COMPARE = {ast.Gt: ">", ast.GtE: r"\ge", ast.Lt: "<", ast.LtE: r"\le"}
_KNOWN = {"exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "min", "max"}
_SUM, _PRODUCT, _UNARY, _POWER, _ATOM = range(1, 6)


def latex(equations: Equations) -> str:
    r"""`$$\begin{aligned} ... \end{aligned}$$`: the derivatives, then the terms, then the functions."""
    lines = [rf"\frac{{d{name(v)}}}{{dt}} &= {text(d)}" for v, d in equations.derivatives.items()]
    lines += [f"{name(n)} &= {text(d)}" for n, d in equations.terms.items()]
    for n, d in equations.functions.items():
        lines.append(f"{name(n)}({', '.join(map(name, d.args))}) &= {text(d)}")
    body = " \\\\[3pt]\n".join(lines)
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"


def text(d: Definition) -> str:
    return _go(d.body)[0]


def name(n: str) -> str:
    """`tau_m` is τ with subscript m, `n_inf` has ∞, `g_Na` an upright Na."""
    base, _, subscript = n.partition("_")
    base = rf"\{base}" if base in _GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    if not subscript:
        return base
    if subscript in _SUBSCRIPTS:
        return f"{base}_{{{_SUBSCRIPTS[subscript]}}}"
    inner = rf"\{subscript}" if subscript in _GREEK else subscript
    if len(inner) > 1 and not inner.startswith("\\"):
        inner = rf"\mathrm{{{inner}}}".replace("_", r"\_")
    return f"{base}_{{{inner}}}"


def _go(node: ast.expr) -> tuple[str, int]:
    """The formula and how tightly it binds."""
    match node:
        case ast.Constant(value=value):
            mantissa, _, power = repr(value).replace(".", "{,}").partition("e")
            return (
                (rf"{mantissa} \times 10^{{{int(power)}}}", _PRODUCT)
                if power
                else (mantissa, _ATOM)
            )
        case ast.Name(id=n):
            return name(n), _ATOM
        case ast.UnaryOp(op=op, operand=x):
            sign = {ast.USub: "-", ast.UAdd: "+", ast.Not: r"\neg "}[type(op)]
            return sign + _wrap(x, _PRODUCT), _UNARY if isinstance(op, ast.Not) else _SUM
        case ast.BinOp(left=a, op=ast.Add(), right=b):
            return f"{_go(a)[0]} + {_wrap(b, _PRODUCT)}", _SUM
        case ast.BinOp(left=a, op=ast.Sub(), right=b):
            return f"{_go(a)[0]} - {_wrap(b, _PRODUCT)}", _SUM
        case ast.BinOp(left=a, op=ast.Mult(), right=b):
            between = r" \cdot " if isinstance(b, ast.Constant) else r"\, "
            return f"{_wrap(a, _PRODUCT)}{between}{_wrap(b, _UNARY)}", _PRODUCT
        case ast.BinOp(left=ast.UnaryOp(op=ast.USub(), operand=a), op=ast.Div(), right=b):
            return rf"-\frac{{{_go(a)[0]}}}{{{_go(b)[0]}}}", _SUM
        case ast.BinOp(left=a, op=ast.Div(), right=b):
            return rf"\frac{{{_go(a)[0]}}}{{{_go(b)[0]}}}", _UNARY
        case ast.BinOp(left=a, op=ast.Pow(), right=b):
            return f"{_wrap(a, _ATOM)}^{{{_go(b)[0]}}}", _POWER
        case ast.Compare(left=a, ops=[op], comparators=[b]):
            return f"{_go(a)[0]} {_COMPARE[type(op)]} {_go(b)[0]}", 0
        case ast.BoolOp(op=op, values=values):
            sign = r" \wedge " if isinstance(op, ast.And) else r" \vee "
            return sign.join(_wrap(v, _SUM) for v in values), 0
        case ast.Call(func=ast.Name(id=f), args=args):
            return _call(f, args), _ATOM
    raise TypeError(f"no formula for {ast.dump(node)}")


def _call(f: str, args: list[ast.expr]) -> str:
    inside = [_go(a)[0] for a in args]
    if f == "exp" and len(inside[0]) < 60:
        return f"e^{{{inside[0]}}}"
    if f == "sqrt":
        return rf"\sqrt{{{inside[0]}}}"
    if f == "abs":
        return rf"\left|{inside[0]}\right|"
    if f == "where":
        c, a, b = inside
        return rf"\begin{{cases}} {a} & \text{{si }} {c} \\ {b} & \text{{sinon}} \end{{cases}}"
    head = rf"\{f}" if f in _KNOWN else name(f)
    return rf"{head}\left({', '.join(inside)}\right)"


def _wrap(node: ast.expr, least: int) -> str:
    formula, strength = _go(node)
    return formula if strength >= least else rf"\left({formula}\right)"
