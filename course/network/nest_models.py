"""Which model of NEST a population is, told by its equations: their terms are compared, names and values aside.

Unknown equations are refused with what NEST would need; nothing is guessed from a name.
"""

from dataclasses import dataclass, field

import numpy as np

from course import _check
from course.network.population import Population

WHERE = "Network.to_nest.population"


@dataclass
class Neuron:
    """A family of NEST's models, and the values of one population.

    Attributes:
        values: NEST's parameter -> a number or an array (neuron).
        pA, nS: what a unit of the model's current, and of its conductance, is worth there.
        notes: in French, what is not quite the same.
    """

    family: str
    values: dict[str, np.ndarray]
    pA: float = 1.0
    nS: float = 1.0
    notes: list[str] = field(default_factory=list)


class _Text:
    """A model as sympy expressions, its terms replaced by what they stand for."""

    def __init__(self, p: Population) -> None:
        from course.dynamics.symbols import expression, symbol

        self.p, self.model = p, p.model
        spec = p.model.spec((), "rk")
        self.spec, eqs = spec, spec.equations
        self.terms = {symbol(n): expression(eqs.terms[n], eqs) for n in eqs.order}
        self.slopes = {v: self.whole(expression(d, eqs)) for v, d in eqs.derivatives.items()}
        self.condition = self.whole(expression(spec.spike, eqs)) if spec.spike else None
        self.reset = {d.name: self.whole(expression(d, eqs)) for d in spec.reset}

    def whole(self, e: "sympy.Expr") -> "sympy.Expr":  # noqa: F821
        for name in reversed(self.terms):
            e = e.subs(name, self.terms[name])
        return e

    def value(self, e: "sympy.Expr") -> np.ndarray | None:  # noqa: F821
        """Its value, a number or an array (neuron); None when it depends on a variable, the current or t."""
        import sympy

        if not {s.name for s in e.free_symbols} <= set(self.p.values):
            return None
        names = sorted(e.free_symbols, key=str)
        values = [np.asarray(self.p.values[s.name]) for s in names]
        return np.asarray(sympy.lambdify(names, e, "numpy")(*values), float)

    def threshold(self, V: str) -> np.ndarray | None:
        import sympy

        from course.dynamics.symbols import symbol

        e = self.condition
        if not isinstance(e, sympy.Ge | sympy.Gt) or e.lhs != symbol(V):
            return None
        return self.value(e.rhs)


def neuron(p: Population) -> Neuron:
    """Raises ValueError: `Network.to_nest.population (nom) : règle, reçu équations`."""
    if p.model.noises:
        rule = "des équations sans bruit xi (aucun modèle choisi ici ne l'intègre)"
        raise _check.refuse(f"{WHERE} ({p.name})", rule, p.model.noises[0])
    text = _Text(p)
    for known in (_lif, _izhikevich, _adex):
        found = known(text)
        if found is not None:
            return found
    rule = (
        "une membrane linéaire à seuil (lif), les équations de course.neurons.izhikevich ou celles d'adex, "
        "avec leurs seuils et leurs remises à zéro, que NEST sait intégrer"
    )
    raise _check.refuse(f"{WHERE} ({p.name})", rule, p.model.text)


def _lif(t: _Text) -> Neuron | None:
    """dV/dt = γ I + β V + α, with β < 0: τ = -1/β, E_L = -α/β, C = 1000/γ (pA and pF for nA and nF)."""
    import sympy

    from course.dynamics.symbols import symbol

    if len(t.slopes) != 1:
        return None
    ((V, slope),) = t.slopes.items()
    I = symbol(t.p.input or "_none")
    α, β, γ = slope.subs({symbol(V): 0, I: 0}), sympy.diff(slope, symbol(V)), sympy.diff(slope, I)
    if β == 0:
        return None
    E, τ, γ = (t.value(sympy.simplify(e)) for e in (-α / β, -1 / β, γ))
    θ = t.threshold(V)
    r = t.value(t.reset[V]) if set(t.reset) == {V} else None
    if any(x is None for x in (E, τ, γ, θ, r)) or not (τ > 0).all() or not (γ >= 0).all():
        return None
    if t.p.input is not None and not (γ > 0).all():
        return None
    # without a current C is any: that of NEST
    C = 1000.0 / γ if (γ > 0).all() else np.asarray(250.0)
    values = {
        "E_L": E, "tau_m": τ, "C_m": C, "V_th": θ, "V_reset": r, "V_m": t.p.start[V],
        "t_ref": np.asarray(float(t.model.refractory)),
    }  # fmt: skip
    notes = ["NEST propage exactement une membrane linéaire\u00a0; method du réseau n'y joue aucun rôle."]
    return Neuron("iaf", values, 1000.0, 1000.0, notes)


def _izhikevich(t: _Text) -> Neuron | None:
    """dv/dt = 0.04 v² + 5 v + 140 - u + I, du/dt = a (b v - u), whatever the order of the two lines."""
    import sympy

    from course.dynamics.symbols import symbol

    if len(t.slopes) != 2 or t.p.input is None or t.model.refractory:
        return None
    for v, u in (list(t.slopes), list(t.slopes)[::-1]):
        x, y, I = symbol(v), symbol(u), symbol(t.p.input)
        rest = sympy.expand(t.slopes[v] - (sympy.Rational(1, 25) * x**2 + 5 * x + 140 - y + I))
        a = t.value(sympy.expand(-sympy.diff(t.slopes[u], y)))
        ab = t.value(sympy.expand(sympy.diff(t.slopes[u], x)))
        left = t.value(t.slopes[u].subs({x: 0, y: 0}))
        θ, c = t.threshold(v), t.value(t.reset[v]) if v in t.reset else None
        d = t.value(sympy.expand(t.reset[u] - y)) if u in t.reset else None
        if rest != 0 or any(q is None for q in (a, ab, left, θ, c, d)) or left.any() or not a.all():
            continue
        values = {"a": a, "b": ab / a, "c": c, "d": d, "V_th": θ, "V_m": t.p.start[v], "U_m": t.p.start[u]}
        note = (
            "izhikevich (consistent_integration=True)\u00a0: Euler explicite, v et u avancés ensemble depuis le même "
            "instant, comme method=\"euler\" ici\u00a0; l'autre réglage de NEST suppose un pas de 1\u00a0ms."
        )
        return Neuron("izhikevich", values, 1.0, 1.0, [note])
    return None


def _adex(t: _Text) -> Neuron | None:
    """The lines of `course.neurons.adex`, with its names: term by term, the difference must vanish."""
    import sympy

    from course.neurons import adex

    if tuple(t.slopes) != adex.variables or t.p.input != "I" or set(t.p.values) | {"I"} != set(adex.parameters):
        return None
    own = _Text(Population("", 1, adex, {}, {}, "I", 0.0, None, 0))
    if any(sympy.simplify(t.slopes[v] - own.slopes[v]) != 0 for v in t.slopes):
        return None
    if t.reset != own.reset or t.threshold("V") is None:
        return None
    g = {n: np.asarray(x) for n, x in t.p.values.items()}
    values = {
        "C_m": g["C"], "g_L": g["g_L"], "E_L": g["E_L"], "V_th": g["V_T"], "Delta_T": g["Delta_T"], "a": g["a"],
        "tau_w": g["tau_w"], "b": g["b"], "V_reset": g["V_r"], "V_peak": t.threshold("V"),
        "V_m": t.p.start["V"], "w": t.p.start["w"], "t_ref": np.asarray(float(t.model.refractory)),
    }  # fmt: skip
    note = (
        "aeif\u00a0: NEST intègre par Runge-Kutta-Fehlberg à pas choisi et coupe l'exponentielle à V_peak\u00a0; "
        "ici le pas est fixe et l'exposant s'arrête à 10."
    )
    return Neuron("aeif", values, 1.0, 1.0, [note])
