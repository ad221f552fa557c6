"""Bounds, durations and steps that suit models nobody has seen: they hold for those of the literature."""

import numpy as np
import pytest

from course.dynamics import phase
from course.neurons import fitzhugh_nagumo, hodgkin_huxley_reduced, izhikevich, morris_lecar_class_1
from course.widgets.phase_plane.flow import Run, paths
from course.widgets.phase_plane.subject import subject
from tests.widgets.planes import FHN_WINDOW

PLANES = {
    "FitzHugh-Nagumo": (fitzhugh_nagumo, "v", "w", FHN_WINDOW),
    "Izhikevich": (izhikevich, "v", "u", ((-90, 40), (-22, 10))),
    "Morris-Lecar": (morris_lecar_class_1, "V", "w", ((-75, 50), (-0.05, 0.7))),
    "Hodgkin-Huxley": (hodgkin_huxley_reduced, "V", "n", ((-90, 60), (0, 1))),
}


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_a_parameter_moves_around_its_value(plane):
    s = subject(*plane, {})
    for name, (low, high) in s.bounds.items():
        assert low <= s.values[name] <= high
        assert low < high
        if s.values[name] > 0 and name[0] not in "IEV":
            assert low > 0, f"{name} divides, or is a conductance"
        assert s.slider(name, bool).step <= (high - low) / 500


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_the_current_reaches_a_bifurcation(plane):
    s = subject(*plane, {})
    diagram = phase.bifurcations(s.model, "I", s.bounds["I"], s.wide, cycles=False)
    assert len(diagram.hopf) + len(diagram.saddle_nodes) > 0


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_the_step_is_fine_enough(plane):
    """Half the step moves the end of a run by less than a line is wide."""
    s = subject(*plane, {})
    (x0, x1), (y0, y1) = s.window
    T = s.durations[0]
    runs = tuple(
        Run(x0 + a * (x1 - x0), y0 + b * (y1 - y0)) for a in (0.3, 0.6) for b in (0.2, 0.5)
    )
    coarse = paths(s, runs, s.values, T)
    fine = []
    for run in runs:
        trace = s.model.simulate(T, dt=s.dt(T) / 2, start={s.x: run.x, s.y: run.y})
        fine.append(trace[s.x][::2])
    for path, exact in zip(coarse, fine, strict=True):
        off = np.abs(path.x - exact[: len(path.x)]) > 0.005 * (x1 - x0)
        assert off.mean() < 0.005, "but at the foot of a spike"
