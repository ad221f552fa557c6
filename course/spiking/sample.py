"""The fused kernel: a sample from its events to its gradients, as source for numba.

Tables, a row each layer:
    TAB     blocks of sixteen neurons, place of W, of its transpose, of the potentials in S, of the bits in MASK, of
            the spikes in IDX, of their starts in P, neurons, words a step
    DECAY   alpha, beta
INDEX and PTR are the events of the input, PTR flat: sample b starts at b (T + 1). S, MASK, IDX, P, ORDER, U are one
thread's scratch, G its own copy of the gradients. The last layer does not spike; the score of a class is its greatest
potential (`mean` = 0) or the mean one, the loss is the cross-entropy. CONV and LINK are those of the first layers when
they are convolutions.
"""

import numpy as np

from course.spiking import convolved
from course.spiking.kernel import SPIKES, cut, pieces, tiles

ARGUMENTS = {
    "first": (int, 0), "stop": (int, 0), "T": (int, 0), "share": (float, 0), "mean": (int, 0), "learn": (int, 0),
    "theta": (float, 0), "slope": (float, 0), "INDEX": (np.int32, 1), "PTR": (int, 1), "LABEL": (int, 1),
    "TAB": (int, 2), "DECAY": (float, 2), "CONV": (int, 1), "LINK": (int, 1),
    "W": (np.float32, 1), "G": (np.float32, 1), "S": (np.float32, 1), "D": (np.float32, 1), "U": (np.float32, 1),
    "MASK": (int, 1), "IDX": (np.int32, 1), "P": (int, 1), "ORDER": (int, 1), "SCORES": (np.float32, 2),
    "COUNT": (int, 1), "LOSS": (float, 1),
}  # fmt: skip

_DECODE = """

@scalar
def decode(S, v, row, T, n, mean, score, SCORES, ORDER):
    for c in range(n):
        best, when, total = at(S, v + c), 0, 0.0
        for t in range(T):
            x = at(S, v + t*row + c)
            total += x
            if x > best:
                best, when = x, t
        put(ORDER, n + c, T - 1 if mean else when)
        x = at(S, v + (T - 1)*row + c)
        put(SCORES, score + c, total/T if mean else best + 0.0*x)  # not a number if the potential is not


@scalar
def loss(score, label, n, share, SCORES, U):
    \"\"\"The cross-entropy of a sample; U is its gradient for each score, times the sample's share of the batch.\"\"\"
    top, total = at(SCORES, score), 0.0
    for c in range(n):
        top = max(top, at(SCORES, score + c))
    for c in range(n):
        total += exp(np.float64(at(SCORES, score + c) - top))
    for c in range(n):
        put(U, c, share*(exp(np.float64(at(SCORES, score + c) - top))/total - (1.0 if c == label else 0.0)))
    return log(total) - (at(SCORES, score + label) - top)


@scalar
def inject(S, v, row, T, n, mean, U, ORDER):
    \"\"\"Writes dL/dv of the readout over its potentials, sorts its classes by time; the last step that counts.\"\"\"
    last = 0
    for c in range(n):
        last = max(last, at(ORDER, n + c))
    for t in range(last + 1):
        for k in range(row):
            put(S, v + t*row + k, 0.0)
    for c in range(n):
        if mean:
            put(U, c, at(U, c)/T)
            for t in range(T):
                put(S, v + t*row + c, at(U, c))
        else:
            when, k = at(ORDER, n + c), c
            put(S, v + when*row + c, at(U, c))
            while k > 0 and at(ORDER, n + at(ORDER, k - 1)) < when:
                put(ORDER, k, at(ORDER, k - 1))
                k -= 1
            put(ORDER, k, c)
    return last
"""

_FORWARD = "forward@(I, Q, p, S, -1, T, W, w + 16*j, row, S, v + 16*j, MASK, m + j//4, words, alpha, beta, th)"
_READOUT = "readout@(I, Q, p, last, row, S, v + 16*j, S, v + 16*j, G, w + 16*j, alpha, beta)"
_PRODUCT = "product@(S, at(TAB, h + 3), 16*at(TAB, h), at(TAB, h + 7), W, u + 16*j, row, D, 16*j, last)"
_BACKWARD = """backward@(I, Q, p, last, W, u + 16*j, U, ORDER, n, mean, at(DECAY, 2*L - 2), at(DECAY, 2*L - 1),
                          D, d + 16*j, row, S, v + 16*j, S, (v if l else -2**40) + 16*j, G, w + 16*j,
                          alpha, beta, theta, slope)"""

_UP = """

@scalar
def up(l, T, theta, I, Q, p, TAB, DECAY, CONV, LINK, W, S, MASK, IDX, P):
    h, alpha, beta = 9*l, at(DECAY, 2*l), at(DECAY, 2*l + 1)
    blocks, w, v, m, words = at(TAB, h), at(TAB, h + 1), at(TAB, h + 3), at(TAB, h + 4), at(TAB, h + 8)
    row, th = 16*blocks, theta
{convolved}{forward}
"""
_DOWN = """

@scalar
def down(l, L, n, last, mean, theta, slope, I, Q, p, TAB, DECAY, CONV, LINK, W, G, S, D, U, IDX, P, ORDER):
    h, alpha, beta = 9*l, at(DECAY, 2*l), at(DECAY, 2*l + 1)
    blocks, w, v = at(TAB, h), at(TAB, h + 1), at(TAB, h + 3)
    row = 16*blocks
    if l == L - 1:
{readout}
        return
{convolved}    h += 9
    u, d = at(TAB, h + 2), -2**40 if l == L - 2 else 0
    if d == 0:
        d = 0
{product}
{backward}
"""
_RUN = """

@scalar
def through(b, T, L, n, share, mean, learn, theta, slope, INDEX, PTR, label, TAB, DECAY, CONV, LINK, W, G, S, D, U,
            MASK, IDX, P, ORDER, SCORES, COUNT):
    \"\"\"One sample; its loss.\"\"\"
    I, Q, p, h = INDEX, PTR, b*(T + 1), 9*(L - 1)
    for l in range(L):
        up(l, T, theta if l < L - 1 else np.inf, I, Q, p, TAB, DECAY, CONV, LINK, W, S, MASK, IDX, P)
        if l < L - 1:
            I, Q, p = IDX, P, at(TAB, 9*l + 6)
            many, c = {listed}, at(TAB, 9*l + 5)
            for e in range(c, c + many):
                k = c//T + np.int64(at(I, e))
                put(COUNT, k, at(COUNT, k) + 1)
    v, row, value = at(TAB, h + 3), 16*at(TAB, h), 0.0
    decode(S, v, row, T, n, mean, b*n, SCORES, ORDER)
    if label >= 0:
        value = loss(b*n, label, n, share, SCORES, U)
    if learn:
        last = inject(S, v, row, T, n, mean, U, ORDER)
        for l in range(L - 1, -1, -1):
            I, Q, p = IDX, P, at(TAB, 9*l - 3) if l > 0 else 0
            if l == 0:
                I, Q, p = INDEX, PTR, b*(T + 1)
            down(l, L, n, last, mean, theta, slope, I, Q, p, TAB, DECAY, CONV, LINK, W, G, S, D, U, IDX, P, ORDER)
    return value

@kernel
def run({arguments}):
    L, n, total = TAB.shape[0], TAB[TAB.shape[0] - 1, 7], 0.0
    for b in range(first, stop):
        total += share*through(
            b, T, L, n, share, mean, learn, theta, slope, start(INDEX), start(PTR),
            LABEL[b] if LABEL.shape[0] > 0 else -1, start(TAB), start(DECAY), start(CONV), start(LINK), start(W),
            start(G), start(S), start(D), start(U), start(MASK), start(IDX), start(P), start(ORDER),
            start(SCORES), start(COUNT))
    LOSS[0] = total
"""


def source(reset: str, detach: bool, formula: str, blocks: tuple[int, ...], left: tuple[int, ...] = ()) -> str:
    """The text of the kernel of layers of so many sixteens of neurons.

    left: how many sixteens leave each of the first layers, if they are convolutions.
    """
    *hidden, last = blocks
    sources = hidden[:-1] if not left else [left[-1], *hidden[len(left) : -1]]  # they receive by a matrix
    sizes = {
        "forward": set().union(*map(cut, blocks)), "readout": cut(last),
        "backward": set().union(*map(cut, hidden)), "product": set().union(*map(cut, sources)),
    }  # fmt: skip
    up = _UP.format(forward=tiles(_FORWARD, sizes["forward"]), convolved=convolved.up(len(left), sizes))
    down = _DOWN.format(
        readout=tiles(_READOUT, sizes["readout"], 8), product=tiles(_PRODUCT, sizes["product"], 8),
        backward=tiles(_BACKWARD, sizes["backward"]), convolved=convolved.down(len(left), sizes, _PRODUCT),
    )  # fmt: skip
    run = _RUN.format(listed=convolved.listed(len(left)), arguments=", ".join(ARGUMENTS))
    return pieces(reset, detach, formula, sizes) + SPIKES + convolved.pieces(len(left)) + _DECODE + up + down + run
