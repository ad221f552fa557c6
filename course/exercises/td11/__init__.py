"""TD11, restricted Boltzmann machines and deep belief networks.

Reading order: machine (the small machines on which everything is tried), energy (of a state, then of the visible units
alone), conditional (what one layer says of the other), exact (the gradient by enumeration), gibbs (one step from given
numbers), contrast (CD-1), pseudo (pseudo-likelihood); then the museum: sign (a test for the two phases), mean (a step
that grew with the batch), walk (a chain that was never drawn).
"""

from course.exercises.td11.conditional import CONDITIONALS
from course.exercises.td11.contrast import CONTRAST
from course.exercises.td11.energy import ENERGY, FREE
from course.exercises.td11.exact import EXACT
from course.exercises.td11.gibbs import GIBBS
from course.exercises.td11.mean import MEAN
from course.exercises.td11.pseudo import PSEUDO
from course.exercises.td11.sign import SIGN
from course.exercises.td11.walk import CHAIN

EXERCISES = (ENERGY, CONDITIONALS, FREE, EXACT, GIBBS, CONTRAST, PSEUDO, SIGN, MEAN, CHAIN)
