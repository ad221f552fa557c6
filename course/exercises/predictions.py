"""A prediction noted before the result, and shown again beside it."""

import re
from numbers import Real
from typing import Any

import numpy as np

from course.exercises import progress
from course.exercises.card import Card, plain, show
from course.exercises.french import number
from course.exercises.verdict import Table

COLOR = "#1976d2"


def pronostic(id: str, **values: object) -> None:
    """Note a prediction; None means « nothing yet » and never blocks.

    `pronostic("01.a", impulsions_5=None, impulsions_10=None)`

    The first prediction stays once the measure is known: `comparer` shows that one.
    """
    noted = {name: _kept(x) for name, x in values.items() if x is not None}
    if not noted:
        return show(
            _card(
                id,
                "Pronostic à noter.",
                [
                    "Remplacez `None` par votre pronostic, puis exécutez de nouveau la cellule. "
                    "Rien n'est noté, rien ne bloque."
                ],
            )
        )
    entry = progress.read()["pronostics"].get(id, {})
    if entry.get("mesures") and entry.get("valeurs"):
        kept = ", ".join(f"{_label(name)} : {_shown(x)}" for name, x in entry["valeurs"].items())
        return show(_card(id, "Pronostic déjà comparé.", [f"Le résultat est connu ; reste noté : {kept}."]))
    notice = progress.update(
        lambda data: data["pronostics"].setdefault(id, {}).update(valeurs=noted, date=progress.now())
    )
    said = ", ".join(f"{_label(name)} : {_shown(x)}" for name, x in noted.items())
    left = [_label(name) for name, x in values.items() if x is None]
    remarks = [f"Pas encore noté : {', '.join(left)}."] if left else []
    return show(_card(id, "Pronostic noté.", [f"{said}."], remarks=[*remarks, *([notice] if notice else [])]))


def comparer(id: str, **measured: object) -> None:
    """Show prediction, measure and gap side by side; the measure alone when nothing was noted."""
    measures = {name: _kept(x) for name, x in measured.items()}
    predicted = progress.read()["pronostics"].get(id, {}).get("valeurs", {})
    notice = progress.update(
        lambda data: data["pronostics"].setdefault(id, {}).update(mesures=measures, date=progress.now())
    )
    remarks = [notice] if notice else []
    if not any(name in predicted for name in measures):
        table = Table(("", "mesuré"), tuple((_label(name), _shown(x)) for name, x in measures.items()))
        return show(
            _card(id, "Mesure.", ["Aucun pronostic n'était noté : voici la mesure seule."], table, remarks)
        )
    rows = tuple(
        (_label(name), _shown(predicted.get(name)), _shown(x), _gap(predicted.get(name), x))
        for name, x in measures.items()
    )
    return show(
        _card(id, "Pronostic et mesure.", [], Table(("", "pronostic", "mesuré", "écart"), rows), remarks)
    )


def _card(
    id: str, word: str, sentences: list[str], table: Table | None = None, remarks: list[str] | None = None
) -> Card:
    return Card("◇", word, f"Pronostic {id}", COLOR, sentences, table, remarks=remarks or [])


def _gap(predicted: Any, measured: Any) -> str:
    a, b = _number(predicted), _number(measured)
    if a is not None and b is not None:
        if a == b:
            return "aucun"
        return ("+" if b > a else "") + number(b - a)
    if predicted is None:
        return "–"
    return "aucun" if _text(predicted) == _text(measured) else "différent"


def _number(x: Any) -> float | None:
    """A number, also typed as a text with a decimal comma."""
    if isinstance(x, Real) and not isinstance(x, bool):
        return float(x)
    if isinstance(x, str):
        try:
            return float(x.strip().replace(",", ".").replace("−", "-"))
        except ValueError:
            return None
    return None


def _kept(x: object) -> Any:
    """What JSON can hold of a prediction."""
    if isinstance(x, np.generic) or (isinstance(x, np.ndarray) and x.ndim == 0):
        x = x.item()
    if isinstance(x, (np.ndarray, list, tuple)):
        return [_kept(y) for y in x]
    if isinstance(x, (bool, int, str)) or x is None:
        return x
    if isinstance(x, float):
        return x if np.isfinite(x) else str(x)
    return str(x)


def _shown(x: Any) -> str:
    if x is None:
        return "–"
    if isinstance(x, (bool, int, float)):
        return number(x)
    if isinstance(x, list):
        return " ; ".join(_shown(y) for y in x[:6]) + (" ; …" if len(x) > 6 else "")
    return plain(str(x))[:80]


def _text(x: Any) -> str:
    return _shown(x).strip().casefold()


def _label(name: str) -> str:
    """« changement E_K » of `changement_E_K`: the index of a symbol, after one letter, keeps its underscore."""
    return re.sub(r"(?<=[^\W_]{2})_|(?<![^\W_])_|_(?=[^\W_]{4})", " ", name)
