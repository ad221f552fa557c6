"""What may be written in an equation: a whitelist of syntax; the rest is refused with a caret."""

import ast
import keyword
import operator
import re

from course.dynamics.lines import Definition, Line, quote

_OPERATORS = (
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Pow,
    ast.USub,
    ast.UAdd,
    ast.And,
    ast.Or,
    ast.Not,
)
_COMPARISONS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)
_ARITHMETIC = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}  # fmt: skip
_NODES = (
    ast.BinOp,
    ast.UnaryOp,
    ast.Call,
    ast.Name,
    ast.Constant,
    ast.Load,
    ast.Compare,
    ast.BoolOp,
)


def read_expression(
    line: Line, name: str, args: tuple[str, ...], raw: str, offset: int, unit: str
) -> Definition:
    offset += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    if not raw:
        raise line.error("il manque l'expression à droite du signe =", len(line.text) - 1)
    for word in re.finditer(r"[^\W\d]\w*", raw):
        if keyword.iskeyword(word[0]) and word[0] not in ("and", "or", "not"):
            hint = (
                "écrivez where(condition, a, b)"
                if word[0] in ("if", "else")
                else f"écrivez {word[0]}_"
            )
            raise line.error(
                f"{quote(word[0])} est un mot réservé de Python\u00a0: {hint}",
                offset + word.start(),
                len(word[0]),
            )
    try:
        body = ast.parse(raw, mode="eval").body
    except SyntaxError as e:
        raise line.error(
            "expression mal formée (parenthèse, opérateur ou signe × oublié\u00a0?)",
            offset + max(0, (e.offset or 1) - 1),
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise line.error("expression illisible ou trop profonde", offset, len(raw)) from None
    d = Definition(name, args, body, unit, line, offset)
    for node in ast.walk(body):
        _check_node(d, node)
    _constant(d, body)
    _kind(d, body)
    return d


def _kind(d: Definition, node: ast.expr) -> type:
    """`bool` for a condition, `float` for a number; the one in the place of the other is refused."""

    def want(kind: type, *children: ast.expr) -> None:
        for child in children:
            if _kind(d, child) is not kind:
                rule = (
                    "une condition ne se calcule pas comme un nombre\u00a0: écrivez where(condition, 1, 0)"
                    if kind is float
                    else "une condition est attendue ici, comme V > 0"
                )
                raise d.error(rule, child)

    match node:
        case ast.Compare(left=left, comparators=others):
            want(float, left, *others)
            return bool
        case ast.BoolOp(values=values):
            want(bool, *values)
            return bool
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            want(bool, operand)
            return bool
        case ast.UnaryOp(operand=operand):
            want(float, operand)
        case ast.BinOp(left=left, right=right):
            want(float, left, right)
        case ast.Call(func=ast.Name(id="where"), args=[condition, *values]):
            want(bool, condition)
            want(float, *values)
        case ast.Call(args=args):
            want(float, *args)
    return float


def _constant(d: Definition, node: ast.AST) -> float | None:
    """The value of an expression without names, None for another; too large to be a number is refused.

    Symbols are computed exactly: 9**9**9**9 would never end.
    """
    values = [
        _constant(d, child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)
    ]
    if isinstance(node, ast.Constant):
        value = node.value
    elif not isinstance(node, ast.BinOp | ast.UnaryOp) or None in values:
        return None
    elif isinstance(node, ast.UnaryOp):
        value = -values[0] if isinstance(node.op, ast.USub) else values[0]
    else:
        try:
            value = _ARITHMETIC[type(node.op)](*map(float, values))
        except ZeroDivisionError:
            raise d.error("division par zéro", node) from None
        except OverflowError:
            raise d.error("nombre trop grand", node) from None
        if isinstance(node.op, ast.Pow) and (isinstance(value, complex) or abs(values[1]) > 1000):
            raise d.error("puissance impossible ou démesurée", node)
    if not abs(value) <= 1e300:
        raise d.error("nombre trop grand", node)
    return value


def _check_node(d: Definition, node: ast.AST) -> None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
        raise d.error("la puissance s'écrit ** et non ^", node)
    if isinstance(node, ast.Tuple):
        raise d.error(
            "virgule inattendue\u00a0; la décimale s'écrit avec un point, comme 0.5", node
        )
    if isinstance(node, ast.Compare) and (
        len(node.ops) > 1 or not isinstance(node.ops[0], _COMPARISONS)
    ):
        raise d.error("une comparaison s'écrit avec un seul >, >=, < ou <=", node)
    if isinstance(node, ast.BinOp | ast.UnaryOp) and not isinstance(node.op, _OPERATORS):
        raise d.error("opérateur inconnu dans une équation", node)
    if isinstance(node, ast.Constant) and (
        isinstance(node.value, bool) or not isinstance(node.value, int | float)
    ):
        raise d.error("seuls les nombres réels sont permis", node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Constant | ast.BinOp):
        raise d.error("il manque le signe * devant la parenthèse", node)
    if isinstance(node, ast.Call) and (not isinstance(node.func, ast.Name) or node.keywords):
        raise d.error("un appel s'écrit nom(argument, …)", node)
    if not isinstance(node, (*_NODES, *_OPERATORS, *_COMPARISONS)) and hasattr(node, "col_offset"):
        raise d.error("cette écriture n'est pas permise dans une équation", node)
