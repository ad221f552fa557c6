"""The network that learns while one looks: its thread, its settings, a digit drawn for it."""

import re
import threading
import time

import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Image, Line, Points
from course.spiking import SpikingNetwork, Trainer
from course.widgets import explore_spiking_training
from course.widgets.spiking_training.drawing import BOX, inked, normalised, segments
from course.widgets.spiking_training.school import Order, School
from course.widgets.spiking_training.subject import BATCH, SIDE, Settings, Subject
from tests.widgets.page import Page

LAST, EPOCH = 30, 10  # of the profile flash
ONE = tuple((14.0, y) for y in np.linspace(24, 4, 20))


@pytest.fixture(autouse=True)
def flash(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "flash")


@pytest.fixture
def explorer():
    made = explore_spiking_training()
    yield made
    made.change({"play": False, "target": 0}, "x")
    made.school.wait()


def curves(explorer):
    explorer.school.wait()
    return explorer.school.view.curves


class Gate:
    """Each batch waits until it is let through."""

    def __init__(self, monkeypatch):
        self.reached, self.go, self.steps = threading.Semaphore(0), threading.Semaphore(0), 0
        real = Trainer.step

        def step(trainer, *arguments):
            self.steps += 1
            self.reached.release()
            assert self.go.acquire(timeout=10)
            return real(trainer, *arguments)

        monkeypatch.setattr(Trainer, "step", step)

    def until(self):
        """A batch has begun."""
        assert self.reached.acquire(timeout=10)


# -- it learns


def test_it_learns_as_a_trainer_does(explorer, page):
    page.keys("t")
    found = curves(explorer)
    s = explorer.school.s
    net = SpikingNetwork([784, 100, 10], tau_mem=-1 / np.log(0.9))
    history = Trainer(net, s.train, s.valid, batch_size=BATCH, lr=0.001).epoch()
    assert len(found.loss) == EPOCH == s.per_epoch
    np.testing.assert_allclose(found.loss.mean(), history.loss[0], rtol=1e-5)
    assert found.accuracy.mean() == pytest.approx(history.accuracy[0])
    assert found.valid[-1].tolist() == [EPOCH, pytest.approx(history.val_accuracy[0])]
    view = explorer.school.view
    assert view.confusion.sum(1).tolist() == np.bincount(s.valid[1], minlength=10).tolist()
    assert view.confusion.trace() / view.confusion.sum() == found.valid[-1][1]


def test_settings_change_while_it_runs_and_the_code_does_the_same(explorer, page, capsys):
    page.keys(" ", " ")
    curves(explorer)
    page.keys("l")
    explorer.change({"beta": 0.8, "scale": 3.0}, "x")
    page.keys(" ")
    curves(explorer)
    page.keys("s", " ")
    found = curves(explorer)
    assert [(k, now.lr, now.surrogate, now.beta) for k, now in found.settings] == [
        (0, 0.001, "super_spike", 0.9), (2, 0.003, "super_spike", 0.8), (3, 0.003, "sigmoid", 0.8),
    ]  # fmt: skip
    assert [now.scale for _, now in found.settings] == [10.0, 3.0, 4.0]  # the new surrogate's own scale
    trainer = explorer.school._trainer
    assert [float(layer.beta) for layer in trainer.net.layers] == pytest.approx([0.8, 0.8])
    assert (trainer.net.hidden[0].surrogate.name, trainer.net.hidden[0].surrogate.scale) == ("sigmoid", 4.0)
    assert trainer.optimizer.param_groups[0]["lr"] == 0.003
    capsys.readouterr()
    exec(explorer.code(explorer.values), {})
    told = np.array([line.split() for line in capsys.readouterr().out.splitlines()], float)
    np.testing.assert_allclose(told[:, 1], found.loss, rtol=1e-5)
    np.testing.assert_allclose(told[:, 2] / BATCH, found.accuracy)
    plain = explore_spiking_training()
    plain.change({"target": 4}, "x")
    assert abs(curves(plain).loss[3] - found.loss[3]) > 1e-3


def test_it_goes_on_to_the_end_and_stops_there(explorer, page):
    page.keys("Enter")
    found = curves(explorer)
    assert (len(found.loss), explorer.values["play"]) == (LAST, False)
    assert found.valid[-1][1] > 0.7 > 0.3 > found.valid[0][1]
    assert f"Lot {LAST} sur {LAST} (époque 3,0, la fin)" in explorer.text
    assert explorer.buttons["❚❚ Pause"].layout.display == "none"
    for key in (" ", "t", "Enter"):
        page.keys(key)
        assert "Le dernier lot est passé" in explorer.text
    assert len(curves(explorer).loss) == LAST


def test_the_run_before_stays_as_a_pale_curve(explorer, page):
    page.keys("t")
    first = curves(explorer)
    page.keys("b", "l", "t")
    second = curves(explorer)
    assert len(second.loss) == EPOCH
    assert second.loss[0] == first.loss[0]  # the same weights, the same pictures
    assert second.loss[-1] != first.loss[-1]
    before, now = (item for item in explorer.scene.panel("loss").items if isinstance(item, Line))
    assert (before.colour, before.label, now.label) == ("field", "essai d'avant", "essai")
    assert before.y[0] == first.loss[0]
    assert before.y[-1] == pytest.approx(first.loss.mean())
    one, other = (f"{100 * run.valid[-1][1]:.1f}\u00a0%".replace(".", ",") for run in (first, second))
    assert f"Au lot {EPOCH}, l'essai d'avant en reconnaissait {one}, celui-ci {other}." in explorer.text
    page.keys("b", "b")  # a run that has learnt nothing replaces none
    explorer.school.wait()
    np.testing.assert_array_equal(explorer.school.view.before.loss, second.loss)


def test_two_hidden_layers_have_two_rasters():
    explorer = explore_spiking_training(hidden=[20, 10])
    assert [p.name for p in explorer.scene.columns[2]] == ["layer 0", "layer 1", "layer 2", "membranes"]
    draw(explorer.scene)


# -- its thread


def test_the_page_waits_for_no_batch_and_the_last_order_wins(explorer, monkeypatch, page):
    explorer.school.wait()
    gate = Gate(monkeypatch)
    page.keys("Enter")
    gate.until()
    begin = time.perf_counter()
    looked = []
    monkeypatch.setattr("course.widgets.spiking_training.school.look", spy(looked))
    for digit in range(10):
        explorer.change({"digit": digit}, "digit")
    page.keys("Enter")  # pause
    took = time.perf_counter() - begin
    assert gate.steps == 1  # the batch has not ended: nothing above has waited for it
    assert took < 5
    gate.go.release()
    explorer.school.wait()
    assert gate.steps == 1
    assert looked == [explorer.school.s.example(9, 0).tobytes()]
    assert len(explorer.school.view.curves.loss) == 1


def spy(looked):
    from course.widgets.spiking_training.school import look

    def seen(net, picture):
        looked.append(picture)
        return look(net, picture)

    return seen


def test_pictures_come_while_it_learns(explorer, monkeypatch, page):
    explorer.school.wait()
    monkeypatch.setattr("course.widgets.spiking_training.school.School.pause", 0.0)
    real, heard = explorer.school.done, []
    monkeypatch.setattr(explorer.school, "done", lambda: (heard.append(explorer.school.batches), real()))
    page.keys("Enter")
    explorer.school.wait()
    assert heard[:LAST] == list(range(1, LAST + 1))
    assert page.pictures[-1]["text"].startswith(f"Lot {LAST} sur")


def test_what_stops_the_thread_is_raised_where_one_looks(monkeypatch):
    explorer = explore_spiking_training()
    explorer.school.wait()

    def fails(*_):
        raise ZeroDivisionError("à vous")

    shown = []
    monkeypatch.setattr(threading, "excepthook", shown.append)
    monkeypatch.setattr(Trainer, "step", fails)
    explorer.change({"target": 1}, "x")
    explorer.school.wait()
    for thread in threading.enumerate():
        if thread.name == "apprentissage":
            thread.join(10)
    assert [one.exc_type for one in shown] == [ZeroDivisionError]  # the notebook shows it
    with pytest.raises(ZeroDivisionError, match="à vous"):
        explorer.compute(**explorer.values)


def test_weights_that_are_lost_are_said(explorer):
    explorer.school.wait()
    s = explorer.school.s
    school = School(s)
    picture = s.example(7, 0).tobytes()
    school.order(Order(0, True, 0, Settings(1e38, "super_spike", 10.0, 0.9), picture))
    school.wait()
    assert school.view.lost
    assert school.ended
    n = len(school.view.curves.loss)
    assert n < 3
    said = explorer.describe({"values": explorer.values, "subject": s, "view": school.view})
    assert said.startswith(f"Au lot {n + 1}, les poids ne sont plus des nombres")


# -- what is seen and said


def test_the_first_sight(explorer, page):
    names = [p.name for p in explorer.scene.panels()]
    assert names == ["loss", "accuracy", "picture", "confusion", "layer 0", "layer 1", "membranes"]
    assert explorer.text.startswith("Avant d'apprendre, le réseau reconnaît ")
    assert "Ce 7\u00a0: le réseau répond" in explorer.text
    draw(explorer.scene)


def test_before_anything_is_known_it_says_so(explorer):
    arrays = explorer.compute(**explorer.values) | {"view": None}
    assert explorer.describe(arrays) == "Le réseau se prépare\u00a0: ses images deviennent des impulsions."
    draw(explorer.picture(arrays))


def test_the_shown_digit_is_what_goes_through_the_network(explorer, page):
    page.keys("t", "n", "n")
    curves(explorer)
    s, view = explorer.school.s, explorer.school.view
    assert explorer.values["digit"] == 9
    x = s.example(9, 0)
    (image,) = (item for item in explorer.scene.panel("picture").items if isinstance(item, Image))
    np.testing.assert_array_equal(image.values[::-1].ravel(), x)
    net = explorer.school._trainer.net
    np.testing.assert_allclose(view.seen.membranes, net.output(x[None]).detach().numpy()[:, 0], atol=1e-4)
    assert view.seen.answer == int(net(x[None]).argmax())
    (inputs,) = (item for item in explorer.scene.panel("layer 0").items if isinstance(item, Points))
    assert set(inputs.y) <= set(np.flatnonzero(x))
    assert len(view.seen.spikes[1][0]) == int(net.spikes(x[None])[0].sum())
    assert f"{len(view.seen.spikes[1][0])} impulsions cachées" in explorer.text
    page.keys("Home", "Maj+ArrowRight")
    best = int(view.seen.membranes[10].argmax())
    assert f"à 10\u00a0ms, la lecture la plus haute est celle du {best}." in explorer.text


# -- a digit of one's own


def test_a_digit_drawn_with_the_mouse_is_classified(explorer, page):
    page.keys("Enter")
    curves(explorer)
    page.drag("picture", *ONE)
    assert explorer.values["mode"] == "own"
    assert explorer.values["drawn"] == tuple((x, round(y, 1)) for x, y in ONE)
    assert "Votre chiffre\u00a0: le réseau répond 1 (" in explorer.text
    page.drag("picture", (5, 5))
    assert explorer.values["drawn"][-2:] == (None, (5, 5))
    page.keys("e")
    assert explorer.values["drawn"] == ()
    assert "Dessinez un chiffre à la souris" in explorer.text
    page.keys("z")
    assert explorer.values["drawn"][-1] == (5, 5)
    draw(explorer.scene)


def test_a_digit_drawn_with_the_keys(explorer, page):
    page.keys("d", "ArrowUp", "ArrowLeft")
    assert explorer.values["drawn"] == ()
    page.keys("i", "Maj+ArrowUp", "ArrowRight", "i", "ArrowDown")
    assert explorer.values["drawn"] == (None, (13, 15), (13, 25), (14, 25))
    page.keys("i", "ArrowDown")
    assert explorer.values["drawn"][-3:] == (None, (14, 24), (14, 23))
    assert len(segments(explorer.values["drawn"])) == 5


@pytest.mark.parametrize("drawn", [ONE, ((1.0, 1.0), (4.0, 1.0), (4.0, 6.0)), ((20.0, 27.0), None, (27.0, 20.0))])
def test_a_drawing_has_the_size_and_the_place_of_mnist(drawn):
    pixels = normalised(drawn)
    rows, columns = (np.flatnonzero(pixels.sum(axis)) for axis in (1, 0))
    assert BOX - 2 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= BOX + 2
    middle = np.arange(SIDE) + 0.5
    for axis in (0, 1):
        assert (pixels.sum(axis) * middle).sum() / pixels.sum() == pytest.approx(SIDE / 2, abs=0.3)
    assert pixels.min() == 0 <= pixels.max() <= 1


def test_a_point_is_ink_where_it_is():
    pixels = inked(segments(((3.5, 25.5),)))  # the fourth column, the third row from the top
    assert np.unravel_index(pixels.argmax(), pixels.shape) == (2, 3)
    assert not normalised(()).any()


# -- refusals


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"hidden": 0}, "training.hidden\u00a0: un entier de 1 à 400, ou une liste de un à trois, reçu 0"),
        ({"hidden": [10, 10, 10, 10]}, "explore_spiking_training.hidden"),
        ({"hidden": "100"}, "reçu '100'"),
        ({"hidden": True}, "reçu True"),
        ({"seed": -1}, "explore_spiking_training.seed\u00a0: un entier positif ou nul, reçu -1"),
        ({"surrogate": "sigmoide"}, "vouliez-vous dire sigmoid"),
        ({"surrogate": "leaky_relu"}, "explore_spiking_training.surrogate"),
    ],
)
def test_refusals(arguments, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        explore_spiking_training(**arguments)


def test_an_example_after_the_last_is_the_first(explorer):
    s: Subject = explorer.school.s
    n = int((s.valid[1] == 3).sum())
    np.testing.assert_array_equal(s.example(3, n), s.example(3, 0))


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)
