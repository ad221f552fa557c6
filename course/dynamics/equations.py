"""Equations as text become checked syntax trees; nothing typed here is ever evaluated as Python.

    dV/dt = (I - g_L*(V - E_L))/C : mV          a variable, by its derivative
    I_Na = g_Na*m**3*h*(V - E_Na) : uA/cm2      a named term
    Phi(x) = r_max/(1 + exp(-x))  : Hz          a function

One line, one definition; an open parenthesis continues on the next line; `#` starts a comment. `t` is the
time (ms), `pi` the number, `xi` (and `xi_1`, `xi_a`...) unit white noises: the same name is the same noise.
"""

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, ModuleType

from course._check import nearest
from course.dynamics.called import Called
from course.dynamics.grammar import read_expression
from course.dynamics.lines import LEFT, Definition, EquationError, Line, logical_lines, quote
from course.dynamics.rules import NOISE, RESERVED, check_names, in_order, noise_degree


@dataclass(frozen=True)
class Equations:
    """What a text says: derivatives and terms in the order of the text, `order` that of computation.

    `called` are the functions that stay Python, `modules` what was generated to call them.
    """

    text: str
    derivatives: dict[str, Definition]
    terms: dict[str, Definition]
    functions: dict[str, Definition]
    order: tuple[str, ...]
    noises: tuple[str, ...]
    called: Mapping[str, Called] = field(default_factory=dict)
    modules: dict[str, ModuleType] = field(default_factory=dict, compare=False, repr=False)

    @property
    def callable(self) -> dict[str, Definition | Called]:
        """What an expression may call beside the known functions."""
        return {**self.functions, **self.called}

    def all_values(self) -> Iterator[Definition]:
        """The terms in the order of computation, then the derivatives."""
        yield from (self.terms[name] for name in self.order)
        yield from self.derivatives.values()

    def reached(self, d: Definition) -> set[str]:
        """Every name that `d` reads, through terms and functions."""
        seen, waiting = set(), [d]
        while waiting:
            for node in waiting.pop().names():
                if node.id not in seen:
                    seen.add(node.id)
                    waiting += [g[node.id] for g in (self.terms, self.functions) if node.id in g]
        return seen

    def all(self) -> Iterator[Definition]:
        for group in (self.functions, self.terms, self.derivatives):
            yield from group.values()


def parse(
    text: str, parameters: Iterable[str], called: Mapping[str, Called] = MappingProxyType({})
) -> Equations:
    """Read and check `text`; every free name must be a variable, a term or one of `parameters`.

    Raises:
        EquationError: the line, a caret, the name and the rule, in French.
    """
    if not isinstance(text, str):
        raise EquationError(
            f"Model.text\u00a0: les équations sont un texte, reçu {type(text).__name__}"
        )
    parameters = tuple(parameters)
    derivatives: dict[str, Definition] = {}
    terms: dict[str, Definition] = {}
    functions: dict[str, Definition] = {}
    for line in logical_lines(text):
        kind, d = _definition(line)
        if d.name in derivatives or d.name in terms or d.name in functions:
            raise line.error(f"{quote(d.name)} est défini deux fois")
        if d.name in parameters:
            what = "une variable" if kind == "derivative" else "un terme"
            raise line.error(
                f"{quote(d.name)} est à la fois un paramètre et {what}\u00a0: renommez l'un des deux"
            )
        {"derivative": derivatives, "term": terms, "function": functions}[kind][d.name] = d
    if not derivatives:
        raise EquationError(
            "Model.text\u00a0: aucune équation différentielle\u00a0; il faut une ligne dV/dt = …"
        )
    for d in (*functions.values(), *terms.values(), *derivatives.values()):
        if isinstance(d.body, ast.Compare | ast.BoolOp) or _negation(d.body):
            raise d.error(
                "une condition n'est pas un nombre\u00a0: écrivez where(condition, 1, 0)", d.body
            )
        check_names(d, {*derivatives, *terms, *parameters}, {**functions, **called})
    order = in_order(functions, terms)
    speaking = (*terms.values(), *derivatives.values())
    noises = tuple(sorted({n.id for d in speaking for n in d.names() if NOISE.match(n.id)}))
    degrees: dict[str, int] = {}
    for name in order:
        degrees[name] = noise_degree(terms[name], terms[name].body, degrees)
    for d in derivatives.values():
        noise_degree(d, d.body, degrees)
    return Equations(text, derivatives, terms, functions, order, noises, called)


def parse_condition(
    text: str, known: Iterable[str], functions: dict[str, Definition]
) -> Definition:
    """`V >= 30` as one comparison: a spike is its upward crossing."""
    line = Line(" ".join(text.split()), 1, "spike")
    d = read_expression(line, "spike", (), line.text, 0, "")
    check_names(d, known, functions)
    if not isinstance(d.body, ast.Compare) or not isinstance(d.body.ops[0], ast.Gt | ast.GtE):
        raise line.error("une seule comparaison vers le haut, comme V >= 30")
    return d


def parse_reset(
    text: str, variables: Iterable[str], known: Iterable[str], functions: dict[str, Definition]
) -> tuple[Definition, ...]:
    """`v = c; u = u + d`, read in order: each assignment sees the ones before it."""
    result = []
    for part in text.split(";"):
        if not part.strip():
            continue
        line = Line(" ".join(part.split()), 1, "reset")
        left, equal, right = line.text.partition("=")
        name = unicodedata.normalize("NFKC", left.strip())
        if not equal or name not in variables:
            raise line.error(
                f"une affectation à une variable du modèle, comme v = c{nearest(name, variables)}",
                0,
                len(left.rstrip()),
            )
        d = read_expression(line, name, (), right, len(left) + 1, "")
        check_names(d, known, functions)
        result.append(d)
    return tuple(result)


def _negation(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _definition(line: Line) -> tuple[str, Definition]:
    left, equal, right = line.text.partition("=")
    if not equal:
        raise line.error("il manque le signe =", 0, len(line.text))
    match = LEFT.match(unicodedata.normalize("NFKC", left))  # as Python reads names: µ is μ
    if not match:
        raise line.error(
            "à gauche du signe =, on attend dV/dt, un nom, ou un nom et ses arguments",
            0,
            len(left.rstrip()),
        )
    body, _, unit = right.partition(":")
    if match["var"]:
        kind, name, args = "derivative", match["var"], ()
    elif match["args"] is not None:
        kind, name = "function", match["name"]
        args = tuple(a.strip() for a in match["args"].split(","))
    else:
        kind, name, args = "term", match["name"], ()
    if len({name, *args}) <= len(args):
        raise line.error(
            f"{quote(name)}\u00a0: des arguments de noms différents", 0, len(left.rstrip())
        )
    for n in (name, *args):
        _allowed(line, n)
    return kind, read_expression(line, name, args, body, len(left) + 1, unit.strip())


def _allowed(line: Line, name: str) -> None:
    found = re.search(rf"(?:(?<=\bd)|\b){re.escape(name)}\b", line.text) if name else None
    start = found.start() if found else 0
    if keyword.iskeyword(name):
        raise line.error(
            f"{quote(name)} est un mot réservé de Python\u00a0: écrivez {name}_", start, len(name)
        )
    if not name.isidentifier() or name.startswith("_"):
        raise line.error(f"{quote(name)} n'est pas un nom", start, len(name))
    if name in RESERVED or NOISE.match(name):
        raise line.error(
            f"{quote(name)} est réservé\u00a0: choisissez un autre nom", start, len(name)
        )
