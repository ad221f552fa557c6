"""The closed forms of the integrate-and-fire neuron against their definition, their limits, and simulation."""

import mpmath
import numpy as np
import pytest

from course.analysis import lif_rate, siegert_rate
from course.neurons import noisy_lif

# -- without noise


def test_the_published_periods() -> None:
    assert 1000 / lif_rate(1.5) == pytest.approx(10.9861, abs=1e-4)
    assert lif_rate(25, tau=20, theta=20) == pytest.approx(31.067, abs=1e-3)
    assert lif_rate(25, tau=20, theta=20, refractory=5) == pytest.approx(26.890, abs=1e-3)


def test_in_millivolts_only_differences_count() -> None:
    away = lif_rate(25, tau=20, theta=-50, reset=-70, E_L=-70)
    assert away == pytest.approx(lif_rate(25, tau=20, theta=20), rel=1e-12)


def test_silent_up_to_the_rheobase_and_bounded_by_the_refractory_period() -> None:
    rates = lif_rate(np.array([-3, 0.99, 1.0, 1.0 + 1e-9, 1e9]), refractory=4)
    assert rates[:3].tolist() == [0, 0, 0]
    assert 0 < rates[3] < 10
    assert rates[4] == pytest.approx(250)


# -- with noise


def defined(mu: float, sigma: float, theta: float = 1, reset: float = 0) -> float:
    """The formula as it is written (1 + erf x is erfc(-x)), with forty digits."""
    with mpmath.workdps(40):
        low, high = (reset - mpmath.mpf(mu)) / sigma, (theta - mpmath.mpf(mu)) / sigma
        ends = [low, *(x for x in (-60, -20, -7, -2, 0, 2) if low < x < high), high]
        integral = mpmath.quad(lambda x: mpmath.exp(x * x) * mpmath.erfc(-x), ends)
        return float(1000 / (10 * mpmath.sqrt(mpmath.pi) * integral))


@pytest.mark.parametrize(
    ("mu", "sigma"),
    [(0.8, 0.3), (0.6, 0.2), (-2, 0.4), (1.5, 0.5), (3, 0.5), (0.5, 5), (1, 0.01), (0.9, 0.02)],
)
def test_siegert_is_its_definition(mu: float, sigma: float) -> None:
    assert siegert_rate(mu, sigma) == pytest.approx(defined(mu, sigma), rel=1e-12)


def test_siegert_where_the_definition_overflows() -> None:
    with np.errstate(all="raise"):
        rates = siegert_rate(np.array([-5.0, 0.0, 0.9, 1.1, 50.0]), 0.001)
    assert rates[:3].tolist() == [0, 0, 0]
    assert rates[3:] == pytest.approx(lif_rate(np.array([1.1, 50.0])), rel=1e-4)


def test_siegert_without_noise_is_the_closed_form() -> None:
    I = np.linspace(0, 3, 31)
    assert np.array_equal(siegert_rate(I, 0.0, refractory=2), lif_rate(I, refractory=2))
    assert siegert_rate(1.5, 1e-4) == pytest.approx(lif_rate(1.5), rel=1e-7)


def test_rare_escapes_follow_kramers() -> None:
    """f ≈ (y/(τ√π)) exp(-y²), y = (θ - μ)/σ ≫ 1 (Brunel & Hakim 1999, eq. 3.27)."""
    y = np.array([4.0, 5.0, 6.0])
    kramers = 1000 * y / (10 * np.pi**0.5) * np.exp(-(y**2))
    assert siegert_rate(1 - 0.2 * y, 0.2) == pytest.approx(kramers, rel=0.05)


CORNERS = [(mu, sigma) for mu in (0.6, 0.8, 1.0, 1.5) for sigma in (0.2, 0.3, 0.5)]


@pytest.mark.parametrize(("mu", "sigma"), CORNERS)
@pytest.mark.parametrize("spike_time", ["step", "interpolated"])
def test_the_simulated_rate_is_siegert_s_once_the_grid_is_taken_into_account(
    mu, sigma, spike_time
) -> None:
    rate = simulated(mu, sigma, 0.1, spike_time)
    assert rate == pytest.approx(siegert_rate(mu, sigma, dt=0.1), rel=0.03)


def test_the_bias_of_the_grid_shrinks_as_the_root_of_dt() -> None:
    true = siegert_rate(0.6, 0.3)
    coarse, fine = (simulated(0.6, 0.3, dt, spikes=60_000) / true - 1 for dt in (0.4, 0.1))
    assert fine == pytest.approx(-0.10, abs=0.02)
    assert coarse / fine == pytest.approx(2, abs=0.35)


def simulated(
    mu: float, sigma: float, dt: float, spike_time: str = "step", spikes: int = 12_000
) -> float:
    """The rate of 128 neurons, over what gives about so many spikes."""
    T = 100 * round(10 * spikes / (128 * siegert_rate(mu, sigma)))
    trace = noisy_lif.simulate(
        T, dt, rng=7, record=[], spike_time=spike_time, I=np.full(128, mu), sigma=sigma
    )
    return float(trace.rate().mean())


# -- what is refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sigma": -0.1}, "siegert_rate.sigma\xa0: une valeur positive ou nulle, reçu -0.1"),
        ({"tau": 0}, "siegert_rate.tau\xa0: une constante de temps strictement positive"),
        ({"reset": 1.0}, "siegert_rate.reset\xa0: une remise à zéro sous le seuil, reçu 1.0"),
        ({"refractory": -1}, "siegert_rate.refractory\xa0: une valeur positive ou nulle, reçu -1"),
        ({"I": np.nan}, "siegert_rate.I\xa0: un nombre fini, ou un tableau de nombres, reçu nan"),
        ({"I": "un"}, "siegert_rate.I\xa0: un nombre fini"),
    ],
)
def test_bad_arguments_are_refused(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        siegert_rate(**{"I": 1.0, "sigma": 0.3, **arguments})
