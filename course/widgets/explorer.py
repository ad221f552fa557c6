"""An explorer: controls, three pure functions, and one state that every verb changes.

    controls --change--> values --compute--> arrays --scene--> canvas
                                                    `-describe-> the sentence below it

`values` is a flat dict of plain values; buttons, sliders, keys and pointer all end in `change`, so undoing
is taking the dict before. Nothing is computed for a picture that nobody will see (`Latest`), and one lock
keeps the three functions single-threaded even where callbacks arrive on several threads.
"""

import threading
from collections.abc import Callable

import ipywidgets as widgets

from course.plot.scene import Scene
from course.widgets.controls import Choice, Control, Slider, Switch, Verb, build
from course.widgets.furniture import Listing, bar, button, grid, keys
from course.widgets.history import History
from course.widgets.latest import Latest
from course.widgets.still import Still
from course.widgets.stroke import Stroke, followed
from course.widgets.toile import Toile

SIGNS = {"ArrowLeft": -1, "ArrowRight": 1, "ArrowDown": -1, "ArrowUp": 1}


class Explorer(widgets.VBox):
    """The widget that every `explore_x()` returns.

    Args:
        label: what a screen reader says on entering the canvas.
        controls: what is adjusted, in reading order; the first slider is the selected one.
        cursor: the abscissa that ← → and the pointer move; it has no widget of its own.
        compute: `compute(**values) -> arrays`, pure, cached where it costs.
        scene: `scene(arrays) -> Scene`, pure.
        describe: `describe(arrays) -> str`, one to three French sentences, pure.
        code: `code(values) -> str`, the Python text that reproduces the state.
        verbs: what else one does.
        pen: `pen(values, stroke) -> changes`, for the panels that have a pen.
        arrows: `arrows(values)` names the sliders that ← → and ↑ ↓ move instead of the cursor and the
            selected slider, or says None; "" in a place leaves that one as it is.
        apart: the values that undoing leaves where they are, beside the cursor.
        more: values that no control shows.
        settle: `settle(values) -> values` puts values that depend on each other in agreement.
        wait: returns when what `compute` has left to another thread has come.
    """

    def __init__(
        self, *, label: str, controls: list[Control], cursor: Slider, compute: Callable[..., dict],
        scene: Callable[[dict], Scene], describe: Callable[[dict], str], code: Callable[[dict], str],
        verbs: list[Verb] = (), pen: Callable[[dict, Stroke], dict] | None = None,
        arrows: Callable[[dict], tuple[str, str] | None] = lambda values: None,
        apart: tuple[str, ...] = (), more: dict | None = None, settle: Callable[[dict], dict] = dict,
        wait: Callable[[], None] | None = None,
    ):  # fmt: skip
        self.controls, self.cursor = {control.name: control for control in controls}, cursor
        self.compute, self.picture, self.describe, self.pen = compute, scene, describe, pen
        self.code, self.arrows, self.wait = code, arrows, wait
        self.verbs = [
            *verbs,
            Verb("z", "annuler", lambda _: self.undo(), "Annuler"),
            Verb("c", "copier le code Python de cet état", lambda _: self.copy(), "Copier le code"),
            Verb("r", "choisir le réglage suivant (Maj\u00a0: le précédent)", lambda _: self.select(1)),
            Verb("?", "montrer ou cacher cette aide", lambda _: self.help(), "Aide",
                 shown=lambda _: not self.still.shown),
        ]
        start = {control.name: control.value for control in (*controls, cursor)}
        self.state = History(start | (more or {}), cursor.name, *apart, settle=settle)
        self.selected = self._sliders()[0].name
        self.notice = ""
        self._stroke = None
        self._lock = threading.RLock()
        self._latest, self.still = Latest(self._draw), Still(self)
        self.rows = {c.name: build(c, self._set, self.say) for c in controls}
        self.buttons = {v.label: button(v, self.do) for v in self.verbs if v.label}
        self.toile = Toile(self.listen, label, keys(self.controls, cursor, self.verbs))
        self.listing = Listing()
        top = bar(self.controls, self.rows, self.buttons), grid(self.controls, self.rows)
        super().__init__([*top, self.toile, self.listing])
        self.add_class("course-explorer")
        self._show("")

    # -- what it shows

    def __repr__(self) -> str:
        """What a page without a kernel shows of it."""
        return self.text

    def _repr_mimebundle_(self, **kwargs) -> dict:
        """Somebody may be looking; a page without widgets has the whole sentence."""
        self.still.watch()
        return super()._repr_mimebundle_(**kwargs) | {"text/plain": repr(self)}

    @property
    def values(self) -> dict:
        return self.state.values

    @property
    def scene(self) -> Scene:
        """The scene of the present state, drawn or not yet."""
        arrays = self._whole()
        with self._lock:
            return self.picture(arrays)

    @property
    def text(self) -> str:
        """The sentence of the present state."""
        arrays = self._whole()
        with self._lock:
            return self._say(arrays)

    def _whole(self) -> dict:
        """The arrays of the present state, nothing missing."""
        if self.wait:
            with self._lock:
                self.compute(**self.values)
            self.wait()  # without the lock: what comes is drawn
        with self._lock:
            return self.compute(**self.values)

    def _say(self, arrays: dict) -> str:
        return " ".join(filter(None, (self.notice, self.describe(arrays))))

    def _draw(self, number: int) -> None:
        """The canvas, or the figure in its place, says the present state."""
        with self._lock:
            if self.still.ask():
                return
            arrays = self.compute(**self.values)
            self.drawn = self.picture(arrays)
            self.toile.show(self.drawn, self._say(arrays), number)

    def _refresh(self) -> None:
        """The controls say the present state."""
        for name, control in self.controls.items():
            row, chosen = self.rows[name], name == self.selected
            row.show(self.values[name])
            row.widget.layout.display = "" if control.shown(self.values) else "none"
            (row.widget.add_class if chosen else row.widget.remove_class)("course-choisi")
        for verb in self.verbs:
            if verb.label:
                self.buttons[verb.label].layout.display = "" if verb.shown(self.values) else "none"

    def _show(self, notice: str) -> None:
        """The state or the notice has changed."""
        self.notice = notice
        if self.selected not in [slider.name for slider in self._sliders()]:
            self.selected = self._sliders()[0].name
        if not self._latest.held:
            self._refresh()
        self._latest.request()

    def _sliders(self) -> list[Slider]:
        found = (c for c in self.controls.values() if isinstance(c, Slider))
        return [slider for slider in found if slider.shown(self.values)]

    # -- what one does

    def change(self, changes: dict, kind: str, notice: str = "") -> None:
        """Every verb ends here: the values, the widgets that show them, then a picture."""
        with self._lock:
            if self.state.change(changes, kind) or notice:
                self._show(notice)

    def undo(self) -> None:
        """Back to the values before the last change; the cursor stays where it is."""
        with self._lock:
            self._show("Annulé." if self.state.undo() else "Rien à annuler.")

    def say(self, notice: str) -> None:
        """One sentence before the description, until the next change."""
        self.change({}, "", notice)

    def copy(self) -> None:
        """Shows the Python text of this state and puts it in the clipboard; once more hides it."""
        text = self.code(self.values)
        if self.listing.turn(text):
            self.toile.send({"copy": text})
            if self.still.shown:
                self.say("Copiez le code ci-dessous.")

    def help(self) -> None:
        """Shows the list of the keys over the canvas, or hides it."""
        self.toile.send({"help": True})

    def redraw(self) -> None:
        """What is drawn beside the values has changed: a long computation has ended."""
        with self._lock:
            self._latest.request()

    def select(self, step: int) -> None:
        """The slider that ↑ ↓ move becomes the next visible one."""
        names = [slider.name for slider in self._sliders()]
        self.selected = names[(names.index(self.selected) + step) % len(names)]
        self._show(f"Réglage choisi\u00a0: {self.controls[self.selected].title}.")

    def do(self, verb: Verb) -> None:
        """A button or a letter. A verb of the explorer itself returns nothing: it has done its work."""
        changes = verb.act(self.values)
        if changes is not None:
            with self._lock:
                changed = self.state.change(changes, verb.meaning)
                self._show(verb.said if changed else verb.idle)

    # -- what the page says

    def listen(self, events: list[dict]) -> None:
        """What the canvas says (see `Toile`); one picture answers it all."""
        with self._lock, self._latest.together():
            for event in events:
                self._event(event)
            self._refresh()

    def _event(self, event: dict) -> None:
        match event["event"]:
            case "able":
                self.still.heard()
            case "ready":
                self.still.heard()
                self.toile.forget()
                self._latest.ready()
                self._latest.request()
            case "drawn":
                (self.still.heard if event["number"] else self.still.doubted)()
                self._latest.answered(event["number"])
            case "size":
                self.toile.columns = event["columns"]
                self._latest.request()
            case "key":
                self.press(event["key"], event["shift"])
            case "pointer":
                self.point(event)
            case "copied":
                self.say("Code copié." if event["done"] else "Copiez le code ci-dessous.")

    def press(self, key: str, shift: bool = False) -> None:
        """A key on the canvas."""
        times = 10 if shift else 1
        letter = key.lower() if len(key) == 1 else key
        if key in SIGNS:
            across, upwards = self.arrows(self.values) or ("", "")
            lying = key in ("ArrowLeft", "ArrowRight")
            name = (across or self.cursor.name) if lying else (upwards or self.selected)
            slider = self.controls.get(name, self.cursor)
            value = self.values[slider.name] + SIGNS[key] * times * slider.pace(self.values)
            return self._set(slider.name, slider.bounded(value))
        if key in ("Home", "End"):
            return self._set(self.cursor.name, self.cursor.min if key == "Home" else self.cursor.max)
        if letter == "r":
            return self.select(-1 if shift else 1)
        for verb in self.verbs:
            if verb.key == letter and verb.shown(self.values):
                return self.do(verb)
        for control in self.controls.values():
            if isinstance(control, Choice | Switch) and control.key == letter:
                return self._set(control.name, control.after(self.values[control.name]))
        return None

    def point(self, event: dict) -> None:
        """The pointer, in data coordinates: it draws where there is a pen, else moves the cursor."""
        self._stroke = followed(self._stroke, event, self.values)
        panel = self.drawn.panel(event["panel"])
        if panel.pen and self.pen:
            self.change(self.pen(self.values, self._stroke), f"trait {self._stroke.number}")
        elif panel.follows:
            self._set(self.cursor.name, self.cursor.bounded(event["x"]))

    def _set(self, name: str, value: object) -> None:
        self.change({name: value}, name)
