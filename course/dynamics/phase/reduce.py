"""Fixed points by elimination: all the equations but one are solved, exactly, and one unknown is left.

A neuron's slow variables enter their own equations linearly: n = n_inf(V), u = b v. What remains is one equation of
one variable, whose zeros a scan of the line finds all, where a search in the plane may miss some.

The rates of two populations do not: r_E is in Φ(I + w_EE r_E + w_EI r_I). There the unknown of the line is what Φ is
applied to: in u = I + w_EE r_E + w_EI r_I, r_E = Φ(u) and r_I = (u - I - w_EE r_E)/w_EI.
"""

from dataclasses import dataclass, field

import sympy

State = dict[sympy.Symbol, sympy.Expr]

ARGUMENT = sympy.Symbol("_u", real=True)  # what a function is applied to
_VALUE = sympy.Symbol("_f", real=True)  # and what it gives
_INVERSES = {sympy.tanh: sympy.atanh, sympy.exp: sympy.log}


@dataclass
class Reduction:
    """One order of elimination: the parts (master, the variables as functions of it, g), one for each product of
    factors, and the divisors made of parameters, which must not be zero."""

    parts: list[tuple[sympy.Symbol, State, sympy.Expr]] = field(default_factory=list)
    pivots: list[sympy.Expr] = field(default_factory=list)


def reductions(F: list[sympy.Expr], x: list[sympy.Symbol]) -> list[Reduction]:
    """The orders of elimination worth trying, the safest first; none where the equations cannot be solved."""
    found, choices = [], _linear(F, x)
    for first in choices or [None]:
        r = Reduction()
        if _reduce(list(F), list(x), {}, r, first):
            found.append(r)
            if not r.pivots:
                break
    return found or _through_arguments(F, x)


def _through_arguments(F: list[sympy.Expr], x: list[sympy.Symbol]) -> list[Reduction]:
    """Eliminations where the unknown that is left is the argument of a function."""
    found = []
    for i, e in enumerate(F):
        for call, L in _arguments(e, x):
            r = Reduction()
            inside = e.xreplace({call: call.func(ARGUMENT)})
            if _reduce([*F[:i], inside, *F[i + 1 :], L - ARGUMENT], [*x, ARGUMENT], {}, r):
                found.append(r)
    return found


def parametric(e: sympy.Expr, x: list[sympy.Symbol]) -> tuple[State, sympy.Expr, sympy.Expr] | None:
    """Where `e` vanishes in a plane, as both variables in function of the argument u of a function f in `e`; and the
    variable that is then explicit, with its value, in which f⁻¹ appears."""
    for call, L in _arguments(e, x):
        equations, state = [e.xreplace({call: call.func(ARGUMENT)}), L - ARGUMENT], {}
        while equations and (choices := _linear(equations, [v for v in x if v not in state])):
            _, i, v, c = choices[0]
            equations, state = _without(equations, state, i, v, c)
        if equations:
            continue
        value = sympy.solve(e.xreplace({call: _VALUE}), _VALUE)[0]
        for v in reversed(x):
            if (c := sympy.diff(L, v)) != 0 and not value.has(v):
                inverse = _INVERSES.get(call.func, _unnamed(call.func))(value)
                return state, v, (inverse - L.subs(v, 0)) / c
    return None


def _arguments(e: sympy.Expr, x: list[sympy.Symbol]) -> list[tuple[sympy.Expr, sympy.Expr]]:
    """(f(L), L) for the functions of one argument, linear in one of `x` at least, that `e` holds."""
    calls = sorted(e.atoms(sympy.Function), key=sympy.default_sort_key)
    return [
        (call, call.args[0])
        for call in calls
        if len(call.args) == 1
        and any((c := sympy.diff(call.args[0], v)) != 0 and not c.has(*x) for v in x)
    ]


def _unnamed(f: type) -> type:
    return sympy.Function(f"{getattr(f, 'source', f.__name__)}^{{-1}}")


def factors(e: sympy.Expr, x: list[sympy.Symbol]) -> list[sympy.Expr]:
    """The factors of a polynomial of the variables that hold one of them: x*(a - y) vanishes on two curves."""
    if not e.is_polynomial(*x):
        return [e]
    _, parts = sympy.factor_list(sympy.expand(e), *x)
    return [f for f, _ in parts if f.free_symbols & set(x)] or [e]


def solved(e: sympy.Expr, x: list[sympy.Symbol]) -> list[tuple[sympy.Symbol, sympy.Expr]]:
    """(v, its value) where `e` vanishes, for each variable that enters `e` linearly; the last one first."""
    linear = [
        (v, c) for v in reversed(x) if (c := sympy.diff(e, v)) != 0 and not c.has(v) and e.has(v)
    ]
    linear.sort(key=lambda pair: max(1, _risk(pair[1], x)))
    return [(v, _tidy(-e.subs(v, 0) / c)) for v, c in linear]


def _linear(eqs: list, x: list) -> list[tuple[int, int, sympy.Symbol, sympy.Expr]]:
    """(risk, equation, variable, coefficient) of what may be eliminated, the safest first."""
    found = [
        (_risk(c, x), i, v, c)
        for i, e in enumerate(eqs)
        for v in reversed(x)
        if (c := sympy.diff(e, v)) != 0 and not c.has(v) and e.has(v)
    ]
    return sorted(found, key=lambda candidate: candidate[:2])


def _reduce(eqs: list, x: list, state: State, r: Reduction, first: tuple | None = None) -> bool:
    for i, e in enumerate(eqs):
        parts = factors(e, x)
        if len(parts) > 1:
            return all([_reduce([*eqs[:i], f, *eqs[i + 1 :]], x, state, r) for f in parts])  # noqa: C419 (each is done)
    if len(x) == 1:
        numerator = sympy.fraction(sympy.together(eqs[0]))[0]
        g = sympy.expand(numerator) if numerator.is_polynomial(x[0]) else eqs[0]
        r.parts.append((x[0], state, g))
        return True
    choices = [first] if first else _linear(eqs, [v for v in x if v != ARGUMENT])
    if not choices:
        return False
    risk, i, v, c = choices[0]
    if risk == 1:
        r.pivots.append(c)
    rest, state = _without(eqs, state, i, v, c)
    return _reduce(rest, [u for u in x if u != v], state, r)


def _without(eqs: list, state: State, i: int, v: sympy.Symbol, c: sympy.Expr) -> tuple[list, State]:
    """The other equations, and the state, once equation `i`, where `v` has the coefficient `c`, is solved for `v`."""
    value = _tidy(-eqs[i].subs(v, 0) / c)
    rest = [_tidy(e.subs(v, value)) for j, e in enumerate(eqs) if j != i]
    return rest, {u: e.subs(v, value) for u, e in state.items()} | {v: value}


def _risk(c: sympy.Expr, x: list[sympy.Symbol]) -> int:
    """How easily may the coefficient of the eliminated variable vanish? A number or a parameter does not."""
    if c.is_number:
        return 0
    if not c.free_symbols & set(x):
        return 1
    return 3 if c.is_rational_function(*x) else 2  # a sum of two rates is positive


def _tidy(e: sympy.Expr) -> sympy.Expr:
    """A fraction of polynomials in lowest terms; anything else as it is."""
    return sympy.cancel(e) if e.is_rational_function() else e
