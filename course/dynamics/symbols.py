"""Syntax trees become sympy expressions, exact: 0.01 is one hundredth, and x/(exp(x) - 1) keeps its limit."""

import ast
import functools

import sympy

from course.dynamics.equations import Equations
from course.dynamics.latex import name as latex_name
from course.dynamics.lines import Definition


class linoid(sympy.Function):
    """linoid(x) = x/(exp(x) - 1), with linoid(0) = 1: the rate of a gate, without its 0/0."""

    nargs = 1

    @classmethod
    def eval(cls, x: sympy.Expr) -> sympy.Expr | None:
        return sympy.Integer(1) if x.is_zero else None

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return dlinoid(self.args[0])


class dlinoid(sympy.Function):
    """The derivative of linoid; dlinoid(0) = -1/2."""

    nargs = 1

    @classmethod
    def eval(cls, x: sympy.Expr) -> sympy.Expr | None:
        return -sympy.Rational(1, 2) if x.is_zero else None


@functools.cache
def called(name: str, arity: int, slopes: tuple[int, ...] = ()) -> type[sympy.Function]:
    """A function known by its name alone, or its derivative along the arguments `slopes`, which is another one."""
    head = (
        latex_name(name)
        if not slopes
        else rf"\partial_{{{', '.join(str(i + 1) for i in slopes)}}} {latex_name(name)}"
    )

    def fdiff(self: sympy.Expr, argindex: int = 1) -> sympy.Expr:
        return called(name, arity, (*slopes, argindex - 1))(*self.args)

    def show(self: sympy.Expr, printer: object, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"{head}{power}\left({', '.join(map(printer._print, self.args))}\right)"

    text = "_".join(["_call", name, *map(str, slopes)])
    body = {"nargs": arity, "is_real": True, "is_number": False, "fdiff": fdiff, "_latex": show}
    return type(sympy.Function)(text, (sympy.Function,), {**body, "source": text})


_CALLS = {
    "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan,
    "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh, "arctan": sympy.atan, "abs": sympy.Abs,
    "sign": sympy.sign, "linoid": linoid, "min": sympy.Min, "max": sympy.Max,
    "heaviside": lambda x: sympy.Piecewise((1, x >= 0), (0, True)),
    "where": lambda c, a, b: sympy.Piecewise((a, c), (b, True)),
}  # fmt: skip


def symbol(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, real=True)


def expression(
    d: Definition, equations: Equations, bound: dict[str, sympy.Expr] | None = None
) -> sympy.Expr:
    """The body of `d`; named terms stay symbols, functions are replaced by their bodies."""
    bound = bound or {}

    def go(node: ast.expr) -> sympy.Expr:
        match node:
            case ast.Constant(value=value):
                return (
                    sympy.Rational(repr(value))
                    if isinstance(value, float)
                    else sympy.Integer(value)
                )
            case ast.Name(id=name):
                if name in bound:
                    return bound[name]
                return sympy.pi if name == "pi" else symbol(name)
            case ast.UnaryOp(op=op, operand=x):
                return (
                    sympy.Not(go(x))
                    if isinstance(op, ast.Not)
                    else -go(x)
                    if isinstance(op, ast.USub)
                    else go(x)
                )
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                base, exponent = go(left), go(right)
                if base.is_number and exponent.is_number and not abs(exponent) <= 1000:
                    raise d.error("puissance démesurée", node)
                return base**exponent
            case ast.BinOp(left=left, op=op, right=right):
                return _BINARY[type(op)](go(left), go(right))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return _COMPARE[type(op)](go(left), go(right))
            case ast.BoolOp(op=op, values=values):
                return (sympy.And if isinstance(op, ast.And) else sympy.Or)(*map(go, values))
            case ast.Call(func=ast.Name(id=name), args=args):
                values = [go(a) for a in args]
                if name in equations.called:
                    return called(name, len(values))(*values)
                if name not in equations.functions:
                    return _CALLS[name](*values)
                f = equations.functions[name]
                return expression(f, equations, dict(zip(f.args, values, strict=True)))
        raise d.error("cette écriture n'est pas permise dans une équation", node)

    return with_limits(go(d.body)) if not bound else go(d.body)


_BINARY = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}  # fmt: skip
_COMPARE = {ast.Gt: sympy.Gt, ast.GtE: sympy.Ge, ast.Lt: sympy.Lt, ast.LtE: sympy.Le}


def with_limits(e: sympy.Expr) -> sympy.Expr:
    """Write each c·x/(exp(x) - 1) of `e` as c·linoid(x), so that x = 0 gives c and not a NaN."""
    if not e.has(sympy.exp):
        return e
    return e.replace(lambda x: x.is_Mul, _limit_of_product)


def _limit_of_product(product: sympy.Mul) -> sympy.Expr:
    for factor in product.args:
        if not (factor.is_Pow and factor.exp.is_Integer and factor.exp < 0 and factor.base.is_Add):
            continue
        if len(factor.base.args) != 2:
            continue
        one, other = sorted(factor.base.args, key=lambda a: a.has(sympy.exp))
        scale, exponential = other.as_independent(sympy.exp, as_Add=False)
        if not isinstance(exponential, sympy.exp) or sympy.expand(one + scale) != 0:
            continue  # factor is (scale·(exp(x) - 1))^(-n) from here on
        x, n = exponential.args[0], -int(factor.exp)
        for numerator in product.args:
            if (
                numerator is factor
                or not numerator.free_symbols & x.free_symbols
                or numerator.has(sympy.exp)
            ):
                continue
            ratio = sympy.cancel(numerator / x**n)
            if _never_zero_with(sympy.fraction(ratio)[1], sympy.fraction(sympy.together(x))[0]):
                rest = sympy.Mul(*(a for a in product.args if a not in (factor, numerator)))
                return with_limits(rest) * ratio / scale**n * linoid(x) ** n
    return product


def _never_zero_with(denominator: sympy.Expr, x: sympy.Expr) -> bool:
    """Does what is left under the fraction have no factor in common with x?"""
    return not denominator.free_symbols or not sympy.gcd(denominator, x).free_symbols


def ordinary(e: sympy.Expr) -> sympy.Expr:
    """A derivative without the generalised functions that sympy puts at a corner: it is one-sided there."""
    e = e.replace(sympy.DiracDelta, lambda *x: sympy.Integer(0))
    return e.replace(sympy.Heaviside, lambda x, *_: sympy.Piecewise((1, x >= 0), (0, True)))


def split_noise(e: sympy.Expr, noises: tuple[str, ...]) -> tuple[sympy.Expr, dict[str, sympy.Expr]]:
    """`e` = drift + Σ coefficient·xi, exact because xi enters linearly (checked when the text was read)."""
    coefficients = {n: sympy.diff(e, symbol(n)) for n in noises}
    return e.subs({symbol(n): 0 for n in noises}), {n: c for n, c in coefficients.items() if c != 0}
