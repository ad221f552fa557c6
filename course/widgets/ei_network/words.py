"""What is said of two populations."""

from course.plot.french import decimal, quantity
from course.rates.plane import OSCILLATION, REST, REST_OR_OSCILLATION, TWO_RESTS
from course.widgets.phase_plane.words import fixed, numerical, oscillation

MEANINGS = {
    REST: "un seul repos",
    OSCILLATION: "une oscillation",
    TWO_RESTS: "deux repos stables",
    REST_OR_OSCILLATION: "un repos ou une oscillation, selon le départ",
}


def describe(arrays: dict) -> str:
    """The fixed points, the rhythm, what exciting I does, the bifurcations."""
    said = [fixed(arrays), rhythm(arrays), paradox(arrays), bifurcations(arrays), regime(arrays)]
    return " ".join(filter(None, (*said, numerical(arrays))))


def rhythm(arrays: dict) -> str:
    """The cycle, its period and its frequency."""
    stable = next((c for c in arrays["cycles"] or () if c.stable), None)
    said = oscillation(arrays)
    return f"{said[:-1]}, soit {quantity(1000 / stable.period, 'Hz')}." if stable else said


def paradox(arrays: dict) -> str:
    """The sign of dr_I*/dI_I at the stable point: that of 1 - w_EE Φ'(E), for the determinant is positive there."""
    points = [p for p in arrays["plane"].points if p.stable]
    if len(points) != 1:
        return ""
    gain = 1 + points[0].jacobian[0, 0] * arrays["parameters"]["tau_E"]
    if gain > 1:
        held = f"w_EE\u00a0Φ′ = {decimal(gain, 2)} > 1\u00a0: sans inhibition, E s'emballerait"
        return f"{held}\u00a0; exciter I fait baisser r_I (effet paradoxal)."
    return f"w_EE\u00a0Φ′ = {decimal(gain, 2)} < 1\u00a0: exciter I fait monter r_I."


def bifurcations(arrays: dict) -> str:
    found = arrays["diagram"]
    if found is None:
        return ""
    digits = 2 if found.bounds[1] - found.bounds[0] > 2 else 4
    said = []
    for values, one, several in ((found.hopf, "Hopf", "Hopf"), (found.saddle_nodes, "nœud-col", "nœuds-cols")):
        if len(values):
            places = " et ".join(decimal(v, digits) for v in values)
            said.append(f"{one if len(values) == 1 else several} à {places}")
    name = arrays["values"]["parameter"]
    return f"Selon {name}\u00a0: {', '.join(said) or 'aucune bifurcation'}."


def regime(arrays: dict) -> str:
    """What the map says where one is."""
    found, values = arrays["map"], arrays["values"]
    if found is None:
        return ""
    i = abs(found.x - values[values["parameter"]]).argmin()
    j = abs(found.y - values[values["second"]]).argmin()
    return f"Sur la carte\u00a0: {MEANINGS[int(found.codes[j, i])]}."
