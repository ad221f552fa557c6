"""TD12, pre-training: what depth does to a gradient, layers learnt one by one, and comparisons that can be believed.

Reading order: depth (the gradient of a layer below, He's weights), stack (from one machine to the next), budget (few
labels, equal numbers of updates), spread (intervals, paired or not), museum (what the test must not choose).
"""

from course.exercises.td12.budget import EPOCHS, SUBSET
from course.exercises.td12.depth import BELOW, HE
from course.exercises.td12.museum import CHOICE, SCALE
from course.exercises.td12.spread import INTERVAL, PAIRED
from course.exercises.td12.stack import STACK

EXERCISES = (BELOW, HE, STACK, SUBSET, EPOCHS, INTERVAL, PAIRED, CHOICE, SCALE)
