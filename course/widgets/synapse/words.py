"""What is said of a synapse, and the Python text that repeats it."""

from course.plot.french import WORDS, decimal, quantity, short
from course.widgets.synapse.compute import DT, E_L, KERNELS, TAU_M, THETA, T


def impulses(n: int) -> str:
    """« trois impulsions »; the noun is feminine."""
    word = "une" if n == 1 else "aucune" if n == 0 else WORDS[n] if n < len(WORDS) else str(n)
    return f"{word} impulsion{'s' if n > 1 else ''}"


def describe(arrays: dict) -> str:
    """What comes in, what it makes of the target, and the values at the cursor."""
    return f"{received(arrays)} {answered(arrays)} {now(arrays)}"


def received(arrays: dict) -> str:
    values, n = arrays["values"], len(arrays["values"]["spikes"])
    if not n:
        return "Aucune impulsion\u00a0: cliquez dans le premier panneau pour en poser une."
    said = f"{impulses(n).capitalize()}, délai de {short(values['delay'])}\u00a0ms, noyau\u00a0: "
    said += KERNELS[values["kernel"]]
    if arrays["jump"]:
        return f"{said} de {short(values['w'])}\u00a0mV."
    said += f" de {short(values['tau'])}\u00a0ms"
    return f"{said}\u00a0; la somme culmine à {decimal(arrays['P'].max(), 2)}."


def answered(arrays: dict) -> str:
    V, fired, rest = arrays["V"], arrays["fired"], E_L + arrays["values"]["I"]
    if len(fired):
        first = quantity(fired[0], "ms")
        return f"La cible décharge\u00a0: {impulses(len(fired))}, {'la première ' if len(fired) > 1 else ''}à {first}."
    high, low = V.max() - rest, rest - V.min()
    if max(high, low) < 0.005:
        return f"La cible reste à {quantity(rest, 'mV')}."
    if low > high:
        return f"La cible descend de {quantity(low, 'mV', 2)}\u00a0: un potentiel post-synaptique inhibiteur."
    missing = quantity(THETA - V.max(), "mV", 2)
    return f"La cible monte de {quantity(high, 'mV', 2)}\u00a0; il manque {missing} pour qu'elle décharge."


def now(arrays: dict) -> str:
    k, said = arrays["at"], f"À {quantity(arrays['values']['t'], 'ms', 0)}\u00a0: "
    if not arrays["jump"]:
        said += f"P = {decimal(arrays['P'][k], 2)}, "
    return f"{said}V = {quantity(arrays['V'][k], 'mV')}."


def code(values: dict) -> str:
    """Numpy alone, but for the kernel."""
    name = {"exp": "Exponential", "alpha": "Alpha", "double": "DoubleExponential"}.get(values["kernel"])
    tau, jump = values["tau"], name is None
    made = f"{tau / 5:g}, {tau:g}" if name == "DoubleExponential" else f"{tau:g}"
    lines = ["import numpy as np", "from matplotlib import pyplot as plt", ""]
    lines += [] if jump else [f"from course.synapses import {name}", ""]
    placed = ", ".join(f"{s:g}" for s in values["spikes"])
    lines += [f"dt, t = {DT:g}, {DT:g} * np.arange({round(T / DT) + 1})"]
    lines += [f"arrivees = np.array([{placed}]) + {values['delay']:g}"]
    if jump:
        lines += ["P = np.array([np.sum(np.round(arrivees / dt) == k) for k in range(len(t))])"]
        push, leak, kick = "", "1", f"{values['w']:g} * P[k]"
    else:
        lines += [f"K = {name}({made})", "P = sum((K(t - s + 1e-9) for s in arrivees), np.zeros(len(t)))"]
        kick = ""
        if values["effect"] == "current":
            push, leak = f" + {values['w']:g} * P[k]", "1"
        else:
            push, leak = f" + {values['g']:g} * P[k] * {values['E_s']:g}", f"1 + {values['g']:g} * P[k]"
    start = f"{E_L + values['I']:g}"
    lines += [f"v, V, decharges = min({start}, {THETA:g}), [], []", "for k in range(len(t)):"]
    lines += [f"    v += {kick}"] if kick else []
    lines += [
        f"    if v >= {THETA:g}:", "        decharges.append(t[k])", f"        V.append({THETA:g})",
        f"        v = {E_L:g}", "    else:", "        V.append(v)",
        f"    fuite = {leak}", f"    but = ({start}{push}) / fuite",
        f"    v = but + (v - but) * np.exp(-dt / {TAU_M:g} * fuite)",
        "plt.plot(t, V)", 'plt.xlabel("temps (ms)")', 'plt.ylabel("V (mV)")', "print(decharges)", "",
    ]  # fmt: skip
    return "\n".join(lines)
