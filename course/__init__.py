"""`course`: computational neuroscience and neural networks, from the ion channel to the trained network.

Read it in this order:

    dynamics    equations written as text, and everything that follows from them
    inputs      what one injects: steps, ramps, noise, spike trains
    neurons     Hodgkin-Huxley and its family, integrate-and-fire neurons, as data
    analysis    intervals, rates, f(I) curves and their closed forms
    rates       populations by their firing rate: recurrence, excitation and inhibition
    synapses    what a spike leaves behind it
    network     populations, connections, runs: from two neurons to the basal ganglia
    plasticity  Hebb, Oja, pairs and triplets of spikes: what learns without a teacher
    data        data sets: in the course, on this machine, or downloaded once and checked
    nn          neural networks from scratch: modules, losses, optimisers, training
    spiking     networks whose neurons fire, trained by the gradient (torch)
    exercises   one declaration per exercise: feedback, grade, and its own tests
    plot        what is drawn, as plain data; a scene becomes a matplotlib figure
    widgets     the explorers of the notebooks
    workbook    solutions become labs, labs become a student's workspace
    grading     a notebook run in a sandbox and judged from outside it; a class

Importing `course` loads none of them.
"""

__version__ = "0.1.0"
