"""TD00, first steps: numpy's arrays, then a step of time and its error.

Reading order: arrays (a time constant, a relaxation, crossings), euler (the scheme, its order), steps
(Runge-Kutta, the implicit step), library (an event of solve_ivp), museum (a Runge-Kutta whose variables
share a state).
"""

from course.exercises.td00.arrays import CROSSINGS, RELAXATION, TIME_CONSTANT
from course.exercises.td00.euler import EULER, ORDER
from course.exercises.td00.library import EVENT
from course.exercises.td00.museum import REPAIRED
from course.exercises.td00.steps import IMPLICIT, RUNGE_KUTTA

EXERCISES = (
    TIME_CONSTANT, RELAXATION, CROSSINGS, EULER, ORDER, RUNGE_KUTTA, IMPLICIT, EVENT, REPAIRED
)  # fmt: skip
