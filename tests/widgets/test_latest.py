"""Latest wins: what comes in between is never drawn, the last always is."""

import pytest

from course.widgets.latest import Latest


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def drawn():
    return []


def test_without_a_page_every_request_is_drawn(drawn):
    latest = Latest(drawn.append)
    for _ in range(5):
        latest.request()
    assert drawn == [1, 2, 3, 4, 5]


def test_a_full_window_waits_and_the_last_is_drawn(drawn):
    latest = Latest(drawn.append, window=2)
    latest.ready()
    for _ in range(50):
        latest.request()
    assert drawn == [1, 2]
    latest.answered(1)
    assert drawn == [1, 2, 3], "the 48 requests in between are one picture"
    latest.answered(3)
    assert drawn == [1, 2, 3], "nothing more was asked"


def test_a_page_that_fell_silent_is_not_waited_for(drawn):
    clock = Clock()
    latest = Latest(drawn.append, window=1, patience=1, clock=clock)
    latest.ready()
    latest.request()
    latest.request()
    assert drawn == [1]
    clock.now = 1.5
    latest.request()
    assert drawn == [1, 2]


def test_a_page_that_opens_owes_nothing(drawn):
    latest = Latest(drawn.append, window=1)
    latest.ready()
    latest.request()
    latest.ready()
    latest.request()
    assert drawn == [1, 2]


def test_requests_made_together_are_one(drawn):
    latest = Latest(drawn.append)
    with latest.together():
        for _ in range(10):
            latest.request()
        assert drawn == []
    assert drawn == [1]
    with latest.together():
        pass
    assert drawn == [1]
