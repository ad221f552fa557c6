"""Random numbers as a function of their address: the same whatever is recorded, and on however many threads.

Philox4x32 with ten rounds turns (seed, address) into four words of 32 bits; an address is (neuron, draw, stream,
purpose). Nothing here has a branch: LLVM puts many neurons side by side.

Source: Salmon, Moraes, Dror & Shaw, « Parallel random numbers: as easy as 1, 2, 3 », SC11 (2011); Box & Muller, Ann.
Math. Stat. 29 (1958) 610-611.
"""

import math

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from course.dynamics.functions import _two_to
from course.dynamics.pieces import piece

_inline = {
    "forceinline": True, "error_model": "numpy", "fastmath": {"contract"},
}  # fmt: skip
_LOW, _S32 = np.uint64(0xFFFFFFFF), np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


@intrinsic
def _bits(typingctx, x):  # noqa: ANN001, ANN202 (numba's own calling convention)
    """The 64 bits of a double."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        return builder.bitcast(args[0], ir.IntType(64))

    return types.int64(types.float64), codegen


@intrinsic
def _double(typingctx, bits):  # noqa: ANN001, ANN202
    """The double of these 64 bits."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        return builder.bitcast(args[0], ir.DoubleType())

    return types.float64(types.uint64), codegen


@piece(**_inline)
def _turn(a, b, c, d, k0, k1):
    """One round: two products of 32 bits, their halves crossed."""
    p, q = _M0 * a, _M1 * c
    return (q >> _S32) ^ b ^ k0, q & _LOW, (p >> _S32) ^ d ^ k1, p & _LOW


@piece(**_inline)
def philox(a, b, c, d, k0, k1):
    """Four random words of 32 bits, in 64, from four words of address and two of key."""
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    a, b, c, d = _turn(a, b, c, d, k0, k1)
    k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return _turn(a, b, c, d, k0, k1)


@piece(**_inline)
def uniform(word):
    """In (0, 1): the middle of one of 2^32 equal parts. 2^52 + word is written in the bits, for a conversion from
    64-bit integers is slow where the processor has none."""
    return (_double(word | np.uint64(0x4330000000000000)) - 4503599627370495.5) * 2.0**-32


@piece(**_inline)
def _log(x):
    """ln x for a positive normal x: x = 2^e m, m in [√½, √2), ln m = 2 artanh s with s = (m - 1)/(m + 1), |s| < 0.172.

    The series stops at s^17: what is left is below 2·0.172^19/19 = 3e-16.
    """
    e = np.float64((_bits(x) - np.int64(0x3FE6A09E667F3BCD)) >> np.int64(52))
    s = x * _two_to(-np.int64(e))
    s = (s - 1.0) / (s + 1.0)
    y = s * s
    even = 1 / 3 + y * (
        1 / 5 + y * (1 / 7 + y * (1 / 9 + y * (1 / 11 + y * (1 / 13 + y * (1 / 15 + y / 17)))))
    )
    return e * 0.6931471805599453 + 2.0 * (s + s * y * even)


@piece(**_inline)
def _turned(u):
    """cos 2πu and sin 2πu for 0 < u < 1: a quarter turn n, and an angle r within ± π/4 of it."""
    n = math.floor(4.0 * u + 0.5)
    r = (4.0 * u - n) * 1.5707963267948966
    y = r * r
    s = r * (1 + y * (-1 / 6 + y * (1 / 120 + y * (-1 / 5040 + y * (1 / 362880 - y / 39916800)))))
    c = 1 + y * (
        -1 / 2 + y * (1 / 24 + y * (-1 / 720 + y * (1 / 40320 - y * (1 / 3628800 - y / 479001600))))
    )
    odd = (n == 1.0) | (n == 3.0)
    a, b = s if odd else c, c if odd else s
    return (-a if (n == 1.0) | (n == 2.0) else a), (-b if (n == 2.0) | (n == 3.0) else b)


@piece(**_inline)
def two_normals(word, other):
    """Two independent Gaussian numbers of mean 0 and variance 1, up to 6.7 in size."""
    radius = math.sqrt(-2.0 * _log(uniform(word)))
    c, s = _turned(uniform(other))
    return radius * c, radius * s
