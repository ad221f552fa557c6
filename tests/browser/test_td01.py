"""TD01's lab as a student opens it: the explorer answers the keyboard, and the notebook stays as it is."""

import os
import string

import pytest

from tests.browser.jupyterlab import Notebook
from tests.browser.speed import report

# every letter twice (D D deletes a cell in command mode), then what else JupyterLab listens to
KEYS = [
    *(letter for letter in string.ascii_lowercase for _ in range(2)),
    *(f"Shift+{letter.upper()}" for letter in string.ascii_lowercase),
    *string.digits, " ", "Enter", "Shift+Enter", "Control+Enter", "Alt+Enter", "Delete", "Backspace",
    "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown",
    "Shift+ArrowLeft", "Shift+ArrowRight", "Home", "End", "PageUp", "PageDown", "Insert",
    "Control+x", "Control+v", "Control+Shift+ArrowUp", "Control+Shift+ArrowDown", "Control+z",
    ",", ";", ":", "!", "<", "+", "-", "*", "/", "?", "?",
]  # fmt: skip


@pytest.fixture(scope="module")
def notebook(chromium, lab):
    """TD01's lab, every cell run."""
    opened = Notebook(chromium, lab.server, lab.folder / "TD01_hodgkin_huxley.ipynb")
    opened.run_all(timeout=180_000)
    yield opened
    opened.page.close()


def test_a_slider_moved_by_keyboard_changes_pixels_and_description(notebook, shots):
    notebook.canvas()
    before = notebook.settled()
    shots(notebook.page, "explorateur")
    slider = notebook.page.locator(".course-large .noUi-target").first.bounding_box()
    assert slider["width"] > 400, "a tenth of the current is within a hand's reach"
    notebook.page.locator(".course-explorer .noUi-handle").first.focus()
    for _ in range(6):
        notebook.page.keyboard.press("ArrowLeft")
    after = notebook.settled()
    assert after["picture"] > before["picture"]
    assert after["text"] != before["text"]
    assert after["pixels"] != before["pixels"]
    typed = notebook.page.locator(".course-reglages input").first
    assert typed.input_value() == "9,4"


def test_a_number_typed_with_a_comma(notebook):
    notebook.canvas()
    typed = notebook.page.locator(".course-reglages input").first
    typed.fill("6,25")
    typed.press("Enter")
    text = notebook.settled()["text"]
    assert "I = 6,2" in text or "I = 6,3" in text
    assert typed.input_value() == "6,25"


def test_the_canvas_answers_and_says_its_speed(notebook, shots, capsys):
    canvas = notebook.canvas()
    canvas.focus()
    before = notebook.settled()
    notebook.page.keyboard.press("p")
    for _ in range(8):
        notebook.page.keyboard.press("Shift+ArrowUp")
        notebook.page.keyboard.press("ArrowRight")
    after = notebook.settled()
    assert after["text"] != before["text"]
    assert after["pixels"] != before["pixels"]
    shots(notebook.page, "explorateur-compare")
    measured = [
        report(canvas, ("ArrowUp", "ArrowDown"), "courant (une simulation par image)"),
        report(canvas, ("ArrowRight", "ArrowLeft"), "curseur de temps"),
    ]
    load = f"charge de la machine : {os.getloadavg()[0]:.1f} pour {os.cpu_count()} cœurs"
    with capsys.disabled():
        print("", *measured, load, sep="\n  ")


def test_help_covers_the_canvas_and_leaves(notebook, shots):
    canvas = notebook.canvas()
    canvas.focus()
    notebook.page.keyboard.press("?")
    notebook.page.wait_for_selector(".toile-aide:visible")
    shots(notebook.page, "explorateur-aide")
    card, seen = notebook.page.locator(".toile-aide").first.bounding_box(), canvas.bounding_box()
    assert card["y"] >= seen["y"]
    assert card["y"] + card["height"] <= seen["y"] + seen["height"], "the list of keys is seen whole"
    notebook.page.keyboard.press("Escape")
    assert not notebook.page.locator(".toile-aide").first.is_visible()
    assert canvas.evaluate("(c) => document.activeElement === c")


def test_every_key_pressed_on_the_canvas_leaves_the_notebook_unchanged(notebook):
    canvas = notebook.canvas()
    canvas.focus()
    before = notebook.saved()
    for key in KEYS:
        notebook.page.keyboard.press(key)
        assert canvas.evaluate("(c) => document.activeElement === c"), f"{key} took the focus away"
    assert notebook.saved() == before
    notebook.page.keyboard.press("Escape")
    cell = "document.activeElement.closest('.jp-Cell')?.contains(document.querySelector('.toile'))"
    assert notebook.page.evaluate(cell), "Échap gives the keyboard back to the explorer's cell"
    assert not canvas.evaluate("(c) => document.activeElement === c")
    assert notebook.saved() == before


def test_the_pointer_draws_a_current(notebook, shots):
    canvas = notebook.canvas()
    canvas.focus()
    notebook.page.locator(".course-barre select").first.select_option("Dessiné")
    before = notebook.settled()
    box = canvas.bounding_box()
    mouse = notebook.page.mouse
    mouse.move(box["x"] + 130, box["y"] + 90)
    mouse.down()
    mouse.move(box["x"] + 330, box["y"] + 40, steps=10)
    mouse.up()
    after = notebook.settled()
    assert after["text"] != before["text"]
    assert after["pixels"] != before["pixels"]
    shots(notebook.page, "explorateur-dessin")


def test_nothing_went_wrong_and_nothing_left_this_machine(notebook):
    """Last: what the page said and asked for during all of the above."""
    assert notebook.errors == []
    assert notebook.strangers == []
