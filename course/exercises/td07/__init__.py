"""TD07, large networks: what a spike costs, and what a lesion tells.

Reading order: sums (what each neuron receives: pair by pair, or the rows of those who fired), step (one step of the
whole network), traffic (bytes read, the roof of a machine, a history that is copied), tables (weights drawn, and the
mean that clipping raises), lesions (what can be taken away), noise (its power must not depend on the step).
"""

from course.exercises.td07.lesions import KEPT, SMALLEST
from course.exercises.td07.noise import DEVIATION
from course.exercises.td07.step import STEP
from course.exercises.td07.sums import EVENTS, LOOPS
from course.exercises.td07.tables import DRAWN, RISE
from course.exercises.td07.traffic import BYTES, HISTORY, ROOF

EXERCISES = (LOOPS, STEP, EVENTS, BYTES, ROOF, HISTORY, DRAWN, RISE, KEPT, SMALLEST, DEVIATION)
