"""TD10, backpropagation in a network of spikes.

Reading order: step (a layer of leaky neurons), network (a readout listens to it), flat (why its gradient is zero),
surrogate (the derivative it borrows), backward (the gradient walks back in time), encoding (a picture into instants),
decoding (membranes into an answer), museum (spikes that are not), reset (upside down), gauges (a counter that forgets
nothing, a scale without effect).
"""

from course.exercises.td10.backward import BACKWARD
from course.exercises.td10.decoding import ANSWER
from course.exercises.td10.encoding import LATENCY
from course.exercises.td10.flat import SLOPE
from course.exercises.td10.gauges import ACCURACY, SCALE
from course.exercises.td10.museum import BINARY
from course.exercises.td10.network import NETWORK
from course.exercises.td10.reset import RESET
from course.exercises.td10.step import STEP
from course.exercises.td10.surrogate import SUPER_SPIKE

EXERCISES = (STEP, NETWORK, SLOPE, SUPER_SPIKE, BACKWARD, LATENCY, ANSWER, BINARY, RESET, ACCURACY, SCALE)
