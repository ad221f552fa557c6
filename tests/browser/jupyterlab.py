"""What a person does in JupyterLab, and what one can read of its page."""

import json
from pathlib import Path
from urllib.parse import urlsplit

STATE = """(canvas) => ({
    text: canvas.parentElement.querySelector("p").textContent,
    pixels: canvas.toDataURL(),
    picture: +canvas.dataset.picture,
})"""


class Notebook:
    """A notebook open in a page of its own; `errors` and `strangers` collect what must not happen."""

    def __init__(self, browser, server, path: Path, prepare=lambda page: None):
        self.path = path
        self.page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
        prepare(self.page)
        self.errors, self.strangers = [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        # a workspace of its own: JupyterLab would open the notebooks of the one before beside it
        here = f"/lab/workspaces/{path.stem}/tree/{path.name}"
        self.page.goto(server.url.replace("/lab/tree/index.ipynb", here))
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.page.wait_for_selector("text=/ipykernel. . (Inactif|Idle)/", timeout=60_000)

    def _console(self, message) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.strangers.append(request.url)

    def run_all(self, timeout: float) -> None:
        """Runs every cell and waits (ms) until the last one has its number."""
        self.page.click(".lm-MenuBar-itemLabel:has-text('Exécution')")
        self.page.click(".lm-Menu-item[data-command='runmenu:run-all']")
        self.page.wait_for_function(
            "() => /\\d/.test([...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].at(-1)?.textContent)",
            timeout=timeout,
        )

    def leaf_through(self, explorers: int) -> None:
        """Brings cells in sight until all explorers are there: JupyterLab shows an output when somebody comes near."""
        shown = self.page.locator(".course-explorer")
        for _ in range(10):
            for cell in self.page.locator(".jp-Notebook .jp-Cell").all()[::4]:
                cell.evaluate("(c) => c.scrollIntoView()")
                self.page.wait_for_timeout(20)
            if shown.count() >= explorers:
                break
            self.page.wait_for_timeout(1000)
        assert shown.count() == explorers

    def failures(self) -> list[str]:
        """The errors that the saved file keeps among its outputs."""
        cells = json.loads(self.path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        return [output["ename"] for output in outputs if output["output_type"] == "error"]

    def canvas(self):
        """The first canvas, in sight and drawn."""
        self.page.locator(".course-explorer").first.evaluate("(e) => e.scrollIntoView()")
        self.page.wait_for_selector(".toile canvas[data-picture]", timeout=60_000)
        self.page.locator(".course-explorer").first.evaluate("(e) => e.scrollIntoView()")
        return self.page.locator(".toile canvas").first

    def settled(self, canvas=None) -> dict:
        """The state of a canvas, the first one by default, once no picture has come for half a second."""
        read = canvas.evaluate if canvas else self.page.locator(".toile canvas").first.evaluate
        state, still = read(STATE), 0
        for _ in range(600):
            self.page.wait_for_timeout(100)
            before, state = state, read(STATE)
            still = still + 1 if state["picture"] == before["picture"] else 0
            if still == 5:
                return state
        raise AssertionError(f"the canvas is never still: picture {state['picture']}, « {state['text']} »")

    def saved(self) -> list[tuple[str, str, str]]:
        """The cells (id, type, source) of the file, after Ctrl+S wherever the focus is."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        for _ in range(100):
            if self.path.stat().st_mtime_ns != before:
                break
            self.page.wait_for_timeout(50)
        self.page.wait_for_timeout(200)
        cells = json.loads(self.path.read_text(encoding="utf-8"))["cells"]
        return [(cell["id"], cell["cell_type"], "".join(cell["source"])) for cell in cells]
