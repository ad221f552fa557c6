"""Networks of spiking neurons, from two cells to the basal ganglia.

population, source, connection (pattern, learns), trains -> network -> tables, learning
-> loop, lanes, currents, deliver, plastic, draws (compiled) -> run
"""

from course.network.basal_ganglia import basal_ganglia
from course.network.brunel import brunel
from course.network.network import Network
from course.network.population import Noise, Population
from course.network.run import Run, Spikes

__all__ = ["Network", "Noise", "Population", "Run", "Spikes", "basal_ganglia", "brunel"]
