"""Has the student begun? Read in the source of the function: an untouched stub deserves no reproach."""

import ast
import inspect
import textwrap
from collections.abc import Callable

MARK = "À compléter"


def state(function: Callable) -> str:
    """« vide » (no statement at all), « à compléter » (the stub's line is still there), « écrite », « inconnue »."""
    try:
        source = textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
        tree = ast.parse(source)
    except (OSError, TypeError, ValueError, SyntaxError):  # no source, or a lambda inside a larger line
        return "inconnue"
    definition = next((node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)), None)
    if definition is None:
        return "inconnue"
    if all(_says_nothing(statement) for statement in definition.body):
        return "vide"
    left = any(_is_ellipsis(node) for node in ast.walk(definition))
    return "à compléter" if left and MARK in source else "écrite"


def _says_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Return):
        return statement.value is None or _is_constant(statement.value)
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and (isinstance(statement.value, ast.Constant))
    )


def _is_constant(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and (value.value is None or value.value is Ellipsis)


def _is_ellipsis(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is Ellipsis
    )
