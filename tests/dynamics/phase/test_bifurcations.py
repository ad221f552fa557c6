import re

import numpy as np
import pytest

from course.dynamics import Model
from course.dynamics.phase import bifurcations, fixed_points
from course.neurons import hodgkin_huxley
from tests.dynamics.phase.models import fhn, izhikevich, two_rates


@pytest.fixture(scope="module")
def axon():
    return bifurcations(hodgkin_huxley, "I", (0, 200))


def hopf_of_fitzhugh_nagumo():
    # the trace 1 - v² - b/tau vanishes at v = ±√(1 - b/tau)
    v = np.array([-1, 1]) * np.sqrt(1 - 0.8 / 12.5)
    return (v + 0.7) / 0.8 - v + v**3 / 3


def test_the_hopf_points_of_fitzhugh_nagumo_are_those_of_its_trace():
    diagram = bifurcations(fhn, "I", (0, 2), cycles=False)
    np.testing.assert_allclose(diagram.hopf, hopf_of_fitzhugh_nagumo(), atol=1e-9)
    np.testing.assert_allclose(diagram.hopf, [0.33128, 1.41872], atol=1e-5)
    assert len(diagram.saddle_nodes) == 0


def test_the_axon_loses_and_regains_its_rest(axon):
    np.testing.assert_allclose(axon.hopf, [9.779, 154.527], atol=1e-3)
    assert len(axon.branches) == 1
    inside = (axon.branches[0].values > 9.78) & (axon.branches[0].values < 154.526)
    assert not axon.branches[0].stable[inside].any()
    assert axon.branches[0].stable[axon.branches[0].values < 9.779].all()


def test_the_axon_is_bistable_below_its_first_hopf_point(axon):
    up, down = axon.cycles
    firing = {sweep.direction: sweep.values[sweep.high["V"] > 0] for sweep in (up, down)}
    assert firing["montée"].min() > 9.77
    assert 6.2 < firing["descente"].min() < 9.77
    assert axon.cycle_ends.min() == pytest.approx(6.264, abs=5e-3)
    between = (up.values > 6.5) & (up.values < 9.7)
    assert np.isnan(up.period[between]).all()
    assert np.isfinite(down.period[(down.values > 6.5) & (down.values < 9.7)]).all()


def test_the_cycle_of_fitzhugh_nagumo_dies_below_the_hopf_point():
    diagram = bifurcations(fhn, "I", (0, 1))
    assert diagram.cycle_ends.min() == pytest.approx(0.3242, abs=2e-4)
    for current, fires in ((0.3240, False), (0.3244, True)):  # a long run says the same
        late = fhn.simulate(4000, dt=0.02, start={"v": 2.0, "w": 0.0}, I=current, record=["v"])[
            "v"
        ][-10000:]
        assert (np.ptp(late) > 1) == fires


@pytest.mark.parametrize(
    ("a", "b", "hopf"),
    [(0.02, 0.2, 3.7975), (0.1, 0.2, 3.9375), (0.02, 0.25, 0.685), (0.1, 0.26, 0.2625)],
)
def test_izhikevich_loses_rest_before_the_saddle_node(a, b, hopf):
    diagram = bifurcations(izhikevich, "I", (-5, 10), cycles=False, a=a, b=b)
    assert diagram.saddle_nodes == pytest.approx([(5 - b) ** 2 / 0.16 - 140])
    v = (a - 5) / 0.08
    assert diagram.hopf == pytest.approx([b * v - 0.04 * v**2 - 5 * v - 140])
    assert diagram.hopf == pytest.approx([hopf], abs=1e-9)


def test_with_a_slow_enough_recovery_the_saddle_node_is_what_ends_rest():
    # a > b: at the saddle-node the other eigenvalue b - a is negative
    diagram = bifurcations(izhikevich, "I", (-5, 10), cycles=False, a=0.3, b=0.2)
    assert len(diagram.hopf) == 0
    assert diagram.saddle_nodes == pytest.approx([4.0])


def test_each_bifurcation_separates_two_descriptions():
    cases = [(fhn, ((-3, 3), (-3, 3)), (0, 2)), (izhikevich, ((-120, 40), (-40, 30)), (-5, 10)),
             (two_rates, ((-5, 105), (-5, 105)), (0, 60))]  # fmt: skip
    for model, window, bounds in cases:
        diagram = bifurcations(model, "I", bounds, cycles=False)
        found = [*diagram.hopf, *diagram.saddle_nodes]
        assert found
        for value in found:
            words = [
                [p.words.split()[-1] for p in fixed_points(model, window, I=value + side)]
                for side in (-1e-3, 1e-3)
            ]
            assert words[0] != words[1]


def test_a_branch_is_on_the_equations_and_turns_at_its_folds():
    diagram = bifurcations(two_rates, "I", (0, 60), cycles=False)
    for branch in diagram.branches:
        for v in ("E", "R"):
            slope = two_rates.evaluate(f"d{v}/dt", I=branch.values, **branch.state)
            assert np.abs(slope).max() < 1e-9
    folded = [b for b in diagram.branches if (np.diff(np.sign(np.diff(b.values))) != 0).any()]
    assert folded
    for value in diagram.saddle_nodes:
        counts = [
            len(fixed_points(two_rates, ((-5, 105), (-5, 105)), I=value + side))
            for side in (-1e-3, 1e-3)
        ]
        assert abs(counts[0] - counts[1]) == 2


def test_a_pitchfork_is_no_saddle_node():
    model = Model("dx/dt = p*x - x**3\ndy/dt = -y", p=1.0)
    diagram = bifurcations(model, "p", (-1, 1), cycles=False)
    at_one = sorted(
        round(float(b.state["x"][np.abs(b.values - 1).argmin()]), 6) for b in diagram.branches
    )
    assert {-1.0, 0.0, 1.0} >= set(at_one)
    ends = {
        round(float(x), 6)
        for b in diagram.branches
        for x in b.state["x"][np.abs(b.values - 1) < 1e-9]
    }
    assert ends == {-1.0, 0.0, 1.0}


def test_a_neutral_saddle_is_no_hopf_point():
    # eigenvalues p and -1: their sum vanishes at p = 1, and nothing turns
    assert (
        len(
            bifurcations(
                Model("dx/dt = p*x - x**3\ndy/dt = -y", p=1.0), "p", (0.5, 2), cycles=False
            ).hopf
        )
        == 0
    )


def test_nothing_to_follow():
    diagram = bifurcations(Model("dx/dt = x**2 + p + y\ndy/dt = -y", p=1.0), "p", (0.5, 1))
    assert diagram.branches == ()
    assert len(diagram.hopf) == len(diagram.saddle_nodes) == len(diagram.cycle_ends) == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: bifurcations(fhn, "Tau", (1, 2)),
            "pas ce paramètre (vouliez-vous dire tau\u00a0?)",
        ),
        (lambda: bifurcations(fhn, "I", (2, 1)), "bifurcations.bounds\u00a0: deux nombres finis"),
        (lambda: bifurcations(fhn, "I", 3), "bifurcations.bounds\u00a0: deux nombres finis"),
        (lambda: bifurcations(fhn, "I", (0, 1), I=3), "c'est lui qui varie"),
        (lambda: bifurcations(fhn, "I", (0, 1), window=((1, 0), (0, 1))), "deux nombres finis"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        call()
