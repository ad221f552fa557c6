"""The basal ganglia of Granier's thesis (2018, Program 17): seven nuclei and two tables."""

from course.network.network import Network
from course.network.population import Noise
from course.neurons import izhikevich
from course.synapses import Alpha, Exponential

NAMES = ("CTX", "D1", "D2", "GPi", "TA", "TI", "STN")
SIZES = (2000, 400, 400, 200, 300, 300, 400)
_REGULAR = {"a": 0.02, "b": 0.2, "c": -65.0, "d": 8.0}
_FAST = {"a": 0.1, "b": 0.2, "c": -65.0, "d": 2.0}
_BURSTING = {"a": 0.02, "b": 0.2, "c": -55.0, "d": 4.0}
PARAMETERS = (_REGULAR, _FAST, _FAST, _REGULAR, _FAST, _FAST, _BURSTING)
WEIGHTS = (  # to CTX, D1, D2, GPi, TA, TI, STN
    (0, 30, 6, 0, 0, 0, 30),  # from CTX
    (0, -2, -2, -10, 0, 0, 0),  # D1
    (0, -2, -3, 0, -2, -2, 0),  # D2
    (0, 0, 0, 0, 0, 0, 0),  # GPi
    (0, -2, -2, 0, -2, -2, -2),  # TA
    (0, -2, -2, -2, -2, -2, -4),  # TI
    (0, 0, 0, 20, 20, 20, 0),  # STN
)
DELAYS = (  # [ms]
    (0, 10, 10, 0, 0, 0, 2.5),
    (0, 14, 10, 7, 0, 0, 0),
    (0, 11, 13, 0, 5, 5, 0),
    (0, 0, 0, 0, 0, 0, 0),
    (0, 6, 6, 0, 1, 1, 4),
    (0, 6, 6, 3, 1, 1, 4),
    (0, 0, 0, 1.5, 2, 2, 0),
)


def basal_ganglia(
    dt: float = 0.2,
    seed: int = 123,
    STN: int = 400,
    every: float | None = None,
    method: str = "euler",
) -> Network:
    """Cortex, striatum (D1, D2), globus pallidus (GPi, TA, TI) and subthalamic nucleus: 4000 neurons, 2.9 M synapses.

    Args:
        STN: neurons of the subthalamic nucleus: 400 in the thesis's text, 200 in its listing.
        every: [ms] how often the cortex's noise is drawn; 0.2 whatever dt when None. `every=dt` is the listing's
            manner: its law then depends on the step.
        method: "euler", or "semi_implicit" for the order of the thesis's tool, v then u.

    Rates in Hz of the first 1000 ms, mean over eight seeds (four at dt 0.05); in a second of five, the start apart,
    they are lower (cortex 26.8 over 5000 ms). The cortex receives nothing from the network: its rate has a deviation of
    0.03 from seed to seed; D2's is 0.9, that of the others 0.4 at most.

        dt, method             CTX    D1     D2    GPi    TA     TI     STN
        0.2, euler             27.6   30.3   3.4   56.7   101.7  101.6  35.0
        0.1                    27.6   31.5   4.4   59.4   108.9  108.8  35.0
        0.05                   27.6   31.9   4.3   60.4   113.2  113.2  35.0
        0.2, semi_implicit     27.4   27.3   2.8   54.7   96.8   96.8   34.7
        0.1, semi_implicit     27.5   29.6   3.4   58.9   106.8  106.7  35.0
        0.2, euler, STN 200    27.6   30.3   3.4   56.5   102.0  101.6  35.0
        0.1, euler, every 0.1  22.9   26.6   2.0   48.6   90.7   90.7   28.1

    The fast nuclei still move with dt at 0.05. STN at 200 or 400 changes nothing: a weight is divided by the size of
    its source. The last line is the listing with half its step: the noise, redrawn twice as often, has half its power.
    """
    sizes = (*SIZES[:-1], STN)
    return Network.from_matrices(
        NAMES, sizes, PARAMETERS, WEIGHTS, DELAYS, model=izhikevich, dt=dt, seed=seed, method=method,
        excitatory=Exponential(20, cut=20), inhibitory=Alpha(50, cut=100), current={"CTX": 7.0},
        noise={"CTX": Noise(21.0, every=0.2 if every is None else every)},
    )  # fmt: skip
