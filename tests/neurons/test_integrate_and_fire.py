"""The integrate-and-fire family against closed forms, its own limits, and the published firing patterns."""

import pickle

import numpy as np
import pytest

from course.analysis import adaptation_index, cv, isi, latency, lif_rate
from course.dynamics import Model
from course.neurons import ADEX, adex, exponential_if, hodgkin_huxley, lif, lif_mV, noisy_lif

# -- the leaky one


def test_the_period_of_the_thesis() -> None:
    assert np.diff(lif.simulate(200, 0.01).spikes) == pytest.approx(10.9861, abs=1e-3)


@pytest.mark.parametrize(("refractory", "rate"), [(0, 31.067), (5, 26.890)])
def test_the_rate_in_millivolts(refractory: float, rate: float) -> None:
    """τ = 20 ms, R = 1 MΩ, a threshold 20 mV above rest, 25 nA."""
    trace = lif_mV.with_(refractory=refractory).simulate(500, 0.01, R=1, I=25)
    assert 1000 / np.diff(trace.spikes) == pytest.approx(rate, abs=1e-3)
    assert trace["V"].max() < -50
    assert trace["V"].min() == pytest.approx(-70)


def test_below_the_rheobase_the_solution_is_the_exponential_approach() -> None:
    trace = lif_mV.simulate(100, 0.05, I=0.19)
    assert trace["V"] == pytest.approx(-70 + 19 * (1 - np.exp(-trace.t / 20)), abs=1e-9)
    assert len(trace.spikes) == 0


def test_a_refractory_period_belongs_to_a_model_that_resets() -> None:
    held = lif.with_(refractory=2, I=3.0)
    assert (held.refractory, lif.refractory) == (2, 0)
    assert pickle.loads(pickle.dumps(held)).refractory == 2
    assert held.with_(I=2.0).refractory == 2
    with pytest.raises(
        ValueError, match=r"with_.refractory\xa0: un nombre positif ou nul \(ms\), reçu -1"
    ):
        lif.with_(refractory=-1)
    with pytest.raises(ValueError, match="une période réfractaire suppose spike et reset"):
        hodgkin_huxley.with_(refractory=2)


# -- the noisy one


def test_sigma_is_the_deviation_times_root_two_without_threshold() -> None:
    trace = noisy_lif.simulate(
        200, 0.05, rng=3, record=["u"], I=np.full(4000, 0.5), sigma=0.4, theta=100.0
    )
    assert trace["u"][-1].mean() == pytest.approx(0.5, abs=4 * 0.283 / 4000**0.5)
    assert trace["u"][-1].std() == pytest.approx(0.4 / 2**0.5, rel=0.045)


def test_without_noise_it_is_the_leaky_one() -> None:
    quiet = noisy_lif.simulate(100, 0.01, sigma=0.0, I=1.5, rng=0).spikes
    assert quiet == pytest.approx(lif.simulate(100, 0.01, I=1.5).spikes, abs=0.1)


# -- the exponential one


def test_the_rheobase_of_the_exponential_neuron() -> None:
    """The nullcline's minimum: I = g_L (V_T - E_L - Δ_T) = 0.162 µA/cm²."""
    I = 0.162 * np.array([0.9, 0.99, 0.999, 1.002, 1.01, 1.1])
    spikes = exponential_if.simulate(6000, 0.05, record=[], I=I).spikes
    assert [len(train) > 1 for train in spikes] == [False, False, False, True, True, True]


def cut_at(V: float) -> Model:
    return Model(
        exponential_if.text, init=exponential_if.init, spike=f"V >= {V}", reset="V = V_r",
        refractory=1.7, **exponential_if.parameters,
    )  # fmt: skip


def test_where_the_upstroke_is_cut_hardly_matters() -> None:
    a, b = (m.simulate(100, 0.01, I=1.0).spikes for m in (exponential_if, cut_at(-30)))
    assert np.diff(a) == pytest.approx(np.diff(b), abs=0.02)


def test_a_sharp_upstroke_is_a_threshold() -> None:
    I = np.array([0.8, 1.0, 3.0])
    expected = lif_rate(I, tau=10, R=10, theta=-59.9, reset=-68, E_L=-65, refractory=1.7)
    errors = []
    for Delta_T in (0.1, 0.02):
        spikes = cut_at(-59.4).simulate(300, 0.002, record=[], I=I, Delta_T=Delta_T).spikes
        errors.append(np.array([1000 / np.diff(train)[-1] for train in spikes]) / expected - 1)
    assert np.abs(errors[1]).max() < 0.03
    assert (np.abs(errors[0]) > 2 * np.abs(errors[1])).all()


@pytest.mark.parametrize(
    "model", [exponential_if.with_(I=2.0), adex], ids=["exponential_if", "adex"]
)
def test_half_the_step_changes_nothing(model) -> None:
    coarse, fine = (model.simulate(300, dt).spikes for dt in (0.05, 0.005))
    assert len(coarse) == len(fine)
    assert np.diff(coarse) == pytest.approx(np.diff(fine), abs=0.03)


# -- the adaptive one: the patterns of Naud et al. (2008), recognised by their intervals


def intervals(name: str, T: float = 1500) -> np.ndarray:
    return isi(ADEX[name].simulate(T, 0.02, record=[]).spikes)


def test_tonic() -> None:
    gaps = intervals("tonic")
    assert len(gaps) > 100
    assert gaps.max() / gaps.min() < 1.1
    assert np.ptp(gaps[20:]) < 0.05


def test_adapting() -> None:
    gaps = intervals("adapting")
    assert (np.diff(gaps) > -0.05).all()
    assert gaps[-1] > 5 * gaps[0]
    assert np.ptp(gaps[-4:]) < 0.1
    assert adaptation_index(ADEX["adapting"].simulate(500, 0.02).spikes) > 0.1
    assert abs(adaptation_index(ADEX["tonic"].simulate(500, 0.02).spikes)) < 0.01


def test_initial_burst() -> None:
    gaps = intervals("initial_burst")
    assert (gaps[:2] < 10).all()
    assert (gaps[2:] > 50).all()
    assert np.ptp(gaps[4:]) < 0.05


@pytest.mark.parametrize(("name", "size"), [("bursting", 2), ("delayed_bursting", 4)])
def test_regular_bursting(name: str, size: int) -> None:
    """Short intervals, then a long one, again and again."""
    gaps = intervals(name)
    long = np.flatnonzero(gaps > 40)
    assert len(long) > 5
    assert (np.delete(gaps, long) < 12).all()
    assert (np.diff(long)[1:] == size).all()
    assert np.ptp(gaps[long[3:]]) < 0.5


def test_accelerating() -> None:
    gaps = intervals("accelerating", 500)
    assert (np.diff(gaps) < 0).all()
    assert gaps[0] > 1.6 * gaps[-1]
    assert adaptation_index(ADEX["accelerating"].simulate(500, 0.02).spikes) < 0


def test_transient() -> None:
    spikes = ADEX["transient"].simulate(1500, 0.02).spikes
    assert len(spikes) == 1
    assert latency(spikes) == pytest.approx(30.3, abs=0.1)


def test_irregular() -> None:
    """The intervals never settle, and a start a millionth of a millivolt away is lost."""
    model = ADEX["irregular"]
    a, b = (model.simulate(3000, 0.005, record=[], start={"V": -60 + e}).spikes for e in (0, 1e-6))
    gaps = isi(a)
    assert 0.3 < cv(a) < 1
    assert not any(np.ptp(gaps[60::period]) < 0.3 for period in range(1, 13))
    n = min(len(a), len(b))
    assert np.abs(a[:5] - b[:5]).max() < 1e-4
    assert np.abs(a[:n] - b[:n]).max() > 0.1
