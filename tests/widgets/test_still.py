"""The fixed figure: it comes where the canvas stays silent, goes when it speaks, and never where nobody looks."""

import asyncio
import io
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import matplotlib.image
import numpy as np
import pytest

from course.plot.scene import Axis, Line, Mark, Panel, Scene
from course.widgets import still
from course.widgets.controls import Slider
from course.widgets.explorer import Explorer

CALLS = []


def compute(**values):
    CALLS.append(values)
    return values


def scene(arrays):
    line = Line([0, 1], [0, arrays["a"]])
    panel = Panel("p", Axis("t", "", (0, 1)), Axis("a", "", (0, 10)), (line, Mark(y=5, text="<b>")), follows=True)
    return Scene(((panel,),), cursor=arrays["t"], height=300)


class Loop:
    """A kernel's loop whose clock is moved by hand; `freeze` is a kernel at work."""

    def __init__(self):
        self.now, self.calls = 0.0, []

    def time(self):
        return self.now

    def call_at(self, when, act, *arguments):
        self.calls.append((when, act, arguments))

    def call_later(self, delay, act, *arguments):
        self.call_at(self.now + delay, act, *arguments)

    def call_soon_threadsafe(self, act, *arguments):
        self.call_at(self.now, act, *arguments)

    def run(self, seconds):
        end = self.now + seconds
        while due := sorted((c for c in self.calls if c[0] <= end), key=lambda c: c[0]):
            self.calls.remove(due[0])
            self.now = max(self.now, due[0][0])
            due[0][1](*due[0][2])
        self.now = end

    def freeze(self, seconds):
        self.now += seconds


@pytest.fixture
def loop(monkeypatch):
    made = Loop()
    monkeypatch.setattr(still, "attended", lambda: made)
    return made


@pytest.fixture
def toy():
    CALLS.clear()
    return Explorer(
        label="Essai", controls=[Slider("a", "A", 0, 10, 1)], cursor=Slider("t", "le curseur", 0, 1, 0.01),
        compute=compute, scene=scene, describe=lambda arrays: f"a < {arrays['a']:g} & t.",
        code=lambda values: f"a = {values['a']:g}\n",
    )  # fmt: skip


@pytest.fixture
def fixed(toy, loop):
    """An explorer on a page that cannot draw."""
    toy._repr_mimebundle_()
    loop.run(still.PATIENCE + 1)
    return toy


def slider(explorer):
    return explorer.rows["a"].widget.children[0]


def test_the_figure_takes_the_place_of_a_silent_canvas(fixed):
    assert fixed.toile not in fixed.children
    assert fixed.still.box in fixed.children
    assert bytes(fixed.still.image.value[:4]) == b"\x89PNG"
    assert fixed.still.words.value.endswith("a &lt; 0 &amp; t.</p>"), "the sentence is text, not HTML"
    assert "figure fixe" in fixed.still.box.children[0].value
    assert fixed.listing in fixed.children


def test_it_is_the_scene_of_the_state(fixed):
    found = matplotlib.image.imread(io.BytesIO(fixed.still.image.value))
    wanted = matplotlib.image.imread(io.BytesIO(still.png(fixed.scene)))
    np.testing.assert_array_equal(found, wanted)
    assert found.shape[1] >= 1200, "sharp on a page of 1000 pixels"


def test_a_page_that_draws_never_sees_it(toy, loop):
    toy._repr_mimebundle_()
    loop.run(1)
    toy.listen([{"event": "able"}])
    loop.run(1)
    assert loop.calls == [], "nobody looks at the clock any longer"
    loop.run(60)
    assert toy.toile in toy.children


def test_a_kernel_at_work_has_not_heard_the_page(toy, loop):
    toy._repr_mimebundle_()
    for _ in range(20):
        loop.run(1)
        loop.freeze(30)
    assert toy.toile in toy.children
    loop.run(still.PATIENCE + 1)
    assert toy.toile not in toy.children


@pytest.mark.parametrize("word", ["able", "ready"])
def test_a_late_canvas_comes_back(fixed, loop, word):
    before = fixed.still.image.value
    slider(fixed).value = 3
    fixed.listen([{"event": word}])
    assert fixed.toile in fixed.children
    assert fixed.still.box not in fixed.children
    slider(fixed).value = 7
    loop.run(10)
    assert fixed.still.image.value == before, "nothing is drawn that is not shown"
    assert loop.calls == []


def test_a_canvas_that_opens_and_shows_nothing_is_given_up(toy, loop, monkeypatch):
    sent = []
    toy._repr_mimebundle_()
    toy.listen([{"event": "able"}, {"event": "ready"}])
    monkeypatch.setattr(toy.toile, "send", lambda message, buffers=(): sent.append(message))
    toy.listen([{"event": "size", "columns": 900}, {"event": "drawn", "number": 0}])
    assert {"hello": True} in sent, "a canvas that hears answers « able »"
    loop.run(1)
    assert toy.toile in toy.children
    loop.run(still.PATIENCE)
    assert toy.still.box in toy.children


@pytest.mark.parametrize("answer", [{"event": "able"}, {"event": "drawn", "number": 1}])
def test_a_canvas_that_shows_nothing_yet_stays(toy, loop, answer):
    toy._repr_mimebundle_()
    toy.listen([{"event": "able"}, {"event": "ready"}, {"event": "drawn", "number": 0}])
    loop.run(1)
    toy.listen([answer])
    loop.run(60)
    assert toy.toile in toy.children
    assert loop.calls == []


def test_a_slider_draws_it_again(fixed, loop):
    before = fixed.still.image.value
    slider(fixed).value = 7
    loop.run(1)
    assert fixed.still.image.value != before
    assert "a &lt; 7 &amp;" in fixed.still.words.value


def test_the_cursor_has_a_slider_of_its_own(fixed, loop):
    before = fixed.still.image.value
    fixed.still.row.widget.children[0].value = 0.5
    loop.run(1)
    assert fixed.values["t"] == 0.5
    assert fixed.still.image.value != before
    fixed.change({"t": 0.25}, "t")
    loop.run(1)
    assert fixed.still.row.widget.children[0].value == 0.25


def test_latest_wins(fixed, loop, monkeypatch):
    drawn = []
    monkeypatch.setattr(still, "png", lambda scene: drawn.append(scene) or b"")
    CALLS.clear()
    for k in range(50):
        slider(fixed).value = 1 + k % 9
    loop.run(1)
    assert len(drawn) == len(CALLS) == 1
    assert drawn[0].columns[0][0].items[0].y[1] == fixed.values["a"] == 5


def test_a_slow_figure_leaves_the_kernel_half_of_its_time(fixed, loop, monkeypatch):
    begins = []
    monkeypatch.setattr(still, "png", lambda scene: begins.append(loop.now) or loop.freeze(2) or b"")
    slider(fixed).value = 7
    loop.run(3)
    slider(fixed).value = 8
    loop.run(10)
    assert begins[1] - begins[0] >= 4


def test_what_ends_on_another_thread_is_drawn_on_the_loop(fixed, loop, monkeypatch):
    seen = []
    monkeypatch.setattr(still, "png", lambda scene: seen.append(threading.current_thread()) or b"")
    thread = threading.Thread(target=fixed.redraw)
    thread.start()
    thread.join()
    assert seen == []
    loop.run(1)
    assert seen == [threading.main_thread()]


def test_the_code_is_shown_and_the_help_of_the_keys_is_not_offered(fixed, loop):
    assert fixed.buttons["Aide"].layout.display == "none"
    fixed.buttons["Copier le code"].click()
    loop.run(1)
    assert "Copiez le code ci-dessous." in fixed.still.words.value
    fixed.listen([{"event": "ready"}])
    assert fixed.buttons["Aide"].layout.display == ""


def test_nothing_starts_where_nobody_looks(toy):
    threads = threading.active_count()
    toy._repr_mimebundle_()
    slider(toy).value = 3
    assert toy.still._loop is None
    assert threading.active_count() == threads


@pytest.mark.parametrize("typed", [True, False])
def test_a_kernel_is_watched_only_where_something_can_be_typed(typed, monkeypatch):
    class Kernel:
        def get_parent(self):
            return {"content": {"allow_stdin": typed}}

    class Shell:
        kernel = Kernel()

    async def ask():
        return still.attended(), asyncio.get_running_loop()

    monkeypatch.setattr(still, "get_ipython", Shell)
    with ThreadPoolExecutor() as thread:  # where no other test has left a loop
        found, loop = thread.submit(asyncio.run, ask()).result()
    assert found is (loop if typed else None)


def test_matplotlib_is_not_imported_before_it_is_needed():
    code = "import sys; from course.widgets import explorer; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_page_without_widgets_has_the_whole_sentence(toy, monkeypatch):
    monkeypatch.setattr(toy, "describe", lambda arrays: "mot " * 100)
    assert toy._repr_mimebundle_()["text/plain"] == "mot " * 100
    assert "application/vnd.jupyter.widget-view+json" in toy._repr_mimebundle_()
