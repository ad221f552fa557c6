"""What a population receives at one step: its external current, its noises, and its synapses.

A channel is a target population and a kernel: its traces z (see `course.synapses.modes`) advance by z ← P z + A b, A
being what arrives at this step, and its current is c·z. With a cut of C steps, what arrived C steps ago is taken away,
z ← z - A_old·(P^C b), so that nothing is left of it. A window sums K over the last C arrivals instead.
"""


from course.dynamics.pieces import piece
from course.network.addresses import part
from course.network.chance import noise, poisson
from course.network.lanes import WIDTH

_options = {"error_model": "numpy", "fastmath": {"contract"}}


@piece(**_options)
def _external(k, k0, p, stages, at, low, n, INPUT, EXT, U, POP):
    width, column = POP[p, 1], POP[p, 15]
    own = part(EXT, POP[p, 14] + low)
    for stage in range(stages):
        to = part(INPUT, at + stage * width)
        common = U[k - k0, stage, column] if column >= 0 and POP[p, 16] == 0 else 0.0
        for l in range(n):
            to[l] = own[l] + common
        if POP[p, 16] == 1:  # a current for each neuron, varying in time
            for l in range(n):
                to[l] += U[k - k0, stage, column + low + l]
    for row in range(
        stages, POP[p, 13] - 1 + POP[p, 10]
    ):  # conductances, white noises, the jump: nothing yet
        to = part(INPUT, at + row * width)
        for l in range(n):
            to[l] = 0.0


@piece(**_options)
def _one(n, active, p, entry, gone, z, arrived, left):
    """One trace: z ← p z + what arrives - what leaves."""
    if active:
        for l in range(n):
            z[l] = p * z[l] + entry * arrived[l] - gone * left[l]
    else:
        for l in range(n):
            z[l] = p * z[l]


@piece(**_options)
def _two(n, active, P, x, y, arrived, left):
    """Two traces at once: P has the matrix, what a spike adds, what is left of it at the cut."""
    a, b, c, d = P[0], P[1], P[2], P[3]
    if active:
        e, f, g, h = P[4], P[5], P[6], P[7]
        for l in range(n):
            u, v, s, r = x[l], y[l], arrived[l], left[l]
            x[l] = a * u + b * v + e * s - g * r
            y[l] = c * u + d * v + f * s - h * r
    else:
        for l in range(n):
            u, v = x[l], y[l]
            x[l] = a * u + b * v
            y[l] = c * u + d * v


@piece(**_options)
def _many(n, m, width, P, z, room, arrived, left):
    """Any number of traces, through a room for their new values."""
    for q in range(m):
        to = part(room, q * width)
        entry, gone = P[m * m + q], P[m * m + m + q]
        for l in range(n):
            to[l] = entry * arrived[l] - gone * left[l]
        for s in range(m):
            p, old = P[q * m + s], part(z, s * width)
            if p != 0.0:
                for l in range(n):
                    to[l] += p * old[l]
    for q in range(m):
        to, new = part(z, q * width), part(room, q * width)
        for l in range(n):
            to[l] = new[l]


@piece(**_options)
def _linear(k, th, stages, at, low, n, conductance, E, ch, INPUT, RING, Z, PF, CH, TOUCH):
    m, L, C, z0, width, seen = CH[ch, 2], CH[ch, 4], CH[ch, 5], CH[ch, 6], CH[ch, 8], CH[ch, 9]
    slot, old = k % L, (k - C) % L
    # a row where nothing arrived is full of zeros
    arrived, left = (
        part(RING, CH[ch, 3] + slot * width + low),
        part(RING, CH[ch, 3] + old * width + low),
    )
    fresh, leaving = TOUCH[th, seen + slot] == 1, C > 0 and TOUCH[th, seen + old] == 1
    if not (fresh or leaving or TOUCH[th, seen + L] == 1):
        return
    TOUCH[th, seen + L] = 1  # from its first spike on
    P, z = part(PF, CH[ch, 7]), part(Z, z0 + low)
    if m == 1:
        _one(n, fresh or leaving, P[0], P[1], P[2], z, arrived, left)
    elif m == 2:
        _two(n, fresh or leaving, P, z, part(z, width), arrived, left)
    else:
        _many(n, m, width, P, z, part(z, m * width), arrived, left)
    if k & 511 == 511:  # what is left of very old spikes is nothing: subnormal numbers are slow
        for q in range(m):
            row = part(z, q * width)
            for l in range(n):
                row[l] = row[l] if abs(row[l]) > 1e-200 else 0.0
    for stage in range(stages):
        to, other = part(INPUT, at + stage * width), part(INPUT, at + (stage + stages) * width)
        for q in range(m):
            c, row = P[m * m + 2 * m + stage * m + q], part(z, q * width)
            if c != 0.0:
                for l in range(n):
                    to[l] += c * row[l]
                if conductance:
                    for l in range(n):
                        other[l] += E * c * row[l]
    if fresh and C == 0:
        TOUCH[th, seen + slot] = 0
        for l in range(n):
            arrived[l] = 0.0
    if leaving:
        TOUCH[th, seen + old] = 0
        for l in range(n):
            left[l] = 0.0


@piece(**_options)
def _window(k, th, stages, at, low, n, conductance, E, ch, INPUT, RING, PF, CH, TOUCH):
    L, C, pf, width, seen = CH[ch, 4], CH[ch, 5], CH[ch, 7], CH[ch, 8], CH[ch, 9]
    for back in range(min(C, k + 1)):
        slot = (k - back) % L
        if TOUCH[th, seen + slot] == 0:
            continue
        arrived = part(RING, CH[ch, 3] + slot * width + low)
        for stage in range(stages):
            K = PF[pf + stage * C + back]
            to, other = part(INPUT, at + stage * width), part(INPUT, at + (stage + stages) * width)
            for l in range(n):
                to[l] += K * arrived[l]
            if conductance:
                for l in range(n):
                    other[l] += E * K * arrived[l]
    old = (k - C) % L
    if TOUCH[th, seen + old] == 1:
        TOUCH[th, seen + old] = 0
        left = part(RING, CH[ch, 3] + old * width + low)
        for l in range(n):
            left[l] = 0.0


@piece(**_options)
def _jumps(k, th, at, low, n, ch, INPUT, RING, CH, TOUCH):
    slot = k % CH[ch, 4]
    if TOUCH[th, CH[ch, 9] + slot] == 1:
        TOUCH[th, CH[ch, 9] + slot] = 0
        to, arrived = part(INPUT, at), part(RING, CH[ch, 3] + slot * CH[ch, 8] + low)
        for l in range(n):
            to[l] += arrived[l]
            arrived[l] = 0.0


@piece(**_options)
def receive(
    k, k0, dt, p, th, stages, seed0, seed1, INPUT, EXT, U, NB, RING, Z, PF, CHF, CDF, POP, CH, BLK, NOI, NOF, POI, POF,
    LAST, TOUCH,
):  # fmt: skip
    """Fill the rows of inputs of population p for the step k."""
    low, n = BLK[th, p, 0] * WIDTH, (BLK[th, p, 1] - BLK[th, p, 0]) * WIDTH
    at, width = POP[p, 11] + low, POP[p, 1]
    _external(k, k0, p, stages * (POP[p, 12] > 0), at, low, n, INPUT, EXT, U, POP)
    noise(k, dt, p, th, stages, at, low, n, seed0, seed1, INPUT, NB, POP, NOI, NOF, LAST)
    poisson(k, p, th, low, n, seed0, seed1, NB, RING, CDF, POP, CH, POI, POF, LAST, TOUCH)
    for ch in range(POP[p, 6], POP[p, 7]):
        to = at + stages * width if CH[ch, 1] == 1 else at
        if CH[ch, 1] == 2:
            _jumps(k, th, at + (POP[p, 13] - 1) * width, low, n, ch, INPUT, RING, CH, TOUCH)
        elif CH[ch, 0] == 0:
            _linear(
                k,
                th,
                stages,
                to,
                low,
                n,
                CH[ch, 1] == 1,
                CHF[ch],
                ch,
                INPUT,
                RING,
                Z,
                PF,
                CH,
                TOUCH,
            )
        else:
            _window(
                k, th, stages, to, low, n, CH[ch, 1] == 1, CHF[ch], ch, INPUT, RING, PF, CH, TOUCH
            )
