"""What a network refuses, in French, with the rule and the value."""

import numpy as np
import pytest
from scipy import sparse

from course.dynamics import Model, SimulationError
from course.network import Network, Noise
from course.network.memory import available
from course.neurons import izhikevich


def small():
    net = Network(dt=0.2, seed=1)
    net.population("STN", 10, izhikevich)
    net.population("GPi", 5, izhikevich)
    return net


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            lambda n: n.population("A", 0, izhikevich),
            "Network.population.n\u00a0: un nombre entier de neurones",
        ),
        (lambda n: n.population("STN", 3, izhikevich), "déjà pris"),
        (lambda n: n.population("A", 3, izhikevich, a=[1, 2]), "un tableau de 3 nombres finis"),
        (lambda n: n.population("A", 3, izhikevich, aa=1), "vouliez-vous dire a"),
        (lambda n: n.population("A", 3, izhikevich, I=1), "se donne par current"),
        (lambda n: n.population("A", 3, izhikevich, start={"V": 1}), "vouliez-vous dire v"),
        (
            lambda n: n.population("A", 3, izhikevich, noise=Noise(1, every=0.1)),
            "un tirage par pas au plus",
        ),
        (lambda n: n.population("A", 3, Model("dx/dt = -x"), current=3), "qui reçoive le courant"),
        (lambda n: n.connect("STM", "GPi"), "vouliez-vous dire STN"),
        (lambda n: n.connect("STN", "GPi", np.ones((5, 10))), "une matrice (10, 5)"),
        (
            lambda n: n.connect("STN", "GPi", np.full((10, 5), np.nan)),
            "des nombres finis, reçu nan",
        ),
        (
            lambda n: n.connect("STN", "GPi", float("nan")),
            "un nombre fini, ou une matrice, reçu nan",
        ),
        (
            lambda n: n.connect("STN", "GPi", delay=0.1),
            "Network.connect.delay\u00a0: 0, ou au moins un pas (dt = 0,2",
        ),
        (lambda n: n.connect("STN", "GPi", delay=-1), "Network.connect.delay"),
        (
            lambda n: n.connect("STN", "GPi", probability=-0.1),
            "une probabilité, entre 0 et 1, reçu -0.1",
        ),
        (lambda n: n.connect("STN", "GPi", release=2), "une probabilité, entre 0 et 1, reçu 2"),
        (lambda n: n.connect("STN", "GPi", degree=11), "de 0 à 10, reçu 11"),
        (lambda n: n.connect("STN", "GPi", -1.0, reversal=0.0), "des conductances positives"),
        (lambda n: n.connect("STN", "GPi", kernel="alpha"), "un noyau de course.synapses"),
        (lambda n: n.lesion("STN", "GPi"), "une voie qui existe"),
        (lambda n: n.lesion("STN", indices=[10]), "de 0 à 9"),
        (lambda n: n.lesion("stm"), "vouliez-vous dire STN"),
        (lambda n: n.run(0), "Network.run.T"),
        (lambda n: n.run(10, record={"STN": ["V"]}), "vouliez-vous dire v"),
        (lambda n: n.run(10, record={"SNT": ["v"]}), "vouliez-vous dire STN"),
        (lambda n: n.run(10, device="gpu"), "un de cpu, cuda"),
        (lambda n: n.run(10).trace("STN", "v"), "une grandeur de STN que record demandait"),
        (lambda n: Network(dt=0.1, method="rk45"), "vouliez-vous dire rk4"),
        (lambda n: Network(dt=0.1).run(1), "au moins une population"),
        (lambda n: n.connect("STN", "GPi", lambda i, j: np.ones(3)), "un poids par synapse"),
        (lambda n: n.connect("STN", "GPi", lambda i, j: np.where(i == j, np.nan, 1.0)), "des nombres finis, reçu nan"),
        (lambda n: n.connect("STN", "GPi", sparse.csr_array(np.full((10, 5), np.inf))), "des nombres finis"),
        (lambda n: n.connect("STN", "GPi", sparse.csr_array((5, 10))), "une matrice (10, 5)"),
        (lambda n: n.connect("STN", "GPi", delay=float("nan")), "Network.connect.delay"),
        (lambda n: n.connect("STN", "GPi", delay=np.full((10, 5), np.nan)), "des nombres positifs ou nuls (ms)"),
        (lambda n: n.connect("STN", "GPi", delay=np.ones((5, 10))), "une matrice (10, 5)"),
        (lambda n: n.connect("STN", "GPi", delay=np.full((10, 5), 0.1)), "0, ou au moins un pas (dt = 0,2"),
        (lambda n: n.connect("STN", "GPi", probability=float("nan")), "un nombre fini, reçu nan"),
        (lambda n: n.connect("STN", "GPi", degree=-1), "de 0 à 10, reçu -1"),
        (lambda n: n.connect("STN", "GPi", jitter=-1), "Network.connect.jitter"),
        (lambda n: n.population("A", -3, izhikevich), "au moins 1, reçu -3"),
        (lambda n: n.population("A", 2.5, izhikevich), "au moins 1, reçu 2.5"),
        (lambda n: n.population("A", 10**12, izhikevich), "Gio de mémoire"),
        (lambda n: n.population("A", 3, izhikevich, current=np.ones(4)), "un tableau de 3 nombres finis"),
        (lambda n: n.poisson("STM", 10, 1.0), "vouliez-vous dire STN"),
        (lambda n: n.poisson("STN", -10, 1.0), "Network.poisson.rate"),
        (lambda n: n.lesion("STN", "GPe"), "vouliez-vous dire GPi"),
        (lambda n: n.run(float("nan")), "Network.run.T"),
        (lambda n: n.run(0.1), "une durée d'au moins un pas"),
        (lambda n: n.run(10, threads=0), "un nombre entier, au moins 1, reçu 0"),
        (lambda n: n.run(10, record={"STN": {"v": [10]}}), "de 0 à 9"),
        (lambda n: Network(dt=0), "Network.dt"),
        (lambda n: Network(dt=0.1, seed=-1), "Network.seed"),
        (lambda n: Noise(-1), "Noise.sd"),
    ],
)
def test_refusals(act, said):
    with pytest.raises(ValueError, match=".") as e:
        act(small())
    assert said in str(e.value)


def test_tables_that_do_not_match_are_refused():
    def make(**changes):
        given = {
            "names": ["A", "B"],
            "sizes": [2, 3],
            "parameters": [{}, {}],
            "weights": np.ones((2, 2)),
        }
        given |= {"delays": np.ones((2, 2)), "model": izhikevich, "dt": 0.2, "seed": 1} | changes
        return Network.from_matrices(**given)

    assert make().connections[0].weights.shape == (2, 2)
    for changes in (
        {"sizes": [2]},
        {"weights": np.ones((2, 3))},
        {"delays": [[1, 2]]},
        {"delays": -np.ones((2, 2))},
        {"weights": [[1, np.nan], [1, 1]]},
        {"current": {"C": 1}},
    ):
        with pytest.raises(ValueError, match=r"Network\.from_matrices\."):
            make(**changes)


def test_a_start_above_the_threshold_and_a_run_that_explodes_are_said():
    net = Network(dt=0.2, seed=1)
    net.population("A", 3, izhikevich, start={"v": np.array([-65.0, 40, 0])})
    with pytest.raises(ValueError, match=r"un état initial sous le seuil"):
        net.run(10)
    net = Network(dt=0.2, seed=1)
    net.population("A", 3, Model("dx/dt = x**3 + I", init={"x": 1.0}, I=0.0))
    with pytest.raises(SimulationError, match=r"A n'est plus un nombre fini"):
        net.run(100)


def test_what_cannot_fit_is_refused_with_the_figure():
    net = Network(dt=0.1, seed=1)
    n = int(np.sqrt(available()))
    net.population("A", n, Model("dx/dt = -x + I", I=0.0))
    with pytest.raises(ValueError, match=r"il faudrait [\d,]+\s?Gio de mémoire"):
        net.connect("A", "A", 1.0, probability=0.5)
    with pytest.raises(ValueError, match=r"il faudrait [\d,]+\s?Gio de mémoire"):
        net.run(1e5, record={"A": ["x"]})
