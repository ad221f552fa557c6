"""`run`: the steps of a whole network, as source for numba, and what each of its arrays is.

It is compiled once on a machine: what depends on the models, `advance`, is called at its address.

Tables, a row each (see `tables`):
    POP   n, n padded, place in M, size of a block, address of `advance`, first neuron, channels from, to, noises from,
          to, jumps?, place in INPUT, drives (0, 1 or 3), rows of INPUT, place in EXT, column of U (-1: none),
          a column a neuron?, rows of SHOW from, to
    CH    window?, target (0 current, 1 conductance, 2 jump), states, place in RING, slots L, cut C [steps],
          place in Z, place in PF, width, place in TOUCH
    CON   source, target, channel, delay [steps] (-1: each its own), all the targets?, weights (0 one, 1 float64,
          2 float32), addresses of weights, targets, rows, delays, no synapse upon itself?
    PLA   the connections that learn, and PLF their numbers: see `plastic`
    GIV   step, population and neuron of each spike given beforehand, a column each; NEXT the first one to come
ST = (status, spikes kept, step, population, neuron); status 0 done, 1 no room for spikes: call again from that step,
2 not finite, 3 a reset that leaves the neuron above its threshold.
"""

ARGUMENTS = {
    "k0": (int, 0), "steps": (int, 0), "dt": (float, 0), "th": (int, 0), "alone": (int, 0), "last": (int, 0),
    "stages": (int, 0), "lanes": (int, 0), "addresses": (int, 0),
    "seed0": (int, 0), "seed1": (int, 0), "u0": (int, 0), "nin": (int, 0),
    "M": (float, 1), "INPUT": (float, 1), "EXT": (float, 1), "U": (float, 3),
    "NB": (float, 1), "RING": (float, 1), "Z": (float, 1),
    "PF": (float, 1), "CHF": (float, 1), "CONF": (float, 2), "NOF": (float, 2), "POF": (float, 1),
    "CDF": (float, 1), "REC": (float, 2), "REF": (float, 1),
    "POP": (int, 2), "CH": (int, 2), "CON": (int, 2), "FIRST": (int, 1), "BLK": (int, 3), "NOI": (int, 2),
    "POI": (int, 2), "LAST": (int, 2), "TOUCH": (int, 2), "SHOW": (int, 2), "EV": (int, 2),
    "PLA": (int, 2), "PLF": (float, 2), "GIV": (int, 2), "NEXT": (int, 1), "given": (int, 0),
    "IK": (int, 1), "IP": (int, 1), "IJ": (int, 1), "OK": (int, 1), "OP": (int, 1), "OJ": (int, 1), "ST": (int, 1),
}  # fmt: skip


SOURCE = """
@kernel
def run(__ARGUMENTS__):
    T = integers(addresses, 5)
    T[0], T[1], T[2], T[3], T[4] = start(M), start(ST), start(OK), start(OP), start(OJ)
    for i in range(nin):
        deliver(IK[i], IP[i], IJ[i], th, seed0, seed1, CON, CONF, FIRST, POP, CH, BLK, RING, TOUCH, EV)
    neurons = np.int64(given)
    for p in range(POP.shape[0]):
        neurons += (BLK[th, p, 1] - BLK[th, p, 0])*WIDTH
    inputs = start(INPUT)
    for k in range(k0, k0 + steps):
        ST[2] = k
        before = ST[1]
        if before + neurons > OK.shape[0]:
            ST[0] = 1
            return
        if PLA.shape[0] > 0:
            arrive(k, dt, th, seed0, seed1, PLA, PLF, RING, TOUCH, CH)
        for p in range(POP.shape[0]):
            low, high = BLK[th, p, 0], BLK[th, p, 1]
            if low >= high:
                continue
            receive(
                k, u0, dt, p, th, stages, seed0, seed1, INPUT, EXT, U, NB, RING, Z, PF, CHF, CDF, POP, CH, BLK,
                NOI, NOF, POI, POF, LAST, TOUCH,
            )
            for i in range(POP[p, 17], POP[p, 18]):
                j = SHOW[i, 1]
                if low*WIDTH <= j < high*WIDTH:
                    if SHOW[i, 2] >= 0:
                        value = M[POP[p, 2] + (j // WIDTH)*POP[p, 3] + SHOW[i, 2]*WIDTH + j % WIDTH]
                    else:
                        value = INPUT[POP[p, 11] + j]
                    if SHOW[i, 3] >= 0:  # conductances: I + Σ g E - V Σ g
                        V = M[POP[p, 2] + (j // WIDTH)*POP[p, 3] + SHOW[i, 3]*WIDTH + j % WIDTH]
                        value += INPUT[POP[p, 11] + 2*stages*POP[p, 1] + j]
                        value -= V*INPUT[POP[p, 11] + stages*POP[p, 1] + j]
                    REC[k, i] = value
            if last:
                continue
            jump(POP[p, 4], k, p, dt, POP[p, 2], low, high, POP[p, 0], REF[p], inputs + 8*POP[p, 11],
                 POP[p, 1], lanes, POP[p, 10], addresses)
            if ST[0] != 0:
                return
        if given and not last:
            emit(k, GIV, NEXT, ST, OK, OP, OJ)
        if PLA.shape[0] > 0:
            for i in range(before, ST[1]):
                learn(k, dt, OP[i], OJ[i], seed0, seed1, PLA, PLF)
        if alone:
            for i in range(before, ST[1]):
                deliver(OK[i], OP[i], OJ[i], th, seed0, seed1, CON, CONF, FIRST, POP, CH, BLK, RING, TOUCH, EV)
""".replace("__ARGUMENTS__", ", ".join(ARGUMENTS))
