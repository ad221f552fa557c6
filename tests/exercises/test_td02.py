"""The measured numbers of TD02's exercises, measured again by other ways."""

import numpy as np
import pytest

from course.dynamics import phase
from course.exercises.td02 import thresholds
from course.exercises.td02.parabola import deux_pertes
from course.neurons import fitzhugh_nagumo, izhikevich, morris_lecar_class_2


def test_the_two_currents_are_those_of_the_diagram():
    found = phase.bifurcations(fitzhugh_nagumo, "I", (0.3, 0.35))
    expected = thresholds.deux_courants()
    assert found.hopf == pytest.approx([expected["repos_perdu"].middle], abs=1e-4)
    assert found.cycle_ends.min() == pytest.approx(expected["cycle_mort"].middle, abs=5e-4)
    assert expected["cycle_mort"].high < expected["repos_perdu"].low  # 1 % tells them apart


@pytest.mark.parametrize(("duration", "weakest"), list(zip(thresholds.DURATIONS, thresholds.WEAKEST, strict=True)))
def test_the_weakest_trough_is_on_the_edge(duration, weakest):
    """The state at the end of the trough is where the next run starts."""

    def fires(amplitude):
        held = fitzhugh_nagumo.simulate(duration, dt=0.005, I=-amplitude, record=[])
        return len(fitzhugh_nagumo.simulate(150, dt=0.005, start=held.end, record=[]).spikes) > 0

    assert fires(1.01 * weakest)
    assert not fires(0.99 * weakest)


def slowest(V4):
    """Rate (Hz) a hair above the current at which the rest and the saddle of class 2, with this V4, vanish."""
    onset = phase.bifurcations(morris_lecar_class_2, "I", (20, 80), cycles=False, V4=V4).saddle_nodes[-1]
    spikes = morris_lecar_class_2.simulate(20_000, dt=0.1, I=onset + 0.002, record=[], V4=V4).spikes
    return 1000 / np.diff(spikes[-3:]).mean()


def test_class_1_is_where_the_exercise_says():
    interval = thresholds.pente_de_classe_1()
    assert slowest(interval.low + 1) < 1 > slowest(interval.high)
    assert slowest(interval.high + 0.3) > 2
    assert slowest(16.0) > 5
    alone = phase.bifurcations(morris_lecar_class_2, "I", (20, 120), cycles=False, V4=17.0)
    assert not len(alone.saddle_nodes)


@pytest.mark.parametrize(("a", "b"), [(0.02, 0.2), (0.1, 0.2), (0.02, 0.25), (0.1, 0.26)])
def test_the_parabola_loses_its_rest_where_the_formulas_say(a, b):
    found = phase.bifurcations(izhikevich, "I", (-5, 6), cycles=False, a=a, b=b)
    assert np.array([found.hopf[-1], found.saddle_nodes[-1]]) == pytest.approx(deux_pertes(a, b), abs=1e-3)
