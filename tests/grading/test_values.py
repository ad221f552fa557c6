"""What goes through the pipe comes out the same, and nothing else comes out."""

import json
import math
from collections import Counter, deque, namedtuple

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
    st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.text(), inner, max_size=3),
    st.sets(PLAIN, max_size=3), st.frozensets(PLAIN, max_size=3),
    st.builds(range, st.integers(-9, 9), st.integers(-9, 9)),
), max_leaves=6)


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
    odd = through({1: b"2"})[1]
    assert isinstance(odd, Odd)
    assert type(odd).__name__ == "bytes"
    assert isinstance(through(np.array([{}], dtype=object)), Odd)
    assert isinstance(through(10**400), Odd)


def test_what_is_like_a_list_or_a_table_comes_out_as_one():
    """A student's function may give the keys of a dict to the one that it was given."""
    table = {"a": 1, "b": 2}
    assert [through(x) for x in (table.keys(), table.values(), deque([1, 2]))] == [["a", "b"], [1, 2], [1, 2]]
    assert through(table.items()) == [("a", 1), ("b", 2)]
    assert through(Counter("aab")) == {"a": 2, "b": 1}
    assert through(namedtuple("Fit", "a b")(1, 2)) == (1, 2)


def test_a_range_that_would_fill_the_memory_does_not_travel():
    assert type(through(range(10**9))).__name__ == "range"
    assert isinstance(through(range(10**9)), Odd)
    forged = decoded({"range": [0, 10**12, 1]}, lambda number: None)
    assert isinstance(forged, Odd)
    with pytest.raises(TypeError):
        decoded({"set": [{"list": [1]}]}, lambda number: None)


def test_a_list_that_holds_itself_has_an_end():
    x = []
    x.append(x)
    json.dumps(encoded(x, lambda function: 0))


@pytest.mark.parametrize("message", [[], {"array": "AAAA", "dtype": "O", "shape": [1], "scalar": False}, {},
                                     {"array": "AA", "dtype": "<f8", "shape": [9], "scalar": False}, {"dict": [1]}])
def test_a_forged_message_is_refused(message):
    with pytest.raises((ValueError, TypeError, KeyError)):
        decoded(message, lambda number: None)
