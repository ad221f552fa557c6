"""« AlphaDigits de synthèse »: the form of Roweis' set, the same at every call, characters that can be told apart."""

import numpy as np
import pytest

from course.data import load, synthesis


@pytest.fixture(scope="module")
def drawn():
    return synthesis.draw()


def test_it_has_the_form_of_the_real_set_and_its_own_name(drawn):
    assert (drawn.name, drawn.source, drawn.extract) == ("AlphaDigits de synthèse", "synthèse", True)
    assert drawn.shape == (20, 16)
    assert drawn.classes == tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    y = np.r_[drawn.y_train, drawn.y_test]
    assert np.bincount(y).tolist() == [39] * 36
    assert set(np.unique(drawn.x_train)) == {0, 1}


def test_the_same_characters_at_every_call(drawn):
    again = synthesis.draw()
    assert np.array_equal(again.x_train, drawn.x_train)
    assert np.array_equal(again.y_test, drawn.y_test)


def test_no_two_characters_are_the_same_and_none_is_empty(drawn):
    x = np.r_[drawn.x_train, drawn.x_test]
    assert len(np.unique(x, axis=0)) > 0.99 * len(x)
    assert x.sum(axis=1).min() >= 20  # an I of one pixel's width
    assert x.mean() < 0.6


def test_a_letter_is_upright(drawn):
    """A T has its bar at the top, an L at the bottom, a J turns left: no image is upside down or mirrored."""

    def mean(letter):
        return drawn.images()[drawn.y_train == drawn.classes.index(letter)].mean(axis=0)

    assert mean("T")[:5].sum() > 1.5 * mean("T")[-5:].sum()
    assert mean("L")[-5:].sum() > 1.5 * mean("L")[:5].sum()
    assert mean("L")[:, :8].sum() > 1.5 * mean("L")[:, 8:].sum()
    assert mean("J")[:10, 8:].sum() > 1.5 * mean("J")[:10, :8].sum()


def test_the_nearest_neighbour_tells_the_characters_apart(drawn):
    product = drawn.x_test @ drawn.x_train.T
    lengths = np.linalg.norm(drawn.x_train, axis=1)
    found = drawn.y_train[(product / lengths).argmax(axis=1)]
    assert (found == drawn.y_test).mean() > 0.8  # 0.70 on Roweis' own, whose letters vary more


def test_it_takes_the_place_of_the_real_set_and_says_so(capsys):
    data = load("alphadigits", subset=(100, 50))
    assert data.name == "AlphaDigits de synthèse"
    assert (len(data.x_train), len(data.x_test)) == (100, 50)
    said = capsys.readouterr().out
    assert "AlphaDigits n'est pas ici (pas de connexion)\u00a0: «\u00a0AlphaDigits de synthèse\u00a0»" in said
    assert "course donnees --telecharger alphadigits" in said
