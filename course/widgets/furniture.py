"""Where the controls of an explorer stand on the page, and the list of its keys."""

from collections.abc import Callable

import ipywidgets as widgets

from course.widgets.controls import Choice, Control, Row, Slider, Switch, Verb

NAMES = {
    "Enter": "Entrée", " ": "Espace", "Delete": "Suppr", "Backspace": "Retour arrière",
}  # fmt: skip


def button(verb: Verb, do: Callable[[Verb], None]) -> widgets.Button:
    """« Annuler », with its key and its meaning in the tooltip."""
    made = widgets.Button(
        description=verb.label,
        tooltip=f"{verb.meaning.capitalize()} (touche {key_name(verb.key)})",
        layout={"width": "auto"},
    )
    made.on_click(lambda _: do(verb))
    return made


def bar(
    controls: dict[str, Control], rows: dict[str, Row], buttons: dict[str, widgets.Button]
) -> widgets.Widget:
    """Choices and switches on the left, buttons on the right; it wraps where the page is narrow."""
    left = [rows[name].widget for name, c in controls.items() if isinstance(c, Choice | Switch)]
    box = widgets.Box([widgets.Box(left), widgets.Box(list(buttons.values()))])
    box.add_class("course-barre")
    return box


def grid(controls: dict[str, Control], rows: dict[str, Row]) -> widgets.Widget:
    """The sliders, as many to a row as the page allows."""
    box = widgets.Box([rows[name].widget for name, c in controls.items() if isinstance(c, Slider)])
    box.add_class("course-reglages")
    return box


class Listing(widgets.Textarea):
    """A text to copy, hidden until it is asked for."""

    def __init__(self) -> None:
        super().__init__(layout={"display": "none", "width": "auto"})
        self.add_class("course-code")

    def turn(self, text: str) -> bool:
        """Shows the text, or hides it where it is shown already; says which."""
        shown = self.layout.display == "" and self.value == text
        self.value, self.rows = text, text.count("\n") + 1
        self.layout.display = "none" if shown else ""
        return not shown


def key_name(key: str) -> str:
    """« Espace », « Entrée », « P »."""
    return NAMES.get(key, key.upper())


def keys(controls: dict[str, Control], cursor: Slider, verbs: list[Verb]) -> list[tuple[str, str]]:
    """What « ? » shows: each key and what it does."""
    return [
        ("← →", f"déplacer {cursor.label} (Maj\u00a0: dix fois plus vite)"),
        ("Début, Fin", f"porter {cursor.label} au début, à la fin"),
        ("↑ ↓", "changer le réglage choisi, marqué d'un trait (Maj\u00a0: dix fois plus)"),
        *((key_name(verb.key), verb.meaning) for verb in verbs),
        *(
            (key_name(c.key), c.label if isinstance(c, Switch) else f"{c.label}\u00a0: suivant")
            for c in controls.values()
            if isinstance(c, Choice | Switch) and c.key
        ),
        ("Échap", "rendre le clavier au carnet"),
    ]
