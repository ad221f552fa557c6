"""A Python function read as a formula: called once with an object that writes down what is done to it.

`formula(f, names)` is the text of one of our equations, or None where there is none: an `if` on a value, math.exp,
a loop until something converges, a draw at random. What was written down is then compared with the function itself,
for an `if` on something else than its arguments leaves no mark.
"""

import ast
from collections.abc import Callable
from numbers import Real

import numpy as np

from course.dynamics.grammar import read_expression
from course.dynamics.lines import Line
from course.dynamics.points import points

_LARGEST = 400  # nodes of a formula: beyond it is a loop unrolled, which nobody would read


class Untraceable(Exception):
    """This operation has no formula."""


class Traced:
    """Stands for a number in a Python function, and keeps the syntax tree of what is computed from it."""

    __hash__ = None

    def __init__(self, node: ast.expr, size: int = 1) -> None:
        if size > _LARGEST:
            raise Untraceable
        self.node, self.size = node, size

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: object, **options: object):
        if method != "__call__" or options or ufunc.__name__ not in _UFUNCS:
            raise Untraceable
        return _UFUNCS[ufunc.__name__](*inputs)

    def __array_function__(self, function: Callable, types: object, args: tuple, options: dict):
        if function is np.where and len(args) == 3 and not options:
            return _call("where", *args)
        if function is np.clip and len(args) == 3 and not options:
            return _call("min", _call("max", args[0], args[1]), args[2])
        raise Untraceable

    def _refused(self, *_: object) -> None:
        raise Untraceable

    __bool__ = __float__ = __int__ = __index__ = __array__ = __eq__ = __ne__ = _refused
    __iter__ = __len__ = __getitem__ = __complex__ = __round__ = _refused

    def __pos__(self) -> "Traced":
        return self

    def __neg__(self) -> "Traced":
        return _join(lambda a: ast.UnaryOp(ast.USub(), a), self)

    def __abs__(self) -> "Traced":
        return _call("abs", self)

    def __invert__(self) -> "Traced":
        return _join(lambda a: ast.UnaryOp(ast.Not(), a), self)


def _tree(x: object) -> tuple[ast.expr, int]:
    """The syntax tree of an operand, and its size."""
    if isinstance(x, Traced):
        return x.node, x.size
    if isinstance(x, np.ndarray) and x.ndim == 0:
        x = x.item()
    if isinstance(x, bool | np.bool_) or not isinstance(x, Real) or not np.isfinite(x):
        raise Untraceable
    number = ast.Constant(abs(int(x) if isinstance(x, int | np.integer) else float(x)))
    return (ast.UnaryOp(ast.USub(), number) if x < 0 else number), 1


def _join(build: Callable[..., ast.expr], *operands: object) -> Traced:
    nodes, sizes = zip(*map(_tree, operands), strict=True)
    return Traced(build(*nodes), sum(sizes) + 1)


def _call(name: str, *operands: object) -> Traced:
    return _join(lambda *nodes: ast.Call(ast.Name(name), list(nodes), []), *operands)


def _operation(op: ast.operator) -> Callable[[object, object], Traced]:
    return lambda a, b: _join(lambda left, right: ast.BinOp(left, op, right), a, b)


def _comparison(op: ast.cmpop) -> Callable[[object, object], Traced]:
    return lambda a, b: _join(lambda left, right: ast.Compare(left, [op], [right]), a, b)


def _both(op: ast.boolop) -> Callable[[object, object], Traced]:
    return lambda a, b: _join(lambda left, right: ast.BoolOp(op, [left, right]), a, b)


_BINARY = {
    "add": _operation(ast.Add()), "sub": _operation(ast.Sub()), "mul": _operation(ast.Mult()),
    "truediv": _operation(ast.Div()), "pow": _operation(ast.Pow()), "and": _both(ast.And()), "or": _both(ast.Or()),
}  # fmt: skip
_COMPARE = {
    "gt": _comparison(ast.Gt()), "ge": _comparison(ast.GtE()), "lt": _comparison(ast.Lt()),
    "le": _comparison(ast.LtE()),
}  # fmt: skip
for _name, _f in {**_BINARY, **_COMPARE}.items():
    setattr(Traced, f"__{_name}__", lambda self, other, f=_f: f(self, other))
for _name, _f in _BINARY.items():
    setattr(Traced, f"__r{_name}__", lambda self, other, f=_f: f(other, self))


def _named(name: str) -> Callable[..., Traced]:
    return lambda *operands: _call(name, *operands)


def _heaviside(x: object, at_zero: object) -> Traced:
    if at_zero != 1:
        raise Untraceable
    return _call("heaviside", x)


_ONE_TO_ONE = ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "sign")
_UFUNCS: dict[str, Callable[..., Traced]] = {
    **{name: _named(name) for name in _ONE_TO_ONE},
    "absolute": _named("abs"), "fabs": _named("abs"), "minimum": _named("min"), "maximum": _named("max"),
    "add": _BINARY["add"], "subtract": _BINARY["sub"], "multiply": _BINARY["mul"], "divide": _BINARY["truediv"],
    "true_divide": _BINARY["truediv"], "power": _BINARY["pow"], "float_power": _BINARY["pow"],
    "greater": _COMPARE["gt"], "greater_equal": _COMPARE["ge"], "less": _COMPARE["lt"], "less_equal": _COMPARE["le"],
    "logical_and": _BINARY["and"], "logical_or": _BINARY["or"], "bitwise_and": _BINARY["and"],
    "bitwise_or": _BINARY["or"], "logical_not": lambda x: ~x, "invert": lambda x: ~x,
    "negative": lambda x: -x, "positive": lambda x: x, "square": lambda x: x**2, "reciprocal": lambda x: 1 / x,
    "expm1": lambda x: _call("exp", x) - 1, "log1p": lambda x: _call("log", 1 + x), "heaviside": _heaviside,
    "exp2": lambda x: 2**x, "log10": lambda x: _call("log", x) / _call("log", 10),
    "log2": lambda x: _call("log", x) / _call("log", 2),
}  # fmt: skip


def formula(f: Callable, names: tuple[str, ...]) -> str | None:
    """The text of `f` as a function of `names`, when it has one and the two agree wherever they were compared."""
    try:
        with np.errstate(all="ignore"):
            result = f(*(Traced(ast.Name(n)) for n in names))
        text = ast.unparse(ast.fix_missing_locations(_tree(result)[0]))
        body = read_expression(Line(text, 1), "f", names, text, 0, "").body
    except (
        Exception
    ):  # whatever a student's function may raise: it is then called, and its error is shown there
        return None
    condition = isinstance(body, ast.Compare | ast.BoolOp) or text.startswith("not ")
    return text if not condition and _agree(f, names, body) else None


def _agree(f: Callable, names: tuple[str, ...], body: ast.expr) -> bool:
    compared = 0
    with np.errstate(all="ignore"):
        for point in points(len(names)):
            try:
                expected = float(f(*point.tolist()))
            except Exception:  # outside of what the function is defined on
                continue
            if not np.isfinite(expected):
                continue
            found = _value(body, dict(zip(names, point, strict=True)))
            if not np.isclose(found, expected, rtol=1e-8, atol=1e-12):
                return False
            compared += 1
    return compared >= 3


_VALUES = {
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "tan": np.tan, "sinh": np.sinh,
    "cosh": np.cosh, "tanh": np.tanh, "arctan": np.arctan, "sign": np.sign, "abs": np.abs, "min": np.minimum,
    "max": np.maximum, "where": np.where, "heaviside": lambda x: np.heaviside(x, 1),
}  # fmt: skip
_OPERATIONS = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
    ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Lt: np.less, ast.LtE: np.less_equal,
    ast.And: np.logical_and, ast.Or: np.logical_or, ast.Not: np.logical_not, ast.USub: np.negative,
}  # fmt: skip


def _value(node: ast.expr, at: dict[str, np.float64]) -> np.float64:
    """The number that a formula gives, computed on its tree."""
    match node:
        case ast.Constant(value=value):
            return np.float64(value)
        case ast.Name(id=name):
            return at[name]
        case ast.UnaryOp(op=op, operand=x):
            return _OPERATIONS[type(op)](_value(x, at))
        case ast.BinOp(left=a, op=op, right=b) | ast.Compare(left=a, ops=[op], comparators=[b]):
            return _OPERATIONS[type(op)](_value(a, at), _value(b, at))
        case ast.BoolOp(op=op, values=[a, b]):
            return _OPERATIONS[type(op)](_value(a, at), _value(b, at))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _VALUES[name](*(_value(a, at) for a in args))
    raise TypeError(f"no value for {ast.dump(node)}")
