"""A convolution in the fused kernel, as source for numba: spikes walk patches, the layer's own loop does the rest.

The current of every step is first added up where the potentials will be; the tiles of `kernel` then go through time as
for a dense layer that receives a current. Backward, they leave dL/di there, and the same spikes walk the same patches
to gather dL/dW. What goes down to another block is gathered place by place, four steps at once, and a pool hands its
gradient to the first of its neurons that fired, or to its first neuron (as torch's max_pool2d).

CV is the place of the block's row in CONV (see `patches.tables`).
"""

from course.spiking.kernel import tiles

_WALK = """
        for e in range(at(Q, p + t), at(Q, p + t + 1)):
            x = np.int64(at(I, e))
            place, c = x // C, x % C
            if first:
                place, c = x % places, x // places
            for k in range(at(LINK, links + place), at(LINK, links + place + 1), 2):
                o = v + t*row + at(LINK, k)*wide
                r = w + (at(LINK, k + 1)*C + c)*wide
                for j in range(0, wide, 16):
"""

_PIECES = f"""

@scalar
def injected(I, Q, p, T, CONV, cv, LINK, row, W, w, S, v):
    first, places, C, wide, links = at(CONV, cv), at(CONV, cv + 1), at(CONV, cv + 2), at(CONV, cv + 3), at(CONV, cv + 5)
    for k in range(0, T*row, 16):
        store(S, v + k, every1(0.0))
    for t in range(T):
{_WALK}                    store(S, o + j, add(load1(S, o + j), load1(W, r + j)))

@scalar
def learnt(I, Q, p, last, CONV, cv, LINK, row, S, v, G, w):
    first, places, C, wide, links = at(CONV, cv), at(CONV, cv + 1), at(CONV, cv + 2), at(CONV, cv + 3), at(CONV, cv + 5)
    for t in range(last + 1):
{_WALK}                    store(G, r + j, add(load1(G, r + j), load1(S, o + j)))

@scalar
def returned(S, v, row, many, CONV, cv, LINK, W, u, D, last):
    places, C, wide, links = at(CONV, cv + 1), at(CONV, cv + 2), at(CONV, cv + 3), at(CONV, cv + 5)
    below = places*C
    for t in range(0, last + 1, 4):
        for place in range(places):
            for j in range(0, C, 16):
                a, b, c, d = every1(0.0), every1(0.0), every1(0.0), every1(0.0)
                for k in range(at(LINK, links + place), at(LINK, links + place + 1), 2):
                    x = v + t*row + at(LINK, k)*wide
                    r = u + at(LINK, k + 1)*wide*C + j
                    for i in range(many):
                        q = load1(W, r + i*C)
                        a = fma(every1(at(S, x + i)), q, a)
                        b = fma(every1(at(S, x + row + i)), q, b)
                        c = fma(every1(at(S, x + 2*row + i)), q, c)
                        d = fma(every1(at(S, x + 3*row + i)), q, d)
                o = t*below + place*C + j
                store(D, o, a)
                store(D, o + below, b)
                store(D, o + 2*below, c)
                store(D, o + 3*below, d)

@scalar
def pooled(MASK, m, words, T, CONV, cv, LINK, IDX, PTR, p):
    n, blocks, places, windows = at(PTR, p), at(CONV, cv + 3)//16, at(CONV, cv + 4), at(CONV, cv + 6)
    for t in range(T):
        for place in range(places):
            for j in range(blocks):
                word = np.int64(0)
                for k in range(at(LINK, windows + place), at(LINK, windows + place + 1)):
                    x = at(LINK, k)*blocks + j
                    word |= (at(MASK, m + t*words + x//4) >> (16*(x % 4))) & 65535
                while word != 0:
                    put(IDX, n, 16*(place*blocks + j) + lowest(word))
                    word &= word - 1
                    n += 1
        put(PTR, p + t + 1, n)
    return n - at(PTR, p)

@scalar
def unpooled(S, v, row, theta, CONV, cv, LINK, D, d, last):
    wide, places, windows, H, Z = at(CONV, cv + 3), at(CONV, cv + 4), at(CONV, cv + 6), every1(theta), every1(0.0)
    for k in range(0, (last + 1)*row, 16):
        store(D, d + k, Z)
    for t in range(last + 1):
        for place in range(places):
            start = at(LINK, windows + place)
            for j in range(0, wide, 16):
                rest = load1(D, (t*places + place)*wide + j)
                for k in range(start, at(LINK, windows + place + 1)):
                    o = t*row + at(LINK, k)*wide + j
                    fired = above(load1(S, v + o), H)
                    store(D, d + o, choose(fired, rest, Z))
                    rest = choose(fired, Z, rest)
                o = d + t*row + at(LINK, start)*wide + j
                store(D, o, add(load1(D, o), rest))
"""

_FORWARD = "forward@(IDX, P, zeros, S, v + 16*j, T, W, 0, row, S, v + 16*j, MASK, m + j//4, words, alpha, beta, th)"
_BACKWARD = """backward@(IDX, P, zeros, last, W, u + 16*j, U, ORDER, n, mean, at(DECAY, 2*L - 2), at(DECAY, 2*L - 1),
                          D, d + 16*j, row, S, v + 16*j, S, v + 16*j, G, 0, alpha, beta, theta, slope)"""

_UP = """
    if l < {count}:
        cv = 9*l
        zeros = at(CONV, cv + 8)
        injected(I, Q, p, T, CONV, cv, LINK, row, W, w, S, v)
{forward}
        return
"""

_DOWN = """
    if l < {count}:
        cv = 9*l
        k, u, d, zeros = 9*(l + 1), at(TAB, 9*(l + 1) + 2), 0, at(CONV, cv + 8)
        if l + 1 < {count}:
            returned(S, at(TAB, k + 3), 16*at(TAB, k), at(TAB, k + 7), CONV, cv + 9, LINK, W, u, D, last)
        elif l == L - 2 and at(CONV, cv + 6) == 0:
            d = -2**40
        else:
            h, blocks = k, at(CONV, cv + 3)*at(CONV, cv + 4)//16
            row = 16*blocks
{product}
            h, blocks = 9*l, at(TAB, 9*l)
            row = 16*blocks
        if at(CONV, cv + 6) != 0:
            d = at(CONV, cv + 7)
            unpooled(S, v, row, theta, CONV, cv, LINK, D, d, last)
{backward}
        learnt(I, Q, p, last, CONV, cv, LINK, row, S, v, G, w)
        return
"""
_SPIKES = "spikes(MASK, at(TAB, 9*l + 4), at(TAB, 9*l + 8), T, I, Q, p)"
_POOLED = "pooled(MASK, at(TAB, 9*l + 4), at(TAB, 9*l + 8), T, CONV, 9*l, LINK, I, Q, p)"


def pieces(count: int) -> str:
    """What a stack whose first `count` layers are convolutions calls."""
    return _PIECES if count else ""


def up(count: int, sizes: dict[str, set[int]]) -> str:
    """Forward through one of them."""
    return _UP.format(count=count, forward=tiles(_FORWARD, sizes["forward"], 8)) if count else ""


def down(count: int, sizes: dict[str, set[int]], product: str) -> str:
    """Backward; `product` is the call that brings a gradient down from a dense layer."""
    if not count:
        return ""
    below = tiles(product, sizes["product"], 12)
    return _DOWN.format(count=count, product=below, backward=tiles(_BACKWARD, sizes["backward"], 8))


def listed(count: int) -> str:
    """The call that lists what leaves layer l, and gives its number."""
    return f"{_POOLED} if l < {count} and at(CONV, 9*l + 6) != 0 else {_SPIKES}" if count else _SPIKES
