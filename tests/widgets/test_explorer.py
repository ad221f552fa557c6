"""The machine of every explorer: one state, latest wins, one thread at a time."""

import threading
import time

import pytest

from course.plot.scene import Axis, Line, Panel, Scene
from course.widgets.controls import Slider
from course.widgets.explorer import Explorer
from tests.widgets.page import Page

CALLS = []


def compute(**values):
    CALLS.append(values)
    return values


def scene(arrays):
    line = Line([0, 1], [0, arrays["a"]])
    return Scene(((Panel("p", Axis("t"), Axis("a"), (line,), follows=True),),), cursor=arrays["t"])


@pytest.fixture
def toy():
    CALLS.clear()
    return Explorer(
        label="Essai", controls=[Slider("a", "A", 0, 1000, 1), Slider("b", "B", 0, 1, 0.1)],
        cursor=Slider("t", "le curseur", 0, 1, 0.01), compute=compute, scene=scene,
        describe=lambda arrays: f"a = {arrays['a']:g}.", code=lambda values: f"a = {values['a']:g}\n",
    )  # fmt: skip


def test_a_flood_of_keys_draws_a_few_pictures_and_the_last_one(toy, monkeypatch):
    page = Page(toy, monkeypatch, answers=False)
    CALLS.clear()
    page.keys(*["ArrowUp"] * 200)
    assert len(CALLS) <= 3, "what nobody sees is not computed"
    for _ in range(4):
        page.say({"event": "drawn", "number": page.pictures[-1]["number"]})
    assert page.pictures[-1]["text"] == "a = 200."
    assert len(CALLS) <= 6


def test_events_that_come_together_are_one_picture(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    before = len(page.pictures)
    page.say(*[{"event": "key", "key": "ArrowUp", "shift": True}] * 7)
    assert len(page.pictures) == before + 1
    assert page.pictures[-1]["text"] == "a = 70."


def test_a_page_that_opens_again_receives_everything(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    page.keys("ArrowRight")
    assert page.pictures[-1]["frame"]["panels"] == {}
    page.say({"event": "ready"})
    assert set(page.pictures[-1]["frame"]["panels"]) == {"p"}


def test_two_threads_never_compute_at_once(toy, monkeypatch):
    inside, worst = [0], [0]

    def slow(**values):
        inside[0] += 1
        worst[0] = max(worst[0], inside[0])
        time.sleep(0.002)
        inside[0] -= 1
        return values

    toy.compute = slow
    page = Page(toy, monkeypatch)

    def work(name):
        for i in range(20):
            toy.change({name: float(i % 2)}, name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert worst == [1]
    assert page.pictures


def test_nothing_is_sent_to_a_page_that_has_not_opened(toy, monkeypatch):
    sent = []
    monkeypatch.setattr(toy.toile, "send", lambda message, buffers=(): sent.append(message))
    toy.press("ArrowUp")
    assert sent == []
    toy.listen([{"event": "ready"}])
    assert set(sent[0]["frame"]["panels"]) == {"p"}


def test_an_error_in_a_callback_is_not_swallowed(toy, monkeypatch):
    def broken(**values):
        raise ZeroDivisionError

    toy.compute = broken
    with pytest.raises(ZeroDivisionError):
        toy.press("ArrowUp")


def test_the_selected_slider_is_the_one_that_arrows_move(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    page.keys("r", "ArrowUp", "Maj+R", "Maj+ArrowUp")
    assert toy.values["b"] == 0.1
    assert toy.values["a"] == 10
    assert "Réglage choisi\u00a0: B." in [picture["text"].split(" a =")[0] for picture in page.pictures]


def test_home_end_and_bounds(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    page.keys("End", "ArrowRight")
    assert toy.values["t"] == 1
    page.keys("Home", "ArrowLeft")
    assert toy.values["t"] == 0
    page.keys("Maj+ArrowRight", "ArrowRight")
    assert toy.values["t"] == 0.11


def test_every_key_that_has_a_meaning_is_in_the_help(toy):
    listed = " ".join(key for key, _ in toy.toile.touches)
    for key in ("← →", "↑ ↓", "Début, Fin", "Z", "C", "R", "?", "Échap"):
        assert key in listed


def test_help_is_asked_of_the_page(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    toy.buttons["Aide"].click()
    assert page.messages[-1][0] == {"help": True}


def test_copying_shows_the_code_and_says_how_it_went(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    toy.buttons["Copier le code"].click()
    assert page.messages[-1][0] == {"copy": "a = 0\n"}
    assert (toy.listing.value, toy.listing.layout.display) == ("a = 0\n", "")
    page.say({"event": "copied", "done": False})
    assert page.pictures[-1]["text"].startswith("Copiez le code ci-dessous.")
    page.say({"event": "copied", "done": True})
    assert page.pictures[-1]["text"].startswith("Code copié.")
    page.keys("c")
    assert toy.listing.layout.display == "none"


def test_nothing_to_undo_is_said(toy, monkeypatch):
    page = Page(toy, monkeypatch)
    page.keys("z")
    assert page.pictures[-1]["text"] == "Rien à annuler. a = 0."


def test_without_a_kernel_a_page_shows_the_sentence(toy):
    assert repr(toy) == "a = 0."
