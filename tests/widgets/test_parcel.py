"""What leaves the kernel: float32, only what changed, never more points than the screen shows."""

import json

import numpy as np
import pytest

from course.plot.scene import Arrows, Axis, Image, Line, Mark, Panel, Points, Raster, Scene
from course.widgets.toile import Parcel

T = np.linspace(0, 100, 20_000)
V = np.sin(T)


def scene(cursor=1.0, y=V, label="V"):
    moving = Points(cursor, 0.0)
    one = Panel("V", Axis("t", "ms", (0, 100)), Axis("V", "mV", (-1, 1)), (Line(T, y, label), moving))
    other = Panel("I", Axis("t", "ms", (0, 100)), Axis("I"), (Mark(y=0.0),))
    return Scene(((one,), (other,)), (3, 1), cursor=cursor)


def test_the_first_picture_is_whole_and_readable_as_json():
    frame, arrays = Parcel().pack(scene(), 800)
    assert set(frame["panels"]) == {"V", "I"}
    assert json.loads(json.dumps(frame))["panels"]["V"]["items"][0]["kind"] == "line"
    assert all(array.dtype == np.float32 for array in arrays.values())
    assert frame["panels"]["V"]["y"]["title"] == "V (mV)"


def test_a_curve_is_thinned_to_its_panel_and_keeps_its_extremes():
    _, arrays = Parcel().pack(scene(), 800)
    y = arrays["V/0/y"]
    assert len(y) <= 2 * 600 + 40
    assert y.max() == np.float32(V.max())


def test_moving_the_cursor_sends_the_moving_point_alone():
    parcel = Parcel()
    parcel.pack(scene(1.0), 800)
    frame, arrays = parcel.pack(scene(2.0), 800)
    assert list(arrays) == ["V/1/x"]
    assert arrays["V/1/x"].tolist() == [2.0]
    assert frame["panels"] == {}
    assert frame["cursor"] == 2.0


def test_the_same_picture_sends_nothing():
    parcel = Parcel()
    parcel.pack(scene(), 800)
    frame, arrays = parcel.pack(scene(), 800)
    assert arrays == {}
    assert frame["panels"] == {}


def test_new_values_and_new_words_are_sent():
    parcel = Parcel()
    parcel.pack(scene(), 800)
    frame, arrays = parcel.pack(scene(y=2 * V, label="2V"), 800)
    assert "V/0/y" in arrays
    assert list(frame["panels"]) == ["V"]


def test_another_width_thins_again():
    parcel = Parcel()
    _, before = parcel.pack(scene(), 800)
    _, after = parcel.pack(scene(), 400)
    assert len(after["V/0/y"]) < len(before["V/0/y"])


@pytest.mark.parametrize(
    ("item", "slots"),
    [
        (Arrows([0, 1], [0, 1], [1, 1], [2, 2]), {"x", "y", "dx", "dy"}),
        (Image(np.arange(6).reshape(2, 3), (0, 1), (0, 1), (0, 5)), {"values"}),
        (Raster([1, 2], [0, 1]), {"x", "y"}),
    ],
)
def test_every_kind_of_item_travels(item, slots):
    panel = Panel("a", Axis("x"), Axis("y"), (item,))
    frame, arrays = Parcel().pack(Scene(((panel,),)), 800)
    assert {slot.rpartition("/")[2] for slot in arrays} == slots
    plain = frame["panels"]["a"]["items"][0]
    assert all(plain[name] == f"a/0/{name}" for name in slots)
    if isinstance(item, Image):
        assert tuple(plain["shape"]) == (2, 3)
