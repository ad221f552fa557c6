"""The explorers of the rates: a bifurcation diagram with its envelope, and the map of regimes, after compilation."""

import numpy as np

from course.dynamics.phase import bifurcations
from course.rates import ei_network, population, regimes
from tests.bench.measure import best
from tests.bench.table import Row


def rates(peers: set[str]) -> list[Row]:
    rows = []
    for name, model, parameter, bounds, values in (
        ("E-I network, I_E in [-10, 60]", ei_network, "I_E", (-10, 60), {}),
        ("population, I_ext in [-60, 40]", population, "I_ext", (-60, 40), {"w": 0.1}),
    ):
        seconds, quiet = best(lambda m=model, p=parameter, b=bounds, v=values: bifurcations(m, p, b, **v))
        found = bifurcations(model, parameter, bounds, **values)
        note = f"{len(found.cycles[0].values)} values, ends {found.cycle_ends.round(2)}"
        rows.append(Row("rates", name, seconds, None, 0.15, quiet, absolute=True, note=note))
    currents, weights = np.linspace(-10, 60, 40), np.linspace(0, 0.2, 40)
    seconds, quiet = best(lambda: regimes("I_E", currents, "w_EE", weights), runs=3)
    rows.append(Row("rates", "regimes, 40 × 40", seconds, None, 2.0, quiet, absolute=True))
    return rows
