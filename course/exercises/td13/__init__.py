"""TD13, models that draw: a code with a law, two networks against each other, and how to measure what they draw.

Reading order: divergence (how far a code strays from the prior), reparametrisation (a draw that lets the gradient
through), bound (the ELBO), losses (those of a GAN), journey (from a Gaussian to another), museum (a VAE that never
samples), covariance (of features, not of images), scoring (a network left learning while it is marked).
"""

from course.exercises.td13.bound import BOUND
from course.exercises.td13.covariance import COVARIANCE
from course.exercises.td13.divergence import DIVERGENCE
from course.exercises.td13.journey import JOURNEY
from course.exercises.td13.losses import LOSSES
from course.exercises.td13.museum import SAMPLED
from course.exercises.td13.reparametrisation import DRAW
from course.exercises.td13.scoring import SCORING

EXERCISES = (DIVERGENCE, DRAW, BOUND, LOSSES, JOURNEY, SAMPLED, COVARIANCE, SCORING)
