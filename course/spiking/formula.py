"""A formula in x and k, as text, for lanes: `1 / (1 + k * abs(x)) ** 2` becomes calls on sixteen numbers at once."""

import ast
import math

_TWO = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div"}
_CALLS = {"abs": "vabs({})", "exp": "vexp({})"}
_CONSTANTS = {"pi": math.pi}


def on_lanes(formula: str) -> str:
    """The formula as a nest of calls.

    It may hold numbers, pi, x, k, + - * /, `** 2`, abs, exp and where(a < b, c, d).
    """
    return _call(ast.parse(formula, mode="eval").body)


def _call(node: ast.expr) -> str:
    if not {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - {*_CONSTANTS}:  # a number
        return f"like(x, {float(eval(ast.unparse(node), {'__builtins__': {}}, _CONSTANTS))!r})"
    match node:
        case ast.Name(id="x" | "k"):
            return node.id
        case ast.UnaryOp(op=ast.USub(), operand=x):
            return f"sub(like(x, 0.0), {_call(x)})"
        case ast.BinOp(left=x, op=ast.Pow(), right=ast.Constant(value=2)):
            return f"square({_call(x)})"
        case ast.BinOp(left=x, op=op, right=y) if type(op) in _TWO:
            return f"{_TWO[type(op)]}({_call(x)}, {_call(y)})"
        case ast.Call(func=ast.Name(id="where"), args=[ast.Compare(left=x, ops=[op], comparators=[y]), a, b]):
            low, high = (x, y) if isinstance(op, ast.Lt) else (y, x)
            return f"choose(above({_call(high)}, {_call(low)}), {_call(a)}, {_call(b)})"
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in _CALLS:
            return _CALLS[name].format(*map(_call, arguments))
    raise NotImplementedError(f"formula: {ast.unparse(node)} has no place on lanes")
