"""A function that asks the course for its own answer: read in its syntax tree."""

import ast

SHEET = ("exercise", "pronostic", "comparer")
GIVES = ("recall", "solution", "reference", "alternatives")
ANSWERS = "course.exercises"


def asks_for_the_answer(source: str, id: str) -> bool:
    """True when a cell takes the answers out of the course, or a function in it calls the solution of `id`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda)))
    return any(_takes(node) for node in ast.walk(tree)) or any(
        _calls(node, id) for function in functions for node in ast.walk(function)
    )


def _takes(node: ast.AST) -> bool:
    """`from course.exercises.td04 import transfer`, or the same through importlib, sys.modules, a path."""
    if isinstance(node, ast.Import):
        return any(name.name.startswith(ANSWERS + ".") for name in node.names)
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return module.startswith(ANSWERS + ".") or (
            module == ANSWERS and any(name.name not in SHEET for name in node.names)
        )
    text = node.value.replace("/", ".") if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return ANSWERS in text or text.startswith("exercises.td")


def _calls(node: ast.AST, id: str) -> bool:
    """`exercise("04.1").recall()`, inside a function."""
    if not (isinstance(node, ast.Attribute) and node.attr in GIVES and isinstance(node.value, ast.Call)):
        return False
    return any(isinstance(one, ast.Constant) and one.value == id for one in node.value.args)
