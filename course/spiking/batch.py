"""One layer over a batch, forward or backward, as source for numba: what a layer's autograd function calls.

Every array of activities is (sample, step, neuron), its steps rounded up to four, its neurons to sixteen, so that a
sample stays in the nearest caches while the layer goes through its time. What arrives is `kind`:

    0   events: INDEX and PTR, sample b from b (T + 1) on; they walk rows of W
    1   spikes, zeros and ones: X, sample b from b far on, a step every `stride`; they are listed first
    2   a current X (step, neuron), added as it is: one sample, whose tiles are cut over the threads

Forward, V receives the potentials and Y the spikes. Backward, D is the gradient that comes to Y (to V if the layer does
not spike), Y receives that of the current (of one sample after another in the same place unless `whole`), DX that of
what arrived as spikes, G that of W.
"""

import numpy as np

from course.spiking.kernel import cut, pieces, tiles

ARGUMENTS = {
    "first": (int, 0), "stop": (int, 0), "T": (int, 0),
    "blocks": (int, 0), "n": (int, 0), "many": (int, 0), "stride": (int, 0), "far": (int, 0), "below": (int, 0),
    "whole": (int, 0), "wanted": (int, 0),
    "alpha": (float, 0), "beta": (float, 0), "theta": (float, 0), "slope": (float, 0), "INDEX": (np.int32, 1),
    "PTR": (int, 1), "X": (np.float32, 1), "W": (np.float32, 1), "WT": (np.float32, 1), "V": (np.float32, 1),
    "Y": (np.float32, 1), "D": (np.float32, 1), "DX": (np.float32, 1), "G": (np.float32, 1), "MASK": (int, 1),
    "IDX": (np.int32, 1), "P": (int, 1),
}  # fmt: skip

LISTING = """

@scalar
def arrived(X, x, stride, n, T, IDX, P):
    \"\"\"Lists the spikes of a sample from zeros and ones; P[T + 1] = 1 if there is something else.\"\"\"
    m, whole, binary = np.int64(0), n - n % 16, True
    put(P, 0, 0)
    for t in range(T):
        for j in range(0, whole, 16):
            s = load1(X, x + t*stride + j)
            word = bits(above(s, every1(0.5)))
            binary &= bits(above(every1(1e-30), vabs(mul(s, sub(s, every1(1.0)))))) == 65535
            while word != 0:
                put(IDX, m, j + lowest(word))
                word &= word - 1
                m += 1
        for j in range(whole, n):
            s = at(X, x + t*stride + j)
            binary &= s == 0.0 or s == 1.0
            if s == 1.0:
                put(IDX, m, j)
                m += 1
        put(P, t + 1, m)
    if not binary:
        put(P, T + 1, 1)
"""

_FIRE = """

@scalar
def fire{n}(V, v, Y, y, row, T, theta):
    H, O, Z = every{n}(theta), every{n}(1.0), every{n}(0.0)
    for t in range(T):
        store(Y, y + t*row, choose(above(load{n}(V, v + t*row), H), O, Z))
"""
_FORWARD = """forward@(I, Q, p, X, x + 16*j, T, W, 16*j, row, V, v + 16*j, MASK, 0, 1, alpha, beta, theta)"""
_FIRING = "fire@(V, v + 16*j, Y, v + 16*j, row, T, theta)"
_BACKWARD = """backward@(I, Q, p, T - 1, W, 0, X, PTR, 0, 0, 0.0, 0.0, D, v + 16*j, row, V, v + 16*j,
                  Y, y + 16*j, G, 16*j, alpha, beta, theta, slope)"""
_READOUT = "readout@(I, Q, p, T - 1, row, D, v + 16*j, Y, y + 16*j, G, 16*j, alpha, beta)"
PRODUCT = "product@(Y, y, row, n, WT, 16*j, wide, DX, b*rows*wide + 16*j, T - 1)"
_SAMPLE = """

@scalar
def once(b, {ONCE}):
    I, Q, p, row, wide, rows = IDX, P, np.int64(0), 16*blocks, 16*below, (T + 3)//4*4
    v = b*rows*row
    x, y = -2**60, v if whole else {y}
    {arrive}
{work}

@kernel
def run({ALL}):
    for b in range(first, stop):
        once(b, {CALL})
"""
_TILE = """

@scalar
def once(j, {ONCE}):
    I, Q, p, row, x, y, v = IDX, P, 0, 16*blocks, 0, 0, 0
{work}

@kernel
def run({ALL}):
    for j in range(first, stop, 4):
        once(j, {CALL})
"""


def source(back: bool, kind: int, reset: str, detach: bool, formula: str, blocks: int, below: int) -> str:
    """The text of one way through a layer of so many sixteens, without `formula` if it does not spike.

    `below` are the sixteens of the layer whose spikes arrive.
    """
    sizes = {4} if kind == 2 else cut(blocks)
    names = [name for name in ARGUMENTS if name not in ("first", "stop")]
    calls = ([_BACKWARD] if formula else [_READOUT]) if back else ([_FORWARD, _FIRING] if formula else [_FORWARD])
    if kind == 2:
        work = "\n".join("    " + call.replace("@", "4") for call in calls)
    else:
        work = "\n".join(tiles(call, sizes) for call in calls)
    used = {"forward": set(), "backward": set(), "readout": set(), "product": set()}
    used["forward" if not back else "backward" if formula else "readout"] = sizes
    text = "" if back or not formula else "".join(_FIRE.format(n=n) for n in sorted(sizes))
    if kind == 1:
        text += LISTING
        if back:
            used["product"] = cut(below)
            work += "    if DX_WANTED == 0:\n        return\n    blocks = below\n".replace("DX_WANTED", "wanted")
            work += tiles(PRODUCT, used["product"])
    arrive = {0: "I, Q, p = INDEX, PTR, b*(T + 1)", 1: "arrived(X, b*far, stride, many, T, IDX, P)", 2: ""}[kind]
    run = (_TILE if kind == 2 else _SAMPLE).format(
        ONCE=", ".join(names), ALL=", ".join(ARGUMENTS), arrive=arrive, work=work, y="0" if kind == 1 else "-2**60",
        CALL=", ".join(f"start({n})" if ARGUMENTS[n][1] else n for n in names),
    )  # fmt: skip
    return pieces(reset, detach, formula, used) + text + run
