import re

import numpy as np
import pytest

from course.dynamics import Model
from course.dynamics.phase import (
    backward,
    fixed_points,
    nullclines,
    separatrix,
    unstable_manifold,
    vector_field,
)
from course.neurons import hodgkin_huxley
from tests.dynamics.phase.models import fhn, izhikevich, lotka_volterra, two_rates

WINDOW = ((-2.5, 2.5), (-1.5, 2.5))


def test_the_field_is_the_derivatives():
    field = vector_field(fhn, "v", "w", WINDOW, (7, 5), I=0.3)
    v, w = np.meshgrid(field.x, field.y)
    np.testing.assert_allclose(field.dx, v - v**3 / 3 - w + 0.3)
    np.testing.assert_allclose(field.dy, (v + 0.7 - 0.8 * w) / 12.5)


def test_the_axes_may_be_exchanged():
    field = vector_field(fhn, "w", "v", WINDOW[::-1], (7, 5))
    assert field.dx[2, 3] == pytest.approx(float(fhn.evaluate("dw/dt", w=field.x[3], v=field.y[2])))
    of_w, of_v = nullclines(fhn, "w", "v", WINDOW[::-1])
    assert (of_w.variable, of_v.variable) == ("w", "v")
    w, v = of_v.pieces[0].T
    np.testing.assert_allclose(w, v - v**3 / 3)


def test_nullclines_as_formulas():
    of_v, of_w = nullclines(fhn, "v", "w", WINDOW, I=0.5)
    v, w = of_v.pieces[0].T
    np.testing.assert_allclose(w, v - v**3 / 3 + 0.5)
    v, w = of_w.pieces[0].T
    np.testing.assert_allclose(w, (v + 0.7) / 0.8)
    assert of_v.how == of_w.how == "formule"
    assert of_w.formula == r"w = \frac{a + v}{b}"


def test_a_formula_that_would_divide_by_zero_is_turned_round():
    _, of_w = nullclines(fhn, "v", "w", WINDOW, b=0)
    np.testing.assert_allclose(of_w.pieces[0][:, 0], -0.7)
    assert of_w.formula == "v = - a + b w"


def test_a_product_vanishes_on_two_lines():
    of_x, of_y = nullclines(lotka_volterra, "x", "y", ((-1, 8), (-1, 8)))
    assert len(of_x.pieces) == len(of_y.pieces) == 2
    for curve, derivative in ((of_x, "dx/dt"), (of_y, "dy/dt")):
        for x, y in (piece.T for piece in curve.pieces):
            np.testing.assert_allclose(lotka_volterra.evaluate(derivative, x=x, y=y), 0, atol=1e-12)


def test_a_variable_inside_a_function_has_its_inverse():
    """r = S(a E - b R + I) is a curve in the argument of S, followed to both ends of the window."""
    window = ((0, 100), (0, 100))
    for curve, other in zip(nullclines(two_rates, "E", "R", window), ("R", "E"), strict=True):
        assert curve.how == "formule"
        assert curve.formula.startswith(f"{other} = ")
        (piece,) = curve.pieces
        E, R = piece.T
        here = two_rates.evaluate(f"d{curve.variable}/dt", E=E, R=R)
        assert np.abs(here).max() < 1e-9
        beside = np.hypot(*np.diff(piece, axis=0).T)
        assert beside.max() < 4
        assert np.ptp(piece, axis=0).max() > 60


def test_traced_nullclines_lie_on_zero():
    model, window = Model("dx/dt = x**2 + y**2 - 1\ndy/dt = x**3 - y**3 + x*y"), ((-2, 2), (-2, 2))
    x, y = model.variables
    for curve in nullclines(model, x, y, window):
        assert curve.how == "tracée"
        assert curve.formula is None
        for piece in curve.pieces:
            a, b = piece.T
            here = model.evaluate(f"d{curve.variable}/dt", **{x: a, y: b})
            scale = np.abs(vector_field(model, x, y, window).dx).max()
            assert np.abs(here).max() < 1e-5 * scale
    circle = nullclines(model, x, y, window)[0].pieces[0]
    np.testing.assert_allclose(np.hypot(*circle.T), 1, atol=1e-5)


def test_two_variables_of_four():
    of_V, of_n = nullclines(hodgkin_huxley, "V", "n", ((-80, 40), (0, 1)))
    V, n = of_n.pieces[0].T
    np.testing.assert_allclose(n, hodgkin_huxley.evaluate("n_inf", V=V), atol=1e-6)
    assert of_V.how == "tracée"


def test_the_separatrix_of_a_linear_saddle_is_its_stable_line():
    saddle = Model("dx/dt = x - 2*y\ndy/dt = -3*y")
    (p,) = fixed_points(saddle, ((-1, 1), (-1, 1)))
    for path in separatrix(saddle, p, ((-1, 1), (-1, 1))):
        np.testing.assert_allclose(path[:, 0], path[:, 1] / 2, atol=1e-6)
        assert np.abs(path[-1]).max() > 1
    for path in unstable_manifold(saddle, p, ((-1, 1), (-1, 1))):
        np.testing.assert_allclose(path[:, 1], 0, atol=1e-6)


def test_the_separatrix_is_the_true_threshold():
    window = ((-90, 40), (-30, 20))
    rest, saddle = fixed_points(izhikevich, window)
    paths = separatrix(izhikevich, saddle, window)
    curve = np.concatenate(
        [path[path[:, 1] > -14] if path[-1, 1] > -10 else path[path[:, 1] < -10] for path in paths]
    )
    for u in (-16.0, -12.0, -5.0, 5.0):
        v = np.interp(u, *curve[np.argsort(curve[:, 1])].T[::-1])
        assert [_fires(v + kick, u) for kick in (-0.05, 0.05)] == [False, True]


def _fires(v, u):
    model = Model(
        izhikevich.text,
        init=dict(izhikevich.init),
        spike="v >= 30",
        reset="v = -65",
        **izhikevich.parameters,
    )
    return len(model.simulate(300, dt=0.01, start={"v": v, "u": u}).spikes) > 0


def test_backward_undoes_forward():
    end = fhn.simulate(8, dt=0.001, start={"v": 0.3, "w": 0.1}, I=0.5).end
    back = backward(fhn).simulate(8, dt=0.001, start=end, I=0.5).end
    assert back == pytest.approx({"v": 0.3, "w": 0.1}, abs=1e-8)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: nullclines(fhn, "v", "v", WINDOW), "une autre variable que x (v)"),
        (
            lambda: nullclines(fhn, "v", "W", WINDOW),
            "pas de variable W (vouliez-vous dire w\u00a0?)",
        ),
        (
            lambda: nullclines(fhn, "v", "w", {"v": (-1, 1)}),
            "un intervalle (début, fin) par variable",
        ),
        (
            lambda: separatrix(fhn, fixed_points(fhn, WINDOW)[0], WINDOW),
            "un point fixe qui est un col",
        ),
        (lambda: separatrix(hodgkin_huxley, None, WINDOW), "un modèle à deux variables"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        call()
