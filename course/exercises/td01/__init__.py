"""TD01, Hodgkin and Huxley: from salt concentrations to a train of action potentials.

Reading order: membrane (Nernst, one gate), currents (four gates, the balance), impulses (rate, price in
ions), shocks (refractory period), steps (Euler, a noise that must not depend on the step).
"""

from course.exercises.td01.currents import BALANCE, CLAMP
from course.exercises.td01.impulses import IONS, RATE
from course.exercises.td01.membrane import GATE, NERNST
from course.exercises.td01.shocks import TWO_PULSES
from course.exercises.td01.steps import EULER, WHITE_NOISE

EXERCISES = (NERNST, GATE, CLAMP, BALANCE, RATE, TWO_PULSES, IONS, EULER, WHITE_NOISE)
