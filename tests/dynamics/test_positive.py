"""Parameters that must be > 0, variables that never start below 0: refused wherever they come in."""

import pickle
import re

import numpy as np
import pytest

from course.dynamics import Model, phase

relax = Model("dr/dt = (a - r)/tau", a=1.0, tau=20.0, positive=("r", "tau"))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Model("dx/dt = -x/tau", tau=0.0, positive=["tau"]), "Model.tau\u00a0: un nombre strictement positif"),
        (lambda: Model("dx/dt = -x/tau", tau=1.0, positive=["Tau"]), "Model.positive\u00a0: des paramètres et des"),
        (lambda: relax.with_(tau=-1), "with_.tau\u00a0: un nombre strictement positif, reçu -1"),
        (lambda: relax.simulate(10, tau=[1.0, -2.0]), "simulate.tau\u00a0: un nombre strictement positif"),
        (lambda: relax.with_(a=2).simulate(10, tau=0), "simulate.tau\u00a0: un nombre strictement positif"),
        (lambda: pickle.loads(pickle.dumps(relax)).simulate(10, tau=0), "simulate.tau\u00a0: "),
        (lambda: relax.simulate(10, start={"r": np.array([1.0, -1e-9])}), "simulate.start['r']\u00a0: r n'est jamais"),
        (lambda: phase.fixed_points(relax, {"r": (0, 2)}, tau=-3), "fixed_points.tau\u00a0: un nombre strictement"),
        (lambda: phase.bifurcations(relax, "a", (0, 1), tau=0), "bifurcations.tau\u00a0: un nombre strictement"),
        (lambda: phase.bifurcations(relax, "tau", (-5, 5)), "bifurcations.bounds\u00a0: des valeurs de tau"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        call()


def test_the_rest_is_free():
    assert relax.simulate(10, dt=0.1, a=-3).end["r"] < 0
    assert relax.simulate(10, dt=0.1, start={"r": 0.0}, tau=lambda t: 1 + t).end["r"] > 0


def test_an_analysis_may_look_on_both_sides_of_zero():
    start = {"r": -1.0}
    assert relax.unbounded.simulate(10, dt=0.1, start=start).end["r"] > -1
    with pytest.raises(ValueError, match="tau"):
        relax.unbounded.simulate(10, tau=-1)
