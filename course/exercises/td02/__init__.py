"""TD02, the phase plane: from four variables to two, where a neuron rests, and how it ceases to.

Reading order: plane (nullclines, the rest), stability (Jacobian, kinds, Hopf), thresholds (two currents, a rebound,
a class), parabola (Izhikevich), euler (the step that turns silence into a rhythm).
"""

from course.exercises.td02.euler import LONGEST_STEP
from course.exercises.td02.hopf import HOPF
from course.exercises.td02.parabola import TWO_LOSSES
from course.exercises.td02.plane import NULLCLINES, REST
from course.exercises.td02.stability import JACOBIAN, KIND
from course.exercises.td02.thresholds import CLASS_1, REBOUND, TWO_CURRENTS

EXERCISES = (
    NULLCLINES, REST, JACOBIAN, KIND, HOPF, TWO_CURRENTS, REBOUND, CLASS_1, TWO_LOSSES, LONGEST_STEP,
)  # fmt: skip
