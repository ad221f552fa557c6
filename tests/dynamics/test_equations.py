"""The text is read or refused: the line, a caret under the place, the name, the rule, in French."""

import pytest

from course.dynamics import EquationError, Model
from course.dynamics.equations import parse


@pytest.mark.parametrize(
    ("text", "parameters", "caret", "rule"),
    [
        (
            "dV/dt = -g_Nq*V",
            {"g_Na": 1},
            "g_Nq",
            "nom inconnu «\u00a0g_Nq\u00a0» (vouliez-vous dire g_Na",
        ),
        ("dV/dt = a*(V - b", {"a": 1}, "(", "parenthèse jamais fermée"),
        ("dV/dt = -lambda*V", {}, "lambda", "mot réservé de Python"),
        ("dV/dt = V^2", {}, "V^2", "la puissance s'écrit **"),
        ("dV/dt = 0,5*V", {}, "0,5*V", "la décimale s'écrit avec un point"),
        ("dV/dt = exp(V, 2)", {}, "exp(V, 2)", "exp attend 1 argument, reçu 2"),
        ("dV/dt = Phi(V)\nPhi(x, y) = x + y", {}, "Phi(V)", "Phi attend 2 arguments, reçu 1"),
        ("dV/dt = exq(V)", {}, "exq", "fonction inconnue «\u00a0exq\u00a0» (vouliez-vous dire exp"),
        ("dV/dt = exp", {}, "exp", "est une fonction"),
        ("dV/dt = x\nx = y\ny = x + V", {}, "x", "dépend de lui-même (x → y → x)"),
        ("dV/dt = f(V)\nf(x) = f(x) + 1", {}, "f", "dépend de lui-même (f → f)"),
        ("dV/dt = -a*V\na = 3", {"a": 3}, "a", "à la fois un paramètre et un terme"),
        ("dV/dt = -V", {"V": 3}, "d", "à la fois un paramètre et une variable"),
        ("dV/dt = -V\ndV/dt = V", {}, "d", "défini deux fois"),
        ("dV/dt", {}, "dV/dt", "il manque le signe ="),
        ("dV/dt =", {}, "=", "il manque l'expression"),
        ("2*V = 3", {}, "2*V", "à gauche du signe ="),
        ("dV/dt = V + * 2", {}, "*", "expression mal formée"),
        ("dV/dt = V if V > 0 else 0", {}, "if", "écrivez where(condition, a, b)"),
        ("dV/dt = xi**2", {}, "xi**2", "xi ne peut entrer que linéairement"),
        ("dV/dt = xi*x\nx = xi + 1", {}, "xi*x", "xi ne peut entrer que linéairement"),
        ("dV/dt = exp(xi)", {}, "exp(xi)", "xi ne peut entrer que linéairement"),
        ("dt/dt = 1", {}, "t", "est réservé"),
        ("dV/dt = 9**9**9**9*V", {}, "9**9**9", "nombre trop grand"),
        ("dV/dt = V**(9**999)", {}, "9**999", "nombre trop grand"),
        ("dV/dt = 0.5**1000000000", {}, "0.5**1000000000", "puissance impossible ou démesurée"),
        ("dV/dt = V/(2 - 2.0/0)", {}, "2.0/0", "division par zéro"),
        ("dV/dt = 1e400*V", {}, "1e400", "nombre trop grand"),
        ("dV/dt = (-8)**0.5", {}, "(-8)**0.5", "puissance impossible"),
        ("dV/dt = 1 < V < 2", {}, "1 < V < 2", "une comparaison s'écrit"),
    ],
)
def test_error_shows_the_line_a_caret_and_the_rule(
    text: str, parameters: dict, caret: str, rule: str
) -> None:
    with pytest.raises(EquationError) as e:
        parse(text, parameters)
    head, line, mark = str(e.value).split("\n")
    assert rule in head
    start = mark.index("^") - 4
    assert line[4:][start : start + mark.count("^")] == caret[: mark.count("^")]


@pytest.mark.parametrize(
    "attack",
    [
        "__import__('os').system('true')", "().__class__", "[V for V in (1, 2)]", "(lambda: 1)()", "V.real",
        "V[0]", "'a'*9", "f'{V}'", "{V: 1}", "(V := 3)", "1j*V", "exp(x=V)", "exp(*V)", "True", "V // 2",
        "V % 2", "V << 1", "~V", "V is V",
    ],
)  # fmt: skip
def test_nothing_typed_as_an_equation_is_python(attack: str) -> None:
    with pytest.raises(EquationError):
        Model(f"dV/dt = {attack}")


def test_missing_derivative() -> None:
    with pytest.raises(EquationError, match="aucune équation différentielle"):
        Model("x = 3")
    with pytest.raises(ValueError, match="il manque dw/dt"):
        Model("dV/dt = -V", init={"w": 1})


def test_lines_comments_units_and_continuation() -> None:
    eq = parse("dV/dt = (a  # why\n   + b)*V : mV\n\n# nothing\nPhi(x) = x : Hz", {"a": 1, "b": 2})
    assert eq.derivatives["V"].unit == "mV"
    assert eq.functions["Phi"].unit == "Hz"


def test_terms_are_sorted_by_need() -> None:
    assert parse("dx/dt = a\na = b + x\nb = c*x\nc = x", {}).order == ("c", "b", "a")


def test_model_is_immutable_and_with_makes_another() -> None:
    m = Model("dx/dt = -k*x", init={"x": 1}, k=1)
    assert m.with_(k=2).parameters["k"] == 2
    assert m.parameters["k"] == 1
    with pytest.raises(AttributeError, match="with_"):
        m.parameters = {}
    with pytest.raises(TypeError):
        m.parameters["k"] = 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": "a"}, "Model.k"),
        ({"k": float("nan")}, "Model.k"),
        ({"k": True}, "Model.k"),
        ({"k": 1, "j": 2}, "Model.j\u00a0: ce paramètre n'apparaît dans aucune équation"),
        ({"k": 1, "exp": 2}, "Model.exp"),
        ({"k": 1, "reset": "x = 0"}, "Model.reset"),
        ({"k": 1, "spike": "x < 0"}, "une seule comparaison vers le haut"),
        ({"k": 1, "spike": "x > 1", "reset": "y = 0"}, "une affectation à une variable"),
        ({"k": 1, "refractory": 3}, "Model.refractory"),
        ({"k": 1, "init": {"x": "a"}}, "Model.init"),
    ],
)
def test_model_refuses(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Model("dx/dt = -k*x", **arguments)


def test_latex_shows_the_equations_that_run() -> None:
    formula = Model(
        "dV/dt = (I - g_L*(V - E_L))/tau_m\nI = Phi(V)**2\nPhi(x) = exp(-x/2)",
        g_L=1,
        E_L=2,
        tau_m=3,
    )._repr_latex_()
    assert r"\frac{dV}{dt} &= \frac{I - g_{L}\, \left(V - E_{L}\right)}{\tau_{m}}" in formula
    assert r"I &= \Phi\left(V\right)^{2}" in formula
    assert r"\Phi(x) &= e^{-\frac{x}{2}}" in formula


def test_latex_is_understood_by_matplotlib_for_every_construct() -> None:
    from matplotlib.mathtext import MathTextParser

    from course.dynamics.latex import text

    eq = parse(
        "dV/dt = -(a + b)*sqrt(abs(V))/min(a, 2.5) - (-V)**3 + tanh(2*V)*pi - heaviside(V)*(a - (b - V))",
        {"a": 1, "b": 2},
    )
    formula = text(eq.derivatives["V"])
    MathTextParser("agg").parse(f"${formula}$")
    assert r"\left(-V\right)^{3}" in formula
    assert "2{,}5" in formula
    assert r"a - \left(b - V\right)" in formula
