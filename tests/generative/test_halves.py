"""The compiled lesson of a large machine against the lines of numpy that say it."""

import numpy as np
import pytest

from course.generative import RBM, Learning
from course.generative import contrast as contrast_file
from course.generative.halves import Halves, worth

SIZES = [(7, 37, 21), (10, 80, 64), (9, 33, 130), (2, 16, 16)]  # tiles whole, cut short, and both


def sigma(z):
    return 1 / (1 + np.exp(-z.astype(float)))


def made(rows, n, m, seed=0):
    rng = np.random.default_rng(seed)
    machine, speed = ([rng.normal(0, 0.5, shape).astype(np.float32) for shape in ((n, m), n, m)] for _ in range(2))
    room = Halves(rows, machine, speed, rng.spawn(2))
    room.X[:] = rng.random((rows, n)) < 0.3
    room.Y[:] = rng.random((rows, n)) < 0.6
    return room, machine, speed, np.random.default_rng(seed).spawn(2)


def said(room, machine, streams, k, on):
    """What `dream` should find: (P, Q, V, Y), with the same uniform numbers."""
    (W, a, b), parts = machine, []
    for half, stream in enumerate(streams):
        here = slice(*room.cut[half : half + 2])
        x, y = room.X[here], room.Y[here]
        draw = lambda p, stream=stream: stream.random(p.shape, dtype=np.float32) < p.astype(np.float32)  # noqa: E731
        P = sigma(b + x @ W)
        H = draw(sigma(b + y @ W) if on else P)
        for left in reversed(range(k)):
            V = sigma(a + H @ W.T)
            y = draw(V)
            Q = sigma(b + y @ W)
            if left:
                H = draw(Q)
        parts.append((P, Q, V, y))
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("k", "on"), [(1, False), (1, True), (3, False)])
def test_both_halves_dream_as_the_formulas_say(size, k, on):
    room, machine, _, streams = made(*size)
    P, Q, V, Y = said(room, machine, streams, k, on)
    room.dream(k, on)
    assert pytest.approx(P, abs=1e-6) == room.P
    assert np.array_equal(room.Y, Y)
    assert pytest.approx(V, abs=1e-6) == room.V
    assert pytest.approx(Q, abs=1e-6) == room.Q


@pytest.mark.parametrize("size", SIZES)
def test_weights_and_biases_follow_the_contrast(size):
    room, machine, speed, _ = made(*size)
    room.dream(1, False)
    X, P, Y, Q = (x.astype(float) for x in (room.X, room.P, room.Y, room.Q))
    gains = [X.T @ P - Y.T @ Q, (X - Y).sum(0), (P - Q).sum(0)]
    before = [(p.astype(float), s.astype(float)) for p, s in zip(machine, speed, strict=True)]
    room.learn(0.7, 0.01, 0.003)
    for (p, s), g, p_now, s_now, decay in zip(before, gains, machine, speed, (0.003, 0, 0), strict=True):
        s = 0.7 * s + 0.01 * g - decay * p
        assert pytest.approx(s, abs=1e-6) == s_now
        assert pytest.approx(p + s, abs=1e-6) == p_now


def digits(rows=500, n=200):
    """Rows with a structure: four patterns, one pixel in twenty flipped."""
    rng = np.random.default_rng(1)
    patterns = rng.random((4, n)) < 0.2
    return (patterns[rng.integers(4, size=rows)] ^ (rng.random((rows, n)) < 0.05)).astype(float)


@pytest.mark.parametrize("persistent", [False, True])
@pytest.mark.parametrize("engine", ["numpy", "torch"])
def test_a_large_machine_learns_by_halves_as_it_does_whole(engine, persistent, monkeypatch):
    """The draws differ, the likelihood does not; and the two engines agree to rounding."""

    def learnt(engine):
        rbm = RBM(200, 256, engine=engine, seed=2)
        rbm.fit(digits(), 4, batch_size=90, lr=0.1, persistent=persistent, weight_decay=1e-3, progress=False)
        return rbm

    rbm = learnt(engine)
    assert worth(rbm.E, 90, rbm.W)
    halves = np.asarray(rbm.W)
    assert halves == pytest.approx(np.asarray(learnt("numpy").W), abs=1e-4)
    monkeypatch.setattr(contrast_file, "worth", lambda *_: False)
    whole = learnt(engine)
    gains = [float(np.mean(one.pseudo_likelihood(digits()))) for one in (rbm, whole, RBM(200, 256, seed=2))]
    assert gains[0] == pytest.approx(gains[1], abs=0.05 * abs(gains[2] - gains[1]))
    assert not np.array_equal(halves, np.asarray(whole.W))


def test_a_machine_given_other_weights_between_two_lessons_learns_from_those():
    rbm = RBM(200, 256)
    learning = Learning(rbm, digits(), batch_size=100)
    learning.step()
    rbm.W = np.zeros_like(rbm.W)
    learning.speed[0][:] = 0
    learning.step()
    assert 0 < np.abs(rbm.W).max() < 0.1


def test_small_double_or_turned_machines_keep_the_lines_of_numpy():
    def chosen(rows, *sizes, **options):
        rbm = RBM(*sizes, **options)
        return worth(rbm.E, rows, rbm.W)

    assert chosen(100, 784, 256)
    assert not chosen(20, 320, 100)
    assert not chosen(100, 784, 256, dtype="float64")
    assert not chosen(1000, 784, 15)
    turned = RBM(784, 256)
    turned.W = np.asfortranarray(turned.W)
    assert not worth(turned.E, 100, turned.W)


def test_one_core_gives_the_same_lesson_and_asks_for_no_thread(monkeypatch):
    """As in a notebook that is graded, where no thread may be started."""
    from course.spiking import threads

    rooms = []
    for cores in (2, 1):
        monkeypatch.setattr(threads, "cores", lambda cores=cores: cores)
        monkeypatch.setattr(threads, "_pool", threads._pool if cores > 1 else None)
        room, machine, *_ = made(10, 80, 64)
        room.lesson(2, False, 0.5, 0.1, 0.0)
        rooms.append((room.Y, room.Q, *machine))
    for two, one in zip(*rooms, strict=True):
        assert np.array_equal(two, one)


@pytest.mark.parametrize(("most", "threads"), [(1, 0), (2, 1)])
def test_who_limits_the_products_to_one_thread_limits_the_lesson_too(most, threads, monkeypatch):
    from threadpoolctl import threadpool_limits

    from course.spiking import threads as pool

    calls, together = [], pool.together
    monkeypatch.setattr(pool, "together", lambda part, n: calls.append(n) or together(part, n))
    with threadpool_limits(most):
        room, *_ = made(10, 80, 64)
        room.lesson(1, False, 0.5, 0.1, 0.0)
    assert len(calls) == threads


def test_a_lesson_that_is_interrupted_leaves_nobody_waiting(monkeypatch):
    def interrupted(half, k, on):
        if half == 0:
            raise KeyboardInterrupt

    room, machine, *_ = made(10, 80, 64)
    monkeypatch.setattr(room, "_dream", interrupted)
    before = machine[0].copy()
    with pytest.raises(KeyboardInterrupt):
        room.lesson(1, False, 0.5, 0.1, 0.0)
    monkeypatch.undo()
    assert np.array_equal(before, machine[0])
    room.lesson(1, False, 0.5, 0.1, 0.0)
    assert not np.array_equal(before, machine[0])
