"""Numbers as a French reader writes and types them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.plot.french import MINUS, NBSP, count, decimal, parse, quantity, short


@pytest.mark.parametrize("text", ["0,5", "0.5", " 0,5 ", ",5", "5e-1", "+0,50"])
def test_a_comma_and_a_point_are_the_same(text):
    assert parse(text) == 0.5


@pytest.mark.parametrize("text", ["", "0;5", "1,2,3", "dix", "1_0", "nan", "inf", "0x1", "--1"])
def test_what_is_no_number_is_said(text):
    with pytest.raises(ValueError, match=f"n'est pas un nombre{NBSP}: écrivez par exemple 0,5"):
        parse(text)


@given(st.floats(-1e6, 1e6))
def test_what_is_shown_can_be_typed_back(x):
    assert abs(parse(short(x)) - x) <= 5.1e-7
    assert abs(parse(decimal(x, 3)) - x) <= 5.1e-4


def test_typography():
    assert quantity(-61.27, "mV") == f"{MINUS}61,3{NBSP}mV"
    assert decimal(-0.04) == "0,0", "no minus sign before a zero"
    assert decimal(math.nan) == "indéfini"
    assert count(1, "spike", "spikes") == "un spike"
    assert count(12, "spike", "spikes") == "12 spikes"
