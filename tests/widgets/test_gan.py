"""Two adversaries that learn while one looks: their thread, their settings, the moments one goes back to."""

import re
import threading
import time

import numpy as np
import pytest
import torch

from course.generative import GAN, Training, modes
from course.plot.mpl import draw
from course.plot.scene import Image, Line
from course.widgets import explore_gan
from course.widgets.gan.lessons import BINS
from course.widgets.gan.school import Order, School
from course.widgets.gan.studio import moment
from course.widgets.gan.subject import ASKED, BATCH, SHOWN, Settings
from course.widgets.gan.view import stairs
from tests.widgets.page import Page

LAST, EPOCH = 30, 10  # of the profile flash


@pytest.fixture(autouse=True)
def flash(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "flash")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def explorer():
    made = explore_gan(hidden=32)
    yield made
    made.change({"play": False, "target": 0}, "x")
    made.school.wait()


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def view(explorer):
    explorer.school.wait()
    return explorer.school.view


def alone(s, batches, penalty="none", lr=0.001):
    """The same adversaries, without an explorer."""
    gan = GAN(hidden=s.hidden, penalty=penalty, seed=s.seed)
    training = Training(gan, s.train, batch_size=BATCH, lr=lr)
    return gan, np.array([(v["generator"], v["judge"]) for v in (training.step() for _ in range(batches))])


# -- it learns


def test_it_learns_as_the_adversaries_do(explorer, page):
    page.keys("t")
    found = view(explorer)
    gan, losses = alone(explorer.school.s, EPOCH)
    np.testing.assert_allclose(found.losses, losses, rtol=1e-5)
    m, drawn = found.moments[-1], gan.sample(ASKED, seed=1)
    assert m.batch == EPOCH
    np.testing.assert_allclose(m.drawn, drawn[:SHOWN], atol=1e-5)
    assert m.doubt == pytest.approx(gan.judge(drawn).mean(), abs=1e-4)
    assert m.trust == pytest.approx(gan.judge(explorer.school.s.unseen).mean(), abs=1e-4)
    np.testing.assert_allclose(m.shares, modes(drawn).shares, atol=0.01)
    assert m.real.sum() == pytest.approx(1)
    assert m.fake @ ((BINS[1:] + BINS[:-1]) / 2) == pytest.approx(m.doubt, abs=0.03)


def test_settings_change_while_it_runs_and_the_code_does_the_same(explorer, page, capsys):
    page.keys(" ", " ")
    view(explorer)
    page.keys("l")
    explorer.change({"ratio": 3.0}, "x")
    page.keys(" ")
    found = view(explorer)
    assert [(k, tuple(now)) for k, now in found.settings] == [(0, (0.001, 1.0)), (2, (0.003, 3.0))]
    training = explorer.school._run.training
    assert [o.param_groups[0]["lr"] for o in training.optimizers] == pytest.approx([0.003, 0.009])
    capsys.readouterr()
    exec(explorer.code(explorer.values), {})
    told = np.array([line.split() for line in capsys.readouterr().out.splitlines()], float)
    np.testing.assert_allclose(told[:, 1:], found.losses, rtol=1e-5)
    plain = alone(explorer.school.s, 3)[1]
    np.testing.assert_allclose(plain[:2], found.losses[:2], rtol=1e-5)
    assert abs(plain[2, 0] - found.losses[2, 0]) > 1e-3  # the judge had moved nine times farther


def test_it_goes_on_to_the_end_and_stops_there(explorer, page):
    page.keys("Enter")
    found = view(explorer)
    assert (len(found.losses), explorer.values["play"]) == (LAST, False)
    assert [m.batch for m in found.moments] == list(range(0, LAST + 1, explorer.school.s.every))
    assert f"Lot {LAST} sur {LAST} (époque 3,0, la fin)" in explorer.text
    for key in (" ", "t", "Enter"):
        page.keys(key)
        assert "Le dernier lot est passé" in explorer.text
    assert len(view(explorer).losses) == LAST


def test_another_penalty_begins_again(explorer, page):
    page.keys("t")
    first = view(explorer)
    page.keys("p")
    assert explorer.values["penalty"] == "spectral"
    assert len(view(explorer).losses) == 0
    page.keys("t")
    second = view(explorer)
    np.testing.assert_allclose(second.losses, alone(explorer.school.s, EPOCH, "spectral")[1], rtol=1e-5)
    assert abs(second.losses - first.losses).max() > 0.01
    np.testing.assert_allclose(explorer.school._run.gan.stretches(), 1, atol=0.1)


def test_the_penalty_that_is_undone_begins_again_too(explorer, page):
    page.keys("p", "t")
    view(explorer)
    page.keys("z")
    assert (explorer.values["penalty"], explorer.values["of"]) == ("none", "none")
    assert len(view(explorer).losses) == 0, "the run of the other penalty is not this one"
    page.keys("t")
    np.testing.assert_allclose(view(explorer).losses, alone(explorer.school.s, EPOCH)[1], rtol=1e-5)


def test_again_is_the_same_game(explorer, page):
    page.keys("t")
    first = view(explorer)
    page.keys("b", "t")
    np.testing.assert_allclose(view(explorer).losses, first.losses, rtol=1e-5)


# -- the moments


def test_the_cursor_goes_back_to_an_earlier_moment(explorer, page):
    page.keys("t")
    found = view(explorer)
    page.keys("Home")
    explorer.change({"t": 5.0}, "t")
    shown = next(m for m in reversed(found.moments) if m.batch <= 5)
    (image,) = (i for i in explorer.scene.panel("drawings").items if isinstance(i, Image))
    assert image.shape == (7 * 28, 4 * 28)
    np.testing.assert_array_equal(image.values[::-1][:28, :28].ravel(), shown.drawn[0])
    np.testing.assert_array_equal(image.values[::-1][28:56, 28:56].ravel(), shown.drawn[5])
    assert f"Retour au lot {shown.batch}, sur {EPOCH}." in explorer.text
    assert explorer.scene.cursor == shown.batch
    page.keys(" ")  # what is learnt is looked at
    view(explorer)
    assert explorer.scene.cursor == EPOCH + 1


def test_where_it_stops_is_a_moment_too(explorer, page):
    page.keys(" ")
    assert explorer.school.s.every == 2
    assert [m.batch for m in view(explorer).moments] == [0, 1]
    page.keys(" ", " ")
    assert [m.batch for m in view(explorer).moments] == [0, 2, 3]
    assert moment(explorer.school.view, 2.9).batch == 2
    assert moment(None, 3) is None


def test_a_histogram_has_the_outline_of_its_bars():
    x, y = stairs(np.array([0.0, 1.0, 2.0]), np.array([3.0, 5.0]))
    assert x.tolist() == [0, 0, 1, 1, 2, 2]
    assert y.tolist() == [0, 3, 3, 5, 5, 0]


# -- its thread


def test_the_page_waits_for_no_batch_and_the_last_order_wins(explorer, monkeypatch, page):
    explorer.school.wait()
    reached, go, real = threading.Semaphore(0), threading.Semaphore(0), Training.step

    def step(training):
        reached.release()
        assert go.acquire(timeout=10)
        return real(training)

    monkeypatch.setattr(Training, "step", step)
    page.keys("Enter")
    assert reached.acquire(timeout=10)
    begin = time.perf_counter()
    for ratio in (2.0, 3.0, 4.0):
        explorer.change({"ratio": ratio}, "ratio")
    page.keys("Enter")  # pause
    assert time.perf_counter() - begin < 5  # the batch has not ended: nothing above has waited for it
    go.release()
    found = view(explorer)
    assert len(found.losses) == 1
    assert found.settings[-1] == (1, Settings(0.001, 4.0))


def test_what_stops_the_thread_is_raised_where_one_looks(monkeypatch):
    explorer = explore_gan(hidden=8)
    explorer.school.wait()

    def fails(*_):
        raise ZeroDivisionError("à vous")

    shown = []
    monkeypatch.setattr(threading, "excepthook", shown.append)
    monkeypatch.setattr(Training, "step", fails)
    explorer.change({"target": 1}, "x")
    explorer.school.wait()
    for thread in threading.enumerate():
        if thread.name == "adversaires":
            thread.join(10)
    assert [one.exc_type for one in shown] == [ZeroDivisionError]  # the notebook shows it
    with pytest.raises(ZeroDivisionError, match="à vous"):
        explorer.compute(**explorer.values)


def test_weights_that_are_lost_are_said(explorer):
    explorer.school.wait()
    s = explorer.school.s
    school = School(s)
    school.order(Order(0, "none", True, 0, Settings(1e38, 1.0)))
    school.wait()
    assert school.view.lost
    assert school.ended
    n = len(school.view.losses)
    arrays = {"values": explorer.values, "subject": s, "view": school.view, "moment": school.view.moments[-1]}
    assert explorer.describe(arrays).startswith(f"Au lot {n + 1}, les poids ne sont plus des nombres")


# -- what is seen and said


def test_the_first_sight(explorer, page):
    names = [p.name for p in explorer.scene.panels()]
    assert names == ["losses", "belief", "drawings", "opinion", "shares"]
    assert explorer.text.startswith("Avant d'apprendre, le générateur dessine du brouillard.")
    assert re.search(r"Dans 400 dessins, le LeNet lit \d+ chiffres? sur 10, presque jamais de ", explorer.text)
    draw(explorer.scene)


def test_before_anything_is_known_it_says_so(explorer):
    arrays = explorer.compute(**explorer.values) | {"view": None, "moment": None}
    assert explorer.describe(arrays) == "Les deux adversaires se préparent."
    draw(explorer.picture(arrays))


def test_the_numbers_that_are_said_are_those_that_are_drawn(explorer, page):
    page.keys("t")
    found = view(explorer)
    generator, judge = (f"{x:.2f}".replace(".", ",") for x in found.losses[-10:].mean(axis=0))
    assert f"perte du générateur {generator}, du juge {judge}." in explorer.text
    m = found.moments[-1]
    trust, doubt = (f"{100 * x:.0f}\u00a0%" for x in (m.trust, m.doubt))
    assert f"{trust} aux chiffres jamais vus et {doubt} aux dessins" in explorer.text
    lines = [i for i in explorer.scene.panel("losses").items if isinstance(i, Line)]
    assert [line.label for line in lines] == ["générateur", "juge"]
    assert lines[0].y[-1] == pytest.approx(found.losses[-10:, 0].mean())
    assert explorer.scene.panel("shares").title == f"Chiffres lus\u00a0: {m.covered} sur 10"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"hidden": 0}, "explore_gan.hidden\u00a0: un entier d'au moins 1, reçu 0"),
        ({"hidden": [10, 10, 10, 10]}, "explore_gan.hidden\u00a0: une à trois couches"),
        ({"hidden": "100"}, "explore_gan.hidden"),
        ({"seed": -1}, "explore_gan.seed"),
        ({"penalty": "spectrale"}, "vouliez-vous dire spectral"),
    ],
)
def test_refusals(arguments, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        explore_gan(**arguments)
