"""A recurrent layer over a batch, as source for numba: every neuron of a step waits for all those of the step before.

The loop over time is outside, the tiles inside; the spikes of each step are listed (OWN, from Q[t] on) and walk rows of
R at the next one. Backward, what comes to the spikes of step t is D[t] + R gi[t+1]. The names are those of `batch`.
"""

import numpy as np

from course.spiking import batch
from course.spiking.kernel import cut, product, sigma, tiles

_MORE = {"R": (np.float32, 1), "RT": (np.float32, 1), "GR": (np.float32, 1), "C": (np.float32, 1),
         "OWN": (np.int32, 1), "Q": (int, 1)}  # fmt: skip
ARGUMENTS = {**batch.ARGUMENTS, **_MORE}


def _ahead(n: int, reset: str) -> str:
    move = "sub(fma(B, x, i), choose(above(x, H), H, Z))" if reset == "soft" else "fma(choose(above(x, H), Z, B), x, i)"
    return f"""

@scalar
def ahead{n}(t, I, from_, to, X, x0, W, R, OWN, q0, q1, m, j, row, C, V, v, Y, alpha, beta, theta):
    A, B, H, O, Z = every{n}(alpha), every{n}(beta), every{n}(theta), every{n}(1.0), every{n}(0.0)
    i, x = mul(A, load{n}(C, j)), Z
    if t > 0:
        x = load{n}(V, v - row)
    if x0 >= 0:
        i = add(i, load{n}(X, v))
    for e in range(from_, to):
        i = add(i, load{n}(W, j + np.int64(at(I, e))*row))
    for e in range(q0, q1):
        i = add(i, load{n}(R, j + np.int64(at(OWN, e))*row))
    x = {move}
    store(C, j, i)
    store(V, v, x)
    store(Y, v, choose(above(x, H), O, Z))
    word = bits(above(x, H))
    while word != 0:
        put(OWN, m, j + lowest(word))
        word &= word - 1
        m += 1
    return m
"""


def _behind(n: int, reset: str, detach: bool) -> str:
    keep = "B" if reset == "soft" else "choose(above(x, H), Z, B)"
    less = "" if detach else ("q = sub(q, mul(H, y))" if reset == "soft" else "q = sub(q, mul(B, mul(x, y)))")
    return f"""

@scalar
def behind{n}(last, n, I, from_, to, OWN, q0, q1, j, row, C, V, D, v, Y, y0, RT, G, GR, alpha, beta, theta, slope):
    A, B, H, Z, K = every{n}(alpha), every{n}(beta), every{n}(theta), every{n}(0.0), every{n}(slope)
    q, x, y, z = load{n}(D, v), load{n}(V, v), Z, Z
    if not last:
        y, z = load{n}(C, j), load{n}(Y, y0 + row + j)
        for k in range(n):
            q = fma(every{n}(at(Y, y0 + row + k)), load{n}(RT, k*row + j), q)
    {less}
    y = fma(sigma(sub(x, H), K), q, mul({keep}, y))
    z = fma(A, z, y)
    store(C, j, y)
    store(Y, y0 + j, z)
    for e in range(from_, to):
        r = j + np.int64(at(I, e))*row
        store(G, r, add(load{n}(G, r), z))
    for e in range(q0, q1):
        r = j + np.int64(at(OWN, e))*row
        store(GR, r, add(load{n}(GR, r), z))
"""


_AHEAD = """m = ahead@(t, I, at(S, p + t), at(S, p + t + 1), X, x, W, R, OWN, q0, q1, m, 16*j, row, C, V,
                           v + t*row + 16*j, Y, alpha, beta, theta)"""
_BEHIND = """behind@(t == T - 1, n, I, at(S, p + t), at(S, p + t + 1), OWN, q0, q1, 16*j, row, C, V, D,
                       v + t*row + 16*j, Y, y + t*row, RT, G, GR, alpha, beta, theta, slope)"""
_LIST = """
            word = bits(above(load@(V, v + t*row + 16*j), every@(theta)))
            while word != 0:
                put(OWN, m, 16*j + lowest(word))
                word &= word - 1
                m += 1"""

_FORWARD = """
    q0, m = np.int64(0), np.int64(0)
    for k in range(row):
        put(C, k, 0.0)
    for t in range(T):
        q1 = m
{ahead}
        q0 = q1
"""
_BACKWARD = """
    m = np.int64(0)
    put(Q, 0, 0)
    for t in range(T):
        for j in range(blocks):
{listing}
        put(Q, t + 1, m)
    for t in range(T - 1, -1, -1):
        q0, q1 = np.int64(0), np.int64(0)
        if t > 0:
            q0, q1 = at(Q, t - 1), at(Q, t)
{behind}
"""
_RUN = """

@scalar
def once(b, {ONCE}):
    I, S, p, row, wide, rows = IDX, P, np.int64(0), 16*blocks, 16*below, (T + 3)//4*4
    v, x = b*rows*row, {x}
    y = v if whole else 0
    {arrive}
{work}

@kernel
def run({ALL}):
    for b in range(first, stop):
        once(b, {CALL})
"""


def source(back: bool, kind: int, reset: str, detach: bool, formula: str, blocks: int, below: int) -> str:
    """The text of one way through the layer; the current of kind 2 has the shape of V."""
    sizes = cut(blocks)
    names = [name for name in ARGUMENTS if name not in ("first", "stop")]
    arrive = {0: "I, S, p = INDEX, PTR, b*(T + 1)", 1: "arrived(X, b*far, stride, many, T, IDX, P)", 2: ""}[kind]
    text = batch.LISTING if kind == 1 else ""
    if back:
        text += sigma(formula) + "".join(_behind(n, reset, detach) for n in sorted(sizes))
        work = _BACKWARD.format(listing=_LIST.replace("@", "1"), behind=tiles(_BEHIND, sizes, 8))
        if kind == 1:
            text += "".join(product(n) for n in sorted(cut(below)))
            work += "    if wanted == 0:\n        return\n    blocks = below\n" + tiles(batch.PRODUCT, cut(below))
    else:
        text += "".join(_ahead(n, reset) for n in sorted(sizes))
        work = _FORWARD.format(ahead=tiles(_AHEAD, sizes, 8))
    run = _RUN.format(
        ONCE=", ".join(names), ALL=", ".join(ARGUMENTS), arrive=arrive, work=work, x="0" if kind == 2 else "-1",
        CALL=", ".join(f"start({n})" if ARGUMENTS[n][1] else n for n in names),
    )  # fmt: skip
    return text + run
