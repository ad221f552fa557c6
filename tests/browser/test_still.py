"""A page without anywidget: a fixed figure comes, the controls change it; a canvas that comes late takes its place."""

import nbformat
import pytest

from course.widgets.still import PATIENCE
from tests.browser.jupyterlab import Notebook

EXTENSION = "**/lab/extensions/anywidget/**"
# what the canvases say is kept back until `release()`
LATE = """
    const send = WebSocket.prototype.send, kept = [];
    let open = false;
    WebSocket.prototype.send = function (data) {
        const text = typeof data === "string" ? data : new TextDecoder().decode(data);
        if (open || !text.includes('"events":[')) send.call(this, data);
        else kept.push([this, data]);
    };
    window.release = () => { open = true; for (const [socket, data] of kept) send.call(socket, data); };
"""
# anywidget begins so late (from 2 s on) that it never hears the kernel: it has a canvas, which stays empty
DEAF = """
    const make = URL.createObjectURL, late = "await new Promise((done) => setTimeout(done, 3000));\\n";
    URL.createObjectURL = (blob) => make(
        blob.type === "text/javascript" ? new Blob([late, blob], { type: blob.type }) : blob);
"""
FIGURE = ".course-explorer img.widget-image"
SOURCE = "from course.widgets import explore_hodgkin_huxley\n\nexplore_hodgkin_huxley()"


@pytest.fixture
def opened(chromium, lab):
    """`opened(name, prepare)`: a notebook of one explorer, run on a page that was prepared."""
    notebooks = []

    def make(name, prepare):
        path = lab.folder / f"{name}.ipynb"
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)], metadata=kernel), path)
        notebooks.append(Notebook(chromium, lab.server, path, prepare))
        notebooks[0].run_all(timeout=120_000)
        return notebooks[0]

    yield make
    for notebook in notebooks:
        notebook.page.close()


def picture(notebook) -> str:
    """The figure that the page shows, once it is whole."""
    read = "([img]) => img?.complete && img.naturalWidth > 0 && img.src"
    notebook.page.wait_for_selector(FIGURE, timeout=60_000)
    return notebook.page.wait_for_function(f"() => ({read})(document.querySelectorAll('{FIGURE}'))").json_value()


def test_without_its_javascript_a_figure_follows_the_sliders(opened, shots):
    notebook = opened("sans_anywidget", lambda page: page.route(EXTENSION, lambda route: route.abort()))
    page = notebook.page
    before = picture(notebook)
    shots(page, "figure-fixe")
    text = page.locator(".course-explorer").inner_text()
    assert "voici une figure fixe" in text
    assert "I = 10" in text
    assert page.locator(".course-explorer canvas").count() == 0
    assert page.locator(".course-explorer .jupyter-widgets-error-widget").count() == 0
    page.locator(".course-explorer .noUi-handle").first.focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"(old) => document.querySelector('{FIGURE}').src !== old", arg=before, timeout=30_000)
    page.wait_for_function("() => /I = 9,4/.test(document.querySelector('.course-explorer').innerText)")
    shots(page, "figure-fixe-9,4")


def test_a_canvas_that_comes_late_takes_its_place(opened, shots):
    notebook = opened("lent", lambda page: page.add_init_script(LATE))
    page = notebook.page
    picture(notebook)
    page.evaluate("() => window.release()")
    canvas = notebook.canvas()
    assert "I = 10" in notebook.settled()["text"]
    assert page.locator(FIGURE).count() == 0
    assert "figure fixe" not in page.locator(".course-explorer").inner_text()
    before = notebook.settled()
    canvas.focus()
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function("([c, n]) => +c.dataset.picture > n", arg=[canvas.element_handle(), before["picture"]])
    assert notebook.settled()["pixels"] != before["pixels"]
    shots(page, "figure-partie")
    assert notebook.errors == []
    assert notebook.strangers == []


def test_a_canvas_that_stays_empty_is_given_up(opened, shots):
    notebook = opened("sourd", lambda page: page.add_init_script(DEAF))
    notebook.page.wait_for_selector(".course-explorer canvas", timeout=60_000)
    picture(notebook)
    assert notebook.page.locator(".course-explorer canvas").count() == 0
    shots(notebook.page, "figure-sourd")


def test_a_canvas_in_time_sees_no_figure(opened):
    notebook = opened("normal", lambda page: None)
    notebook.canvas()
    notebook.page.wait_for_timeout(1000 * (PATIENCE + 3))
    assert notebook.page.locator(FIGURE).count() == 0
    assert notebook.page.locator(".toile canvas").count() == 1
    assert notebook.errors == []
