"""TD02's lab as a student opens it: the plane answers the pointer and the keyboard, fast enough for the hand."""

import os
import re

import pytest

from tests.browser.jupyterlab import Notebook
from tests.browser.speed import report

# where the plane, the strip and time stand on the first canvas, in shares of its width and height
PLANE = (0.07, 0.08, 0.6, 0.66)


@pytest.fixture(scope="module")
def notebook(chromium, lab):
    """TD02's lab, every cell run."""
    opened = Notebook(chromium, lab.server, lab.folder / "TD02_plan_de_phase.ipynb")
    opened.run_all(timeout=300_000)
    yield opened
    opened.page.close()


def place(canvas, across: float, down: float) -> tuple[float, float]:
    """A point of the plane on the screen: shares of its width, from the left, and of its height, from the top."""
    box, (left, top, right, bottom) = canvas.bounding_box(), PLANE
    share = left + across * (right - left), top + down * (bottom - top)
    return box["x"] + share[0] * box["width"], box["y"] + share[1] * box["height"]


def launched(text: str) -> int:
    """The number of the last run."""
    found = re.search(r"Trajectoire (\d)", text)
    return int(found[1]) if found else 0


def test_a_click_launches(notebook, shots):
    canvas = notebook.canvas()
    before = notebook.settled()
    notebook.page.mouse.click(*place(canvas, 0.75, 0.75))
    after = notebook.settled()
    assert launched(after["text"]) == launched(before["text"]) + 1
    assert after["pixels"] != before["pixels"]
    shots(notebook.page, "plan")


def test_keys_move_the_parameter_and_the_words_follow(notebook, shots):
    canvas = notebook.canvas()
    canvas.focus()
    before = notebook.settled()
    for _ in range(10):
        notebook.page.keyboard.press("Shift+ArrowUp")
    after = notebook.settled()
    assert after["picture"] > before["picture"]
    assert after["pixels"] != before["pixels"]
    assert before["text"].startswith("Foyer stable")
    assert after["text"].startswith("Foyer instable")
    assert "Cycle limite stable, de période" in after["text"]
    notebook.page.keyboard.press("z")
    assert notebook.settled()["text"].startswith("Annulé. Foyer stable")
    shots(notebook.page, "plan-cycle")


def test_the_keyboard_alone_launches(notebook):
    notebook.canvas().focus()
    before = notebook.settled()
    for key in ("m", "Shift+ArrowRight", "Shift+ArrowDown", "Enter", "m"):
        notebook.page.keyboard.press(key)
    assert launched(notebook.settled()["text"]) == launched(before["text"]) + 1


def test_a_drag_takes_a_nullcline_along(notebook, shots):
    canvas = notebook.canvas()
    number = launched(notebook.settled()["text"])
    typed = (
        notebook.page.locator(".course-explorer")
        .first.locator(".course-reglages input:visible")
        .first
    )
    before = typed.input_value()
    notebook.page.mouse.move(*place(canvas, 0.5, 0.5))
    notebook.page.mouse.down()
    notebook.page.mouse.move(*place(canvas, 0.5, 0.35), steps=12)
    notebook.page.mouse.up()
    assert launched(notebook.settled()["text"]) == number
    assert typed.input_value() != before
    shots(notebook.page, "plan-glisse")


def test_the_plane_says_its_speed(notebook, capsys):
    canvas = notebook.canvas()
    for k in range(8):
        notebook.page.mouse.click(*place(canvas, 0.1 + 0.1 * k, 0.2))
    canvas.focus()
    notebook.settled()
    measured = [
        report(
            canvas,
            ("ArrowUp", "ArrowDown"),
            "paramètre, huit trajectoires (nullclines, points, cycle)",
        ),
        report(canvas, ("ArrowRight", "ArrowLeft"), "curseur de temps"),
    ]
    load = f"charge de la machine : {os.getloadavg()[0]:.1f} pour {os.cpu_count()} cœurs"
    with capsys.disabled():
        print("", *measured, load, sep="\n  ")


def test_escape_gives_the_keyboard_back(notebook):
    canvas = notebook.canvas()
    canvas.focus()
    notebook.page.keyboard.press("?")
    notebook.page.wait_for_selector(".toile-aide:visible")
    notebook.page.keyboard.press("Escape")
    assert canvas.evaluate("(c) => document.activeElement === c")
    notebook.page.keyboard.press("Escape")
    assert not canvas.evaluate("(c) => document.activeElement === c")


def test_nothing_went_wrong_and_nothing_left_this_machine(notebook):
    """Last: what the page said and asked for during all of the above."""
    assert notebook.errors == []
    assert notebook.strangers == []
