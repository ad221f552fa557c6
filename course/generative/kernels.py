"""The three loops of a large machine's lesson, as source for numba.

    rise    P = σ(b + X W) and H drawn from it      a row of W is added for each 1 of a row of X: what is off is free
    turn    V = σ(Z + a) and Y drawn from it, then as `rise` from Y        Z = H Wᵀ comes from a dense product
    learn   G = Xᵀ P - Yᵀ Q, then s ← momentum s + rate G - decay W and W ← W + s

Sixteen to sixty-four numbers of a row live in registers while the 1s are walked. `rise` and `turn` take the rows from
`first` to `stop`, `learn` the visible units. A row whose length is no multiple of sixteen ends with a tile that begins
earlier (what it makes again is the same), and in `learn`, which adds to what it finds, with single numbers.
"""

import functools
from collections.abc import Callable

import numpy as np

NARROW = 16  # rows of fewer numbers have no tile

_BOUNDS = {"first": (int, 0), "stop": (int, 0), "n": (int, 0), "m": (int, 0)}
_FLAT = (np.float32, 1)
RISE = _BOUNDS | dict.fromkeys(("X", "W", "B", "U", "P", "H"), _FLAT) | {"IDX": (int, 1)}
TURN = _BOUNDS | dict.fromkeys(("Z", "A", "UV", "V", "Y", "W", "B", "UH", "Q", "H"), _FLAT) | {"IDX": (int, 1)}
LEARN = (
    _BOUNDS | {"rows": (int, 0), "momentum": (float, 0), "rate": (float, 0), "decay": (float, 0)}
    | dict.fromkeys(("X", "P", "Y", "Q", "W", "S"), _FLAT) | {"IDX": (int, 1)}
)  # fmt: skip

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
""" + "".join(
    f"""

@inline
def sigma{w}(z):
    return div(every{w}(1.0), add(every{w}(1.0), vexp(sub(every{w}(0.0), z))))


@inline
def drawn{w}(p, u):
    return choose(above(p, u), every{w}(1.0), every{w}(0.0))
"""
    for w in (1, 4)
)

_RISE = "".join(
    f"""

@inline
def rise{w}(w, b, u, p, h, o, idx, k, j):
    z = load{w}(b, j)
    for e in range(k):
        z = add(z, load{w}(w, at(idx, e) + j))
    z = sigma{w}(z)
    store(p, o + j, z)
    store(h, o + j, drawn{w}(z, load{w}(u, o + j)))


@inline
def fall{w}(z, a, u, v, y, o, j):
    p = sigma{w}(add(load{w}(z, o + j), load{w}(a, j)))
    store(v, o + j, p)
    store(y, o + j, drawn{w}(p, load{w}(u, o + j)))
"""
    for w in (1, 4)
) + """

@inline
def up(x, r, n, m, w, b, u, p, h, idx):
    k = np.int64(0)
    for i in range(0, n, 16):
        word = ones(x, r*n + i, n - i)
        while word != 0:
            put(idx, k, (i + lowest(word))*m)
            word &= word - 1
            k += 1
    j = np.int64(0)
    while j + 64 <= m:
        rise4(w, b, u, p, h, r*m, idx, k, j)
        j += 64
    while j < m:
        rise1(w, b, u, p, h, r*m, idx, k, min(j, m - 16))
        j += 16


@inline
def down(z, a, u, v, y, r, n):
    j = np.int64(0)
    while j + 64 <= n:
        fall4(z, a, u, v, y, r*n, j)
        j += 64
    while j < n:
        fall1(z, a, u, v, y, r*n, min(j, n - 16))
        j += 16
"""

_UP = """

@kernel
def run(first, stop, n, m, X, W, B, U, P, H, IDX):
    x, w, b, u, p, h, idx = start(X), start(W), start(B), start(U), start(P), start(H), start(IDX)
    for r in range(first, stop):
        up(x, r, n, m, w, b, u, p, h, idx)
"""

_TURN = """

@kernel
def run(first, stop, n, m, Z, A, UV, V, Y, W, B, UH, Q, H, IDX):
    z, a, c, v, y = start(Z), start(A), start(UV), start(V), start(Y)
    w, b, u, q, h, idx = start(W), start(B), start(UH), start(Q), start(H), start(IDX)
    for r in range(first, stop):
        down(z, a, c, v, y, r, n)
        up(y, r, n, m, w, b, u, q, h, idx)
"""

_LEARN = "".join(
    f"""

@inline
def learn{w}(p, q, w, s, idx, e, more, less, o, j, momentum, rate, decay):
    g = every{w}(0.0)
    for k in range(e, more):
        g = add(g, load{w}(p, at(idx, k) + j))
    for k in range(more, less):
        g = sub(g, load{w}(q, at(idx, k) + j))
    weight = load{w}(w, o + j)
    speed = fma(every{w}(momentum), load{w}(s, o + j), mul(every{w}(rate), g))
    speed = sub(speed, mul(every{w}(decay), weight))
    store(s, o + j, speed)
    store(w, o + j, add(weight, speed))
"""
    for w in (1, 4)
) + """

@inline
def learn0(p, q, w, s, idx, e, more, less, o, j, momentum, rate, decay):
    g = np.float32(0.0)
    for k in range(e, more):
        g += at(p, at(idx, k) + j)
    for k in range(more, less):
        g -= at(q, at(idx, k) + j)
    weight = at(w, o + j)
    speed = momentum*at(s, o + j) + rate*g - decay*weight
    put(s, o + j, speed)
    put(w, o + j, weight + speed)


@inline
def walk(x, rows, n, i, left, m, idx, room, far):
    \"\"\"The rows where each of sixteen columns has a 1, added to its list; idx[room + l]: its length.\"\"\"
    for r in range(rows):
        word = ones(x, r*n + i, left)
        while word != 0:
            l = lowest(word)
            k = at(idx, room + l)
            put(idx, l*far + k, r*m)
            put(idx, room + l, k + 1)
            word &= word - 1


@kernel
def run(first, stop, n, m, rows, momentum, rate, decay, X, P, Y, Q, W, S, IDX):
    x, p, y, q, w, s, idx = start(X), start(P), start(Y), start(Q), start(W), start(S), start(IDX)
    far = 2*rows
    room = 16*far
    for i in range(first, stop, 16):
        left = min(stop - i, 16)
        for l in range(16):
            put(idx, room + l, 0)
        walk(x, rows, n, i, left, m, idx, room, far)
        for l in range(16):
            put(idx, room + 16 + l, at(idx, room + l))
        walk(y, rows, n, i, left, m, idx, room, far)
        for l in range(left):
            e, o = l*far, (i + l)*m
            more, less = e + at(idx, room + 16 + l), e + at(idx, room + l)
            j = np.int64(0)
            while j + 64 <= m:
                learn4(p, q, w, s, idx, e, more, less, o, j, momentum, rate, decay)
                j += 64
            while j + 16 <= m:
                learn1(p, q, w, s, idx, e, more, less, o, j, momentum, rate, decay)
                j += 16
            while j < m:
                learn0(p, q, w, s, idx, e, more, less, o, j, momentum, rate, decay)
                j += 1
"""

_TEXTS = {"rise": (_RISE + _UP, RISE), "turn": (_RISE + _TURN, TURN), "learn": (_LEARN, LEARN)}


@functools.cache
def loop(name: str) -> Callable[..., None]:
    """« rise », « turn » or « learn », compiled once on this machine."""
    from course.spiking.load import kernel

    text, arguments = _TEXTS[name]
    said = {"rise": "montée", "turn": "aller-retour", "learn": "leçon"}[name]
    return kernel(f"rbm_{name}", f"la machine de Boltzmann ({said})", _COMMON + text, arguments)
