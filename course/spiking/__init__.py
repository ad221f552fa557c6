"""Networks whose neurons fire: what they compute, and how the error goes back through their spikes (torch).

Read it in this order:

    surrogate   the derivative that a spike does not have
    layers      leaky integrate-and-fire neurons, their equation as it is read; convolution: pictures of spikes
    events      spike trains as lists of what fires
    encode      a picture becomes spikes; decoding: potentials and spikes become an answer
    network     layers one after the other
    paths       the ways of computing the same thing, and which one runs: scan, layer by layer; fused, all at once; cuda
    trainer     one batch, one epoch; learn: the loss and its gradients; training: epochs, the best one kept
    evaluate    what a trained network is worth; shaken: noise, jitter, deleted spikes
    changes     what learning did to the weights; comparison: several surrogates, one call
    checkpoint  files that are whole or absent; nir: the same network in other libraries; train: several processes

A file is read, and torch loaded, when one of its names is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "surrogate": ("Surrogate", "FAMILIES"),
        "layers": ("LIFLayer", "LIReadout", "Record"),
        "convolution": ("ConvLIF",),
        "events": ("Events",),
        "encode": ("Latency", "Rate", "Constant"),
        "decoding": ("decode", "decisions"),
        "network": ("SpikingNetwork",),
        "history": ("History",),
        "trainer": ("Trainer",),
        "training": ("fit",),
        "evaluate": ("test", "Report"),
        "shaken": ("noisy", "jittered", "thinned", "shifted"),
        "changes": ("snapshot", "weight_changes"),
        "comparison": ("compare",),
        "checkpoint": ("save", "load"),
        "nir": ("to_nir", "from_nir"),
    },
)
