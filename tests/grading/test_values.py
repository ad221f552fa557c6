"""What goes through the pipe comes out the same, and nothing else comes out."""

import json
import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays

from course.grading.inside.values import Odd, decoded, encoded

PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.complex_numbers(
    allow_nan=False))
ARRAYS = st.one_of(
    arrays.arrays(kind, arrays.array_shapes(max_side=3))
    for kind in (bool, np.int32, np.float32, np.float64, complex, "U3")
)
VALUES = st.recursive(PLAIN, lambda inner: st.one_of(
    st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.text(), inner, max_size=3)), max_leaves=6)


def through(x):
    text = json.dumps(encoded(x, lambda function: 7))
    return decoded(json.loads(text), lambda number: ("fonction", number))


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_plain_values(x):
    assert through(x) == x
    assert type(through(x)) is type(x)


@settings(max_examples=200, deadline=None)
@given(ARRAYS)
def test_arrays(x):
    back = through(x)
    assert back.dtype == x.dtype
    assert back.shape == x.shape
    assert back.tobytes() == x.tobytes()


def test_scalars_functions_and_the_rest():
    assert type(through(np.float32(0.1))) is np.float32
    assert math.isnan(through(float("nan")))
    assert through(Ellipsis) is Ellipsis
    assert through([len]) == [("fonction", 7)]
    odd = through({1: {2}})[1]
    assert isinstance(odd, Odd)
    assert type(odd).__name__ == "set"
    assert isinstance(through(np.array([{}], dtype=object)), Odd)
    assert isinstance(through(10**400), Odd)


def test_a_list_that_holds_itself_has_an_end():
    x = []
    x.append(x)
    json.dumps(encoded(x, lambda function: 0))


@pytest.mark.parametrize("message", [[], {"array": "AAAA", "dtype": "O", "shape": [1], "scalar": False}, {},
                                     {"array": "AA", "dtype": "<f8", "shape": [9], "scalar": False}, {"dict": [1]}])
def test_a_forged_message_is_refused(message):
    with pytest.raises((ValueError, TypeError, KeyError)):
        decoded(message, lambda number: None)
