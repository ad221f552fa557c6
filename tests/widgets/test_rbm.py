"""A machine that learns letters while one looks: its thread, its settings, the eraser, the units that are silenced."""

import re
import threading
import time

import numpy as np
import pytest

from course.generative import RBM, Learning
from course.plot.mpl import draw
from course.plot.scene import Image, Line
from course.widgets import explore_rbm
from course.widgets.rbm.chain import STEPS
from course.widgets.rbm.places import WIDE, corner, page, pixels, unit_at
from course.widgets.rbm.school import Order, School
from course.widgets.rbm.subject import BATCH, COLUMNS, ROWS, Settings, alphadigits
from tests.widgets.page import Page


@pytest.fixture(autouse=True)
def flash(monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "flash")
    monkeypatch.setattr("course.data.load", lambda name: {"alphadigits": alphadigits()}[name])  # looked for once


@pytest.fixture
def explorer():
    made = explore_rbm("ABC", hidden=20)
    yield made
    made.close()
    made.school.wait()


@pytest.fixture
def its_page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def view(explorer):
    explorer.school.wait()
    return explorer.school.view


def arrays(explorer):
    explorer.school.wait()
    return explorer.compute(**explorer.values)


def alone(s, batches, hidden=20, lr=0.03, **settings):
    """The same machine, without an explorer."""
    rbm = RBM(ROWS * COLUMNS, hidden, seed=s.seed)
    learning = Learning(rbm, s.train, batch_size=BATCH, lr=lr, seed=s.seed, **settings)
    return rbm, np.array([learning.step() for _ in range(batches)])


# -- it learns


def test_it_learns_as_the_machine_does_and_its_error_falls(explorer, its_page):
    s = explorer.school.s
    its_page.keys("t", "t", "t")
    found = view(explorer)
    rbm, errors = alone(s, 3 * s.per_epoch)
    np.testing.assert_allclose(found.errors, errors, rtol=1e-5)
    np.testing.assert_allclose(found.rbm.W, rbm.W, atol=1e-6)
    at, learnt, unseen = found.energies[-1]
    assert at == 3 * s.per_epoch
    assert learnt == pytest.approx(rbm.free_energy(s.train).mean(), rel=1e-4)
    assert unseen == pytest.approx(rbm.free_energy(s.unseen).mean(), rel=1e-4)
    assert errors[-5:].mean() < 0.9 * errors[:5].mean()
    gap = f"{unseen - learnt:.1f}".replace(".", ",").replace("-", "−")
    assert f"celle des lettres apprises\u00a0: {gap} nats." in explorer.text


def test_no_letter_that_is_shown_is_learnt(explorer):
    s = explorer.school.s
    learnt = {row.tobytes() for row in s.train}
    shown = [s.example(letter, k) for letter in "ABC" for k in range(8)]
    assert sum(row.tobytes() in learnt for row in shown) == 0
    assert len({row.tobytes() for row in shown}) > 20


def test_settings_change_while_it_runs_and_the_code_does_the_same(explorer, its_page, capsys):
    its_page.keys(" ", " ")
    view(explorer)
    its_page.keys("l", "p")
    explorer.change({"k": 3.0}, "k")
    its_page.keys(" ")
    found = view(explorer)
    assert [(n, tuple(now)) for n, now in found.settings] == [(0, (0.03, 1, False)), (2, (0.1, 3, True))]
    learning = explorer.school._run.learning
    assert (learning.lr, learning.k, learning.persistent) == (0.1, 3, True)
    plain, _ = alone(explorer.school.s, 3)
    assert abs(plain.W - found.rbm.W).max() > 1e-3
    capsys.readouterr()
    exec(explorer.code(explorer.values), names := {})
    told = np.array(re.findall(r"^(\d+) (0\.\d+)$", capsys.readouterr().out, re.MULTILINE), float)
    np.testing.assert_allclose(told[:, 1], found.errors, rtol=1e-5)
    np.testing.assert_allclose(names["rbm"].W, found.rbm.W, atol=1e-6)


def test_it_goes_on_to_the_end_and_stops_there(monkeypatch):
    monkeypatch.setattr("course.widgets.rbm.school.School.pace", 0)
    explorer = explore_rbm("AB", hidden=10)
    explorer.press("Enter")
    found, last = view(explorer), explorer.school.s.last
    assert (len(found.errors), explorer.values["play"]) == (last, False)
    assert f"Lot {last} sur {last} (époque 20,0, la fin)" in explorer.text
    for key in (" ", "t", "Enter"):
        explorer.press(key)
        assert "Le dernier lot est passé" in explorer.text
    assert len(view(explorer).errors) == last
    explorer.close()


def test_other_units_or_again_is_another_machine(explorer, its_page):
    its_page.keys("t")
    first = view(explorer).errors
    its_page.keys("b")
    assert len(view(explorer).errors) == 0
    its_page.keys("t")
    np.testing.assert_allclose(view(explorer).errors, first, rtol=1e-6)
    explorer.change({"silent": (3, 15), "unit": 16.0}, "x")
    explorer.change({"hidden": 10.0}, "hidden")
    found = view(explorer)
    assert (found.rbm.n_hidden, len(found.errors)) == (10, 0)
    assert (explorer.values["silent"], explorer.values["unit"]) == ((3,), 10.0)
    its_page.keys("z")
    assert (view(explorer).rbm.n_hidden, explorer.values["silent"]) == (20, (3, 15))


def test_the_code_walks_from_the_same_image(explorer, its_page, capsys):
    its_page.keys("t")
    view(explorer)
    explorer.change({"erased": (0, 1, 100), "clamp": True, "letter": "B", "example": 3.0, "t": 5.0}, "x")
    exec(explorer.code(explorer.values), names := {})
    got = arrays(explorer)
    np.testing.assert_array_equal(names["v"], got["start"])
    kept = np.setdiff1d(np.arange(ROWS * COLUMNS), (0, 1, 100))
    np.testing.assert_array_equal(names["dessin"][0, kept], got["walk"].p[5, kept])
    explorer.change({"start": "noise", "clamp": False}, "x")
    exec(explorer.code(explorer.values), names := {})
    np.testing.assert_array_equal(names["v"], arrays(explorer)["start"])


# -- the eraser


def test_what_is_not_erased_is_held_exactly(explorer, its_page):
    its_page.keys("t", "t")
    view(explorer)
    its_page.drag("pair", (2.5, 3.5), (8.5, 3.5), (8.5, 6.5))
    its_page.keys("v")
    gone = explorer.values["erased"]
    assert gone == tuple(sorted({*pixels(2.5, 3.5), *pixels(8.5, 3.5), *pixels(8.5, 6.5)}))
    got, true = arrays(explorer), explorer.school.s.example("A", 0)
    kept = np.setdiff1d(np.arange(ROWS * COLUMNS), gone)
    assert got["values"]["t"] == STEPS
    np.testing.assert_array_equal(got["walk"].v[:, kept], np.tile(true[kept], (STEPS + 1, 1)))
    np.testing.assert_array_equal(got["walk"].p[:, kept], np.tile(true[kept], (STEPS + 1, 1)))
    assert got["walk"].v[1:, list(gone)].std(axis=0).max() > 0  # the others are drawn
    blank = [i for i in explorer.scene.panel("pair").items if isinstance(i, Image)][0].values[::-1].ravel()
    assert sorted(np.flatnonzero(np.isnan(blank))) == list(gone)
    right = int(((got["walk"].p[STEPS][list(gone)] > 0.5) == true[list(gone)]).sum())
    assert f"{right} sur {len(gone)} sont redevenus ce qu'ils étaient" in explorer.text
    its_page.keys("h")
    assert abs(arrays(explorer)["walk"].v[-1, kept] - true[kept]).max() == 1


def test_the_machine_repairs_better_than_it_did_before_it_learnt(explorer, its_page):
    explorer.change({"erased": tuple(range(176, 320)), "clamp": True, "t": float(STEPS)}, "x")

    def right():
        explorer.school.wait()
        s, good = explorer.school.s, []
        for letter in "ABC":
            walk = explorer.compute(**(explorer.values | {"letter": letter}))["walk"]
            good.append(((walk.p[-30:].mean(axis=0) > 0.5) == s.example(letter, 0))[176:].mean())
        return np.mean(good)

    before = right()
    for _ in range(10):
        its_page.keys("t")
    assert right() > before + 0.08


def test_the_keys_erase_too(explorer, its_page):
    its_page.keys("i", "ArrowRight", "Maj+ArrowDown")
    values = explorer.values
    assert (values["px"], values["py"], values["down"]) == (9.0, 0.0, True)
    assert values["erased"] == tuple(sorted({*pixels(8, 10), *pixels(9, 10), *pixels(9, 0)}))
    its_page.keys("i", "ArrowUp")
    assert explorer.values["erased"] == values["erased"]
    its_page.keys("e")
    assert explorer.values["erased"] == ()


def test_the_eraser_is_where_the_pointer_is():
    assert pixels(0.5, 19.5) == [0, 1, 16, 17]
    assert pixels(15.5, 0.5) == [302, 303, 318, 319]
    assert len(pixels(8.5, 10.5)) == 9


# -- the units


def test_a_unit_that_is_clicked_is_silent_in_the_chain(explorer, its_page):
    its_page.keys("t")
    on = arrays(explorer)["walk"].h.mean(axis=0)
    unit = int(on.argmax())
    assert on[unit] > 0.04
    x, y = corner(20, unit)
    its_page.drag("filters", (x + 5, y + 5), (x + WIDE + 5, y + 5))  # only where it was pressed
    assert explorer.values["silent"] == (unit,)
    assert arrays(explorer)["walk"].h[:, unit].max() == 0
    assert f"L'unité {unit + 1} se tait." in explorer.text
    its_page.keys("u")
    assert explorer.values["silent"] == ()
    explorer.change({"unit": 3.0}, "unit")
    its_page.keys("u")
    assert explorer.values["silent"] == (2,)
    its_page.keys("a")
    assert explorer.values["silent"] == ()


def test_each_filter_is_where_it_is_looked_for():
    W = np.random.default_rng(0).normal(size=(ROWS * COLUMNS, 23))
    sheet = page(W)
    for unit in (0, 5, 22):
        x, y = corner(23, unit)
        np.testing.assert_allclose(sheet[y + 1 : y + 21, x + 1 : x + 17][::-1].ravel(), W[:, unit], rtol=1e-6)
        assert unit_at(23, x + 9, y + 9) == unit
    assert unit_at(23, sheet.shape[1] - 1, 1) is None
    assert unit_at(23, -3, 1) is None


def test_filters_have_one_signed_scale(explorer, its_page):
    its_page.keys("t")
    rbm = view(explorer).rbm
    far = abs(rbm.W).max()
    for _ in range(2):
        (image,) = (i for i in explorer.scene.panel("filters").items if isinstance(i, Image))
        assert image.limits == (-far, far)
        rbm.W = -rbm.W  # the largest weight has the other sign


def test_the_chain_is_that_of_the_machine(explorer, its_page):
    its_page.keys("t")
    got = arrays(explorer)["walk"]
    rbm = explorer.school.view.rbm
    np.testing.assert_allclose(got.energies, rbm.free_energy(got.v), rtol=1e-5)
    np.testing.assert_allclose(got.p[1:], rbm.visible(got.h[1:]), atol=1e-5)
    (line,) = (i for i in explorer.scene.panel("chain_energy").items if isinstance(i, Line))
    np.testing.assert_array_equal(line.y, got.energies)
    explorer.change({"temperature": 5.0}, "x")
    hot = arrays(explorer)["walk"]
    assert abs(hot.p[1:] - 0.5).mean() < abs(got.p[1:] - 0.5).mean() / 2


# -- its thread


def test_the_page_waits_for_no_batch_and_the_last_order_wins(explorer, monkeypatch, its_page):
    explorer.school.wait()
    reached, go, real = threading.Semaphore(0), threading.Semaphore(0), Learning.step

    def step(learning):
        reached.release()
        assert go.acquire(timeout=10)
        return real(learning)

    monkeypatch.setattr(Learning, "step", step)
    its_page.keys("Enter")
    assert reached.acquire(timeout=10)
    begin = time.perf_counter()
    for k in (2.0, 3.0, 4.0):
        explorer.change({"k": k}, "k")
    its_page.keys("Enter")  # pause
    assert time.perf_counter() - begin < 5  # the batch has not ended: nothing above has waited for it
    go.release()
    found = view(explorer)
    assert len(found.errors) == 1
    assert found.settings[-1] == (1, Settings(0.03, 4, False))


def test_closing_stops_the_thread():
    explorer = explore_rbm("ABC", hidden=20)
    explorer.press("Enter")
    while not (explorer.school.view and len(explorer.school.view.errors)):
        time.sleep(0.01)
    thread = explorer.school._thread
    explorer.close()
    thread.join(5)
    assert not thread.is_alive()
    assert len(explorer.school.view.errors) < explorer.school.s.last
    explorer.school.order(Order(9, 20, True, 0, Settings(0.1, 1, False)))
    assert explorer.school._thread is None


def test_what_stops_the_thread_is_raised_where_one_looks(explorer, monkeypatch):
    explorer.school.wait()

    def fails(*_):
        raise ZeroDivisionError("à vous")

    shown = []
    monkeypatch.setattr(threading, "excepthook", shown.append)
    monkeypatch.setattr(Learning, "step", fails)
    explorer.change({"target": 1}, "x")
    explorer.school.wait()
    for thread in threading.enumerate():
        if thread.name == "machine de Boltzmann":
            thread.join(10)
    assert [one.exc_type for one in shown] == [ZeroDivisionError]  # the notebook shows it
    with pytest.raises(ZeroDivisionError, match="à vous"):
        explorer.compute(**explorer.values)


def test_weights_that_run_away_are_said(explorer):
    explorer.school.wait()
    school = School(explorer.school.s)
    school.order(Order(0, 20, True, 0, Settings(1e4, 1, False)))
    school.wait()
    assert school.view.lost
    assert school.ended
    assert np.isfinite(school.view.rbm.W).all()
    said = explorer.describe(arrays(explorer) | {"view": school.view})
    assert said.startswith(f"Au lot {len(school.view.errors) + 1}, un poids dépasse 100")


# -- what is seen and said


def test_the_first_sight(explorer):
    names = [p.name for p in explorer.scene.panels()]
    assert names == ["error", "energies", "chain_energy", "filters", "pair", "strip"]
    assert explorer.text.startswith("Avant d'apprendre, les filtres ne sont que du bruit.")
    draw(explorer.scene)
    empty = explorer.compute(**explorer.values) | {"view": None, "walk": None}
    assert explorer.describe(empty) == "La machine se prépare."
    draw(explorer.picture(empty))
    explorer.change({"start": "noise", "rubber": True, "t": float(STEPS)}, "x")
    assert "Le bruit avait" in explorer.text
    draw(explorer.scene)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"letters": "AÉ"}, "explore_rbm.letters\u00a0: des chiffres de 0 à 9 et des lettres de A à Z"),
        ({"letters": "A B"}, "reçu ' '"),
        ({"letters": ""}, "explore_rbm.letters"),
        ({"letters": ["A"]}, "explore_rbm.letters"),
        ({"hidden": 0}, "explore_rbm.hidden\u00a0: un entier d'au moins 10, reçu 0"),
        ({"hidden": 201}, "explore_rbm.hidden\u00a0: un entier de 10 à 200, reçu 201"),
        ({"seed": -1}, "explore_rbm.seed"),
    ],
)
def test_refusals(arguments, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        explore_rbm(**arguments)


def test_letters_are_taken_once_each():
    explorer = explore_rbm("baB2", hidden=10)
    assert explorer.school.s.letters == "BA2"
    assert len(explorer.school.s.train) == 3 * 31
    explorer.close()
