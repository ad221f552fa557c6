"""TD05, synapses: what one spike leaves, what many leave together, and what it does to the neuron that receives it.

Reading order: kernels (the exponential, the alpha function), kinetics (where they come from), sums (over spikes, with a
delay), traces (the same in a few numbers), psp (the membrane), shunt (a conductance at rest), quanta (release), delays
(in steps), echo (the charge of a kernel, and the two weights of Program 14).
"""

from course.exercises.td05.delays import STEPS
from course.exercises.td05.echo import CHARGE, WEIGHTS
from course.exercises.td05.kernels import ALPHA, EXPONENTIAL
from course.exercises.td05.kinetics import KINETICS
from course.exercises.td05.psp import PSP
from course.exercises.td05.quanta import QUANTA
from course.exercises.td05.shunt import SHUNT
from course.exercises.td05.sums import SUM
from course.exercises.td05.traces import ALPHA_TRACE, TRACE

EXERCISES = (
    EXPONENTIAL, ALPHA, KINETICS, SUM, TRACE, ALPHA_TRACE, PSP, SHUNT, QUANTA, STEPS, CHARGE, WEIGHTS,
)  # fmt: skip
