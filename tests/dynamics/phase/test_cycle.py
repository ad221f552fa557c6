import re

import numpy as np
import pytest

from course.dynamics import Model
from course.dynamics.phase import limit_cycle
from course.neurons import hodgkin_huxley
from tests.dynamics.phase.models import fhn, izhikevich, lotka_volterra, van_der_pol


def test_van_der_pol_has_the_published_period_and_multiplier():
    # Amore, Boyd & Fernández 2018 and Strogatz: mu = 1, period 6.66328686; the multiplier is exp(∮ div)
    cycle = limit_cycle(van_der_pol)
    assert cycle.period == pytest.approx(6.66328686, abs=1e-5)
    x, t = cycle.orbit["x"], cycle.t
    assert cycle.multipliers[0] == pytest.approx(np.exp(np.trapezoid(1 - x**2, t)), rel=1e-4)
    assert cycle.stable


def test_a_relaxation_oscillation_takes_its_asymptotic_period():
    # (3 - 2 ln 2) mu + 7.014 mu^(-1/3), Dorodnitsyn 1947, to 2 %
    cycle = limit_cycle(van_der_pol, mu=20.0)
    assert cycle.period == pytest.approx((3 - 2 * np.log(2)) * 20 + 7.014 / 20 ** (1 / 3), rel=0.02)


def test_the_orbit_is_closed_and_obeys_the_equations():
    cycle = limit_cycle(fhn, I=0.5)
    v, w, t = cycle.orbit["v"], cycle.orbit["w"], cycle.t
    assert (v[-1], w[-1]) == (pytest.approx(v[0], abs=1e-7), pytest.approx(w[0], abs=1e-7))
    assert t[-1] == pytest.approx(cycle.period)
    slope = np.gradient(w, t)[1:-1]
    np.testing.assert_allclose(slope, (v + 0.7 - 0.8 * w)[1:-1] / 12.5, atol=1e-4)


def test_a_centre_has_orbits_and_no_limit_cycle():
    # and what a turn conserves: d x - g ln x + b y - a ln y
    assert limit_cycle(lotka_volterra) is None
    run = lotka_volterra.simulate(30, dt=0.005)
    x, y = run["x"], run["y"]
    conserved = 0.1 * x - 0.4 * np.log(x) + 0.4 * y - 1.1 * np.log(y)
    assert np.ptp(conserved) < 1e-9


def test_rest_beside_an_oscillation():
    # between the fold of cycles and the Hopf bifurcation of FitzHugh-Nagumo
    assert limit_cycle(fhn, I=0.325, start={"v": -0.99, "w": -0.36}) is None
    around = limit_cycle(fhn, I=0.325, start={"v": 2.0, "w": 0.0})
    between = limit_cycle(fhn, I=0.325, stable=False)
    assert around.stable
    assert not between.stable
    assert between.multipliers[0] > 1
    assert np.ptp(between.orbit["v"]) < np.ptp(around.orbit["v"])
    assert limit_cycle(fhn, I=0.32, start={"v": 2.0, "w": 0.0}) is None


def test_the_unstable_cycle_is_the_border_of_the_basin_of_rest():
    between = limit_cycle(fhn, I=0.325, stable=False)
    v, w = between.orbit["v"], between.orbit["w"]
    k = int(v.argmax())
    centre = {"v": float(v.mean()), "w": float(w[k])}
    for share, fires in ((0.97, False), (1.03, True)):
        start = {"v": centre["v"] + share * (v[k] - centre["v"]), "w": centre["w"]}
        late = fhn.simulate(1500, dt=0.02, start=start, I=0.325)["v"][-5000:]
        assert (np.ptp(late) > 1) == fires


def test_four_variables():
    cycle = limit_cycle(hodgkin_huxley, I=10)
    train = hodgkin_huxley.simulate(400, dt=0.01, I=10).spikes
    assert cycle.period == pytest.approx(np.diff(train)[-1], abs=1e-3)
    assert cycle.stable
    assert limit_cycle(hodgkin_huxley) is None


def test_a_cycle_through_a_reset():
    model = Model(
        izhikevich.text, init=dict(izhikevich.init), spike="v >= 30", reset="v = c; u = u + d", c=-65, d=8,
        **izhikevich.parameters,
    )  # fmt: skip
    cycle = limit_cycle(model, I=10)
    assert cycle.period == pytest.approx(
        np.diff(model.simulate(1000, dt=0.01, I=10).spikes)[-1], rel=1e-4
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: limit_cycle(fhn, start={"V": 1}),
            "pas de variable V (vouliez-vous dire v\u00a0?)",
        ),
        (
            lambda: limit_cycle(fhn, start={"v": float("nan")}),
            "limit_cycle.start['v']\u00a0: un nombre fini",
        ),
        (lambda: limit_cycle(Model("dx/dt = -x + xi")), "un modèle sans bruit"),
        (lambda: limit_cycle(fhn, J=1), "le modèle n'a pas ce paramètre"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        call()
