"""The controls of an explorer: said as data, built as ipywidgets.

`build(control, change)` returns a `Row`: the widget that stands on the page and `show(value)`, which makes
it say a value. The widget calls `change(name, value)`; a typed number that cannot be read calls
`change.notice(text)` through `complain`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch

import ipywidgets as widgets

from course.plot.french import parse, short


def _always(values: dict) -> bool:
    return True


def _once(values: dict) -> float:
    return 1.0


@dataclass(frozen=True)
class Slider:
    """A number between bounds, moved by `step`, and typed in French or in English; `wide` has a row of its own.

    `finer(values)` divides the step of the arrow keys: under a magnifying glass.
    """

    name: str
    label: str
    min: float
    max: float
    step: float
    unit: str = ""
    value: float = 0.0
    shown: Callable[[dict], bool] = _always
    wide: bool = False
    finer: Callable[[dict], float] = _once

    def pace(self, values: dict) -> float:
        """How far an arrow key moves it."""
        return self.step / self.finer(values)

    @property
    def title(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def bounded(self, value: float) -> float:
        """`value` brought between the bounds, without the dust of repeated additions."""
        return round(min(self.max, max(self.min, value)), 6)

    def stepped(self, value: float) -> float:
        """The step nearest to `value`: what the slider shows, because the page would round it there."""
        return self.bounded(self.min + self.step * round((value - self.min) / self.step))


@dataclass(frozen=True)
class Notches(Slider):
    """A slider over a few texts; its value is the number of the text, from 0."""

    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, label: str, texts: list[str], value: int = 0, **more) -> "Notches":
        return cls(name, label, 0, len(texts) - 1, 1, value=value, texts=tuple(texts), **more)

    def bounded(self, value: float) -> int:
        return round(super().bounded(value))


@dataclass(frozen=True)
class Choice:
    """One of a few (French text, value); `key` goes to the next one."""

    name: str
    label: str
    options: tuple[tuple[str, object], ...]
    value: object
    key: str = ""
    shown: Callable[[dict], bool] = _always

    def after(self, value: object) -> object:
        """The option that follows `value`, the first one after the last."""
        values = [option for _, option in self.options]
        return values[(values.index(value) + 1) % len(values)]


@dataclass(frozen=True)
class Switch:
    """Yes or no; `key` turns it."""

    name: str
    label: str
    value: bool = False
    key: str = ""
    shown: Callable[[dict], bool] = _always

    def after(self, value: bool) -> bool:
        return not value


Control = Slider | Choice | Switch


@dataclass(frozen=True)
class Verb:
    """Something one does: a button (when `label`), a key, and `act(values) -> changes`.

    `said` is told when it is done, `idle` when it changes nothing.
    """

    key: str
    meaning: str
    act: Callable[[dict], dict]
    label: str = ""
    said: str = ""
    idle: str = ""
    shown: Callable[[dict], bool] = _always


@dataclass(frozen=True)
class Row:
    """A built control: the widget on the page, and how to make it say a value."""

    widget: widgets.Widget
    show: Callable[[object], None]


@singledispatch
def build(control: Control, change: Callable, complain: Callable[[str], None]) -> Row:
    """The ipywidget of a control; `change(name, value)` hears it, `complain(text)` its refusals."""
    raise TypeError(f"un réglage est attendu, reçu {type(control).__name__}")


@build.register
def _(control: Slider, change, complain) -> Row:
    slider = widgets.FloatSlider(
        value=control.value, min=control.min, max=control.max, step=control.step,
        description=control.title, readout=False, style={"description_width": "initial"},
        layout={"flex": "1 1 auto", "width": "auto", "min_width": "0"},
    )  # fmt: skip
    typed = widgets.Text(
        value=short(control.value), continuous_update=False, tooltip=control.title,
        layout={"width": "50px", "flex": "0 0 50px"},
    )  # fmt: skip
    shown = control.value

    def show(value: float) -> None:
        nonlocal shown
        shown = value
        if control.stepped(slider.value) != control.stepped(value):  # a slider being dragged is left alone
            slider.value = control.stepped(value)
        typed.value = short(value)

    def slide(event) -> None:
        value = control.stepped(event.new)  # the page says 9.500000000000004
        if value != control.stepped(shown):
            change(control.name, value)

    def read(event) -> None:
        if event.new == short(shown):
            return
        try:
            change(control.name, control.bounded(parse(event.new)))
        except ValueError as error:
            complain(str(error))
        typed.value = short(shown)

    slider.observe(slide, "value")
    typed.observe(read, "value")
    row = widgets.HBox([slider, typed])
    if control.wide:
        row.add_class("course-large")
    return Row(row, show)


@build.register
def _(control: Notches, change, complain) -> Row:
    slider = widgets.SelectionSlider(
        options=[(text, k) for k, text in enumerate(control.texts)], value=control.value, description=control.title,
        style={"description_width": "initial"}, layout={"flex": "1 1 auto", "width": "auto", "min_width": "0"},
    )  # fmt: skip
    slider.observe(lambda event: change(control.name, event.new), "value")
    return Row(widgets.HBox([slider]), lambda value: setattr(slider, "value", value))


@build.register
def _(control: Choice, change, complain) -> Row:
    menu = widgets.Dropdown(
        options=control.options, value=control.value, description=control.label,
        style={"description_width": "initial"}, layout={"width": "auto"},
    )  # fmt: skip
    menu.observe(lambda event: change(control.name, event.new), "value")
    return Row(menu, lambda value: setattr(menu, "value", value))


@build.register
def _(control: Switch, change, complain) -> Row:
    box = widgets.Checkbox(
        value=control.value, description=control.label, indent=False, layout={"width": "auto"}
    )
    box.observe(lambda event: change(control.name, event.new), "value")
    return Row(box, lambda value: setattr(box, "value", value))
