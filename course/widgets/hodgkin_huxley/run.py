"""The values of the controls become a simulation, and the Python text that repeats it."""

from functools import lru_cache

import numpy as np

from course.dynamics import SimulationError, Trace
from course.inputs import Input, noise, piecewise, pulse, step
from course.neurons import hodgkin_huxley

UNIT = "µA/cm²"
RK4 = {"dt": 0.02, "method": "rk4"}
STIFF = {"dt": 0.005, "method": "exponential_euler"}
BIN = 0.5  # a drawn current and a noise keep their value this long (ms)
BINS = 400
RECORDED = ("V", "m", "h", "n", "I_Na", "I_K", "I_L")
PHYSICS = ("stimulus", "I", "start", "duration", "sd", "seed", "drawn", "T", "celsius", "ttx", "tea")


def compute(*, t: float, pinned: tuple | None, **physics) -> dict:
    """The run of these values and of the pinned ones, the curves at this temperature, and the cursor."""
    run = simulated(**physics)
    other = simulated(**dict(zip(PHYSICS, pinned, strict=True))) if pinned else None
    limits = span(run["V"] if other is None else np.concatenate((run["V"], other["V"])))
    return run | {
        "cursor": t,
        "at": int(round(t / run["scheme"]["dt"])),
        "pinned": other,
        "span": limits,
        "curves": curves(physics["celsius"], *limits),
    }


def span(V: np.ndarray) -> tuple[float, float]:
    """The limits of the axes of V: always the same, unless the membrane leaves them."""
    low, high = 20 * np.floor(V.min() / 20), 20 * np.ceil(V.max() / 20)
    return min(-100.0, float(low)), max(60.0, float(high))


@lru_cache(maxsize=16)
def simulated(**physics) -> dict:
    """t, V, gates, currents, injected current I, spike times; how they were computed, and from what."""
    current, T = stimulus(physics), physics["T"]
    trace, scheme = _integrated(current, physics)
    injected = current.realise(T, scheme["dt"], np.random.default_rng(physics["seed"]))(trace.t)
    recorded = {name: trace[name] for name in RECORDED}
    about = {"spikes": fired(trace, physics["ttx"]), "values": physics, "scheme": scheme}
    return recorded | {"t": trace.t, "I": injected} | about


def fired(trace: Trace, without_sodium: bool) -> list[float]:
    """The crossings of 0 mV that are action potentials.

    Without sodium nothing regenerates; and a V that trembles around 0 mV without having come back
    under -30 mV (noise on an axon that cannot repolarise) fires once, not at each crossing.
    """
    kept = []
    for spike in [] if without_sodium else trace.spikes:
        since = (trace.t >= (kept[-1] if kept else 0.0)) & (trace.t <= spike)
        if trace["V"][since].min() < -30:
            kept.append(float(spike))
    return kept


def _integrated(current: Input, physics: dict) -> tuple[Trace, dict]:
    """RK4; where the gates are too fast for its step, exponential Euler, which keeps them in [0, 1].

    Far below rest, or warm, β_m exceeds 3/dt: RK4 then overflows, or lets a gate out of [0, 1].
    """

    def run(scheme: dict) -> Trace:
        return hodgkin_huxley.simulate(
            physics["T"], **scheme, record=RECORDED, rng=np.random.default_rng(physics["seed"]),
            I=current, phi=phi(physics["celsius"]), g_Na=0 if physics["ttx"] else 120,
            g_K=0 if physics["tea"] else 36,
        )  # fmt: skip

    try:
        trace = run(RK4)
    except SimulationError:
        return run(STIFF), STIFF
    inside = all(trace[g].min() > -1e-9 and trace[g].max() < 1 + 1e-9 for g in "mhn")
    return (trace, RK4) if inside else (run(STIFF), STIFF)


@lru_cache(maxsize=64)
def curves(celsius: float, low: float, high: float) -> dict:
    """Time constants and equilibrium values of the gates, V from `low` to `high`."""
    V = np.linspace(low, high, 321)
    names = ("tau_m", "tau_h", "tau_n", "m_inf", "h_inf", "n_inf")
    return {"V": V} | {n: hodgkin_huxley.evaluate(n, V=V, phi=phi(celsius)) for n in names}


def phi(celsius: float) -> float:
    """The gates go three times faster for each 10 °C."""
    return 3 ** ((celsius - 6.3) / 10)


def stimulus(values: dict) -> Input:
    """The injected current."""
    match values["stimulus"]:
        case "step":
            return step(values["I"], values["start"])
        case "pulse":
            return pulse(values["I"], values["start"], values["duration"])
        case "noise":
            return noise(values["sd"], every=BIN, mean=values["I"])
        case "drawn":
            return piecewise(*_corners(values["drawn"]))


def _corners(drawn: tuple) -> tuple[list[float], list[float]]:
    """The instants at which a drawn current changes, and its new values."""
    kept = [i for i, level in enumerate(drawn) if i == 0 or level != drawn[i - 1]]
    return [i * BIN for i in kept], [drawn[i] for i in kept]


def code(values: dict) -> str:
    """A Python text whose `trace` is the run on the screen."""
    written = {
        "step": "step({I:g}, {start:g})",
        "pulse": "pulse({I:g}, {start:g}, {duration:g})",
        "noise": "noise({sd:g}, every={every:g}, mean={I:g})",
        "drawn": "piecewise(instants, niveaux)",
    }[values["stimulus"]].format(**values, every=BIN)
    random = values["stimulus"] == "noise"
    lines = ["import numpy as np\n"] if random else []
    lines += [f"from course.inputs import {written.partition('(')[0]}"]
    lines += ["from course.neurons import hodgkin_huxley\n"]
    if values["stimulus"] == "drawn":
        lines += [f"{name} = {numbers}" for name, numbers in zip(
            ("instants", "niveaux"), _listed(values["drawn"]), strict=True
        )]  # fmt: skip
    scheme = simulated(**{name: values[name] for name in PHYSICS})["scheme"]
    options = [f"method={scheme['method']!r}"] if scheme is STIFF else []
    options += [f"phi=3**(({values['celsius']:g} - 6.3)/10)"] if values["celsius"] != 6.3 else []
    options += ["g_Na=0"] * values["ttx"] + ["g_K=0"] * values["tea"]
    options += [f"rng=np.random.default_rng({values['seed']})"] * random
    lines += ["trace = hodgkin_huxley.simulate("]
    lines += [f"    {values['T']}, dt={scheme['dt']:g}, I={written},"]
    lines += [f"    {option}," for option in options]
    return "\n".join([*lines, ")", 'trace.plot("V")', ""])


def _listed(drawn: tuple) -> list[str]:
    return [f"[{', '.join(f'{x:g}' for x in numbers)}]" for numbers in _corners(drawn)]
