"""TD09, auto-encoders: what a bottleneck keeps, weights used twice, a path in the code, and honest measures of a map.

Reading order: bottleneck (PCA, tied weights), latent (a path between two codes), maps (perplexity, nearest neighbour),
groups (purity), features (a loss seen through another network).
"""

from course.exercises.td09.bottleneck import PCA, TIED
from course.exercises.td09.features import FEATURES
from course.exercises.td09.groups import PURITY
from course.exercises.td09.latent import PATH
from course.exercises.td09.maps import NEIGHBOUR, PERPLEXITY

EXERCISES = (PCA, TIED, PATH, PERPLEXITY, NEIGHBOUR, PURITY, FEATURES)
