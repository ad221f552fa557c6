"""Undoing goes back to the values one had, not step by step through a drag."""

from course.widgets.history import History


def test_a_drag_is_undone_at_once_and_the_cursor_stays():
    now = [0.0]
    history = History({"I": 0, "g": 1, "t": 5}, "t", clock=lambda: now[0])
    for level in (1, 2, 3):
        now[0] += 0.1
        history.change({"I": level}, "I")
    history.change({"g": 0}, "g")
    history.change({"t": 9}, "t")
    assert history.undo()
    assert history.values == {"I": 3, "g": 1, "t": 9}
    assert history.undo()
    assert history.values == {"I": 0, "g": 1, "t": 9}
    assert not history.undo()


def test_a_pause_separates_two_changes_of_one_kind():
    now = [0.0]
    history = History({"I": 0, "t": 0}, "t", clock=lambda: now[0])
    history.change({"I": 1}, "I")
    now[0] = 5.0
    history.change({"I": 2}, "I")
    history.undo()
    assert history.values["I"] == 1


def test_no_change_is_no_step():
    history = History({"I": 0, "t": 0}, "t")
    assert not history.change({"I": 0}, "I")
    assert not history.undo()
