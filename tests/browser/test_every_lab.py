"""Each other lab as a student opens it: every cell runs without an error, every explorer draws and answers a key.

TD01 and TD02 have tests of their own, which look closer.
"""

import re
from pathlib import Path

import pytest

from tests.browser.jupyterlab import Notebook

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
CLOSER = ("TD01", "TD02")
KEYS = {"TD13_modeles_generatifs": " "}  # the settings of two adversaries act from the next batch on: one is learnt
LABS = {path.stem: path for path in sorted(SOLUTIONS.glob("TD*.py")) if path.stem[:4] not in CLOSER}


def explorers(source: str) -> int:
    """How many explorers the cells of this text show."""
    return len(re.findall(r"^explore_\w+\(", source, re.MULTILINE))


@pytest.mark.parametrize("name", LABS)
def test_the_lab_runs_and_its_explorers_answer(chromium, lab, shots, name):
    notebook = Notebook(chromium, lab.server, lab.folder / f"{name}.ipynb")
    page = notebook.page
    notebook.run_all(timeout=300_000)
    notebook.leaf_through(explorers(LABS[name].read_text(encoding="utf-8")))
    shown = page.locator(".course-explorer")
    for k in range(shown.count()):
        explorer = shown.nth(k)
        explorer.evaluate("(e) => e.scrollIntoView()")
        canvas = explorer.locator(".toile canvas[data-picture]").first
        canvas.wait_for(timeout=60_000)
        explorer.evaluate("(e) => e.scrollIntoView()")
        before = notebook.settled(canvas)
        shots(page, f"{name}-{k}")
        assert before["text"], "no words for those who do not see"
        canvas.focus()
        page.keyboard.press(KEYS.get(name, "Shift+ArrowUp"))
        page.wait_for_function("([c, n]) => +c.dataset.picture > n", arg=[canvas.element_handle(), before["picture"]])
        assert notebook.settled(canvas)["pixels"] != before["pixels"]
        shots(page, f"{name}-{k}-touche")
    notebook.saved()
    assert notebook.failures() == []
    assert notebook.errors == []
    assert notebook.strangers == []
    page.close()
