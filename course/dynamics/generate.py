"""The functions of one model as plain Python source: `constants`, `terms`, `f`, `g`, `reset`.

    constants(*parameters)              what does not move during a run, computed once: 1/C, g_Na*phi...
    terms(t, *state, *parameters)       every named term, then every derivative: for recording and curves
    f(t, *state, *drives, *constants)   the right-hand side (and what its scheme needs beside it)
    g(t, *state, *drives, *constants)   >= 0 when the neuron spikes
    reset(t, *state, *drives, *constants)   the state after a spike

The text calls `exp`, `linoid`, `where`, `min`...: the engine that executes it says whether these are numba's,
numpy's or torch's. A drive is a parameter that varies in time.
"""

import re
from functools import cached_property

import sympy

from course.dynamics.printer import Printer
from course.dynamics.spec import Spec
from course.dynamics.symbols import expression, ordinary, split_noise, symbol


class Source:
    """Sympy expressions of a `Spec`, hoisted and printed."""

    def __init__(self, spec: Spec) -> None:
        self.spec, eq = spec, spec.equations
        self.terms = {name: expression(eq.terms[name], eq) for name in eq.order}
        self.derivatives = {v: expression(d, eq) for v, d in eq.derivatives.items()}
        self.fixed = {symbol(p) for p in spec.parameters if p not in spec.drives}
        self.constants: dict[sympy.Expr, sympy.Symbol] = {}
        for name, e in self.terms.items():  # a term made of constants alone is a constant
            if e.free_symbols and e.free_symbols <= self.fixed and e not in self.constants:
                self.constants[e] = symbol(name)
                self.fixed.add(symbol(name))
        for d, e in zip(
            eq.all_values(), [*self.terms.values(), *self.derivatives.values()], strict=True
        ):
            if e.has(sympy.zoo, sympy.oo, -sympy.oo, sympy.nan, sympy.I):
                raise d.line.error("ce n'est pas un nombre réel fini", d.offset, len(d.line.text))

    @cached_property
    def full(self) -> dict[sympy.Symbol, sympy.Expr]:
        """Each term in variables and parameters alone."""
        full: dict[sympy.Symbol, sympy.Expr] = {}
        for name, e in self.terms.items():
            full[symbol(name)] = e.xreplace(full)
        return full

    def moving(self) -> str:
        spec, right, kinds = self.spec, [], []
        noises = spec.equations.noises
        for v, e in self.derivatives.items():
            drift, coefficients = split_noise(e.xreplace(self.full) if noises else e, noises)
            right.append(drift)
            kinds += [(v, n, c) for n, c in coefficients.items()]
        if spec.scheme == "exponential":
            right += [
                ordinary(sympy.diff(e.xreplace(self.full), symbol(v)))
                for v, e in self.derivatives.items()
            ]
        self.noise = [(spec.variables.index(v), noises.index(n)) for v, n, _ in kinds]
        body = self._body("f", right + [c for *_, c in kinds])
        if spec.spike is not None:
            body += self._body("g", [self._threshold()])
            body += self._body("reset", self._after())
        return body

    def _threshold(self) -> sympy.Expr:
        comparison = expression(self.spec.spike, self.spec.equations)
        if not isinstance(comparison, sympy.core.relational.Relational):
            raise self.spec.spike.line.error(
                "cette comparaison est toujours vraie, ou toujours fausse"
            )
        left, right = (
            comparison.args if comparison.rel_op.startswith(">") else comparison.args[::-1]
        )
        return (left - right).xreplace(self.full)

    def rises_with(self, variable: sympy.Symbol) -> bool:
        """Is the spike condition `variable >= something else`?"""
        return sympy.diff(self._threshold(), variable) == 1

    def _after(self) -> list[sympy.Expr]:
        state = {symbol(v): symbol(v) for v in self.spec.variables}
        for d in self.spec.reset:
            e = expression(d, self.spec.equations).xreplace(self.full)
            state[symbol(d.name)] = e.subs(state, simultaneous=True)
        return list(state.values())

    def _hoist(self, e: sympy.Expr) -> sympy.Expr:
        """`e` with each maximal part that no variable touches replaced by a constant's name."""
        if e.is_Atom:
            return e
        if isinstance(e, sympy.logic.boolalg.Boolean):  # a truth value is no constant of the kernel
            return e.func(*map(self._hoist, e.args))
        if e.free_symbols and e.free_symbols <= self.fixed:
            return self.constants.setdefault(e, symbol(f"_k{len(self.constants)}"))
        if e.is_Add or e.is_Mul:
            still = [a for a in e.args if a.free_symbols <= self.fixed]
            moving = [self._hoist(a) for a in e.args if not a.free_symbols <= self.fixed]
            if any(a.free_symbols for a in still) and len(still) > 0:
                return e.func(self._hoist(e.func(*still)), *moving)
            return e.func(*still, *moving)
        if isinstance(e, sympy.Piecewise):
            return sympy.Piecewise(
                *((self._hoist(v), self._hoist(c)) for v, c in e.args), evaluate=False
            )
        return e.func(*map(self._hoist, e.args))

    def _body(self, name: str, results: list[sympy.Expr]) -> str:
        """`def name(...)` returning `results`, with the named terms and shared parts it needs before them."""
        hoisted = {symbol(f"_r{i}"): self._hoist(e) for i, e in enumerate(results)}
        wanted, named = set().union(*(e.free_symbols for e in hoisted.values())), {}
        for term in reversed(self.spec.equations.order):
            s = symbol(term)
            if s in wanted and s not in self.constants.values():
                named[s] = self._hoist(self.terms[term])
                wanted |= named[s].free_symbols
        everything = {**dict(reversed(named.items())), **hoisted}
        shared, reduced = sympy.cse(
            list(everything.values()), symbols=sympy.numbered_symbols("_s", real=True), list=True
        )
        lines = {**dict(shared), **dict(zip(everything, reduced, strict=True))}
        printer, done = Printer(), set()

        def emit(s: sympy.Symbol) -> None:
            if s in lines and s not in done:
                done.add(s)
                for needed in sorted(lines[s].free_symbols, key=str):
                    emit(needed)
                printer.define(str(s), lines[s])

        for s in hoisted:
            emit(s)
        arguments = ["t", *self.spec.variables, *self.spec.drives]
        text = "\n    ".join(
            [
                *printer.lines,
                f"return ({', '.join(map(str, hoisted))},)" if hoisted else "return ()",
            ]
        )
        return f"\n\n@inline\ndef {name}({', '.join(arguments)}, __CONSTANTS__):\n    {text}\n"

    def terms_source(self) -> str:
        printer = Printer()
        for name, e in self.terms.items():
            printer.define(name, e)
        noises = dict.fromkeys(map(symbol, self.spec.equations.noises), sympy.Integer(0))
        for v, e in self.derivatives.items():
            printer.define(f"_d_{v}", e.xreplace(noises))
        names = [*self.spec.equations.terms, *(f"_d_{v}" for v in self.derivatives)]
        arguments = ["t", *self.spec.variables, *self.spec.parameters, *self.spec.equations.noises]
        text = "\n    ".join([*printer.lines, f"return ({', '.join(names)},)"])
        return f"\n\ndef terms({', '.join(arguments)}):\n    {text}\n"


def generate(spec: Spec) -> tuple[str, tuple[str, ...], list[tuple[int, int]]]:
    """The source, the names of its constants, and the (variable, noise) pairs that `f` returns after the drift."""
    source = Source(spec)
    body = source.moving()
    printer = Printer()
    for e, name in source.constants.items():
        printer.define(str(name), e)
    fixed = [p for p in spec.parameters if p not in spec.drives]
    names = [p for p in fixed if re.search(rf"\b{p}\b", body)] + [
        str(s) for s in source.constants.values()
    ]
    lines = "\n    ".join([*printer.lines, f"return ({''.join(n + ', ' for n in names)})"])
    text = f"def constants({', '.join(fixed)}):\n    {lines}\n" + source.terms_source()
    return (
        text + body.replace(", __CONSTANTS__", "".join(f", {n}" for n in names)),
        tuple(names),
        source.noise,
    )
