"""The Python text that reproduces what the explorer of two populations shows."""

from course.rates import ei_network
from course.widgets.ei_network.subject import BOUNDS
from course.widgets.phase_plane.code import table
from course.widgets.phase_plane.subject import Subject


def code(s: Subject, values: dict) -> str:
    """The last run, the fixed points and the diagram at these parameters."""
    own = s.model is not ei_network
    name, top = values["parameter"], values["top"]
    low, high = s.bounds[name]
    given = {n: values[n] for n in BOUNDS if values[n] != float(ei_network.parameters[n])}
    others = [n for n in BOUNDS if n != name and n in given]
    lines = [
        "from course.dynamics import phase",
        f"from course.rates import ei_network{', with_transfer' if own else ''}",
        "",
        f"modele = {'with_transfer(ei_network, fI)' if own else 'ei_network'}",
        *table("valeurs", given),
    ]
    if values["starts"]:
        r_E, r_I = values["starts"][-1]
        dt = min(values["tau_E"], values["tau_I"]) / 50
        lines += [
            f'depart = {{"r_E": {r_E:g}, "r_I": {r_I:g}}}',
            f"trace = modele.simulate({values['T']:g}, dt={dt:g}, start=depart, **valeurs)",
            'trace.portrait("r_E", "r_I")',
        ]
    lines += [
        f'fenetre = {{"r_E": (0, {top:g}), "r_I": (0, {top:g})}}',
        "for point in phase.fixed_points(modele, fenetre, **valeurs):",
        "    print(point, point.eigenvalues)",
        f'autres = {{n: x for n, x in valeurs.items() if n != "{name}"}}' if name in given and others
        else "autres = {}" if name in given else "autres = valeurs",
        f'diagramme = phase.bifurcations(modele, "{name}", ({low:g}, {high:g}), **autres)',
        "print(diagramme)",
    ]  # fmt: skip
    return "\n".join([*lines, ""])
