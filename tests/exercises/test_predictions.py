"""Predictions: noted before, shown beside the measure after, never in the way."""

import numpy as np
import pytest

from course.exercises import comparer, predictions, progress, pronostic


@pytest.fixture
def shown(monkeypatch):
    cards = []
    monkeypatch.setattr(predictions, "show", cards.append)
    return cards


def test_nothing_noted_never_blocks(shown):
    pronostic("01.a", impulsions_5=None, impulsions_10=None)
    comparer("01.a", impulsions_5=1, impulsions_10=np.int64(7))
    assert shown[0].word == "Pronostic à noter."
    assert shown[1].table.rows == (("impulsions 5", "1"), ("impulsions 10", "7"))


def test_the_gap_is_shown(shown):
    pronostic("01.a", n=3, rythme="6,5", pourquoi="un seuil", seuil=2.0, vide=None)
    comparer("01.a", n=7, rythme=6.25, pourquoi="Un seuil ", seuil=np.float64(2), vide=4)
    assert "Pas encore noté : vide." in shown[0].remarks
    assert shown[1].table.rows == (
        ("n", "3", "7", "+4"), ("rythme", "6,5", "6,25", "−0,25"), ("pourquoi", "un seuil", "Un seuil ", "aucun"),
        ("seuil", "2", "2", "aucun"), ("vide", "–", "4", "–"))


def test_a_prediction_may_change_until_the_measure(shown):
    pronostic("01.a", n=3)
    pronostic("01.a", n=4)
    comparer("01.a", n=7)
    pronostic("01.a", n=7)
    comparer("01.a", n=7)
    assert shown[2].table.rows == shown[4].table.rows == (("n", "4", "7", "+3"),)
    assert "reste noté : n : 4" in shown[3].sentences[0]


def test_a_measure_seen_first_leaves_the_prediction_open(shown):
    comparer("01.a", n=7)
    pronostic("01.a", n=5)
    assert progress.read()["pronostics"]["01.a"]["valeurs"] == {"n": 5}


@pytest.mark.parametrize(("name", "shown_as"), [
    ("changement_E_K", "changement E_K"), ("E_Na_mesuré", "E_Na mesuré"), ("impulsions_5", "impulsions 5"),
    ("plus_petit_taux", "plus petit taux"), ("surdité", "surdité"), ("n_0", "n_0")])
def test_a_symbol_keeps_its_underscore(shown, name, shown_as):
    comparer("01.a", **{name: 1})
    assert shown[0].table.rows[0][0] == shown_as


@pytest.mark.parametrize("value", [
    np.nan, np.inf, [1, 2.5, None], np.arange(3), (1, "a"), object(), {"a": 1}, 1j, "<b>`gras`</b>", True, lambda: 0])
def test_anything_may_be_predicted(shown, value):
    pronostic("01.a", x=value)
    comparer("01.a", x=value)
    assert progress.read()["pronostics"]["01.a"]["valeurs"]
    for card in shown:
        assert "<b>" not in card._repr_html_()
