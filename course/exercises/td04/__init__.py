"""TD04, firing rates: one curve, a population that hears itself, two that answer each other, a ring that remembers.

Reading order: transfer (the curve, its inverse), slope, recurrence (dr/dt), rest (where it vanishes), stability (a
small deviation), folds (two currents where rest is lost), slowing (how long a return takes), pair (two populations,
their nullclines), rhythm (the birth of an oscillation), paradox (exciting inhibition), ring (a coupling, and an
angle that is read).
"""

from course.exercises.td04.folds import FOLDS
from course.exercises.td04.pair import DERIVATIVES, NULLCLINES
from course.exercises.td04.paradox import PARADOX
from course.exercises.td04.recurrence import CHANGE
from course.exercises.td04.rest import FIXED_POINTS
from course.exercises.td04.rhythm import RHYTHM
from course.exercises.td04.ring import COUPLING, VECTOR
from course.exercises.td04.slope import SLOPE
from course.exercises.td04.slowing import SLOWEST
from course.exercises.td04.stability import GROWTH
from course.exercises.td04.transfer import INVERSE, TRANSFER

EXERCISES = (
    TRANSFER, INVERSE, SLOPE, CHANGE, FIXED_POINTS, GROWTH, FOLDS, DERIVATIVES, NULLCLINES, RHYTHM, PARADOX, COUPLING,
    VECTOR, SLOWEST,
)  # fmt: skip
