"""`Toile`: a scene drawn live on a canvas, and the page's keys and pointer brought back."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from course.plot.envelope import envelope
from course.plot.scene import Image, Line, Panel, Scene
from course.plot.style import COLOURS, DASHES, ramp

_HERE = Path(__file__).parent


class Toile(anywidget.AnyWidget):
    """The canvas. `show(scene, text, number)` sends a picture; `listen(events)` receives what the page says.

    Events are dicts: {"event": "able"}, {"event": "ready"}, {"event": "size", "columns"}, {"event": "drawn", "number"},
    {"event": "key", "key", "shift"}, {"event": "pointer", "phase", "panel", "x", "y"},
    {"event": "copied", "done"}; those that happen while the kernel works come together.
    """

    _esm = (_HERE / "toile.js").read_text(encoding="utf-8")
    _css = (_HERE / "toile.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    touches = traitlets.List().tag(sync=True)
    palette = traitlets.Dict().tag(sync=True)

    def __init__(self, listen: Callable[[list[dict]], None], label: str, keys: list[tuple[str, str]]):
        palette = {"colours": COLOURS, "dashes": DASHES, "ramp": ramp()}
        super().__init__(label=label, touches=[list(pair) for pair in keys], palette=palette)
        self.columns, self.open = 1200, False
        self._parcel = Parcel()
        self.on_msg(lambda _, content, buffers: listen(content["events"]))

    def show(self, scene: Scene, text: str, number: int) -> None:
        """Sends what differs from the picture before; nothing to a page that has not opened."""
        if not self.open:
            return
        frame, arrays = self._parcel.pack(scene, self.columns)
        message = {"frame": frame, "arrays": list(arrays), "text": text, "number": number}
        self.send(message, [array.tobytes() for array in arrays.values()])

    def forget(self) -> None:
        """The page is new: the next picture is sent whole."""
        self.open = True
        self._parcel = Parcel()


class Parcel:
    """Turns scenes into messages: float32 arrays with a slot each, panels as JSON, both only when changed."""

    def __init__(self):
        self._arrays: dict[str, np.ndarray] = {}
        self._panels: dict[str, dict] = {}
        self._ready: dict[tuple, tuple] = {}

    def pack(self, scene: Scene, columns: int) -> tuple[dict, dict[str, np.ndarray]]:
        """The frame for the page, and its changed arrays by slot.

        An array object seen in the scene before is neither thinned, converted nor compared again.
        """
        arrays, ready = {}, {}
        panels = {}
        for stack, share in zip(scene.columns, scene.widths, strict=True):
            room = max(200, round(columns * share / sum(scene.widths)))
            for panel in stack:
                items = [
                    self._item(item, f"{panel.name}/{i}", room, arrays, ready)
                    for i, item in enumerate(panel.items)
                ]
                panels[panel.name] = _plain(panel) | {"items": items}
        changed = {slot: a for slot, a in arrays.items() if not _same(self._arrays.get(slot), a)}
        frame = {
            "columns": [[panel.name for panel in stack] for stack in scene.columns],
            "widths": scene.widths, "height": scene.height, "cursor": scene.cursor,
            "note": scene.note,
            "panels": {name: p for name, p in panels.items() if self._panels.get(name) != p},
        }  # fmt: skip
        self._arrays, self._panels, self._ready = arrays, panels, ready
        return frame, changed

    def _item(self, item, path: str, room: int, arrays: dict, ready: dict) -> dict:
        """The item as JSON, its arrays replaced by their slots."""
        plain = _plain(item) | {"kind": type(item).__name__.lower()}
        names = [f.name for f in fields(item) if isinstance(getattr(item, f.name), np.ndarray)]
        sources = tuple(getattr(item, name) for name in names)
        key = (*map(id, sources), room)
        # the sources are kept with the result: an id stays theirs as long as it is looked up here
        ready[key] = self._ready.get(key) or (sources, _floats(item, sources, room))
        for name, array in zip(names, ready[key][1], strict=True):
            plain[name] = f"{path}/{name}"
            arrays[plain[name]] = array
        if isinstance(item, Image):
            plain["shape"] = item.shape
        return plain


def _floats(item, sources: tuple, room: int) -> tuple:
    if isinstance(item, Line):
        sources = envelope(*sources, room)
    return tuple(np.ascontiguousarray(source, dtype=np.float32) for source in sources)


def _same(old: np.ndarray | None, new: np.ndarray) -> bool:
    return old is new or (old is not None and np.array_equal(old, new, equal_nan=True))


def _plain(value) -> dict:
    """A dataclass of the scene as JSON, without its arrays and items."""
    plain = {
        f.name: _plain(v) if is_dataclass(v) else v
        for f in fields(value)
        if not isinstance(v := getattr(value, f.name), np.ndarray) and f.name != "items"
    }
    if isinstance(value, Panel):
        plain["x"]["title"], plain["y"]["title"] = value.x.title, value.y.title
    return plain
