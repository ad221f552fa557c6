"""f(I) curves against the closed form, for every kind of model, and what cannot be measured."""

import warnings

import numpy as np
import pytest

from course.analysis import fi_curve, lif_rate, siegert_rate
from course.dynamics import Model
from course.neurons import ADEX, hodgkin_huxley, lif, lif_mV, noisy_lif


@pytest.fixture(autouse=True)
def _no_noise():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize("refractory", [0, 5])
def test_the_closed_form_from_two_percent_above_the_rheobase(refractory: float) -> None:
    I = np.linspace(1.02, 6, 200)
    measured = fi_curve(lif.with_(refractory=refractory), I)
    assert measured == pytest.approx(lif_rate(I, refractory=refractory), rel=1e-6)
    sooner = fi_curve(lif_mV.with_(refractory=refractory), 0.2 * I, T=600, dt=0.1)
    assert sooner == pytest.approx(lif_rate(I, tau=20, refractory=refractory), rel=1e-5)


def test_the_exact_method_for_a_linear_neuron() -> None:
    I = np.linspace(1.02, 6, 50)
    assert fi_curve(lif, I, dt=0.5, method="exponential_euler") == pytest.approx(lif_rate(I), rel=1e-9)
    assert fi_curve(lif, I, dt=0.5, method="euler") != pytest.approx(lif_rate(I), rel=1e-3)


def test_currents_that_never_reach_the_threshold_give_zero_in_silence() -> None:
    assert fi_curve(lif, [-1.0, 0.0, 0.5, 1.0]).tolist() == [0, 0, 0, 0]


def test_currents_come_in_any_order_and_shape() -> None:
    I = np.array([[3.0, 1.2], [0.5, 2.0]])
    assert fi_curve(lif, I) == pytest.approx(lif_rate(I), rel=1e-6)
    assert fi_curve(lif, 1.5).shape == (1,)


def test_a_run_shorter_than_an_interval_says_so_and_gives_a_number() -> None:
    with pytest.warns(
        RuntimeWarning, match=r"fi_curve.T\xa0: un courant ne donne qu'une impulsion en 15\xa0ms"
    ):
        rates = fi_curve(lif, [0.5, 1.5, 3.0], T=15, transient=0)
    assert rates[0] == 0
    assert rates[1] == pytest.approx(1000 / 15)
    assert rates[2] == pytest.approx(lif_rate(3.0), rel=1e-6)
    with pytest.warns(RuntimeWarning, match="2 courants ne donnent qu'une impulsion"):
        fi_curve(lif, [1.5, 1.6], T=15, transient=0)


def test_the_transient_is_left_out() -> None:
    adapting = Model(
        "dV/dt = (-V - w + I)/10\ndw/dt = -w/100", spike="V >= 1", reset="V = 0; w = w + 0.5", I=0.0
    )
    spikes = adapting.simulate(2000, 0.05, I=4.0).spikes
    steady = fi_curve(adapting, 4.0, T=2000, transient=1000)[0]
    assert steady == pytest.approx(1000 / np.diff(spikes)[-1], rel=1e-3)
    assert fi_curve(adapting, 4.0, T=2000, transient=0)[0] > 1.02 * steady


def test_a_burst_that_stops_is_not_a_rate() -> None:
    """Two spikes 3.4 ms apart, then silence: 2 a second, and not 291."""
    spikes = ADEX["transient"].simulate(1000, 0.05, I=250.0).spikes
    assert (len(spikes), round(np.diff(spikes)[0], 1)) == (2, 3.4)
    assert fi_curve(ADEX["transient"], 250.0, transient=0)[0] == 2


def test_noise_is_counted_without_bias() -> None:
    measured = fi_curve(noisy_lif, np.full(64, 0.7), T=10_200, rng=2, sigma=0.4, dt=0.1)
    assert measured.mean() == pytest.approx(siegert_rate(0.7, 0.4, dt=0.1), rel=0.03)
    again = fi_curve(noisy_lif, np.full(64, 0.7), T=10_200, rng=2, sigma=0.4, dt=0.1)
    assert np.array_equal(measured, again)


def test_a_criterion_for_a_model_without_one() -> None:
    silent = Model(hodgkin_huxley.text, init=hodgkin_huxley.init, **hodgkin_huxley.parameters)
    with pytest.raises(ValueError, match=r"fi_curve.spike\xa0: un critère"):
        fi_curve(silent, [10.0])
    assert fi_curve(silent, [3.0, 10.0], spike="V >= 0") == pytest.approx(
        fi_curve(hodgkin_huxley, [3.0, 10.0])
    )
    assert fi_curve(hodgkin_huxley, [10.0])[0] == pytest.approx(68.3, abs=0.3)
    with pytest.raises(ValueError, match="aucun critère\xa0: ce modèle a le sien, u >= theta"):
        fi_curve(lif, [1.5], spike="u >= 2")


def test_another_parameter_may_vary() -> None:
    assert fi_curve(lif, [1.5, 3.0], current="R", I=1.0) == pytest.approx(
        lif_rate(1.0, R=np.array([1.5, 3.0]))
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"T": 100}, r"fi_curve.T\xa0: une durée qui dépasse transient \(200\xa0ms\), reçu 100"),
        ({"T": -5}, "fi_curve.T"),
        ({"transient": -1}, "fi_curve.transient"),
        ({"currents": [1.0, np.nan]}, "fi_curve.currents\xa0: un tableau de courants finis"),
        ({"currents": []}, "fi_curve.currents"),
        ({"currents": "beaucoup"}, "fi_curve.currents"),
        ({"current": "J"}, "fi_curve.J\xa0: le modèle n'a pas ce paramètre"),
        ({"I": 2.0}, "fi_curve.I\xa0: le courant est déjà dans currents"),
        ({"tau": np.array([1.0, 2.0])}, "fi_curve.tau"),
        ({"dt": 0}, "simulate.dt"),
    ],
)
def test_bad_arguments_are_refused(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fi_curve(lif, **{"currents": [1.5], **arguments})


def test_a_refractory_period_longer_than_the_run_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"une durée comptée plus longue que la période réfractaire \(900\xa0ms\)"
    ):
        fi_curve(lif.with_(refractory=900), [1.5], T=1000)


def test_a_negative_noise_is_refused() -> None:
    with pytest.raises(ValueError, match=r"fi_curve.sigma\xa0: un bruit positif ou nul, reçu -0.3"):
        fi_curve(noisy_lif, [0.8], sigma=-0.3)
