"""One grid step of a model, as source for numba: `step` by its method, `event` with its spikes.

A grid step goes from k·dt to (k+1)·dt; inside it `event` follows spikes and refractory periods to their own times.
Explicit Runge-Kutta methods whose stages each need only the one before (Euler, Heun, classical RK4) are one loop over
their coefficients A and B, so that one compilation serves the three. A drive has three values in a step (a, b, c: its
start, middle, end) and is the parabola through them. `live` is 0 during a refractory period.
"""

from course.dynamics.spec import Spec


def numbered(letter: str, n: int) -> list[str]:
    return [f"{letter}{i}" for i in range(n)]


class Names:
    """The argument lists of the generated calls; no name of the model appears in a kernel."""

    def __init__(
        self, spec: Spec, constants: tuple[str, ...], noise: list[tuple[int, int]]
    ) -> None:
        self.spec, self.noise = spec, noise
        self.x, self.c = numbered("x", len(spec.variables)), numbered("c", len(constants))
        self.u = numbered("u", len(spec.drives))
        self.u3 = [f"{u}{p}" for u in self.u for p in "abc"]
        self.z = numbered("z", len(spec.equations.noises))

    def call(self, f: str, state: list[str], t: str = "t") -> str:
        return f"{f}({', '.join([t, *state, *self.u, *self.c])})"

    def of(self, prefix: str) -> list[str]:
        return [f"{prefix}{i}" for i in range(len(self.x))]

    def step(self, t: str, h: str, start: str, fraction: str, state: list[str], live: str) -> str:
        return f"step({', '.join([t, h, start, fraction, live, *state, *self.u3, *self.z, *self.c])}, A, B, S)"

    def drives(self, w: str) -> list[str]:
        """The drive at the fraction `w` of the grid step: the parabola through its three values."""
        lines = [f"w = {w}"] if self.u else []
        for u in self.u:
            lines.append(
                f"{u} = {u}a*((2.0*w - 1.0)*(w - 1.0)) + {u}b*(4.0*w*(1.0 - w)) + {u}c*(w*(2.0*w - 1.0))"
            )
        return lines


def block(lines: list[str], indent: int) -> str:
    return ("\n" + " " * indent).join(lines) if lines else "pass"


def tuple_of(names: list[str]) -> str:
    return f"({', '.join(names)},)"


def step_source(n: Names) -> str:
    """`step`: from the state at t to the state at t + h, by the scheme of the spec."""
    x, y, s, d = n.x, n.of("y"), n.of("s"), n.of("d")
    arguments = ", ".join(["t, h, start, fraction, live", *x, *n.u3, *n.z, *n.c])
    if n.spec.scheme == "rk":
        held = [f"{d[i]} = {d[i]}*live" for i, v in enumerate(n.spec.variables) if v in n.spec.held]
        body = f"""{tuple_of(y)} = {tuple_of(x)}
    {tuple_of(s)} = {tuple_of(x)}
    for i in range(S):
        {block(n.drives("start + A[i]*fraction"), 8)}
        {tuple_of(d)} = {n.call("f", y, "t + A[i]*h")}
        {block(held, 8)}
        {block([f"{a} = {a} + B[i]*h*{b}" for a, b in zip(s, d, strict=True)], 8)}
        {block([f"{a} = {b} + A[i + 1]*h*{c}" for a, b, c in zip(y, x, d, strict=True)], 8)}
    return {tuple_of(s)}"""
    elif n.spec.scheme == "exponential":
        j = n.of("j")
        body = f"""{block(n.drives("start"), 4)}
    {tuple_of(d + j)} = {n.call("f", x)}
    {block([f"{a} = {b} + h*{c}*phi1({e}*h)" for a, b, c, e in zip(s, x, d, j, strict=True)], 4)}
    return {tuple_of(s)}"""
    else:
        b = numbered("b", len(n.noise))
        kicks = [f"{s[v]} = {s[v]} + {b[i]}*z{k}*fraction" for i, (v, k) in enumerate(n.noise)]
        body = f"""{block(n.drives("start"), 4)}
    {tuple_of(d + b)} = {n.call("f", x)}
    {block([f"{a} = {o} + h*{c}" for a, o, c in zip(s, x, d, strict=True)], 4)}
    {block(kicks, 4)}
    return {tuple_of(s)}"""
    return f"\n\n@inline\ndef step({arguments}, A, B, S):\n    {body}\n"


def event_source(n: Names) -> str:
    """`event`: one grid step with its spikes. A crossing is located by regula falsi on the method itself.

    r > 0 is the refractory time left, 0 a neuron below its threshold, -1 one that must first come below it. One loop
    with one call of `step` (a second one doubles the compilation): `looking` says whether this turn tries the rest of
    the grid step or looks for the crossing inside it, between a (below) and b (above).
    """
    x, y, o = n.x, n.of("y"), n.of("o")
    keep = [i for i, v in enumerate(n.spec.variables) if v in n.spec.held]
    if n.spec.reset:
        after = f"""{block(n.drives("(s + tau)/dt"), 8)}
        {tuple_of(x)} = {n.call("reset", y, "t + s + tau")}
        if {n.call("g", x, "t + s + tau")}[0] >= 0.0:
            return 3, r, {tuple_of(x)}
        r = D
        s += tau"""
    else:
        after = f"""{block(n.drives("1.0"), 8)}
        {tuple_of(x)} = {tuple_of(o)}
        r = -1.0 if {n.call("g", x, "t + dt")}[0] >= 0.0 else 0.0
        s = dt"""
    arguments = ", ".join(["t, dt, r", *x, *n.u3, *n.z, *n.c])
    return f"""

@scalar
def event({arguments}, A, B, S, located, D, j, TIMES, COUNT):
    s = tau = a = b = ga = gb = 0.0
    side, turn, spikes, looking, last = 0, 0, 0, False, False
    {tuple_of(o)} = {tuple_of(x)}
    while True:
        live = 1.0
        if looking:
            tau = b if last else b - (b - a)*gb/(gb - ga)
        else:
            tau = dt - s
            if tau <= 1e-12*dt:
                return 0, r, {tuple_of(x)}
            if r > 0.0:
                live = 0.0
                tau = min(r, tau) if located else tau
        {tuple_of(y)} = {n.step("t + s", "tau", "s/dt", "tau/dt", x, "live")}
        if live == 0.0:
            {block([f"y{i} = x{i}" for i in keep], 12)}
            {tuple_of(x)} = {tuple_of(y)}
            r = r - tau if r - tau > 1e-9*dt else 0.0
            s += tau
            continue
        {block(n.drives("(s + tau)/dt"), 8)}
        gy = {n.call("g", y, "t + s + tau")}[0]
        if looking:
            if gy >= 0.0:
                b, gb = tau, gy
                ga = 0.5*ga if side > 0 else ga
                side = 1
            else:
                a, ga = tau, gy
                gb = 0.5*gb if side < 0 else gb
                side = -1
            turn += 1
            if not last and b - a > 1e-13*dt and not 0.0 <= gy <= 1e-13 and turn < 60:
                continue
            if not last and gy < 0.0:  # the spike is on the side that is above
                last = True
                continue
        else:
            {block(n.drives("s/dt"), 12)}
            ga, gb = {n.call("g", x, "t + s")}[0], gy
            if r < 0.0 or (ga < 0.0 and gb < 0.0):
                r = 0.0 if gb < 0.0 else r
                {tuple_of(x)} = {tuple_of(y)}
                s += tau
                continue
            if COUNT[j] >= TIMES.shape[1]:
                return 1, r, {tuple_of(x)}
            if spikes == 1000:
                return 4, r, {tuple_of(x)}
            {tuple_of(o)} = {tuple_of(y)}
            if ga >= 0.0:  # the threshold jumped, or was lowered during a refractory period
                tau = 0.0
                {tuple_of(y)} = {tuple_of(x)}
            elif located:
                a, b, side, turn, looking = 0.0, tau, 0, 0, True
                continue
        TIMES[j, COUNT[j]] = t + s + tau
        COUNT[j] += 1
        spikes += 1
        looking, last = False, False
        {after}
"""
