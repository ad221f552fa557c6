"""What is said of a plane: every class of sentence, on each side of every bifurcation; and what is refused."""

import numpy as np
import pytest

from course.dynamics import Model, phase
from course.inputs import step
from course.neurons import (
    fitzhugh_nagumo,
    hodgkin_huxley,
    izhikevich,
    morris_lecar_class_1,
    morris_lecar_class_2,
)
from course.widgets import explore_phase_plane
from tests.widgets.planes import FHN_WINDOW, NOWHERE, PREY, SADDLE, TWO_RESTS, VAN_DER_POL, fhn

SQUARE = ((-2, 2), (-2, 2))
MEMBRANE = ((-75, 50), (-0.05, 0.7))


def said(model, window, **parameters) -> list[str]:
    """The sentences of an explorer at these parameters, without the last run's."""
    explorer = explore_phase_plane(model, *model.variables[:2], window)
    explorer.change(
        {f"p.{name}": value for name, value in parameters.items()} | {"runs": ()}, "essai"
    )
    return explorer.text.split(". ")


def classes(model, window, **parameters) -> tuple[str, ...]:
    """The words of each point, and the first word about oscillation."""
    first, second, *_ = said(model, window, **parameters)
    kinds = (
        "foyer stable",
        "foyer instable",
        "nœud stable",
        "nœud instable",
        "col",
        "centre",
        "Aucun point",
    )
    lower = first[0].lower() + first[1:]
    found = [
        kind
        for part in lower.partition("fixes\u00a0: ")[2].split("\u00a0; ") or [lower]
        for kind in kinds
        if part.startswith(kind)
    ]
    return (
        *(found or [kind for kind in kinds if lower.startswith(kind.lower())]),
        second.split()[0],
    )


def test_rest_is_lost_at_its_hopf_bifurcation_and_the_words_change_there():
    assert classes(fitzhugh_nagumo, FHN_WINDOW, I=0.3310) == ("foyer stable", "Bistabilité")
    assert classes(fitzhugh_nagumo, FHN_WINDOW, I=0.3315) == ("foyer instable", "Cycle")
    higher = ((-2.5, 2.5), (-1, 2.5))
    assert classes(fitzhugh_nagumo, higher, I=1.4185) == ("foyer instable", "Cycle")
    assert classes(fitzhugh_nagumo, higher, I=1.4190) == ("foyer stable", "Bistabilité")
    assert classes(fitzhugh_nagumo, higher, I=1.4270) == ("foyer stable", "Aucun")


def test_the_cycle_dies_below_the_hopf_bifurcation():
    assert classes(fitzhugh_nagumo, FHN_WINDOW, I=0.3235) == ("foyer stable", "Aucun")
    assert classes(fitzhugh_nagumo, FHN_WINDOW, I=0.3245) == ("foyer stable", "Bistabilité")


def test_every_bifurcation_of_the_diagram_changes_the_words():
    bounds = {"I": (0, 150)}
    for model, name in ((morris_lecar_class_1, "I"), (morris_lecar_class_2, "I")):
        diagram = phase.bifurcations(model, name, bounds[name])
        special = [*diagram.hopf, *diagram.saddle_nodes, *diagram.cycle_ends]
        assert len(special) >= 2
        for value in special:
            if 0 < value < 150:
                before, after = (classes(model, MEMBRANE, I=value + gap) for gap in (-0.3, 0.3))
                assert before != after, f"{model} à I = {value}"


def test_izhikevich_loses_its_rest_before_its_fixed_points_meet():
    window = ((-90, 40), (-22, 10))
    assert classes(izhikevich, window, I=3.7)[:2] == ("foyer stable", "col")
    assert classes(izhikevich, window, I=3.9)[:2] == ("foyer instable", "col")
    assert classes(izhikevich, window, I=4.1)[0] == "Aucun point"
    assert said(izhikevich, window, I=4.1)[0] == "Aucun point fixe dans la fenêtre"


def test_the_period_is_said():
    assert "Cycle limite stable, de période 6,66" in said(VAN_DER_POL, ((-3, 3), (-4, 4)))[1]
    second = said(fitzhugh_nagumo, FHN_WINDOW, I=0.326)[1]
    assert second.startswith(
        "Bistabilité\u00a0: le repos et un cycle limite stable (période 50,7) coexistent, séparés"
    )
    assert "par un cycle instable (période 27,7)" in second


def test_two_rests_and_their_true_threshold():
    first, second = said(TWO_RESTS, SQUARE)[:2]
    assert first.startswith(
        "Trois points fixes\u00a0: nœud stable en (x = −1,00\u00a0; y = 0,00), valeurs propres −1,00 et −2,00"
    )
    assert (
        second
        == "Bistabilité\u00a0: deux points fixes stables, séparés par le vrai seuil, la séparatrice du col."
    )
    explorer = explore_phase_plane(TWO_RESTS, "x", "y", SQUARE)
    (curve,) = [
        item
        for item in explorer.scene.panel("plane").items
        if getattr(item, "label", "") == "vrai seuil"
    ]
    np.testing.assert_allclose(curve.x[np.isfinite(curve.x)], 0.0, atol=1e-6)


def test_a_centre_has_no_limit_cycle():
    first, second = said(PREY, ((0, 8), (0, 6)))[:2]
    assert "centre en (x = 2,67\u00a0; y = 2,00), valeurs propres ± 0,894\u00a0i" in first
    assert (
        second
        == "Autour du centre, des orbites fermées voisines, que rien n'attire\u00a0: aucun cycle limite."
    )


def test_a_saddle_alone():
    assert (
        said(SADDLE, SQUARE)[0]
        == "Col en (x = 0,00\u00a0; y = 0,00), valeurs propres 1,00 et −1,00"
    )


def test_nothing_rests():
    assert said(NOWHERE, SQUARE)[0] == "Aucun point fixe dans la fenêtre"


def test_a_fixed_point_out_of_sight_is_said():
    explorer = explore_phase_plane(SADDLE, "x", "y", ((1, 2), (1, 2)))
    assert explorer.text.startswith(
        "Aucun point fixe dans la fenêtre\u00a0; hors d'elle, col en (x = 0,000\u00a0; y = 0,000)."
    )
    explorer = explore_phase_plane(TWO_RESTS, "x", "y", ((-0.5, 2), (-1, 1)))
    assert "\u00a0; hors de la fenêtre, nœud stable." in explorer.text


@pytest.mark.parametrize(
    ("start", "parameters", "end"),
    [
        ((0.5, 0.5), {}, "rejoint le foyer stable."),
        ((0.5, 0.5), {"p.I": 0.5}, "suit le cycle limite."),
        ((0.5, 0.5), {"p.I": 0.5, "T": 50.0}, "est encore en chemin."),
    ],
)
def test_the_end_of_a_run(start, parameters, end):
    explorer = fhn()
    explorer.change({"x0": start[0], "y0": start[1], **parameters}, "essai")
    explorer.press("Enter")
    assert explorer.text.endswith(end)


def test_a_run_that_leaves():
    explorer = explore_phase_plane(SADDLE, "x", "y", SQUARE)
    assert "\u00a0: part au loin, après t = 3,4" in explorer.text


# -- a model typed by hand, and what is refused


def test_a_model_typed_by_hand_with_names_that_the_explorer_uses():
    model = Model("dway/dt = left - way*top\ndleft/dt = -way : mV", init={"way": 1}, top=0.5)
    explorer = explore_phase_plane(model, "way", "left", SQUARE)
    assert explorer.text.startswith("Foyer stable en (way = 0,00\u00a0; left = 0,00)")
    assert explorer.text.endswith("rejoint le foyer stable.")


REFUSED = {
    "une variable": (
        Model("dx/dt = -k*x", k=1.0),
        "x",
        "x",
        SQUARE,
        "un modèle à deux variables, et celui-ci en a 1 (x)",
    ),
    "quatre variables": (
        hodgkin_huxley,
        "V",
        "n",
        SQUARE,
        "un modèle à deux variables, et celui-ci en a 4 (V, n, m, h)",
    ),
    "variable inconnue": (morris_lecar_class_1, "v", "w", SQUARE, "vouliez-vous dire V"),
    "deux fois la même": (fitzhugh_nagumo, "v", "v", SQUARE, "une autre variable que x (v)"),
    "fenêtre vide": (
        fitzhugh_nagumo,
        "v",
        "w",
        ((1, 1), (0, 1)),
        "le premier plus petit que le second",
    ),
    "fenêtre renversée": (
        fitzhugh_nagumo,
        "v",
        "w",
        ((2, -2), (0, 1)),
        "le premier plus petit que le second",
    ),
    "fenêtre infinie": (fitzhugh_nagumo, "v", "w", ((0, np.inf), (0, 1)), "deux nombres finis"),
    "pas une fenêtre": (fitzhugh_nagumo, "v", "w", 3, "un intervalle (début, fin) par variable"),
    "bruit": (
        Model("dx/dt = -x + s*xi\ndy/dt = -y", s=1.0),
        "x",
        "y",
        SQUARE,
        "un modèle sans bruit",
    ),
    "courant variable": (
        fitzhugh_nagumo.with_(I=step(1, 5)),
        "v",
        "w",
        SQUARE,
        "des paramètres constants",
    ),
    "temps écrit": (
        Model("dx/dt = k*t - x\ndy/dt = -y", k=1.0),
        "x",
        "y",
        SQUARE,
        "sans le temps t",
    ),
    "aucun paramètre": (Model("dx/dt = -x\ndy/dt = -y"), "x", "y", SQUARE, "au moins un paramètre"),
    "pas un modèle": ("dx/dt = -x", "x", "y", SQUARE, "un Model de course.dynamics"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_has_no_plane_is_refused(case):
    *arguments, rule = case
    with pytest.raises(ValueError, match=r"\u00a0: ") as refusal:
        explore_phase_plane(*arguments)
    assert rule in str(refusal.value)


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"parameter": "tao"}, "vouliez-vous dire tau"),
        ({"bounds": {"J": (0, 1)}}, "le modèle n'a pas ce paramètre"),
        ({"bounds": {"I": (1, 0)}}, "deux bornes croissantes"),
        ({"bounds": {"I": 1}}, "deux bornes croissantes"),
    ],
)
def test_options_are_checked(options, rule):
    with pytest.raises(ValueError, match=rule):
        explore_phase_plane(fitzhugh_nagumo, "v", "w", FHN_WINDOW, **options)


# -- functions of a student


def kind_of_cubic(v):
    return v - v * v * v / 3 if v > -100 else 0.0


def test_a_function_that_stays_python_is_said():
    text = "dv/dt = cubic(v) - w + I\ndw/dt = (v + a - b*w)/tau"
    model = Model(text, functions={"cubic": kind_of_cubic}, I=0.5, a=0.7, b=0.8, tau=12.5)
    explorer = explore_phase_plane(model, "v", "w", FHN_WINDOW)
    explorer.change({"T": explorer.controls["T"].options[0][1]}, "essai")
    formula = explore_phase_plane(fitzhugh_nagumo.with_(I=0.5), "v", "w", FHN_WINDOW)
    assert explorer.text.partition("Trajectoire")[0] == formula.text.partition("Trajectoire")[0]
    assert explorer.text.endswith(
        "Fonction appelée numériquement\u00a0: cubic (pente par différences finies)."
    )
    assert "functions={'cubic': cubic}" in explorer.code(explorer.values)
    assert "numériquement" not in formula.text
