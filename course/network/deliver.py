"""A spike walks its row: the weight of each synapse is added to what its target will receive when the delay is over.

The arrivals of a channel (a target population and a kernel) are a ring of rows, one a step: RING[slot, neuron]. A row
of the connection is either all the targets in order (its weights alone are read), or a list of them. A thread writes
to its own targets only.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from course.dynamics.pieces import piece
from course.network.addresses import part
from course.network.draws import philox, uniform
from course.network.lanes import WIDTH

_options = {"error_model": "numpy", "fastmath": {"contract"}}
_RELEASE = np.uint64(3)


def _loader(kind, pointer):  # noqa: ANN001, ANN202
    """Reads element i at an address: the weights stay where they were built."""

    @intrinsic
    def load(typingctx, address, i):  # noqa: ANN001, ANN202 (numba's own calling convention)
        def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
            start = builder.inttoptr(args[0], pointer.as_pointer())
            return builder.load(builder.gep(start, [args[1]]))

        return kind(types.int64, types.int64), codegen

    return load


_f64 = _loader(types.float64, ir.DoubleType())
_f32 = _loader(types.float32, ir.FloatType())
_i32 = _loader(types.int32, ir.IntType(32))
_i64 = _loader(types.int64, ir.IntType(64))


@piece(**_options)
def _first(index, a, b, target):
    """The first synapse of [a, b) whose target is `target` or after it."""
    while a < b:
        m = (a + b) // 2
        if _i32(index, m) < target:
            a = m + 1
        else:
            b = m
    return a


@piece(**_options)
def deliver(k, p, j, th, seed0, seed1, CON, CONF, FIRST, POP, CH, BLK, RING, TOUCH, EV):
    """The spike of neuron j of population p at step k, to the targets of the thread `th`."""
    for e in range(FIRST[p], FIRST[p + 1]):
        post, ch, D, full, kind = CON[e, 1], CON[e, 2], CON[e, 3], CON[e, 4], CON[e, 5]
        W, index, rows, delays = CON[e, 6], CON[e, 7], CON[e, 8], CON[e, 9]
        low, high = BLK[th, post, 0] * WIDTH, min(BLK[th, post, 1] * WIDTH, POP[post, 0])
        if low >= high:
            continue
        ring, L, width, seen = CH[ch, 3], CH[ch, 4], CH[ch, 8], CH[ch, 9]
        w, chance = CONF[e, 0], CONF[e, 1]
        slot = (k + max(D, 0)) % L
        at = ring + slot * width
        if full == 1:
            start = j * POP[post, 0]
            a, b = start + low, start + high
        else:
            start = np.int64(0)
            a, b = _i64(rows, j), _i64(rows, j + 1)
            if low > 0:
                a = _first(index, a, b, low)
            if high < POP[post, 0]:
                b = _first(index, a, b, high)
        if a >= b:
            continue
        if D >= 0:
            TOUCH[th, seen + slot] = 1
        alone = np.int64(
            full == 1 and CON[e, 10] == 1 and low <= j < high
        )  # no synapse upon itself
        EV[th, e] += b - a - alone
        if D < 0 or chance < 1.0:
            for s in range(a, b):
                target = s - start if full == 1 else np.int64(_i32(index, s))
                if alone == 1 and target == j:
                    continue
                if chance < 1.0:
                    word = philox(
                        np.uint64(s - start if full == 1 else s - _i64(rows, j)), np.uint64(j), np.uint64(k),
                        (np.uint64(e) << np.uint64(2)) | _RELEASE, np.uint64(seed0), np.uint64(seed1),
                    )[0]  # fmt: skip
                    if uniform(word) >= chance:
                        EV[th, e] -= 1
                        continue
                if D < 0:
                    slot = (k + _i32(delays, s)) % L
                    TOUCH[th, seen + slot] = 1
                    at = ring + slot * width
                weight = w if kind == 0 else _f64(W, s) if kind == 1 else np.float64(_f32(W, s))
                RING[at + target] += weight
        elif full == 1:
            row = part(RING, at + a - start)
            if kind == 0:
                own = RING[at + j]
                for s in range(b - a):
                    row[s] += w
                if alone == 1:
                    RING[at + j] = own
            elif kind == 1:
                for s in range(b - a):
                    row[s] += _f64(W + 8 * a, s)
            else:
                for s in range(b - a):
                    row[s] += np.float64(_f32(W + 4 * a, s))
        elif kind == 0:
            row, index = part(RING, at), index + 4 * a
            for s in range(b - a):
                row[np.uint32(_i32(index, s))] += w
        elif kind == 1:
            row, index = part(RING, at), index + 4 * a
            for s in range(b - a):
                row[np.uint32(_i32(index, s))] += _f64(W + 8 * a, s)
        else:
            row, index = part(RING, at), index + 4 * a
            for s in range(b - a):
                row[np.uint32(_i32(index, s))] += np.float64(_f32(W + 4 * a, s))
