"""Loops are stopped in every thread, a real Ctrl-C goes through, and everything is put back in its place."""

import builtins
import contextlib
import functools
import os
import signal
import sys
import threading
import time

import pytest

from course.exercises import stopping
from course.exercises.guard import Exited, Guard
from course.exercises.stopping import TimeUp, Watch
from tests.exercises.demo import TRANSFER


def until(end):
    while time.perf_counter() < end:
        pass


def endless():
    while True:
        pass


def stubborn():
    while True:
        try:
            k = 1
            k += 1
        except:  # noqa: E722
            pass


def swallows():
    try:
        time.sleep(0.4)
    except:  # noqa: E722
        return 0


def in_thread(call):
    """The result of `call()` in a second thread, as when a front end runs cells there."""
    results = []
    thread = threading.Thread(target=lambda: results.append(call()), daemon=True)
    thread.start()
    thread.join(10)
    assert results, "the thread is stuck"
    return results[0]


@pytest.mark.parametrize("loop", [endless, stubborn, swallows])
@pytest.mark.parametrize("where", ["main", "thread"])
def test_a_loop_is_stopped(loop, where):
    begin = time.perf_counter()
    outcome = Guard(0.2).run(loop) if where == "main" else in_thread(lambda: Guard(0.2).run(loop))
    assert outcome.late
    assert time.perf_counter() - begin < 2


def test_without_signals_the_main_thread_is_stopped_too(monkeypatch):
    """Windows has no setitimer: its main thread is stopped as the others."""
    monkeypatch.delattr(signal, "setitimer")
    assert Guard(0.2).run(endless).late


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs POSIX signals")
def test_a_sleep_is_stopped():
    begin = time.perf_counter()
    assert Guard(0.2).run(lambda: time.sleep(30)).late
    assert time.perf_counter() - begin < 2


def test_no_exception_is_left_behind():
    """Calls that end at the very moment of the limit: the exception is never raised after them."""
    def work():
        for k in range(200):
            end = time.perf_counter() + 2e-3 + (k - 100) * 1e-5
            with contextlib.suppress(TimeUp):
                Watch(0.002, lambda: None).run(functools.partial(until, end))
        time.sleep(0.05)
        return sum(range(100_000))

    assert in_thread(work) == work() == 4_999_950_000


def test_time_is_one_budget():
    guard = Guard(0.3)
    assert not guard.run(lambda: time.sleep(0.2)).late
    assert guard.run(endless).late
    assert guard.run(lambda: 1).late
    assert 0.3 <= guard.spent < 2


def test_code_that_cannot_be_stopped_is_told(monkeypatch, capsys):
    monkeypatch.setattr(stopping, "GRACE", 0.1)
    outcome = in_thread(lambda: Guard(0.1).run(lambda: time.sleep(0.6)))
    assert outcome.late
    assert "Redémarrer le noyau" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs POSIX signals")
def test_somebody_elses_timer_goes_on():
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        assert Guard(5).run(lambda: 3).value == 3
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.3
        time.sleep(0.5)
        assert rung == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_real_interruption_goes_through():
    handler = signal.getsignal(signal.SIGINT)
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        Guard(5).run(stubborn_once)
    assert signal.getsignal(signal.SIGINT) is handler


def stubborn_once():
    """A bare `except:` swallows the interruption; it is raised again when the function ends."""
    try:
        time.sleep(3)
    except:  # noqa: E722
        return 0


def test_an_interruption_of_its_own_does_not():
    def raises():
        raise KeyboardInterrupt

    assert isinstance(Guard(1).run(raises).error, KeyboardInterrupt)
    assert isinstance(in_thread(lambda: Guard(1).run(raises)).error, KeyboardInterrupt)


def test_everything_is_put_back():
    places = [(sys, "stdout"), (sys, "stderr"), (sys, "stdin"), (builtins, "input"), (os, "_exit"), (os, "abort")]
    before = [getattr(*place) for place in places]
    for call in (lambda: 1 / 0, lambda: os._exit(0), endless, lambda: sys.exit()):
        Guard(0.1).run(call)
    assert [getattr(*place) for place in places] == before
    assert isinstance(Guard(1).run(lambda: os._exit(0)).error, Exited)


def test_a_slow_student_is_told_and_the_check_survives():
    from dataclasses import replace

    from course.exercises.judge import judge

    def student(I, r_max, kappa, I_half):
        return endless()

    verdict = judge(replace(TRANSFER, time_limit=0.2), student)
    assert verdict.status == "erreur"
    assert "0,2\xa0s" in verdict.sentence
    assert "Redémarrer le noyau" in verdict.sentence
