"""What is long leaves the hand free; what is quick comes at once; errors are not lost."""

import threading

import pytest

from course.widgets.background import Background


def test_an_answer_comes_later_and_says_so():
    results, shown = Background(pause=0.0), []
    results.done = lambda: shown.append(threading.current_thread() is threading.main_thread())
    assert results.ask("a", lambda: 1) is None
    results.wait()
    assert results.ask("a", lambda: 2) == 1, "an answer is kept"
    assert shown == [False]


def test_what_was_quick_comes_at_once():
    results = Background(patience=10.0, pause=0.0)
    assert results.ask("a", lambda: 1) is None
    results.wait()
    assert results.ask("b", lambda: 2) == 2


def test_what_became_long_is_left_for_later():
    now = [0.0]

    def long():
        now[0] += 1.0
        return "long"

    results = Background(patience=0.5, pause=0.0, clock=lambda: now[0])
    results.ask("a", lambda: 1)
    results.wait()
    assert results.ask("b", long) == "long"
    assert results.ask("c", long) is None
    results.wait()
    assert results.ask("c", long) == "long"


def test_only_the_last_question_is_answered():
    results, worked = Background(pause=30.0), []
    for name in "abc":
        assert results.ask(name, lambda name=name: worked.append(name) or name) is None
    results.wait()
    assert worked == ["c"]


def test_an_error_is_raised_where_it_is_asked_for():
    results = Background(pause=0.0)
    results.ask("a", lambda: 1 / 0)
    results.wait()
    with pytest.raises(ZeroDivisionError):
        results.ask("a", lambda: 1)


def test_an_error_while_showing_leaves_it_usable(monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda args: None)
    results = Background(pause=0.0)
    results.done = lambda: 1 / 0
    results.ask("a", lambda: 1)
    results.wait()
    results.done = lambda: None
    results.ask("b", lambda: 2)
    results.wait()
    assert results.ask("b", lambda: 0) == 2


def test_old_answers_are_forgotten():
    results = Background(patience=10.0, pause=0.0, kept=2)
    results.ask(0, lambda: 0)
    results.wait()
    for k in (1, 2):
        results.ask(k, lambda k=k: k)
    assert results.ask(0, lambda: "encore") == "encore"
