"""The loop of units that receive sums of one another, as source for numba.

Rings stand one after the other, each of P units (P a multiple of WIDTH; those beyond n are there for the width alone).
At each stage of a step, `field` computes what every unit receives from the state of its ring; then blocks of WIDTH
units go through `f` side by side, as in `loops.run_block`, with these fields among its drives.

Arrays beside those of `loops`: E (row, P) the harmonics of all the couplings, zero beyond n, those of each filled up
with rows of zeros to a multiple of ABREAST; GAIN (ring, row); ROWS where the rows of each coupling begin, and their
end; SOURCE the variable that each one sums. One state in `every` is kept in OUT.
"""

from course.dynamics.kernels import Names, block, numbered, tuple_of
from course.dynamics.loops import WIDTH
from course.dynamics.spec import Spec

ABREAST = 4  # rows of E that a pass over a ring takes together
ARGUMENTS = {
    "X": (float, 2), "Q": (float, 2), "U": (float, 3), "Z": (float, 3), "E": (float, 2), "GAIN": (float, 2),
    "ROWS": (int, 1), "SOURCE": (int, 1), "n": (int, 0), "k0": (int, 0), "steps": (int, 0), "every": (int, 0),
    "dt": (float, 0), "A": (float, 1), "B": (float, 1), "S": (int, 0), "R": (int, 1), "OUT": (float, 3),
    "M": (float, 1), "G": (int, 1), "STATUS": (int, 1), "first": (int, 0), "last": (int, 0),
}  # fmt: skip


def kernel_source(
    spec: Spec, constants: tuple[str, ...], noise: list[tuple[int, int]], couplings: int
) -> str:
    """`run_coupled`, for a model whose last `couplings` drives are fields.

    M holds, in blocks of WIDTH, the state y, the fields, the constants, the noises and the derivatives of the units
    that go through `f`; then the ring: state y, sum of stages, fields.
    """
    names = Names(spec, constants, noise)
    nv, W, plain = len(names.x), WIDTH, len(spec.drives) - couplings
    noisy = spec.scheme == "noise"
    moving = names.of("y")
    results = names.of("d") + numbered("b", len(noise) if noisy else 0)
    at, total = {}, 0
    for kind, size in (
        ("y", nv),
        ("f", couplings),
        ("c", len(names.c)),
        ("d", len(results)),
        ("a", 1),
    ):
        at[kind], total = total, total + size * W

    def m(kind: str, i: int) -> str:
        return f"M[{at[kind] + i * W} + j]"

    inward = [f"{m('y', i)} = M[oy + {i}*P + b + j]" for i in range(nv)]
    inward += [f"{m('f', i)} = M[of + {i}*P + b + j]" for i in range(couplings)]
    inward += [f"{m('c', i)} = Q[{i}, base + b + j]" for i in range(len(names.c))]
    load = [f"{y} = {m('y', i)}" for i, y in enumerate(moving)]
    load += [f"{names.u[plain + i]} = {m('f', i)}" for i in range(couplings)]
    load += [f"{c} = {m('c', i)}" for i, c in enumerate(names.c)]
    store = [f"{m('d', i)} = {d}" for i, d in enumerate(results)]
    if noisy:
        outward = [f"M[os + {i}*P + b + j] += dt*{m('d', i)}" for i in range(nv)]
        outward += [
            f"M[os + {v}*P + b + j] += {m('d', nv + i)}*Z[k, {z}, base + b + j]"
            for i, (v, z) in enumerate(noise)
        ]
    else:
        outward = [f"M[os + {i}*P + b + j] += bh*{m('d', i)}" for i in range(nv)]
        outward += [
            f"M[oy + {i}*P + b + j] = X[{i}, base + b + j] + ah*{m('d', i)}" for i in range(nv)
        ]
    drives = [f"u{i}{p} = U[k, {i}, {q}]" for i in range(plain) for q, p in enumerate("abc")]
    at_stage = (
        [line for line in names.drives("A[i]") if line.split()[0] not in names.u[plain:]]
        if plain
        else []
    )
    stages = "1" if noisy else "S"
    weights = "ti = t" if noisy else "ti, ah, bh = t + A[i]*dt, A[i + 1]*dt, B[i]*dt"
    begin = [f"M[{o} + {i}*P + j] = X[{i}, base + j]" for i in range(nv) for o in ("oy", "os")]
    end = [f"X[{i}, base + j] = M[os + {i}*P + j]" for i in range(nv)]
    finite = " + ".join(f"(X[{i}, base + j] - X[{i}, base + j])" for i in range(nv))
    keep = [
        f"if R[{i}] >= 0:\n{' ' * 20}for j in range(P): OUT[R[{i}], (k0 + k + 1)//every, base + j] = X[{i}, base + j]"
        for i in range(nv)
    ]
    abreast = range(ABREAST)
    zeros = [f"p{q} = 0.0" for q in abreast]
    sums = [f"p{q} += E[row + {q}, j]*x" for q in abreast]
    gains = [f"p{q} *= GAIN[ring, row + {q}]" for q in abreast]
    back = " + ".join(f"p{q}*E[row + {q}, j]" for q in abreast)
    return f"""

LANES_OF_A_BLOCK = {total}
VARIABLES = {nv}


@summing
def field(E, GAIN, ROWS, SOURCE, M, P, ring, oy, of):
    for c in range({couplings}):
        source, target = oy + SOURCE[c]*P, of + c*P
        for j in range(P):
            M[target + j] = 0.0
        for row in range(ROWS[c], ROWS[c + 1], {ABREAST}):
            {block(zeros, 12)}
            for j in range(P):
                x = M[source + j]
                {block(sums, 16)}
            {block(gains, 12)}
            for j in range(P):
                M[target + j] += {back}


@kernel
def run_coupled({", ".join(ARGUMENTS)}):
    P = E.shape[1]
    oy = {total}
    os = oy + {nv}*P
    of = os + {nv}*P
    for base in range(first, last, P):
        ring = base//P
        for k in range(steps):
            t = (k0 + k)*dt
            {block(drives, 12)}
            for j in range(P):
                {block(begin, 16)}
            for i in range({stages}):
                field(E, GAIN, ROWS, SOURCE, M, P, ring, oy, of)
                {block(at_stage, 16)}
                {weights}
                for b in range(0, P, {W}):
                    for j in range({W}):
                        {block(inward, 24)}
                    for j in range({W}):
                        {block(load, 24)}
                        {tuple_of(results)} = {names.call("f", moving, "ti")}
                        {block(store, 24)}
                    for j in range({W}):
                        {block(outward, 24)}
            for j in range(P):
                {block(end, 16)}
            for j in range(n):
                if STATUS[0] == 0 and not ({finite} == 0.0):
                    STATUS[0], STATUS[1], STATUS[2] = 2, k0 + k, base + j
            if STATUS[0] != 0:
                return
            if (k0 + k + 1) % every == 0:
                {block(keep, 16)}
"""
