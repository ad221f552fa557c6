"""`advance`: one population, one step, as source for numba; many neurons side by side.

The state of a population is M, blocks of WIDTH neurons one after the other; a block is its fields, each WIDTH long,
then the number of its neurons whose reset is pending:

    x (variables)   c (constants)   r   g   u (inputs)   z (noises)   v (voltage jump)

All the fields of a block are at fixed places from its start, so that LLVM knows that they do not overlap and puts the
neurons side by side. `r` is what a neuron waits for: r > 0 a refractory time left [ms], 0 nothing, -1 to come back
under its threshold, PENDING its reset (semi-implicit: it comes at the start of the next step), DEAD nothing any more.
`g` says who spikes: what is above the threshold, by neurons that wait for nothing.

An input is the current u0; with conductances u1 = Σ g and u2 = Σ g E too; by its value at the start of the step, or
at its start, middle and end when the method looks there. The inputs of a population are rows (input, neuron).
"""

from course.dynamics.kernels import Names, block, numbered, tuple_of
from course.dynamics.spec import Spec

WIDTH = 64
BIG = 2**40  # an array whose end is not looked at
ARGUMENTS = {
    "k": (int, 0), "p": (int, 0), "dt": (float, 0), "at": (int, 0), "low": (int, 0), "high": (int, 0), "n": (int, 0),
    "refractory": (float, 0), "inputs": (int, 0), "width": (int, 0), "lanes": (int, 0),
    "jumps": (int, 0), "addresses": (int, 0),
}  # fmt: skip
PENDING, DEAD = 1e300, 1e301
STAGES = {
    "euler": 1,
    "semi_implicit": 1,
    "euler_maruyama": 1,
    "exponential_euler": 1,
    "heun": 3,
    "rk4": 3,
}
_TABLEAU = {  # stage: where in the step, how much of the slope before it; then the weights
    "heun": (((0.0, 0.0, "a"), (1.0, 1.0, "c")), (1 / 2, 1 / 2)),
    "rk4": (
        ((0.0, 0.0, "a"), (0.5, 0.5, "b"), (0.5, 0.5, "b"), (1.0, 1.0, "c")),
        (1 / 6, 1 / 3, 1 / 3, 1 / 6),
    ),
}


class Fields:
    """The place of each field in a block, and of each input in its rows."""

    def __init__(
        self, variables: int, constants: int, noises: int, drives: int, stages: int
    ) -> None:
        self.x, self.c = 0, variables
        self.r = self.c + constants
        self.g = self.r + 1
        self.u = self.g + 1
        self.z = self.u + drives * stages
        self.v = self.z + noises
        self.total = self.v + 1
        self.size = self.total * WIDTH + 8  # the count of the pending, and the alignment
        self.rows = self.total - self.u

    def row(self, field: int) -> int:
        return field - self.u


def fields(spec: Spec, method: str, constants: int) -> Fields:
    noises = len(spec.equations.noises)
    return Fields(len(spec.variables), constants, noises, len(spec.drives), STAGES[method])


def _arguments(n: Names, method: str) -> list[str]:
    return n.u3 if STAGES[method] == 3 else n.u


def _step(n: Names, method: str) -> str:
    """`step`: the state a step later; `live` is 0 for a neuron in its refractory period, whose V does not move."""
    x, y, s = n.x, n.of("y"), n.of("s")
    held = {i for i, v in enumerate(n.spec.variables) if v in n.spec.held}
    lines: list[str] = []

    def slopes(state: list[str], stage: str, t: str, extra: list[str] = ()) -> list[str]:
        d = n.of(f"d{stage}")
        for u in n.u if STAGES[method] == 3 else ():
            lines.append(f"{u} = {u}{_TABLEAU[method][0][int(stage)][2]}")
        lines.append(f"{tuple_of([*d, *extra])} = {n.call('f', state, t)}")
        lines.extend(f"{d[i]} = {d[i]}*live" for i in sorted(held))
        return d

    if method == "semi_implicit":
        lines.append(f"{tuple_of(s)} = {tuple_of(x)}")
        for i in range(len(x)):
            rate = f"{n.call('f', s)}[{i}]"
            lines.append(f"s{i} = s{i} + dt*{rate}{'*live' if i in held else ''}")
    elif method == "exponential_euler":
        j = n.of("j")
        d = slopes(x, "0", "t", j)
        lines += [f"{s[i]} = {x[i]} + dt*{d[i]}*phi1({j[i]}*dt)" for i in range(len(x))]
    elif method in _TABLEAU:
        stages, weights = _TABLEAU[method]
        found: list[list[str]] = []
        for k, (at, back, _) in enumerate(stages):
            if k:
                lines += [f"{y[i]} = {x[i]} + {back}*dt*{found[-1][i]}" for i in range(len(x))]
            found.append(slopes(y if k else x, str(k), f"t + {at}*dt"))
        for i in range(len(x)):
            total = " + ".join(f"{w}*{d[i]}" for w, d in zip(weights, found, strict=True))
            lines.append(f"{s[i]} = {x[i]} + dt*({total})")
    else:
        b = numbered("b", len(n.noise))
        d = slopes(x, "0", "t", b)
        lines += [f"{s[i]} = {x[i]} + dt*{d[i]}" for i in range(len(x))]
        lines += [
            f"{s[v]} = {s[v]} + {b[i]}*z{k}{'*live' if v in held else ''}"
            for i, (v, k) in enumerate(n.noise)
        ]
    arguments = ", ".join(["t, dt, live", *x, *_arguments(n, method), *n.z, *n.c])
    return f"\n\n@inline\ndef step({arguments}):\n    {block(lines, 4)}\n    return {tuple_of(s)}\n"


def advance_source(n: Names, method: str, clamped: bool, jumping: int) -> str:
    """The functions `step` and `advance`; `jumping` is the variable that a voltage jump moves."""
    spec, x, s = n.spec, n.x, n.of("s")
    f = fields(spec, method, len(n.c))
    u, three = _arguments(n, method), STAGES[method] == 3 and n.u
    end = [f"{a} = {a}c" for a in n.u] if three else []
    begin = [f"{a} = {a}a" for a in n.u] if three else []

    def at(field: int) -> str:
        return f"B[{field * WIDTH} + l]"

    def read(names: list[str], field: int) -> list[str]:
        return [f"{name} = {at(field + k)}" for k, name in enumerate(names)]

    def write(names: list[str], field: int) -> list[str]:
        return [f"{at(field + k)} = {name}" for k, name in enumerate(names)]

    inputs = [*read(n.c, f.c), *read(u, f.u), *read(n.z, f.z)]
    rows = [
        f"row = part(INPUT, {k}*width + b*{WIDTH})\n        for l in range(lanes): {at(f.u + k)} = row[l]"
        for k in range(f.rows)
    ]
    rows[-1] = "if jumps == 1:\n            " + rows[-1].replace("\n", "\n    ")
    fail = [f"    ST[0], ST[2], ST[3], ST[4] = 3, k, p, b*{WIDTH} + l", "    return"]
    pending, spiking, live, waiting = "pass", "pass", "live = 1.0", ["hit += 0"]
    deferred = spec.reset and method == "semi_implicit"
    if deferred:
        pending = f"""if B[{f.total * WIDTH}] > 0.0:
            B[{f.total * WIDTH}] = 0.0
            for l in range({WIDTH}):
                if {at(f.r)} == {PENDING!r}:
                    {block([*read(x, f.x), *inputs, *begin], 20)}
                    {tuple_of(x)} = {n.call("reset", x)}
                    if {n.call("g", x)}[0] >= 0.0:
                    {block(fail, 20)}
                    {block(write(x, f.x), 20)}
                    {at(f.r)} = refractory"""
    if spec.spike:
        live = f"""r = {at(f.r)}
            live = 0.0 if r > 0.0 else 1.0"""
        waiting = [
            *end,
            f"g1 = {n.call('g', s, 't + dt')}[0]",
            "g1 = g1 if r == 0.0 else -1.0 if g1 >= 0.0 else -2.0",
            "hit += np.int64(g1 >= 0.0)",
            f"{at(f.g)} = g1",
            "left = r - dt",
            "left = left if left > 1e-9*dt else 0.0",
            f"{at(f.r)} = left if r > 0.0 else 0.0 if g1 == -2.0 else r",
        ]
        if deferred:
            clamp = f"{at(f.x + jumping)} = {at(f.x + jumping)} - {at(f.g)}" if clamped else "pass"
            spiked = [clamp, f"{at(f.r)} = {PENDING!r}", f"B[{f.total * WIDTH}] += 1.0"]
        elif spec.reset:
            spiked = [
                *read(s, f.x), *inputs, *end,
                f"{tuple_of(s)} = {n.call('reset', s, 't + dt')}",
                f"if {n.call('g', s, 't + dt')}[0] >= 0.0:", *fail,
                *write(s, f.x),
                f"{at(f.r)} = refractory",
            ]  # fmt: skip
        else:
            spiked = [f"{at(f.r)} = -1.0"]
        spiking = f"""if hit > 0:
            for l in range({WIDTH}):
                if {at(f.g)} >= 0.0:
                    if b*{WIDTH} + l < n:
                        OK[ST[1]], OP[ST[1]], OJ[ST[1]] = k, p, b*{WIDTH} + l
                        ST[1] += 1
                    {block(spiked, 20)}"""
    now = ", ".join([*x, *u, *n.z, *n.c])
    wrong = f"not ({' + '.join(f'({a} - {a})' for a in s)} == 0.0)"
    return (
        _step(n, method)
        + f"""

@kernel
def advance(k, p, dt, at, low, high, n, refractory, inputs, width, lanes, jumps, addresses):
    T = integers(addresses, 5)
    M, ST, INPUT = doubles(T[0], {BIG}), integers(T[1], 8), doubles(inputs, {BIG})
    OK, OP, OJ = integers(T[2], {BIG}), integers(T[3], {BIG}), integers(T[4], {BIG})
    t = k*dt
    for b in range(low, high):
        B = part(M, at + b*{f.size})
        {block(rows, 8)}
        {pending}
        hit = np.int64(0)
        for l in range({WIDTH}):
            {live}
            {block([*read(x, f.x), *inputs], 12)}
            {tuple_of(s)} = step(t, dt, live, {now})
            s{jumping} = s{jumping} + {at(f.v)}*live
            {block(write(s, f.x), 12)}
            {block(waiting, 12)}
        {spiking}
        if k & 31 == 31:
            for l in range({WIDTH}):
                {block(read(s, f.x), 16)}
                if b*{WIDTH} + l < n and {wrong}:
                    ST[0], ST[2], ST[3], ST[4] = 2, k, p, b*{WIDTH} + l
                    return
"""
    )
