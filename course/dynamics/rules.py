"""What must hold between definitions: every name known, no circle, noise linear."""

import ast
import re
from collections.abc import Iterable

from course._check import nearest, refuse
from course.dynamics.lines import Definition, quote

FUNCTIONS = {
    "exp": 1, "log": 1, "sqrt": 1, "sin": 1, "cos": 1, "tan": 1, "sinh": 1, "cosh": 1, "tanh": 1, "arctan": 1,
    "abs": 1, "sign": 1, "heaviside": 1, "linoid": 1, "min": 2, "max": 2, "where": 3,
}  # fmt: skip
RESERVED = {"t", "dt", "pi", *FUNCTIONS}
NOISE = re.compile(r"xi(_\w+)?$")
_OPTIONS = {"T", "method", "start", "record", "spike_time", "rng", "device", "name", "model"}  # of simulate


_OTHER_NAMES = {"ln": "log", "atan": "arctan", "arctg": "arctan", "sgn": "sign", "if": "where"}


def _other(name: str, functions: dict[str, Definition]) -> str:
    if name in _OTHER_NAMES:
        return f"\u00a0: écrivez {_OTHER_NAMES[name]}"
    return nearest(name, [*FUNCTIONS, *functions])


def check_names(d: Definition, known: Iterable[str], functions: dict[str, Definition]) -> None:
    """Every name is known, every call has the right number of arguments."""
    known = set(known) | {"t", "pi"} | set(d.args)
    calls = {id(n.func): n for n in ast.walk(d.body) if isinstance(n, ast.Call)}
    for node in ast.walk(d.body):
        if not isinstance(node, ast.Name):
            continue
        if call := calls.get(id(node)):
            arity = len(functions[node.id].args) if node.id in functions else FUNCTIONS.get(node.id)
            if arity is None:
                raise d.error(
                    f"fonction inconnue {quote(node.id)}{_other(node.id, functions)}",
                    node,
                )
            if len(call.args) != arity:
                plural = "s" if arity > 1 else ""
                raise d.error(
                    f"{node.id} attend {arity} argument{plural}, reçu {len(call.args)}", call
                )
        elif node.id in FUNCTIONS or node.id in functions:
            raise d.error(f"{quote(node.id)} est une fonction\u00a0: écrivez {node.id}(…)", node)
        elif node.id not in known and not (
            NOISE.match(node.id) and d.name != "spike" and not d.args
        ):
            raise d.error(f"nom inconnu {quote(node.id)}{nearest(node.id, known)}", node)


def in_order(functions: dict[str, Definition], terms: dict[str, Definition]) -> tuple[str, ...]:
    """The terms in an order in which each needs only the ones before it."""
    group, order, path = {**functions, **terms}, [], []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in path:
            loop = " → ".join([*path[path.index(name) :], name])
            raise group[name].line.error(f"{quote(name)} dépend de lui-même ({loop})", 0, len(name))
        path.append(name)
        for node in group[name].names():
            if node.id in group:
                visit(node.id)
        path.pop()
        order.append(name)

    for name in group:
        visit(name)
    return tuple(name for name in order if name in terms)


def refuse_names(parameters: Iterable[str]) -> None:
    """A parameter whose name is an argument of `simulate`, or reserved."""
    for name in parameters:
        if name in _OPTIONS:
            rule = "un nom qui n'est pas un argument de simulate"
        elif name in RESERVED or name.startswith(("_", "xi")):
            rule = "un nom qui n'est ni réservé ni précédé de «\u00a0_\u00a0» ou «\u00a0xi\u00a0»"
        else:
            continue
        raise refuse(f"Model.{name}", rule, name)


def refuse_unused(parameters: Iterable[str], lines: Iterable[Definition]) -> None:
    """A parameter that no definition reads is a misspelling."""
    used = {n.id for d in lines for n in d.names()}
    for name in parameters:
        if name not in used:
            hint = nearest(name, used - set(parameters))
            raise ValueError(
                f"Model.{name}\u00a0: ce paramètre n'apparaît dans aucune équation{hint}"
            )


def noise_degree(d: Definition, node: ast.expr, degrees: dict[str, int]) -> int:
    """0 without noise, 1 where it enters linearly; anything else has no meaning with Euler-Maruyama."""
    match node:
        case ast.Name(id=name):
            return 1 if NOISE.match(name) else degrees.get(name, 0)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = noise_degree(d, left, degrees), noise_degree(d, right, degrees)
            degree = max(a, b) if isinstance(op, ast.Add | ast.Sub) else a + b
            linear = (
                degree <= 1
                and not (b and isinstance(op, ast.Div))
                and not (degree and isinstance(op, ast.Pow))
            )
        case ast.UnaryOp(operand=operand):
            return noise_degree(d, operand, degrees)
        case _:
            inside = [
                noise_degree(d, n, degrees)
                for n in ast.iter_child_nodes(node)
                if isinstance(n, ast.expr)
            ]
            degree, linear = max(inside, default=0), not any(inside)
    if not linear:
        raise d.error("le bruit xi ne peut entrer que linéairement (coefficient × xi)", node)
    return degree
