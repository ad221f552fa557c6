"""The loops over time and neurons around `step` and `event`: one neuron in registers, many side by side.

Arrays: X (variable, neuron) the state, changed in place; Q (constant, neuron); U (step, drive, 3) drives at the
start, the middle and the end of each step; Z (step, noise, neuron) Brownian increments over a step; R the slot of
each variable in OUT (slot, time, neuron), or -1; LEFT (neuron) the `r` of `event`; TIMES (neuron, spike), COUNT.
M (`SCRATCH`) and G (WIDTH) are room for a block.
STATUS = (code, step, neuron): 0 done, 1 no room in TIMES, 2 not finite, 3 reset above threshold, 4 spikes without end.
`first` and `last` bound the neurons of a call, so that threads share the arrays.
"""

from course.dynamics.kernels import Names, block, event_source, step_source, tuple_of
from course.dynamics.signature import ARGUMENTS
from course.dynamics.spec import Spec

WIDTH = 16
_SIGNATURE = ", ".join(ARGUMENTS)


def _checks(n: Names, state: list[str]) -> str:
    return " + ".join(f"({a} - {a})" for a in state)


def run_source(n: Names) -> str:
    """`run`: neuron after neuron, the whole chunk of time in registers."""
    x, y = n.x, n.of("y")
    loads = [f"{a} = X[{i}, j]" for i, a in enumerate(x)] + [
        f"{c} = Q[{i}, j]" for i, c in enumerate(n.c)
    ]
    per_step = _drive_loads(n) + [f"{z} = Z[k, {i}, j]" for i, z in enumerate(n.z)]
    event = "pass"
    if n.spec.spike is not None:
        args = ", ".join(["t, dt, r", *x, *n.u3, *n.z, *n.c])
        event = f"""{block(n.drives("1.0"), 12)}
            g1 = {n.call("g", y, "t + dt")}[0]
            if r > 0.0 or (r == 0.0 and g1 >= 0.0):
                code, r, {tuple_of(y)} = event({args}, A, B, S, located, D, j, TIMES, COUNT)
                if code != 0:
                    STATUS[0], STATUS[1], STATUS[2] = code, k0 + k, j
                    return
            elif g1 < 0.0:
                r = 0.0"""
    return f"""

@kernel
def run({_SIGNATURE}):
    for j in range(first, last):
        {block(loads, 8)}
        r = LEFT[j]
        for k in range(steps):
            t = (k0 + k)*dt
            {block(per_step, 12)}
            {tuple_of(y)} = {n.step("t", "dt", "0.0", "1.0", x, "1.0")}
            {event}
            {tuple_of(x)} = {tuple_of(y)}
            if not ({_checks(n, x)} == 0.0):
                STATUS[0], STATUS[1], STATUS[2] = 2, k0 + k, j
                {block([f"X[{i}, j] = {a}" for i, a in enumerate(x)], 16)}
                return
            {block([f"if R[{i}] >= 0: OUT[R[{i}], k0 + k + 1, j] = {a}" for i, a in enumerate(x)], 12)}
        {block([f"X[{i}, j] = {a}" for i, a in enumerate(x)], 8)}
        LEFT[j] = r
"""


def _drive_loads(n: Names) -> list[str]:
    return [f"{u}{p} = U[k, {i}, {m}]" for i, u in enumerate(n.u) for m, p in enumerate("abc")]


def run_block_source(n: Names) -> str:
    """`run_block`: WIDTH neurons side by side in one flat array M, laid out so that LLVM vectorises every lane loop."""
    nv, W = len(n.x), WIDTH
    x, y, s, d = n.x, n.of("y"), n.of("s"), n.of("d")
    at = {"x": 0, "y": nv, "s": 2 * nv, "c": 3 * nv, "z": 3 * nv + len(n.c)}
    at["r"] = at["z"] + len(n.z)
    total = at["r"] + 1

    def m(kind: str, i: int) -> str:
        return f"M[{(at[kind] + i) * W} + j]"

    constants = [f"{c} = {m('c', i)}" for i, c in enumerate(n.c)]
    copy = [f"{m(kind, i)} = {m('x', i)}" for kind in "ys" for i in range(nv)]
    load = [f"{m('x', i)} = X[{i}, base + j]" for i in range(nv)]
    load += [f"{m('r', 0)} = LEFT[base + j]"]
    load += [f"{m('c', i)} = Q[{i}, base + j]" for i in range(len(n.c))]
    old = [f"{a} = {m('x', i)}" for i, a in enumerate(x)]
    new = [f"{a} = {m('s', i)}" for i, a in enumerate(s)]
    if n.spec.scheme == "rk":
        advance = f"""for j in range({W}):
                {block(copy, 16)}
            for i in range(S):
                {block(n.drives("A[i]"), 16)}
                ti, ah, bh = t + A[i]*dt, A[i + 1]*dt, B[i]*dt
                for j in range({W}):
                    {block([f"{a} = {m('y', i)}" for i, a in enumerate(y)] + constants, 20)}
                    {tuple_of(d)} = {n.call("f", y, "ti")}
                    {block([f"{m('s', i)} += bh*{d[i]}" for i in range(nv)], 20)}
                    {block([f"{m('y', i)} = {m('x', i)} + ah*{d[i]}" for i in range(nv)], 20)}"""
    else:
        noise = [f"z{i} = {m('z', i)}" for i in range(len(n.z))]
        fill = [f"for j in range({W}): {m('z', i)} = Z[k, {i}, base + j]" for i in range(len(n.z))]
        advance = f"""{block(fill, 12)}
            for j in range({W}):
                {block(old + noise + constants, 16)}
                {tuple_of(s)} = {n.step("t", "dt", "0.0", "1.0", x, "1.0")}
                {block([f"{m('s', i)} = {s[i]}" for i in range(nv)], 16)}"""
    event = "pass"
    if n.spec.spike is not None:
        args = ", ".join(["t, dt, r", *x, *n.u3, *n.z, *n.c])
        noise = [f"z{i} = Z[k, {i}, base + j]" for i in range(len(n.z))]
        event = f"""hit = np.int64(0)
            {block(n.drives("1.0"), 12)}
            for j in range({W}):
                {block(new + constants, 16)}
                g1 = {n.call("g", s, "t + dt")}[0]
                r = {m("r", 0)}
                G[j] = np.int64(r > 0.0) + np.int64(r == 0.0)*np.int64(g1 >= 0.0)
                {m("r", 0)} = r if (r > 0.0 or g1 >= 0.0) else 0.0
                hit += G[j]
            if hit > 0:
                for j in range({W}):
                    if G[j] > 0:
                        {block([*old, *constants, *noise, f"r = {m('r', 0)}"], 24)}
                        code, r, {tuple_of(s)} = event({args}, A, B, S, located, D, base + j, TIMES, COUNT)
                        if code != 0:
                            STATUS[0], STATUS[1], STATUS[2] = code, k0 + k, base + j
                            return
                        {block([f"{m('s', i)} = {s[i]}" for i in range(nv)] + [f"{m('r', 0)} = r"], 24)}"""
    return f"""
SCRATCH = {total * W}


@kernel
def run_block({_SIGNATURE}):
    for base in range(first, last, {W}):
        for j in range({W}):
            {block(load, 12)}
        for k in range(steps):
            t = (k0 + k)*dt
            {block(_drive_loads(n), 12)}
            {advance}
            {event}
            bad = np.int64(0)
            for j in range({W}):
                {block(new, 16)}
                {block([f"{m('x', i)} = {s[i]}" for i in range(nv)], 16)}
                bad += np.int64(not ({_checks(n, s)} == 0.0))
            if bad > 0:
                for j in range({W}):
                    {block([f"X[{i}, base + j] = {m('x', i)}" for i in range(nv)], 20)}
                    {block(new, 20)}
                    if STATUS[0] == 0 and not ({_checks(n, s)} == 0.0):
                        STATUS[0], STATUS[1], STATUS[2] = 2, k0 + k, base + j
                return
            for i in range({nv}):
                if R[i] >= 0:
                    for j in range({W}):
                        OUT[R[i], k0 + k + 1, base + j] = M[{at["x"] * W} + i*{W} + j]
        for j in range({W}):
            {block([f"X[{i}, base + j] = {m('x', i)}" for i in range(nv)], 12)}
            LEFT[base + j] = {m("r", 0)}
"""


def kernel_source(spec: Spec, constants: tuple[str, ...], noise: list[tuple[int, int]]) -> str:
    n = Names(spec, constants, noise)
    event = event_source(n) if spec.spike is not None else ""
    return step_source(n) + event + run_source(n) + run_block_source(n)
