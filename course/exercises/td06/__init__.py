"""TD06, learning without a teacher: rates first (Hebb, Oja), then the times of spikes.

Reading order: hebb (one step, and the norm that grows), oja (the forgetting that holds it), axis (where Oja stops),
window (one pair of spikes), pairs (all of them), trace (the same in two numbers), pairs again (neighbours only), mean
(where van Rossum's weights stand, and how fast), latency (the first spike), triplets (what depends on the frequency),
museum (a sign, an order).
"""

from course.exercises.td06.axis import FIXED
from course.exercises.td06.hebb import HEBB, NORM
from course.exercises.td06.latency import LATENCY
from course.exercises.td06.mean import MEAN
from course.exercises.td06.museum import CAUSAL, STEP
from course.exercises.td06.oja import OJA
from course.exercises.td06.pairs import NEAREST, PAIRS
from course.exercises.td06.trace import ONLINE
from course.exercises.td06.triplets import TRIPLET
from course.exercises.td06.window import WINDOW

EXERCISES = (
    HEBB, NORM, OJA, FIXED, WINDOW, PAIRS, ONLINE, NEAREST, MEAN, LATENCY, TRIPLET, CAUSAL, STEP,
)  # fmt: skip
