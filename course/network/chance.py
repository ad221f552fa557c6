"""What is random in the inputs of a population: Gaussian currents, white noises, Poisson trains.

A row of four draws is made at a time, for an address of the generator gives four.
"""

import math

import numpy as np

from course.dynamics.pieces import piece
from course.network.addresses import part
from course.network.draws import philox, two_normals, uniform

_options = {"error_model": "numpy", "fastmath": {"contract"}}
_NOISE, _POISSON = np.uint64(1), np.uint64(2)


@piece(**_options)
def _normals(NB, at, width, low, n, q, stream, seed0, seed1):
    """Draws 4q to 4q + 3 of the n neurons from low on, a row each."""
    A, B = part(NB, at + low), part(NB, at + width + low)
    C, D = part(NB, at + 2 * width + low), part(NB, at + 3 * width + low)
    for j in range(n):
        a, b, c, d = philox(
            np.uint64(low + j),
            np.uint64(q),
            np.uint64(stream),
            _NOISE,
            np.uint64(seed0),
            np.uint64(seed1),
        )
        x, y = two_normals(a, b)
        z, w = two_normals(c, d)
        A[j], B[j], C[j], D[j] = x, y, z, w


@piece(**_options)
def _uniforms(NB, at, width, low, n, q, stream, seed0, seed1):
    A, B = part(NB, at + low), part(NB, at + width + low)
    C, D = part(NB, at + 2 * width + low), part(NB, at + 3 * width + low)
    for j in range(n):
        a, b, c, d = philox(
            np.uint64(low + j),
            np.uint64(q),
            np.uint64(stream),
            _POISSON,
            np.uint64(seed0),
            np.uint64(seed1),
        )
        A[j], B[j], C[j], D[j] = uniform(a), uniform(b), uniform(c), uniform(d)


@piece(**_options)
def noise(k, dt, p, th, stages, at, low, n, seed0, seed1, INPUT, NB, POP, NOI, NOF, LAST):
    width = POP[p, 1]
    for e in range(POP[p, 8], POP[p, 9]):
        m = np.int64(math.floor(k * dt / NOF[e, 1] + 1e-9))
        rows, row, added, sd = NOI[e, 0], NOI[e, 2], NOI[e, 3], NOF[e, 0]
        if LAST[th, e] != m >> 2:
            _normals(NB, rows, width, low, n, m >> 2, NOI[e, 1], seed0, seed1)
            LAST[th, e] = m >> 2
        drawn = part(NB, rows + (m & 3) * width + low)
        for stage in range(stages if added else 1):
            to = part(INPUT, at + (row + stage) * width)
            for l in range(n):
                to[l] += sd * drawn[l]


@piece(**_options)
def poisson(k, p, th, low, n, seed0, seed1, NB, RING, CDF, POP, CH, POI, POF, LAST, TOUCH):
    width, first = POP[p, 1], LAST.shape[1] - POI.shape[0]
    for e in range(POI.shape[0]):
        if POI[e, 0] != p:
            continue
        ch, table, size, rows = POI[e, 1], POI[e, 2], POI[e, 3], POI[e, 4]
        if LAST[th, first + e] != k >> 2:
            _uniforms(NB, rows, width, low, n, k >> 2, POI[e, 5], seed0, seed1)
            LAST[th, first + e] = k >> 2
        slot, w = k % CH[ch, 4], POF[e]
        TOUCH[th, CH[ch, 9] + slot] = 1
        drawn = part(NB, rows + (k & 3) * width + low)
        to = part(RING, CH[ch, 3] + slot * width + low)
        guide, cdf = part(CDF, table), part(CDF, table + size)
        for l in range(
            n
        ):  # the count is how many steps of its distribution the number passes; the guide says from where
            u = drawn[l]
            m = np.int64(guide[np.int64(u * size)])
            while u > cdf[m]:
                m += 1
            to[l] += w * m
