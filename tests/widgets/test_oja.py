"""`explore_oja()`, used through the real controls, keys and pointer; its physics against linear algebra."""

import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Arrows, Line
from course.widgets import explore_oja
from course.widgets.oja.compute import LIMIT, STEPS, Walk, cloud, direction, order, reference
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_oja()


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def weights(explorer, which=0):
    return explorer.compute(**explorer.values)["walks"][which]["w"]


def items(explorer, panel, kind):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, kind)]


# -- what is true of the rules


@pytest.mark.parametrize(("angle", "elongation"), [(0, 1.5), (30, 3), (-75, 5)])
def test_the_cloud_has_the_axes_that_were_asked_for(angle, elongation):
    points = cloud(angle, elongation, 2.0, 60)
    np.testing.assert_allclose(points.mean(axis=0), 2 * direction(60), atol=1e-12)
    values, vectors = np.linalg.eigh(np.cov(points.T, bias=True))
    np.testing.assert_allclose(values, (elongation**-2, 1), atol=1e-12)
    assert abs(vectors[:, 1] @ direction(angle)) == pytest.approx(1, abs=1e-12)


def test_oja_turns_to_the_first_axis_on_its_circle(explorer, page):
    explorer.change({"elongation": 5.0, "alpha": 2.0, "angle": -40.0, "step": STEPS}, "x")
    w, points = weights(explorer)[-1], cloud(-40, 5)
    first = np.linalg.eigh(points.T @ points)[1][:, 1]
    assert abs(w @ first) / np.hypot(*w) > 0.999
    assert w @ w == pytest.approx(1 / 2, rel=0.02)


def test_oja_follows_the_closed_form_of_its_mean_flow():
    """dw/dt = C w - α (wᵀ C w) w has the solution e^{Ct} w0 / √(1 + α w0ᵀ (e^{2Ct} - 1) w0)."""
    points, first, epsilon, alpha = cloud(30, 3), 0.5 * direction(100), 0.004, 0.7
    ends = [Walk(reference("oja", points, epsilon, alpha), points, order(seed), first).until(STEPS)[-1]
            for seed in range(30)]  # fmt: skip
    values, vectors = np.linalg.eigh(points.T @ points / len(points))
    grown = np.exp(values * epsilon * STEPS) * (vectors.T @ first)
    expected = vectors @ grown / np.sqrt(1 + alpha * (grown @ grown - first @ first))
    np.testing.assert_allclose(np.mean(ends, axis=0), expected, atol=0.03)


def test_hebb_s_norm_grows_by_twice_the_square_of_v(explorer, page):
    explorer.change({"rule": "hebb", "epsilon": 0.01, "step": 300}, "x")
    w = weights(explorer)
    u = cloud(30, 3)[order(0)[:300]]
    v = (w[:-1] * u).sum(axis=1)
    grown = np.diff((w**2).sum(axis=1))
    np.testing.assert_allclose(grown, 2 * 0.01 * v**2 + (0.01 * v) ** 2 * (u**2).sum(axis=1), rtol=1e-9, atol=1e-15)
    assert (grown >= 0).all()


def test_away_from_the_origin_oja_follows_the_mean(explorer, page):
    explorer.change({"shift": 3.0, "heading": 120.0, "step": STEPS}, "x")  # at a right angle to the axis
    w, points = weights(explorer)[-1], cloud(30, 3, 3.0, 120)
    first = np.linalg.eigh(points.T @ points)[1][:, 1]
    assert abs(first @ direction(120)) > 0.999
    assert abs(w @ first) / np.hypot(*w) > 0.99
    assert "de la direction de la moyenne et à 8" in explorer.text
    explorer.change({"rule": "covariance"}, "x")  # which does not see the mean
    w = weights(explorer)[-1]
    assert abs(w @ direction(30)) / np.hypot(*w) > 0.99


# -- what is seen and said


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["cloud", "norm", "angle"]
    assert explorer.text == (
        "Au départ, règle d'Oja\u00a0: ‖w‖ = 0,50 (1/√α = 1,00)\u00a0; w est à 70,0° de l'axe principal."
    )
    draw(explorer.scene)


@pytest.mark.parametrize("rule", ["hebb", "covariance"])
def test_an_explosion_stays_in_sight(rule):
    explorer = explore_oja(rule=rule)
    explorer.change({"step": STEPS, "epsilon": 0.2}, "x")
    lengths = np.hypot(*weights(explorer).T)
    assert lengths[-1] >= LIMIT > lengths[-2]
    assert "La norme a atteint 30\u00a0: rien ne la retient" in explorer.text
    panel = explorer.scene.panel("cloud")
    (arrow,) = items(explorer, "cloud", Arrows)
    assert max(abs(arrow.dx[0]), abs(arrow.dy[0])) < panel.x.limits[1]
    assert "fois plus loin" in panel.title
    assert explorer.scene.panel("norm").y.limits[1] >= lengths[-1]
    draw(explorer.scene)


def test_the_circle_and_the_axis_are_where_they_should(explorer, page):
    explorer.change({"alpha": 4.0, "angle": 90.0}, "x")
    found = {line.label: line for line in items(explorer, "cloud", Line)}
    np.testing.assert_allclose(np.hypot(found["‖w‖² = 1/α"].x, found["‖w‖² = 1/α"].y), 0.5)
    np.testing.assert_allclose(found["axe principal"].x, 0, atol=1e-12)


def test_a_round_cloud_has_no_axis(explorer, page):
    explorer.change({"elongation": 1.0, "step": 100}, "x")
    assert explorer.text.endswith("le nuage est rond, il n'a pas d'axe principal.")
    assert "axe principal" not in [line.label for line in items(explorer, "cloud", Line)]
    assert not items(explorer, "angle", Line)


# -- what one does


def test_keys(explorer, page):
    page.keys("ArrowUp", "Maj+ArrowUp")
    assert explorer.values["angle"] == 41
    page.keys(" ", "ArrowRight", "Maj+ArrowRight")
    assert explorer.values["step"] == 12
    assert "Après 12 présentations" in explorer.text
    page.keys("o")
    assert "règle de Hebb" in explorer.text
    before = weights(explorer)[-1]
    page.keys("n")
    assert not np.allclose(weights(explorer)[-1], before)
    page.keys("b")
    assert explorer.values["step"] == 0
    page.keys("z", "z")
    assert explorer.values["rule"] == "oja"


def test_the_pointer_turns_moves_and_places(explorer, page):
    page.drag("cloud", (1, 0), (1, 1), (0, 1))
    assert explorer.values["angle"] == 120
    page.drag("cloud", (0, 1), (-1, -0.001))
    assert explorer.values["angle"] == -150
    page.keys("z")
    page.keys("m")
    page.drag("cloud", (0, 9))
    assert (explorer.values["shift"], explorer.values["heading"]) == (3.0, 90.0)
    page.drag("cloud", (0, 2))
    page.keys("m", "m")  # turning is around the mean
    page.drag("cloud", (1, 2), (0, 3))
    assert explorer.values["angle"] == -150
    assert explorer.rows["start"].widget.layout.display == "none"
    page.keys("m", "m")
    assert explorer.rows["start"].widget.layout.display == ""
    page.drag("cloud", (-1.5, 0))
    np.testing.assert_allclose(weights(explorer)[-1], (-1.5, 0), atol=1e-12)


def test_it_goes_on_by_itself_picture_after_picture(explorer, monkeypatch):
    page = Page(explorer, monkeypatch, answers=False)

    def shown():
        page.say({"event": "drawn", "number": page.pictures[-1]["number"]})
        return explorer.values["step"]

    assert shown() == 0
    page.keys("Enter")
    assert [shown() for _ in range(3)] == [1, 2, 3]
    page.keys("v")
    assert shown() == 8
    page.say({"event": "drawn", "number": page.pictures[-1]["number"] - 1})  # a second view, late
    assert explorer.values["step"] == 8
    assert explorer.buttons["Jouer"].layout.display == "none"
    page.keys("Enter")
    assert [shown() for _ in range(3)] == [8, 8, 8]
    assert explorer.buttons["Pause"].layout.display == "none"


def test_it_stops_at_the_end_and_where_all_has_exploded(explorer, page):
    page.keys("v", "v", "Enter")  # the page answers every picture
    assert (explorer.values["step"], explorer.values["play"]) == (STEPS, False)
    page.keys("b", "o", "Enter")
    assert explorer.values["play"] is False
    assert explorer.values["step"] == len(weights(explorer)) - 1 < STEPS
    page.keys("o", "o")
    explorer.change({"step": STEPS}, "x")
    page.keys("Enter")  # once more from the start
    assert explorer.values["step"] == STEPS


def test_one_goes_on_from_here_and_turns_the_cloud(explorer, page):
    explorer.change({"step": 400}, "x")
    there = weights(explorer)[-1]
    page.keys("d")
    assert explorer.values["step"] == 0
    np.testing.assert_allclose(weights(explorer)[-1], there, atol=1e-12)
    explorer.change({"angle": 100.0}, "x")
    assert "w est à 6" in explorer.text or "w est à 7" in explorer.text
    explorer.change({"step": 400}, "x")
    assert explorer.compute(**explorer.values)["walks"][0]["angle"][-1] < 5
    page.keys("b", "d")
    assert "Ce sont déjà les poids de départ." in explorer.text


def test_its_code_says_the_same(explorer, page, capsys):
    for rule in ("oja", "hebb", "covariance"):
        explorer.change({"rule": rule, "step": 400, "shift": 1.0, "alpha": 0.5, "seed": 3, "start": 12.34567}, "x")
        exec(explorer.code(explorer.values), {})
        np.testing.assert_allclose(list(map(float, capsys.readouterr().out.split())), weights(explorer)[-1], rtol=1e-12)


# -- a rule of one's own


def test_the_same_rule_written_otherwise_gives_the_same_weights():
    explorer = explore_oja(lambda w, u, v, epsilon: w + epsilon * v * (u - v * w))
    explorer.change({"step": 200}, "x")
    assert explorer.text.endswith("Votre règle donne les mêmes poids.")
    np.testing.assert_allclose(weights(explorer, 1), weights(explorer), atol=1e-12)


def test_another_rule_is_drawn_beside():
    explorer = explore_oja(lambda w, u, v, epsilon: w + epsilon * (u * v - v**2 * w / 4))
    assert explorer.text.endswith("Votre règle part des mêmes poids.")
    explorer.change({"step": STEPS}, "x")
    mine = weights(explorer, 1)[-1]
    assert np.hypot(*mine) == pytest.approx(2, rel=0.02)
    one, other = items(explorer, "cloud", Arrows)
    assert (other.dx[0], other.dy[0]) == tuple(mine)
    gap = float(np.hypot(*(mine - weights(explorer)[-1])))
    assert f"de votre règle est à {gap:.3f}".replace(".", ",") in explorer.text
    draw(explorer.scene)


def test_hebb_of_one_s_own_explodes_beside_oja():
    explorer = explore_oja(lambda w, u, v, epsilon: w + epsilon * u * v)
    explorer.change({"step": STEPS}, "x")
    n = len(weights(explorer, 1)) - 1
    assert f"Avec votre règle, la norme a atteint 30 après {n} présentations." in explorer.text
    assert len(weights(explorer)) == STEPS + 1
    assert np.hypot(*weights(explorer, 1)[-1]) < explorer.scene.panel("cloud").x.limits[1]


def spoils(w, u, v, epsilon):
    w += epsilon * u * v
    return w


def fails(w, u, v, epsilon):
    raise NotImplementedError("à vous")


@pytest.mark.parametrize(
    ("update", "said"),
    [
        (lambda w, u, v: w, "Votre règle doit recevoir quatre arguments, (w, u, v, epsilon)."),
        (lambda w, u, v, epsilon: None, "Votre règle ne rend rien\u00a0: il lui manque return."),
        (lambda w, u, v, epsilon: 3, "Votre règle doit rendre deux poids, un par entrée\u00a0; elle rend 3."),
        (lambda w, u, v, epsilon: np.outer(w, u), "Votre règle doit rendre deux poids"),
        (lambda w, u, v, epsilon: ["a", "b"], "Votre règle doit rendre deux poids"),
        (lambda w, u, v, epsilon: [[1], [1, 2]], "Votre règle doit rendre deux poids"),
        (lambda w, u, v, epsilon: w * np.nan, "Votre règle rend un poids qui n'est pas un nombre fini"),
        (spoils, "Votre règle change le tableau w qu'elle reçoit"),
        (fails, "Votre règle lève NotImplementedError\u00a0: à vous."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_said_and_the_course_s_goes_on(update, said):
    explorer = explore_oja(update)
    assert said in explorer.text
    explorer.change({"step": 100}, "x")
    assert said in explorer.text
    assert len(weights(explorer)) == 101
    draw(explorer.scene)


def test_a_rule_that_fails_later_says_when():
    explorer = explore_oja(lambda w, u, v, epsilon: w + epsilon * u if np.hypot(*w) < 0.6 else None)
    explorer.change({"step": STEPS}, "x")
    n = len(weights(explorer, 1))
    assert n > 2
    assert f"À la présentation {n}, votre règle ne rend rien" in explorer.text
    explorer.change({"step": n - 2}, "x")
    assert "ne rend rien" not in explorer.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"update": 3}, r"explore_oja\.update.*une fonction \(w, u, v, epsilon\).*reçu 3"),
        ({"rule": "oia"}, r"explore_oja\.rule.*vouliez-vous dire oja"),
        ({"alpha": 0}, r"explore_oja\.alpha.*un nombre de 0,25 à 4, reçu 0"),
        ({"epsilon": -1}, r"explore_oja\.epsilon.*de 0,002 à 0,2"),
        ({"elongation": 0.5}, r"explore_oja\.elongation.*de 1 à 5"),
        ({"angle": float("nan")}, r"explore_oja\.angle.*de −180 à 180"),
        ({"shift": "2"}, r"explore_oja\.shift.*de 0 à 3"),
    ],
)
def test_refusals(arguments, said):
    with pytest.raises(ValueError, match=said):
        explore_oja(**arguments)
