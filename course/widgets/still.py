"""A fixed figure in the canvas's place, on a page that cannot draw one: it says so, and the controls make it again.

    displayed, somebody there --PATIENCE without a word of the canvas--> figure --a word of it--> canvas

All of it happens on the kernel's own loop, between two messages: no thread, nothing while a cell runs, and
nothing at all where nobody looks (tests, grading, nbclient, a script).
"""

import asyncio
import html
import io
from dataclasses import replace
from pathlib import Path

import ipywidgets as widgets
from IPython import get_ipython

from course.plot.scene import Scene
from course.widgets.controls import build

PATIENCE = 4.0  # that a free kernel waits for the canvas's first word [s]
TICK = 0.25  # between two looks at the clock [s]
BUSY = 0.1  # a look that comes so late: the kernel was at work, and has not heard the page [s]
WIDTH = 10.0  # of the figure: inches of 100 pixels on the page

SAID = (
    "Cette page ne sait pas dessiner l'explorateur\u00a0: voici une figure fixe, que les réglages et les boutons "
    "refont. La souris et les touches n'agissent pas sur elle, et le mouvement y est moins fluide. Pour l'explorateur "
    "entier, ouvrez le carnet dans JupyterLab par <code>python3 -m course</code>\u00a0; sur un serveur, demandez "
    "l'extension anywidget."
)
_CSS = Path(__file__).with_name("toile.css").read_text(encoding="utf-8")
_P = '<p style="margin: 4px 2px; font-size: 13px; line-height: 1.5">'


def attended() -> asyncio.AbstractEventLoop | None:
    """The kernel's loop where somebody is at the page: only there may a cell ask for something to be typed."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None or not kernel.get_parent().get("content", {}).get("allow_stdin"):
        return None
    return asyncio.get_running_loop()


def png(scene: Scene) -> bytes:
    """The scene as the canvas would draw it on a light page."""
    from course.plot.mpl import draw

    file = io.BytesIO()
    draw(scene, WIDTH).savefig(file, format="png")
    return file.getvalue()


class Still:
    """What an explorer shows as long as its canvas says nothing; `heard` and `doubted` tell what is known of it."""

    def __init__(self, explorer) -> None:
        self.explorer, self.able, self.shown = explorer, False, False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._free = self._next = 0.0
        self._planned = self._looking = False

    # -- whether the page can draw

    def watch(self) -> None:
        """The explorer is displayed."""
        self._loop = self._loop or attended()
        self._look_out()

    def heard(self) -> None:
        """The canvas lives, early or late: the figure leaves its place."""
        self.able = True
        if self.shown:
            self.shown = False
            self._swap(self.box, self.explorer.toile)
            self.explorer._refresh()

    def doubted(self) -> None:
        """The canvas shows nothing: its picture is on the way, or anywidget began too slowly, and is deaf for ever."""
        self.able = False
        self.explorer.toile.send({"hello": True})
        self._look_out()

    def _look_out(self) -> None:
        if self._loop is not None and not (self.able or self.shown or self._looking):
            self._looking, self._free = True, 0.0
            self._look_later()

    def _look_later(self) -> None:
        self._loop.call_later(TICK, self._look, self._loop.time() + TICK)

    def _look(self, due: float) -> None:
        self._free = 0.0 if self._loop.time() - due > BUSY else self._free + TICK
        self._looking = not self.able and self._free < PATIENCE
        if self._looking:
            self._look_later()
        elif not self.able:
            self._take()

    def _take(self) -> None:
        with self.explorer._lock:
            self._make()
            self.shown = True
            self._paint()
            self._swap(self.explorer.toile, self.box)
            self.explorer._refresh()

    # -- the figure

    def ask(self) -> bool:
        """Whether the figure stands for the canvas; it is then made again, once for all that is asked meanwhile."""
        if self.shown:
            self._loop.call_soon_threadsafe(self._plan)
        return self.shown

    def _plan(self) -> None:
        if not self._planned:
            self._planned = True
            self._loop.call_at(max(self._next, self._loop.time() + 0.02), self._paint)

    def _paint(self) -> None:
        """The figure and its words say the present state; the kernel is then left alone for as long as it took."""
        self._planned = False
        if not self.shown:
            return
        explorer, begin = self.explorer, self._loop.time()
        with explorer._lock:
            arrays = explorer.compute(**explorer.values)
            explorer.drawn, text = explorer.picture(arrays), explorer._say(arrays)
            self.row.show(explorer.values[explorer.cursor.name])
        self.row.widget.layout.display = "none" if explorer.drawn.cursor is None else ""
        self.words.value = f"{_P}{html.escape(text)}</p>"
        self.image.value = png(explorer.drawn)
        self._next = 2 * self._loop.time() - begin

    def _make(self) -> None:
        """The widgets: all of the core, with the style that the canvas would have brought."""
        explorer = self.explorer
        label = explorer.cursor.label
        cursor = replace(explorer.cursor, label=label[:1].upper() + label[1:], wide=True)
        self.row = build(cursor, explorer._set, explorer.say)
        self.image = widgets.Image(format="png", layout={
            "width": f"{100 * WIDTH:.0f}px", "max_width": "100%", "height": "auto",
        })  # fmt: skip
        self.words = widgets.HTML()
        reach = widgets.Box([self.row.widget])
        reach.add_class("course-reglages")
        said = widgets.HTML(f"<style>{_CSS}</style>{_P}<em>{SAID}</em></p>")
        self.box = widgets.VBox([said, reach, self.image, self.words])

    def _swap(self, old: widgets.Widget, new: widgets.Widget) -> None:
        explorer = self.explorer
        explorer.children = [new if child is old else child for child in explorer.children]
