"""Synapses that learn, in the loop: events alone cost something, a presynaptic spike that arrives, a postsynaptic one.

A presynaptic spike of the step k arrives at k + delay; it brings the weight of that instant, then depresses the
synapse. Arrivals come before the spikes of a step: at coincident ones the presynaptic side is the first, as in
`course.plasticity.offline`, whose rules and traces these are.

A trace x exp(-(t - t_i)/τ) is kept as X = Σ exp((t_i - t_0)/τ), t_0 the same for all the neurons of a connection: a
spike adds one number, and one exponential brings any number of traces to the present. t_0 moves on from time to time.

PLA   see the names below; PLF   the numbers of `course.plasticity.rules.Terms`, in their order, then 30 shortest times
"""

import math

import numpy as np

from course.dynamics.pieces import piece
from course.network.addresses import doubles, integers, part
from course.network.deliver import _i32, _i64
from course.network.draws import philox, two_normals

SOURCE, TARGET, CHANNEL, DELAY, FULL, PRE, POST = range(7)
WEIGHTS, TARGETS, ROWS, COLUMNS, BACK, SOURCES = range(7, 13)  # addresses
QUEUE, ROOM, HEAD, TAIL = range(13, 17)  # spikes on their way: (step of arrival, neuron)
TRACES = 17  # addresses of r₁ o₁ r₂ o₂ r₁₁ o₁₁
ORIGIN, NEAREST, NUMBER, EVENTS = range(23, 27)
COLUMNS_OF_PLA = 27
_TP, _TD, _P0, _P1, _D0, _D1, _P3, _D3, _TX, _TY, _NOISE, _LOW, _HIGH, _H0, _H1, _LONG = range(16)
COLUMNS_OF_PLF = 16

_options = {"error_model": "numpy", "fastmath": {"contract"}}


@piece(**_options)
def _within(w, low, high):
    w = w if w > low else low
    return w if w < high else high


@piece(**_options)
def _normal(synapse, k, side, number, seed0, seed1):
    """A Gaussian number of this synapse, this step and this side; its purpose, 0, is nobody else's."""
    a, b, _, _ = philox(
        np.uint64(synapse), np.uint64(k), np.uint64(side), np.uint64(number) << np.uint64(2), np.uint64(seed0),
        np.uint64(seed1),
    )  # fmt: skip
    return two_normals(a, b)[0]


@piece(**_options)
def _aged(address, n, factor):
    trace = doubles(address, n)
    for i in range(n):
        x = trace[i] * factor
        trace[i] = x if x > 1e-200 else 0.0  # subnormal numbers are slow


@piece(**_options)
def _lag(q, k, dt, PLA, PLF):
    """The time since t_0 [ms], which moves to now when it is too far for an exponential."""
    lag = (k - PLA[q, ORIGIN]) * dt
    if lag <= PLF[q, _LONG]:
        return lag
    _aged(PLA[q, TRACES], PLA[q, PRE], math.exp(-lag / PLF[q, _TP]))
    _aged(PLA[q, TRACES + 1], PLA[q, POST], math.exp(-lag / PLF[q, _TD]))
    if PLF[q, _D3] > 0.0:
        _aged(PLA[q, TRACES + 2], PLA[q, PRE], math.exp(-lag / PLF[q, _TX]))
    if PLF[q, _P3] > 0.0:
        _aged(PLA[q, TRACES + 3], PLA[q, POST], math.exp(-lag / PLF[q, _TY]))
    if PLF[q, _NOISE] > 0.0:
        _aged(PLA[q, TRACES + 4], PLA[q, PRE], math.exp(-2.0 * lag / PLF[q, _TP]))
        _aged(PLA[q, TRACES + 5], PLA[q, POST], math.exp(-2.0 * lag / PLF[q, _TD]))
    PLA[q, ORIGIN] = k
    return 0.0


@piece(**_options)
def _mark(q, side, i, lag, PLA, PLF):
    """The spike of neuron i is added to the traces of its side, 0 before the synapse and 1 after it."""
    n = PLA[q, POST] if side == 1 else PLA[q, PRE]
    tau = PLF[q, _TD] if side == 1 else PLF[q, _TP]
    kept = 0.0 if PLA[q, NEAREST] == 1 else 1.0
    one = math.exp(lag / tau)
    trace = doubles(PLA[q, TRACES + side], n)
    trace[i] = kept * trace[i] + one
    if PLF[q, _NOISE] > 0.0:
        trace = doubles(PLA[q, TRACES + 4 + side], n)
        trace[i] = kept * trace[i] + one * one
    if (PLF[q, _P3] if side == 1 else PLF[q, _D3]) > 0.0:
        trace = doubles(PLA[q, TRACES + 2 + side], n)
        trace[i] = kept * trace[i] + math.exp(lag / (PLF[q, _TY] if side == 1 else PLF[q, _TX]))


@piece(**_options)
def _depress(q, k, j, lag, at, seed0, seed1, PLA, PLF, RING):
    """The spike of source j arrives at all its targets."""
    pre, post = PLA[q, PRE], PLA[q, POST]
    low, high, d1, sd = PLF[q, _LOW], PLF[q, _HIGH], PLF[q, _D1], PLF[q, _NOISE]
    now, d0 = math.exp(-lag / PLF[q, _TD]), PLF[q, _D0]
    if PLF[q, _D3] > 0.0:
        d0 += PLF[q, _D3] * doubles(PLA[q, TRACES + 2], pre)[j] * math.exp(-lag / PLF[q, _TX])
    o1, spread = doubles(PLA[q, TRACES + 1], post), doubles(PLA[q, TRACES + 5], post)
    ring, full = part(RING, at), PLA[q, FULL] == 1
    a = j * post if full else _i64(PLA[q, ROWS], j)
    n = post if full else _i64(PLA[q, ROWS], j + 1) - a
    W = doubles(PLA[q, WEIGHTS] + 8 * a, n)
    if full and d0 == 0.0 and d1 == 0.0:  # a rule that arrivals do not change
        for s in range(n):
            ring[s] += W[s]
    elif full and sd == 0.0:
        for s in range(n):
            w = W[s]
            ring[s] += w
            W[s] = _within(w - now * o1[s] * (d0 + d1 * w), low, high)
    else:
        index = PLA[q, TARGETS] + 4 * a
        for s in range(n):
            w, i = W[s], s if full else np.int64(_i32(index, s))
            ring[i] += w
            change = -now * o1[i] * (d0 + d1 * w)
            if sd > 0.0 and o1[i] > 0.0:
                drawn = _normal(a + s, k, 0, PLA[q, NUMBER], seed0, seed1)
                change += sd * w * now * math.sqrt(spread[i]) * drawn
            W[s] = _within(w + change, low, high)


@piece(**_options)
def _potentiate(q, k, j, lag, seed0, seed1, PLA, PLF):
    """The spike of target j, on all that comes to it."""
    pre, post = PLA[q, PRE], PLA[q, POST]
    low, high, p1, sd = PLF[q, _LOW], PLF[q, _HIGH], PLF[q, _P1], PLF[q, _NOISE]
    h0, h1 = PLF[q, _H0], PLF[q, _H1]
    now, p0 = math.exp(-lag / PLF[q, _TP]), PLF[q, _P0]
    if PLF[q, _P3] > 0.0:
        p0 += PLF[q, _P3] * doubles(PLA[q, TRACES + 3], post)[j] * math.exp(-lag / PLF[q, _TY])
    r1, spread = doubles(PLA[q, TRACES], pre), doubles(PLA[q, TRACES + 4], pre)
    W, full = doubles(PLA[q, WEIGHTS], 0), PLA[q, FULL] == 1
    a = np.int64(0) if full else _i64(PLA[q, COLUMNS], j)
    n = pre if full else _i64(PLA[q, COLUMNS], j + 1) - a
    if full and sd == 0.0 and post == 1:
        row = part(W, 0)
        for i in range(n):
            w = row[i]
            row[i] = _within(w + now * r1[i] * (p0 + p1 * w) - (h0 + h1 * w), low, high)
        return
    for s in range(n):
        at = np.int64(s * post + j if full else _i64(PLA[q, BACK], a + s))
        i = np.int64(s if full else _i32(PLA[q, SOURCES], a + s))
        w, column = part(W, at)[0], part(W, at)
        change = now * r1[i] * (p0 + p1 * w) - (h0 + h1 * w)
        if sd > 0.0 and r1[i] > 0.0:
            drawn = _normal(at, k, 1, PLA[q, NUMBER], seed0, seed1)
            change += sd * w * now * math.sqrt(spread[i]) * drawn
        column[0] = _within(w + change, low, high)


@piece(**_options)
def arrive(k, dt, th, seed0, seed1, PLA, PLF, RING, TOUCH, CH):
    """The presynaptic spikes that arrive at this step, on every connection that learns."""
    for q in range(PLA.shape[0]):
        head, tail, room = PLA[q, HEAD], PLA[q, TAIL], PLA[q, ROOM]
        queue = integers(PLA[q, QUEUE], 2 * room)
        if head == tail or queue[2 * head] != k:
            continue
        lag, ch = _lag(q, k, dt, PLA, PLF), PLA[q, CHANNEL]
        slot = k % CH[ch, 4]
        TOUCH[th, CH[ch, 9] + slot] = 1
        at = CH[ch, 3] + slot * CH[ch, 8]
        while head != tail and queue[2 * head] == k:
            j = queue[2 * head + 1]
            _depress(q, k, j, lag, at, seed0, seed1, PLA, PLF, RING)
            _mark(q, 0, j, lag, PLA, PLF)
            head = head + 1 if head + 1 < room else 0
        PLA[q, HEAD] = head


@piece(**_options)
def learn(k, dt, p, j, seed0, seed1, PLA, PLF):
    """Neuron j of population p fired at this step: its spike sets out, and what had come to it is strengthened."""
    for q in range(PLA.shape[0]):
        if PLA[q, TARGET] == p:
            lag = _lag(q, k, dt, PLA, PLF)
            _potentiate(q, k, j, lag, seed0, seed1, PLA, PLF)
            _mark(q, 1, j, lag, PLA, PLF)
        if PLA[q, SOURCE] == p:
            tail, room = PLA[q, TAIL], PLA[q, ROOM]
            queue = integers(PLA[q, QUEUE], 2 * room)
            queue[2 * tail], queue[2 * tail + 1] = k + PLA[q, DELAY], j
            PLA[q, TAIL] = tail + 1 if tail + 1 < room else 0
            if PLA[q, FULL] == 1:
                PLA[q, EVENTS] += PLA[q, POST]
            else:
                PLA[q, EVENTS] += _i64(PLA[q, ROWS], j + 1) - _i64(PLA[q, ROWS], j)


@piece(**_options)
def emit(k, GIV, NEXT, ST, OK, OP, OJ):
    """The spikes of this step that were given beforehand."""
    i, n = NEXT[0], ST[1]
    while i < GIV.shape[1] and GIV[0, i] <= k:
        OK[n], OP[n], OJ[n] = k, GIV[1, i], GIV[2, i]
        i, n = i + 1, n + 1
    NEXT[0], ST[1] = i, n
