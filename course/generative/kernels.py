"""The three loops of a large machine's lesson, as source for numba.

    rise    P = σ(b + X W) and H drawn from it      a row of W is added for each 1 of a row of X: what is off is free
    fall    V = σ(a + H Wᵀ) and Y drawn from it     a column of W is added for each 1 of a row of H
    learn   G = Xᵀ P - Yᵀ Q, then s ← momentum s + rate G - decay W and W ← W + s
            a follows the sums of X - Y and b, moved once, with the last units, those of P - Q

Each works on a tile of columns, copied to where all of it is near (T). `rise` and `fall` take the rows from `first` to
`stop` and read their 1s as words of sixty-four bits; of their n units m are made, and for `fall` the n are hidden;
`learn` takes visible units and lists the rows where they are 1.
A row whose length is no multiple of sixteen ends with a tile that begins earlier (what it makes again is the same), and
in `learn`, which adds to what it finds, with single numbers.
"""

import functools
from collections.abc import Callable

import numpy as np

NARROW = 16  # rows of fewer numbers have no tile

_BOUNDS = {"first": (int, 0), "stop": (int, 0), "n": (int, 0), "m": (int, 0)}
_FLAT = (np.float32, 1)
LAYER = _BOUNDS | dict.fromkeys(("X", "W", "B", "U", "P", "H", "T"), _FLAT) | {"ON": (int, 1)}
LEARN = (
    _BOUNDS | {"rows": (int, 0), "momentum": (float, 0), "rate": (float, 0), "decay": (float, 0)}
    | dict.fromkeys(("X", "P", "Y", "Q", "W", "S", "A", "SA", "B", "SB", "T"), _FLAT) | {"IDX": (np.int32, 1)}
)  # fmt: skip


def rooms(rows: int, n: int, m: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """T, ON and IDX for `rows` rows; sixteen numbers of T never lie across two lines of the cache."""
    T = np.empty(64 * max(64 + rows, 2 * rows) + 16, np.float32)
    away = -T.ctypes.data % 64 // 4
    return T[away:], np.empty(rows * (max(n, m) // 64 + 1), np.int64), np.empty(n * (2 * rows + 1), np.int32)


_COMMON = """

@inline
def ones(x, i, left):
    \"\"\"Bit l of the word: is x[i + l] a 1? Of sixteen numbers, or of the `left` last ones.\"\"\"
    if left >= 16:
        return bits(above(load1(x, i), every1(0.5)))
    word = np.int64(0)
    for l in range(left):
        word |= np.int64(at(x, i + l) > 0.5) << l
    return word
"""

_LAYER = """

@inline
def read(x, r, n, on):
    for c in range(0, n, 64):
        word = np.int64(0)
        for i in range(c, min(c + 64, n), 16):
            word |= ones(x, r*n + i, n - i) << (i - c)
        put(on, r*((n + 63)//64) + c//64, word)
""" + "".join(
    f"""

@inline
def tile{w}(first, stop, n, m, w, b, u, p, h, t, on, j):
    z = np.int64(64*64)
    for r in range(first, stop):
        store(t, z + 64*r, load{w}(b, j))
    for i in range(0, n, 64):
        copy{w}(t, w, n, m, i, min(64, n - i), j)
        for r in range(first, stop):
            word, s = at(on, r*((n + 63)//64) + i//64), load{w}(t, z + 64*r)
            while word != 0:
                s = add(s, load{w}(t, 64*lowest(word)))
                word &= word - 1
            store(t, z + 64*r, s)
    for r in range(first, stop):
        s = div(every{w}(1.0), add(every{w}(1.0), vexp(sub(every{w}(0.0), load{w}(t, z + 64*r)))))
        store(p, r*m + j, s)
        store(h, r*m + j, choose(above(s, load{w}(u, r*m + j)), every{w}(1.0), every{w}(0.0)))
"""
    for w in (1, 4)
) + """

@kernel
def run(first, stop, n, m, X, W, B, U, P, H, T, ON):
    x, w, b, u, p, h, t, on = start(X), start(W), start(B), start(U), start(P), start(H), start(T), start(ON)
    for r in range(first, stop):
        read(x, r, n, on)
    j = np.int64(0)
    while j + 64 <= m:
        tile4(first, stop, n, m, w, b, u, p, h, t, on, j)
        j += 64
    while j < m:
        tile1(first, stop, n, m, w, b, u, p, h, t, on, min(j, m - 16))
        j += 16
"""

_RISE = "".join(
    f"""

@inline
def copy{w}(t, w, n, m, i, left, j):
    for k in range(left):
        store(t, 64*k, load{w}(w, (i + k)*m + j))
"""
    for w in (1, 4)
)

_FALL = "".join(
    f"""

@inline
def copy{w}(t, w, n, m, i, left, j):
    for k in range(0, left - 15, 16):
        for l in range(0, {16*w}, 16):
            turn(w, (j + l)*n + i + k, n, t, 64*k + l, 64)
    for k in range(left//16*16, left):
        for l in range({16*w}):
            put(t, 64*k + l, at(w, (j + l)*n + i + k))
"""
    for w in (1, 4)
)

_LEARN = """

@inline
def walk(x, rows, n, i, left, idx, o):
    \"\"\"Each of sixteen columns: how many rows are 1 there, then where in T they are, from o on.\"\"\"
    for r in range(rows):
        word = ones(x, r*n + i, left)
        while word != 0:
            e = (i + lowest(word))*(2*rows + 1)
            k = at(idx, e) + 1
            put(idx, e, k)
            put(idx, e + k, o + 64*r)
            word &= word - 1
""" + "".join(
    f"""

@inline
def tile{w}(first, stop, n, m, rows, momentum, rate, decay, p, q, w, s, b, sb, t, idx, j):
    g = every{w}(0.0)
    for r in range(rows):
        here, there = load{w}(p, r*m + j), load{w}(q, r*m + j)
        g = add(g, sub(here, there))
        store(t, 64*r, here)
        store(t, 64*(rows + r), sub(every{w}(0.0), there))
    if stop == n:
        speed = fma(every{w}(momentum), load{w}(sb, j), mul(every{w}(rate), g))
        store(sb, j, speed)
        store(b, j, add(load{w}(b, j), speed))
    for i in range(first, stop):
        e, o, g = i*(2*rows + 1), i*m + j, every{w}(0.0)
        for k in range(e + 1, e + 1 + at(idx, e)):
            g = add(g, load{w}(t, at(idx, k)))
        weight = load{w}(w, o)
        speed = fma(every{w}(momentum), load{w}(s, o), mul(every{w}(rate), g))
        speed = sub(speed, mul(every{w}(decay), weight))
        store(s, o, speed)
        store(w, o, add(weight, speed))
"""
    for w in (1, 4)
) + """

@inline
def column(first, stop, n, m, rows, momentum, rate, decay, p, q, w, s, b, sb, t, idx, j):
    g = np.float32(0.0)
    for r in range(rows):
        here, there = at(p, r*m + j), at(q, r*m + j)
        g += here - there
        put(t, 64*r, here)
        put(t, 64*(rows + r), -there)
    if stop == n:
        speed = momentum*at(sb, j) + rate*g
        put(sb, j, speed)
        put(b, j, at(b, j) + speed)
    for i in range(first, stop):
        e, o, g = i*(2*rows + 1), i*m + j, np.float32(0.0)
        for k in range(e + 1, e + 1 + at(idx, e)):
            g += at(t, at(idx, k))
        speed = momentum*at(s, o) + rate*g - decay*at(w, o)
        put(s, o, speed)
        put(w, o, at(w, o) + speed)


@kernel
def run(first, stop, n, m, rows, momentum, rate, decay, X, P, Y, Q, W, S, A, SA, B, SB, T, IDX):
    x, p, y, q, w, s, t, idx = start(X), start(P), start(Y), start(Q), start(W), start(S), start(T), start(IDX)
    a, sa, b, sb, far = start(A), start(SA), start(B), start(SB), 2*rows + 1
    for i in range(first, stop):
        put(idx, i*far, 0)
    for c in range(first, stop, 16):
        walk(x, rows, n, c, stop - c, idx, 0)
        for i in range(c, min(c + 16, stop)):
            put(sa, i, momentum*at(sa, i) + 2*rate*at(idx, i*far))
        walk(y, rows, n, c, stop - c, idx, 64*rows)
        for i in range(c, min(c + 16, stop)):  # twice those of X, less those of X and Y
            put(sa, i, at(sa, i) - rate*at(idx, i*far))
            put(a, i, at(a, i) + at(sa, i))
    j = np.int64(0)
    while j + 64 <= m:
        tile4(first, stop, n, m, rows, momentum, rate, decay, p, q, w, s, b, sb, t, idx, j)
        j += 64
    while j + 16 <= m:
        tile1(first, stop, n, m, rows, momentum, rate, decay, p, q, w, s, b, sb, t, idx, j)
        j += 16
    while j < m:
        column(first, stop, n, m, rows, momentum, rate, decay, p, q, w, s, b, sb, t, idx, j)
        j += 1
"""

_TEXTS = {"rise": (_RISE + _LAYER, LAYER), "fall": (_FALL + _LAYER, LAYER), "learn": (_LEARN, LEARN)}


@functools.cache
def loop(name: str) -> Callable[..., None]:
    """« rise », « fall » or « learn », compiled once on this machine."""
    from course.spiking.load import kernel

    text, arguments = _TEXTS[name]
    said = {"rise": "montée", "fall": "descente", "learn": "leçon"}[name]
    return kernel(f"rbm_{name}", f"la machine de Boltzmann ({said})", _COMMON + text, arguments)
