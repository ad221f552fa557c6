"""`explore_decision_boundary()`, used through the real controls, keys and pointer."""

import numpy as np
import pytest

from course import nn
from course.plot.mpl import draw
from course.plot.scene import Image, Line, Points
from course.widgets import explore_decision_boundary
from course.widgets.decision_boundary.learning import CLOUDS, STEPS, network, points
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_decision_boundary()


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def items(explorer, panel, kind):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, kind)]


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["map", "loss", "units"]
    assert explorer.text.startswith("Pas 0\u00a0: perte ")
    assert "Quatre unités cachées." in explorer.text
    assert len(items(explorer, "units", Image)) == 4
    draw(explorer.scene)


def test_steps_by_keys_and_back(explorer, page):
    page.keys("Enter")
    assert explorer.values["step"] == 100
    page.keys(" ", "ArrowRight", "Maj+ArrowRight")
    assert explorer.values["step"] == 112
    there = explorer.text
    page.keys("b")
    assert explorer.values["step"] == 0
    explorer.change({"step": 112}, "x")
    assert explorer.text == there
    page.keys(*["Enter"] * 11)
    assert explorer.values["step"] == STEPS
    assert f"Le dernier pas, {STEPS}, est atteint." in explorer.text


def test_it_shows_what_gradient_descent_does(explorer, page):
    """The same network, learnt here by a loop of its own."""
    explorer.change({"cloud": "ring", "hidden": 3, "lr": 0.2, "seed": 2, "step": 150}, "x")
    x, y = points("ring", ())
    net, loss = network(3, np.random.default_rng(2)), nn.CrossEntropyLoss()
    (W, b), (V, c) = (m.parameters() for m in (net[0], net[2]))
    for _ in range(150):
        h = np.tanh(x @ W.value + b.value)
        z = h @ V.value + c.value
        p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
        p[np.arange(len(y)), y] -= 1
        g = p / len(y)
        back = g @ V.value.T * (1 - h**2)
        for q, grad in ((V, h.T @ g), (c, g.sum(0)), (W, x.T @ back), (b, back.sum(0))):
            q.value -= 0.2 * grad
    (curve,) = items(explorer, "loss", Line)
    assert curve.y[-1] == pytest.approx(loss(net(x), y), rel=1e-9)
    assert len(curve.y) == 151
    (image,) = items(explorer, "map", Image)
    side = np.linspace(-2.2, 2.2, 81)
    corner = net(np.array([[side[10], side[70]]]))  # column 10, row 70
    assert (image.values[70, 10] > 0.5) == (corner.argmax() == 1)


def test_each_unit_has_its_picture_and_its_line(explorer, page):
    explorer.change({"step": 50}, "x")
    net = explorer._whole()["units"]
    for unit, line in zip(net, items(explorer, "map", Line), strict=True):
        assert unit["picture"].shape == (31, 31)
        assert len(line.x) == 2
    first = items(explorer, "units", Image)[0].values
    ends = net[0]["edge"]
    middle = ends.mean(axis=0)  # on its line, a tanh unit says 0
    column, row = np.round((middle + 2.2) / 4.4 * 30).astype(int)
    assert abs(first[row, column]) < 0.5 * np.abs(first).max()


def test_a_line_does_not_solve_the_exclusive_or(explorer, page):
    explorer.change({"cloud": "xor", "activation": "none", "step": 500}, "x")
    assert "la frontière reste une droite" in explorer.text
    assert explorer._whole()["right"].mean() < 0.8
    explorer.change({"activation": "tanh", "rule": "adam", "lr": 0.1}, "x")
    assert explorer._whole()["right"].mean() > 0.97


@pytest.mark.parametrize("cloud", CLOUDS)
def test_eight_units_and_adam_solve_every_cloud(explorer, page, cloud):
    explorer.change({"cloud": cloud, "hidden": 8, "rule": "adam", "lr": 0.05, "step": 700}, "x")
    assert explorer._whole()["right"].mean() > 0.97


def test_points_of_one_s_own(explorer, page):
    page.drag("map", (1.234, -0.5))
    page.keys("p")
    page.drag("map", (9, 0))
    assert explorer.values["drawn"] == ((1.23, -0.5, 0), (2.2, 0, 1))
    assert len(explorer._whole()["y"]) == 162
    squares = [p for p in items(explorer, "map", Points) if p.label == "carrés"]
    assert (squares[0].x[-1], squares[0].y[-1]) == (2.2, 0)
    page.keys("z")
    assert len(explorer.values["drawn"]) == 1
    page.keys("e")
    assert explorer.values["drawn"] == ()
    assert "Vos points sont effacés." in explorer.text


def test_a_step_too_long_is_said(explorer, page):
    explorer.change({"lr": 5.0, "activation": "relu", "step": 400}, "x")
    assert "le pas est grand" in explorer.text
    explorer.change({"lr": 0.05}, "x")
    assert "le pas est grand" not in explorer.text


def test_dead_units_are_said(explorer, page):
    explorer.change({"activation": "relu", "lr": 5.0, "hidden": 8, "step": STEPS}, "x")
    dead = [k for k, unit in enumerate(explorer._whole()["units"], 1) if not unit["picture"].any()]
    assert dead
    assert f"{dead[0]}" in explorer.text
    assert "gradient est nul" in explorer.text


def test_numbers_that_overflow_are_said(monkeypatch):
    class Linear(nn.Module):
        """Its gradient is much too large."""

        def __init__(self, n, m, rng):
            self.W = nn.Parameter(rng.normal(size=(n, m)), "W")

        def forward(self, x):
            self.x = x
            return x @ self.W.value

        def backward(self, grad):
            self.W.add(1e80 * self.x.T @ grad)
            return grad @ self.W.value.T

        def parameters(self):
            return [self.W]

    explorer = explore_decision_boundary(lambda n, rng: nn.Sequential(Linear(2, n, rng), nn.ReLU(), Linear(n, 2, rng)))
    explorer.change({"step": 50}, "x")
    assert "Les nombres ont débordé après le pas" in explorer.text
    draw(explorer.scene)


def test_a_student_s_network_learns(monkeypatch):
    calls = []

    class Mine(nn.ReLU):
        def forward(self, x):
            calls.append(len(x))
            return super().forward(x)

    def build(hidden, rng):
        here = {"rng": rng, "dtype": np.float64}
        return nn.Sequential(nn.Linear(2, hidden, **here), Mine(), nn.Linear(hidden, 2, **here))

    explorer = explore_decision_boundary(build)
    Page(explorer, monkeypatch)
    assert "activation" not in explorer.controls
    explorer.change({"hidden": 8, "rule": "adam", "lr": 0.05, "step": 300}, "x")
    assert explorer._whole()["right"].mean() > 0.97
    assert calls


def test_refusals():
    with pytest.raises(ValueError, match="explore_decision_boundary.build.*une fonction, reçu 3"):
        explore_decision_boundary(3)
    with pytest.raises(ValueError, match=r"un réseau de 2 entrées et 2 sorties, reçu \(4, 1\)"):
        explore_decision_boundary(lambda n, rng: nn.Sequential(
            nn.Linear(2, n, rng=rng), nn.ReLU(), nn.Linear(n, 1, rng=rng)))
    with pytest.raises(ValueError, match="qui rend un nn.Sequential"):
        explore_decision_boundary(lambda n, rng: nn.Linear(2, 2))


def test_its_code_says_the_same(explorer, page, capsys):
    explorer.change({"step": 120, "lr": 0.3, "hidden": 5}, "x")
    page.drag("map", (0.5, 0.5))
    exec(explorer.code(explorer.values), {})
    loss, right = map(float, capsys.readouterr().out.split())
    assert loss == pytest.approx(explorer._whole()["losses"][-1])
    assert right == explorer._whole()["right"].mean()
