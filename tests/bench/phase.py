"""The analysis of a plane, eight trajectories, and the bifurcation diagram of the squid axon, after compilation."""

import numpy as np

from course.dynamics.phase import bifurcations, fixed_points, nullclines, separatrix
from course.neurons import fitzhugh_nagumo, hodgkin_huxley, izhikevich, morris_lecar_class_1
from tests.bench.measure import best
from tests.bench.table import Row

PLANES = {
    "FitzHugh-Nagumo": (fitzhugh_nagumo, ((-2.5, 2.5), (-1.5, 2.5)), {"I": 0.5}),
    "Izhikevich": (izhikevich, ((-90, 40), (-30, 20)), {"I": 0.0}),
    "Morris-Lecar": (morris_lecar_class_1, ((-80, 60), (-0.1, 0.8)), {"I": 30.0}),
}


def phase(peers: set[str]) -> list[Row]:
    rows = []
    for name, (model, window, values) in PLANES.items():
        x, y = model.variables

        def analysis(model=model, window=window, values=values, x=x, y=y) -> int:
            nullclines(model, x, y, window, **values)
            points = fixed_points(model, window, **values)
            for p in points:
                if p.kind == "col":
                    separatrix(model, p, window, **values)
            return len(points)

        seconds, quiet = best(analysis)
        note = f"{analysis()} fixed points"
        rows.append(
            Row("phase", f"analysis, {name}", seconds, None, 0.005, quiet, absolute=True, note=note)
        )
    start = {"v": np.linspace(-2, 2, 8), "w": np.linspace(-1, 1.5, 8)}
    seconds, quiet = best(lambda: fitzhugh_nagumo.simulate(100, dt=0.05, start=start, I=0.5))
    rows.append(
        Row("phase", "eight trajectories of 100 ms", seconds, None, 0.005, quiet, absolute=True)
    )
    seconds, quiet = best(lambda: bifurcations(hodgkin_huxley, "I", (0, 200)), runs=3)
    found = bifurcations(hodgkin_huxley, "I", (0, 200)).hopf.round(3)
    rows.append(
        Row(
            "phase",
            "Hodgkin-Huxley, I in [0, 200]",
            seconds,
            None,
            2.0,
            quiet,
            absolute=True,
            note=f"Hopf {found}",
        )
    )
    return rows
