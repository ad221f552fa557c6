"""Synapses: what a spike leaves behind it, as a function of the time since it arrived.

modes (sums of t^j exp(at) cos ωt, which advance exactly) -> kernels (the synapses of the literature) and formula (any
other, read as text and brought back to modes when it can be).
"""

from course.synapses.kernels import (
    Alpha,
    DoubleExponential,
    Exponential,
    Kernel,
    Pulse,
    VoltageJump,
)

__all__ = ["Alpha", "DoubleExponential", "Exponential", "Kernel", "Pulse", "VoltageJump"]
