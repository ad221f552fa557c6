import re

import numpy as np
import pytest

from course.dynamics import Model
from course.dynamics.phase import fixed_points
from course.neurons import hodgkin_huxley
from tests.dynamics.phase.models import fhn, izhikevich, lotka_volterra, two_rates, van_der_pol

WIDE = ((-3, 3), (-3, 3))


def linear(a, b, c, d):
    return Model(
        "dx/dt = a*x + b*y\ndy/dt = c*x + d*y",
        init={"x": 1},
        a=float(a),
        b=float(b),
        c=float(c),
        d=float(d),
    )


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ((-1, 0, 0, -2), "nœud stable"), ((1, 0, 0, 2), "nœud instable"), ((-1, 2, -2, -1), "foyer stable"),
        ((1, 2, -2, 1), "foyer instable"), ((1, 0, 0, -2), "col"), ((0, 1, -1, 0), "centre"),
    ],
)  # fmt: skip
def test_the_six_linear_planes(matrix, words):
    (p,) = fixed_points(linear(*matrix), WIDE)
    assert p.words == words
    assert p.trace == pytest.approx(matrix[0] + matrix[3])
    assert p.determinant == pytest.approx(matrix[0] * matrix[3] - matrix[1] * matrix[2])
    assert np.sum(p.eigenvalues).real == pytest.approx(p.trace)
    assert np.prod(p.eigenvalues).real == pytest.approx(p.determinant)


@pytest.mark.parametrize("current", [-0.5, 0.0, 0.3, 0.5, 1.0, 2.0])
def test_fitzhugh_nagumo_against_cardan(current):
    # v - v³/3 - (v + a)/b + I = 0 has one real root: v³ + p v + q = 0 with p = 3 (1/b - 1) > 0
    p, q = 3 * (1 / 0.8 - 1), 3 * (0.7 / 0.8 - current)
    root = np.cbrt(-q / 2 + np.sqrt(q**2 / 4 + p**3 / 27)) + np.cbrt(
        -q / 2 - np.sqrt(q**2 / 4 + p**3 / 27)
    )
    (found,) = fixed_points(fhn, WIDE, I=current)
    assert found["v"] == pytest.approx(root, abs=1e-12)
    J = [[1 - root**2, -1], [0.08, -0.064]]
    np.testing.assert_allclose(found.jacobian, J, atol=1e-12)


def test_a_cubic_with_a_double_root_has_two_points():
    model = Model("dx/dt = (x - 1)**2*(x + 2) - y\ndy/dt = -y")
    assert [(p["x"], p.kind) for p in fixed_points(model, WIDE)] == [
        (pytest.approx(-2), "col"), (pytest.approx(1, abs=1e-7), "col-nœud")
    ]  # fmt: skip


def test_a_double_zero_that_is_no_polynomial():
    model = Model("dx/dt = exp(x) - 1 - x - y\ndy/dt = -y")
    (p,) = fixed_points(model, WIDE)
    assert (p["x"], p.kind) == (pytest.approx(0, abs=1e-5), "col-nœud")


def test_two_zeros_nearer_than_a_sample():
    model = Model("dx/dt = cosh(x) - 1 - e - y\ndy/dt = -y", e=1e-8)
    assert [p["x"] for p in fixed_points(model, WIDE)] == pytest.approx(
        [-np.sqrt(2e-8), np.sqrt(2e-8)], rel=1e-6
    )


def test_no_fixed_point():
    assert fixed_points(Model("dx/dt = x**2 + 1 + y\ndy/dt = -y"), WIDE) == ()
    assert fixed_points(fhn, ((1, 2), (-1, 1))) == ()


def test_a_parameter_that_divides_may_be_zero():
    model = Model("dx/dt = p - tanh(x/k) - y\ndy/dt = x - y", k=1.0, p=0.5)
    assert len(fixed_points(model, WIDE)) == 1
    assert fixed_points(model, WIDE, k=0.0) == ()


def test_a_quadratic_neuron_loses_its_two_points_together():
    # rest and threshold: 0.04 v² + (5 - b) v + 140 + I = 0
    roots = np.roots([0.04, 4.8, 140])
    points = fixed_points(izhikevich, ((-90, 40), (-30, 20)))
    assert [p["v"] for p in points] == pytest.approx(sorted(roots))
    assert [p.words for p in points] == ["nœud stable", "col"]
    (double,) = fixed_points(izhikevich, ((-90, 40), (-30, 20)), I=4.0)
    assert (double["v"], double.kind) == (pytest.approx(-60), "col-nœud")
    assert fixed_points(izhikevich, ((-90, 40), (-30, 20)), I=4.001) == ()


def test_products_hide_no_point():
    points = fixed_points(lotka_volterra, ((-1, 8), (-1, 8)))
    assert [(p["x"], p["y"], p.kind) for p in points] == [
        (0, 0, "col"), (pytest.approx(4), pytest.approx(2.75), "centre")
    ]  # fmt: skip
    assert points[1].eigenvalues.imag.max() == pytest.approx(np.sqrt(1.1 * 0.4))
    assert not points[1].stable


def test_coupled_rates_against_a_fine_search_of_the_square():
    from scipy.optimize import root

    def F(X):
        S = lambda x: 100 / (1 + np.exp(-(x - 50) / 10))  # noqa: E731
        E, R = X
        return np.array([-E + S(2 * E - R + I), -R + S(1.5 * E - 0.2 * R)]) / 20

    for I in (10.0, 25.0, 40.0):
        starts = np.stack(
            np.meshgrid(np.linspace(0, 100, 12), np.linspace(0, 100, 12)), -1
        ).reshape(-1, 2)
        solutions = [root(F, X, tol=1e-12) for X in starts]
        known = {
            tuple(np.round(r.x, 5)) for r in solutions if r.success and np.abs(F(r.x)).max() < 1e-9
        }
        found = {
            tuple(np.round([p["E"], p["R"]], 5))
            for p in fixed_points(two_rates, ((-5, 105), (-5, 105)), I=I)
        }
        assert found == known


def test_four_variables_are_reduced_to_one():
    (p,) = fixed_points(hodgkin_huxley, {"V": (-100, 60)})
    for name, x in hodgkin_huxley.init.items():
        assert p[name] == pytest.approx(x, abs=1e-4 if name != "V" else 0.01)
    assert p.words == "foyer stable"
    assert fixed_points(hodgkin_huxley, {"V": (-100, 60)}, I=10.0)[0].words == "foyer instable"


def test_the_jacobian_against_finite_differences():
    for model, window in (
        (van_der_pol, WIDE),
        (hodgkin_huxley, {"V": (-100, 60)}),
        (two_rates, ((0, 100), (0, 100))),
    ):
        for p in fixed_points(model, window):
            for j, v in enumerate(model.variables):
                h = 1e-5 * max(1, abs(p[v]))
                for i, u in enumerate(model.variables):
                    ends = (
                        model.evaluate(f"d{u}/dt", **{**p.state, v: p[v] + s * h}) for s in (1, -1)
                    )
                    up, down = ends
                    assert p.jacobian[i, j] == pytest.approx(
                        float(up - down) / (2 * h), rel=1e-5, abs=1e-7
                    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: fixed_points(fhn, ((2, -2), (-1, 1))),
            "fixed_points.window['v']\u00a0: deux nombres finis",
        ),
        (lambda: fixed_points(fhn, ((1, 1), (-1, 1))), "le premier plus petit"),
        (lambda: fixed_points(fhn, ((0, float("inf")), (-1, 1))), "deux nombres finis"),
        (
            lambda: fixed_points(fhn, ()),
            "un intervalle (début, fin) par variable, dans l'ordre v, w",
        ),
        (lambda: fixed_points(fhn, {}), "au moins un intervalle"),
        (
            lambda: fixed_points(fhn, {"V": (-2, 2)}),
            "pas de variable V (vouliez-vous dire v\u00a0?)",
        ),
        (
            lambda: fixed_points(fhn, WIDE, Tau=3.0),
            "pas ce paramètre (vouliez-vous dire tau\u00a0?)",
        ),
        (lambda: fixed_points(fhn, WIDE, I=lambda t: t), "des paramètres constants"),
        (lambda: fixed_points(fhn, WIDE, I=[1.0, 2.0]), "des paramètres constants"),
        (lambda: fixed_points(Model("dx/dt = t - x"), ((0, 1),)), "des équations sans le temps t"),
        (lambda: fixed_points("fhn", WIDE), "un Model de course.dynamics"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        call()
