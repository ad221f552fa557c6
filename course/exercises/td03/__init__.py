"""TD03, integrate-and-fire: a condenser with a hole, a rule, a noise, and a neuron to identify.

Reading order: pulse, gain (the interval, the rate), instants (when a threshold is crossed between two
points, or unseen), noise (a step with √dt, an irregular neuron), trains (irregularity, adaptation), mystery
(the unknown neuron), probing (its parameters; what its spikes alone can tell).
"""

from course.exercises.td03.gain import INTERVAL, RATE
from course.exercises.td03.instants import BRIDGE, INTERPOLATION
from course.exercises.td03.noise import IRREGULAR, NOISY_STEP
from course.exercises.td03.probing import MYSTERY, SPIKES_ONLY
from course.exercises.td03.pulse import PULSE
from course.exercises.td03.trains import ADAPTATION, CV

EXERCISES = (
    PULSE, INTERVAL, RATE, INTERPOLATION, NOISY_STEP, CV, IRREGULAR, ADAPTATION, MYSTERY, SPIKES_ONLY, BRIDGE
)  # fmt: skip
