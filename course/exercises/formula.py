"""Short formulas of an exercise's parameters, read through an `ast` whitelist and never `eval`ed.

>>> evaluate("r_max / 2", {"r_max": 100.0})
50.0
"""

import ast
import operator
from collections.abc import Mapping
from typing import Any

import numpy as np

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
FUNCTIONS = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
}
CONSTANTS = {"pi": np.pi, "inf": np.inf}


def evaluate(formula: Any, names: Mapping[str, Any]) -> Any:
    """The value of `formula` (returned as it is when it is no text), with `names` as parameters.

    Raises:
        ValueError: « formule : seulement des nombres, des paramètres et + - * / **, reçu '...' ».
    """
    if not isinstance(formula, str):
        return formula
    try:
        return _value(ast.parse(formula, mode="eval").body, {**CONSTANTS, **names})
    except SyntaxError:
        raise ValueError(_refusal(formula)) from None


def _value(node: ast.AST, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(operand, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(argument, names) for argument in arguments))
    raise ValueError(_refusal(ast.unparse(node)))


def _refusal(formula: str) -> str:
    return f"formule\u00a0: seulement des nombres, des paramètres et + - * / **, reçu {formula!r}"
