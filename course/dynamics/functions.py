"""The elementary functions of the generated kernels, for numba: `SCALAR` for one neuron, `LANES` for many.

pip's numba has no vector mathematical library, and a call to libm inside a loop stops LLVM's vectoriser. The `exp` of
LANES has neither call nor branch: exp(x) = 2^n exp(r) with n = round(x/ln 2), |r| ≤ ln 2/2, a polynomial for exp(r),
and 2^n put together from its bits. Alone, a neuron is faster with libm's.
"""

import math
from collections.abc import Callable

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from course.dynamics.pieces import piece

_inline = {"forceinline": True, "error_model": "numpy", "fastmath": {"contract"}}


@intrinsic
def _two_to(typingctx, n):  # noqa: ANN001, ANN202 (numba's own calling convention)
    """2^n for an integer n in [-1022, 1023]: its bits are those of the biased exponent."""

    def codegen(context, builder, signature, args):  # noqa: ANN001, ANN202
        biased = builder.add(args[0], ir.Constant(ir.IntType(64), 1023))
        return builder.bitcast(
            builder.shl(biased, ir.Constant(ir.IntType(64), 52)), ir.DoubleType()
        )

    return types.float64(types.int64), codegen


@piece(**_inline)
def lane_exp(x):
    """Within 2.2 units in the last place for -708 < x < 709; 0 below, inf above, NaN kept."""
    y = min(max(x, -708.0), 709.0)
    n = math.floor(1.4426950408889634 * y + 0.5)
    r = (y - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10
    # Taylor to degree 13: the remainder (ln2/2)^14/14! is 4e-18. Estrin's scheme keeps the chain short.
    r2 = r * r
    r4 = r2 * r2
    r8 = r4 * r4
    a = (1.0 + r) + r2 * (0.5 + r * 0.16666666666666666)
    b = (4.1666666666666664e-2 + r * 8.3333333333333332e-3) + r2 * (
        1.3888888888888889e-3 + r * 1.9841269841269841e-4
    )
    c = (2.4801587301587302e-5 + r * 2.7557319223985893e-6) + r2 * (
        2.7557319223985888e-7 + r * 2.5052108385441720e-8
    )
    d = 2.0876756987868099e-9 + r * 1.6059043836821613e-10
    z = ((a + r4 * b) + r8 * (c + r4 * d)) * _two_to(np.int64(n))
    z = 0.0 if x < -708.0 else z
    z = math.inf if x > 709.0 else z
    return x if x != x else z


def _family(exp: Callable) -> dict[str, Callable]:
    """The functions that need an exponential, with this one."""

    @piece(**_inline)
    def linoid(x):
        """x/(exp(x) - 1); near 0 its Taylor series, remainder x⁶/30240, below rounding for |x| < 0.01."""
        near = 1.0 - 0.5 * x + x * x * (1.0 / 12.0 - x * x * (1.0 / 720.0))
        far = x / (exp(x) - 1.0)
        return near if abs(x) < 0.01 else far

    @piece(**_inline)
    def dlinoid(x):
        """The derivative of linoid, L (1 - L - x)/x: -1/2 + x/6 - x³/180 near 0."""
        L = linoid(x)
        far = L * (1.0 - L - x) / x
        near = -0.5 + x * (1.0 / 6.0 - x * x * (1.0 / 180.0))
        return near if abs(x) < 0.02 else far

    @piece(**_inline)
    def phi1(z):
        """(exp(z) - 1)/z, 1 at 0: the mean of exp over [0, z], the weight of exponential Euler."""
        return 1.0 / linoid(z)

    @piece(**_inline)
    def tanh(x):
        """1 - 2/(exp(2x) + 1), and its Taylor series where that loses digits: within 3e-15; libm's is a call."""
        x2 = x * x
        near = x * (
            1.0
            - x2
            * (1 / 3 - x2 * (2 / 15 - x2 * (17 / 315 - x2 * (62 / 2835 - x2 * (1382 / 155925)))))
        )
        far = 1.0 - 2.0 / (exp(2.0 * x) + 1.0)
        return near if x2 < 0.006 else far

    return {"exp": exp, "linoid": linoid, "dlinoid": dlinoid, "phi1": phi1, "tanh": tanh}


@piece(**_inline)
def _where(condition, a, b):
    return a if condition else b


@piece(**_inline)
def _sign(x):
    return 1.0 if x > 0.0 else (-1.0 if x < 0.0 else 0.0)


_COMMON = {
    "log": math.log, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan, "sinh": math.sinh,
    "cosh": math.cosh, "arctan": math.atan, "where": _where, "sign": _sign,
}  # fmt: skip
SCALAR = {**_COMMON, **_family(math.exp)}
LANES = {**_COMMON, **_family(lane_exp)}
