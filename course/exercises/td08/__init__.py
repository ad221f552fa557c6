"""TD08, a network from scratch: a slope to go down, a layer, the chain rule, an optimiser, and three programs that lie.

Reading order: regression (a line), perceptron, layer (the gradients of x W + b, of ReLU), loss (cross-entropy), chain
(modules read backward), descent (momentum), measure (what is learnt from the training part, the confusion matrix),
museum (σ' counted twice, a softmax that overflows).
"""

from course.exercises.td08.chain import CHAIN
from course.exercises.td08.descent import MOMENTUM
from course.exercises.td08.layer import LINEAR, RELU
from course.exercises.td08.loss import CROSS_ENTROPY
from course.exercises.td08.measure import CONFUSION, STANDARDISED
from course.exercises.td08.museum import SIGMOID, SOFTMAX
from course.exercises.td08.perceptron import PERCEPTRON
from course.exercises.td08.regression import LINE

EXERCISES = (
    LINE, PERCEPTRON, LINEAR, RELU, CROSS_ENTROPY, CHAIN, MOMENTUM, STANDARDISED, CONFUSION, SIGMOID, SOFTMAX
)  # fmt: skip
