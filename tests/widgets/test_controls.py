"""The real ipywidgets: what is typed, dragged, chosen, and what they show in return."""

from dataclasses import replace

import pytest

from course.widgets.controls import Choice, Notches, Slider, Switch, build

I = Slider("I", "Courant I", -20, 100, 0.5, "µA/cm²", 10)


class Heard:
    """Keeps what a row says, and shows the value back as an explorer does."""

    def __init__(self, control):
        self.changes, self.complaints = [], []
        self.row = build(control, self.change, self.complaints.append)

    def change(self, name, value):
        self.changes.append((name, value))
        self.row.show(value)


@pytest.fixture
def heard():
    return Heard(I)


@pytest.mark.parametrize("text", ["0,5", "0.5", " 0,50 "])
def test_a_typed_comma_is_a_decimal_comma(heard, text):
    slider, typed = heard.row.widget.children
    typed.value = text
    assert heard.changes == [("I", 0.5)]
    assert slider.value == 0.5
    assert typed.value == "0,5"


def test_a_value_between_two_steps_is_kept_exactly(heard):
    slider, typed = heard.row.widget.children
    typed.value = "6,2"
    assert heard.changes == [("I", 6.2)]
    assert (slider.value, typed.value) == (6.0, "6,2")


def test_what_is_no_number_is_said_and_put_back(heard):
    slider, typed = heard.row.widget.children
    typed.value = "dix"
    assert heard.changes == []
    assert "dix" in heard.complaints[0]
    assert (slider.value, typed.value) == (10, "10")


def test_a_number_out_of_bounds_is_brought_back(heard):
    typed = heard.row.widget.children[1]
    typed.value = "1000"
    assert heard.changes == [("I", 100)]
    assert typed.value == "100"


def test_the_dust_of_the_page_is_swept_and_the_slider_left_alone(heard):
    """The page says 9.500000000000004; writing 9.5 back would fight with the hand that moves it."""
    slider, typed = heard.row.widget.children
    slider.value = 9.500000000000004
    assert heard.changes == [("I", 9.5)]
    assert typed.value == "9,5"
    assert slider.value == 9.500000000000004


def test_choice_and_switch():
    choice = Choice("T", "Durée", (("20 ms", 20), ("50 ms", 50)), 50)
    heard = Heard(choice)
    heard.row.widget.value = 20
    assert heard.changes == [("T", 20)]
    assert (choice.after(20), choice.after(50)) == (50, 20)
    switch = Heard(Switch("ttx", "Bloquer Na (TTX)"))
    switch.row.widget.value = True
    assert switch.changes == [("ttx", True)]


@pytest.mark.parametrize("wide", [True, False])
def test_a_wide_slider_asks_for_a_row_of_its_own(wide):
    row = Heard(replace(I, wide=wide)).row
    assert ("course-large" in row.widget._dom_classes) is wide


def test_an_unknown_control_is_refused():
    with pytest.raises(TypeError, match="un réglage est attendu, reçu str"):
        build("I", print, print)


def test_a_slider_with_notches_says_texts_and_means_their_numbers():
    beta = Notches.of("beta", "β", ["0,25", "1", "4"], 1)
    heard = Heard(beta)
    (slider,) = heard.row.widget.children
    assert (slider.value, [text for text, _ in slider.options]) == (1, ["0,25", "1", "4"])
    slider.value = 2
    assert heard.changes == [("beta", 2)]
    heard.row.show(0)
    assert slider.label == "0,25"
    assert (beta.bounded(7.0), beta.bounded(-1)) == (2, 0)
