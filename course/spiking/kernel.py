"""One layer over one sample, forward and backward, as source for numba: what the fused kernel is made of.

The neurons of a layer are cut into tiles of up to four times sixteen. A tile lives its whole time in registers: the
loop over time is inside, and only the potentials go to memory (T × neurons float32 a sample: the processor's nearest
caches). The events of a layer are lists: those of step t are IDX[PTR[p + t]:PTR[p + t + 1]]; a spike walks one row
of weights, and so does its gradient.

Forward, with s the spikes of the step before:

    i = alpha i + Σ rows of W;  v = beta v + i - theta s   (soft)    v = beta v (1 - s) + i   (hard)

Backward, from the last step down, with gs = dL/ds[t], and s, v those of step t:

    gv = sigma'(v - theta) gs + beta gv   (hard: + beta (1 - s) gv);   gi = alpha gi + gv;   rows of dL/dW += gi

and where the reset is not detached, gs is first lessened by theta gv (soft) or beta v gv (hard).
"""

from course.spiking.formula import on_lanes

TILE = 4  # times sixteen neurons; one word of 64 bits holds a tile's spikes


def sigma(formula: str) -> str:
    return f"\n\n@inline\ndef sigma(x, k):\n    return {on_lanes(formula)}\n"


def forward(n: int, reset: str) -> str:
    move = "sub(fma(B, x, i), choose(above(x, H), H, Z))" if reset == "soft" else "fma(choose(above(x, H), Z, B), x, i)"
    return f"""

@scalar
def forward{n}(IDX, PTR, p, X, d, T, W, w, row, S, v, MASK, m, words, alpha, beta, theta):
    A, B, H, Z = every{n}(alpha), every{n}(beta), every{n}(theta), every{n}(0.0)
    i, x = Z, Z
    for t in range(T):
        i = mul(A, i)
        if d >= 0:
            i = add(i, load{n}(X, d + t*row))
        for e in range(at(PTR, p + t), at(PTR, p + t + 1)):
            i = add(i, load{n}(W, w + np.int64(at(IDX, e))*row))
        x = {move}
        store(S, v + t*row, x)
        put(MASK, m + t*words, bits(above(x, H)))
"""


def backward(n: int, reset: str, detach: bool) -> str:
    keep = "B" if reset == "soft" else "choose(above(x, H), Z, B)"
    less = "" if detach else ("q = sub(q, mul(H, y))" if reset == "soft" else "q = sub(q, mul(B, mul(x, y)))")
    return f"""

@scalar
def backward{n}(IDX, PTR, p, last, W, w, U, ORDER, n, mean, alpha_up, beta_up, D, d, row, S, v, Y, q0, G, g,
                alpha, beta, theta, slope):
    A, B, H, Z, K = every{n}(alpha), every{n}(beta), every{n}(theta), every{n}(0.0), every{n}(slope)
    C, E = every{n}(alpha_up), every{n}(beta_up)
    y, z, q, a, b, o, done = Z, Z, Z, Z, Z, Z, np.int64(0)
    if mean:
        for c in range(n):
            o = fma(every{n}(at(U, c)), load{n}(W, w + c*row), o)
        done = n
    for t in range(last, -1, -1):
        if d >= 0:
            q = load{n}(D, d + t*row)
        else:
            a = fma(E, a, o)
            while done < n and at(ORDER, n + at(ORDER, done)) == t:
                c = at(ORDER, done)
                a = fma(every{n}(at(U, c)), load{n}(W, w + c*row), a)
                done += 1
            b = fma(C, b, a)
            q = b
        x = load{n}(S, v + t*row)
        {less}
        y = fma(sigma(sub(x, H), K), q, mul({keep}, y))
        z = fma(A, z, y)
        if q0 >= 0:
            store(Y, q0 + t*row, z)
        for e in range(at(PTR, p + t), at(PTR, p + t + 1)):
            r = g + np.int64(at(IDX, e))*row
            store(G, r, add(load{n}(G, r), z))
"""


def readout(n: int) -> str:
    """The layer that does not spike: its gradient D enters by its potential."""
    return f"""

@scalar
def readout{n}(IDX, PTR, p, last, row, D, d, Y, q0, G, g, alpha, beta):
    A, B, y, z = every{n}(alpha), every{n}(beta), every{n}(0.0), every{n}(0.0)
    for t in range(last, -1, -1):
        y = fma(B, y, load{n}(D, d + t*row))
        z = fma(A, z, y)
        if q0 >= 0:
            store(Y, q0 + t*row, z)
        for e in range(at(PTR, p + t), at(PTR, p + t + 1)):
            r = g + np.int64(at(IDX, e))*row
            store(G, r, add(load{n}(G, r), z))
"""


def product(n: int) -> str:
    """D = Z Wᵀ, four steps at once: the gradient of the layer below, from the synaptic gradients Z of this one."""
    return f"""

@scalar
def product{n}(S, z, wide, many, W, w, row, D, d, last):
    for t in range(0, last + 1, 4):
        a, b, c, e = every{n}(0.0), every{n}(0.0), every{n}(0.0), every{n}(0.0)
        for k in range(many):
            x, q = z + t*wide + k, load{n}(W, w + k*row)
            a = fma(every{n}(at(S, x)), q, a)
            b = fma(every{n}(at(S, x + wide)), q, b)
            c = fma(every{n}(at(S, x + 2*wide)), q, c)
            e = fma(every{n}(at(S, x + 3*wide)), q, e)
        store(D, d + t*row, a)
        store(D, d + (t + 1)*row, b)
        store(D, d + (t + 2)*row, c)
        store(D, d + (t + 3)*row, e)
"""


def tiles(call: str, sizes: set[int], indent: int = 4) -> str:
    """`call` for every tile of a layer of `blocks` sixteens; in it `@` is the size, `j` the first sixteen."""
    pad, text = " " * indent, ""
    if TILE in sizes:
        text += f"{pad}for j in range(0, blocks - {TILE - 1}, {TILE}):\n{pad}    {call.replace('@', str(TILE))}\n"
    text += f"{pad}j = blocks - blocks % {TILE}\n"
    for n in sorted(sizes - {TILE}):
        text += f"{pad}if blocks % {TILE} == {n}:\n{pad}    {call.replace('@', str(n))}\n"
    return text


def cut(blocks: int) -> set[int]:
    """The sizes of the tiles of a layer."""
    return ({TILE} if blocks >= TILE else set()) | ({blocks % TILE} if blocks % TILE else set())


SPIKES = """

@scalar
def listed(MASK, m, words, IDX, n):
    \"\"\"Writes the places of the bits of some words after the first n; how many there are then.\"\"\"
    for w in range(words):
        word = at(MASK, m + w)
        while word != 0:
            put(IDX, n, 64*w + lowest(word))
            word &= word - 1
            n += 1
    return n

@scalar
def spikes(MASK, m, words, T, IDX, PTR, p):
    \"\"\"The lists of a layer's spikes, from their bits; how many there are.\"\"\"
    n = at(PTR, p)
    for t in range(T):
        n = listed(MASK, m + t*words, words, IDX, n)
        put(PTR, p + t + 1, n)
    return n - at(PTR, p)
"""


def pieces(reset: str, detach: bool, formula: str, sizes: dict[str, set[int]]) -> str:
    """Each piece for the tiles that it meets."""
    text = sigma(formula) if sizes["backward"] else ""
    text += "".join(forward(n, reset) for n in sorted(sizes["forward"]))
    text += "".join(backward(n, reset, detach) for n in sorted(sizes["backward"]))
    text += "".join(readout(n) for n in sorted(sizes["readout"]))
    return text + "".join(product(n) for n in sorted(sizes["product"]))
