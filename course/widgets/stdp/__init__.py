"""`explore_stdp()`: move spikes, and see what each pair of them does to the synapse between them.

own       the student's window; compute  the values of the controls -> runs, pairs, changes; letters: pairs by name
acts      what one does to the spikes; view -> the scene; words -> the sentence; code -> the Python text
"""

from collections.abc import Callable

from course._check import refuse
from course.plasticity import Additive, Rule
from course.widgets.controls import Choice, Slider, Verb
from course.widgets.explorer import Explorer
from course.widgets.stdp import acts
from course.widgets.stdp.code import code
from course.widgets.stdp.compute import RULES, Subject, T, computation
from course.widgets.stdp.own import Own
from course.widgets.stdp.view import scene
from course.widgets.stdp.words import describe

CURSOR = Slider("t", "l'impulsion choisie («\u00a060 paires\u00a0»\u00a0: le curseur)", 0, T, 1, "ms", 50)
START = {"pre": (50.0, 120.0), "post": (60.0, 105.0), "chosen": ("pre", 50.0)}


def explore_stdp(update: Callable[[float], float] | None = None, rule: Rule = Additive()) -> Explorer:  # noqa: B008
    """Two lanes of spikes, the pairs that count, the traces, the weight; sixty pairs at any frequency.

    A click on a lane puts a spike there, a spike is dragged, or out of the panel; letters name the pairs of the chosen
    one, between the lanes and on the window.

    Args:
        update: a window of one's own, f(delta_t) with delta_t = t_post - t_pre in ms: its curve and its weight are
            drawn beside the reference, and the first disagreement is said.
        rule: where one starts, Additive, Multiplicative, VanRossum (without its noise) or TripletSTDP.

    Raises:
        ValueError: « explore_stdp.update : une fonction f(delta_t), reçu 3 ».
    """
    if not isinstance(rule, tuple(RULES.values())):
        raise refuse("explore_stdp.rule", "une règle à paires ou à triplets, comme Additive()", rule)
    s = Subject(rule, None if update is None else Own.checked(update))

    def free(values: dict) -> bool:
        return values["mode"] == "free"

    full = f"Pas plus de {acts.MOST} impulsions par ligne."
    none = "Aucune impulsion n'est choisie."
    return Explorer(
        label="Explorateur de la plasticité par les impulsions. Touche\u00a0? pour la liste des touches.",
        controls=controls(s), cursor=CURSOR, compute=computation(s), scene=scene, describe=describe,
        code=lambda values: code(s, values), pen=acts.pen, settle=acts.settle, more=START,
        arrows=lambda values: ("at", "") if free(values) else None,
        verbs=[
            Verb("s", "choisir l'impulsion suivante", acts.choose(1), "Suivante", idle=none, shown=free),
            Verb("q", "choisir l'impulsion précédente", acts.choose(-1), idle=none, shown=free),
            Verb("a", "ajouter une impulsion présynaptique, 10\u00a0ms après la choisie", acts.add("pre"), "+\u00a0pré",
                 idle=full, shown=free),
            Verb("e", "ajouter une impulsion postsynaptique, 10\u00a0ms après la choisie", acts.add("post"),
                 "+\u00a0post", idle=full, shown=free),
            Verb("Delete", "ôter l'impulsion choisie (ou la glisser hors du panneau)", acts.remove, "Ôter",
                 idle=none, shown=free),
            Verb("Backspace", "ôter l'impulsion choisie", acts.remove, idle=none, shown=free),
        ],
    )  # fmt: skip


def controls(s: Subject) -> list:
    """What is seen, the rule, then the spike or the protocol, then the numbers of the rule."""
    given = s.pairs

    def pairs(values: dict) -> bool:
        return values["rule"] != "triplet"

    def sixty(values: dict) -> bool:
        return values["mode"] == "sixty"

    names = (("additive", "additive"), ("multiplicative", "multiplicative"), ("van Rossum, sans bruit", "van_rossum"),
             ("triplets", "triplet"))  # fmt: skip
    tissues = (("cortex visuel", "visual_cortex"), ("hippocampe", "hippocampus"))
    if s.kind == "triplet":
        tissues = (("la vôtre", "given"), *tissues)
    steps = {name: round(getattr(given, name) * s.parts, 6) for name in ("c_p", "c_d")}
    widest = {name: max(0.05 * s.parts, 2 * step) for name, step in steps.items()}
    small, unit = (0.25, "millièmes") if s.parts > 1 else (0.01, "")
    longest = max(100.0, given.tau_p, given.tau_d)
    low, high = s.weights
    return [
        Choice("mode", "Impulsions", (("libres", "free"), ("60 paires à f Hz", "sixty")), "free", key="m"),
        Choice("rule", "Règle", names, s.kind, key="g"),
        Choice("tissue", "Mesures", tissues, tissues[0][1], key="o", shown=lambda values: not pairs(values)),
        Choice("pairing", "Paires", (("toutes", "all"), ("les plus proches", "nearest")), s.rule.pairing, key="p"),
        Slider("at", "Impulsion choisie", 0, T, 1, "ms", START["chosen"][1],
               lambda values: not sixty(values)),
        Slider("f", "Fréquence f", 0.5, 60, 0.5, "Hz", 20.0, sixty),
        Slider("delta", "Δt", -80, 80, 1, "ms", 10.0, sixty),
        Slider("c_p", "c₊", 0, widest["c_p"], small, unit, steps["c_p"], pairs),
        Slider("tau_p", "τ₊", 1, longest, 1, "ms", given.tau_p, pairs),
        Slider("c_d", "c₋", 0, widest["c_d"], small, unit, steps["c_d"], pairs),
        Slider("tau_d", "τ₋", 1, longest, 1, "ms", given.tau_d, pairs),
        Slider("w", "Poids de départ", low, high, (high - low) / 100, "", (low + high) / 2, pairs),
    ]  # fmt: skip
