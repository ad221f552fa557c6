"""The values of the controls become a simulation, and the Python text that repeats it."""

from functools import lru_cache

import numpy as np

from course.inputs import Input, noise, piecewise, pulse, step
from course.neurons import hodgkin_huxley

UNIT = "µA/cm²"
DT = 0.02
BIN = 0.5  # a drawn current and a noise keep their value this long (ms)
BINS = 400
RECORDED = ("V", "m", "h", "n", "I_Na", "I_K", "I_L")
PHYSICS = ("stimulus", "I", "start", "duration", "sd", "seed", "drawn", "T", "celsius", "ttx", "tea")


def compute(*, t: float, pinned: tuple | None, **physics) -> dict:
    """The run of these values and of the pinned ones, the curves at this temperature, and the cursor."""
    run = simulated(**physics)
    return run | {
        "cursor": t,
        "at": int(round(t / DT)),
        "curves": curves(physics["celsius"]),
        "pinned": simulated(**dict(zip(PHYSICS, pinned, strict=True))) if pinned else None,
    }


@lru_cache(maxsize=16)
def simulated(**physics) -> dict:
    """t, V, gates, currents, injected current I, spike times, and the values they come from."""
    current, T = stimulus(physics), physics["T"]
    trace = hodgkin_huxley.simulate(
        T, dt=DT, record=RECORDED, rng=np.random.default_rng(physics["seed"]), I=current,
        phi=phi(physics["celsius"]), g_Na=0 if physics["ttx"] else 120, g_K=0 if physics["tea"] else 36,
    )  # fmt: skip
    injected = current.realise(T, DT, np.random.default_rng(physics["seed"]))(trace.t)
    recorded = {name: trace[name] for name in RECORDED}
    return recorded | {"t": trace.t, "I": injected, "spikes": trace.spikes, "values": physics}


@lru_cache(maxsize=64)
def curves(celsius: float) -> dict:
    """Time constants and equilibrium values of the gates against V."""
    V = np.linspace(-150, 250, 801)
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
    lines += ["trace = hodgkin_huxley.simulate(", f"    {values['T']}, dt={DT}, I={written},"]
    options = [f"phi=3**(({values['celsius']:g} - 6.3)/10)"] if values["celsius"] != 6.3 else []
    options += ["g_Na=0"] * values["ttx"] + ["g_K=0"] * values["tea"]
    options += [f"rng=np.random.default_rng({values['seed']})"] * random
    lines += [f"    {', '.join(options)},"] if options else []
    return "\n".join([*lines, ")", 'trace.plot("V")', ""])


def _listed(drawn: tuple) -> list[str]:
    return [f"[{', '.join(f'{x:g}' for x in numbers)}]" for numbers in _corners(drawn)]
