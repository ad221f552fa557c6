"""The fast path of a feed-forward stack: each sample goes through the whole network and back in one compiled call.

A sample's potentials stay in the processor's nearest caches; its events walk rows of weights, and of gradients. The
samples are cut over the threads, each with its own copy of the gradients, added at the end: the same number of threads
gives the same bits, another one the same numbers but for rounding.
"""

import functools
from collections.abc import Callable

import numpy as np

from course import _check
from course.spiking.events import Events
from course.spiking.patches import Patches
from course.spiking.sample import ARGUMENTS, source
from course.spiking.stack import Arrays, Plan, Step
from course.spiking.surrogate import Surrogate
from course.spiking.surrogate import surrogate as read
from course.spiking.threads import in_bounds

_NOBODY = np.empty(0, np.int64)


def loss_and_gradients(
    weights: Arrays, events: Events, labels: np.ndarray, *, alphas: list[float], betas: list[float],
    theta: float = 1.0, reset: str = "soft", detach: bool = True, surrogate: str | Surrogate = "super_spike",
    decode: str = "max", threads: int | None = None, patches: tuple[Patches, ...] = (),
) -> Step:  # fmt: skip
    """The cross-entropy of a batch and its gradient.

    Args:
        weights: (inputs, neurons) float32 of each layer, the last one the readout's; they are read in place.
        events: the batch.
        labels: (samples,) integers.
        alphas, betas: the decay per step of the current and of the potential of each layer.
        theta: the threshold.
        reset: "soft" subtracts θ, "hard" goes back to 0.
        detach: no gradient goes through the reset.
        surrogate: σ', its name or a `Surrogate`.
        decode: a class's score is its greatest potential over time, "max", or the mean one, "mean".
        threads: None: the cores that this process may use.
        patches: the shapes of the first layers, when they are convolutions; their weights are then those of torch's
            conv2d, and what leaves them is counted as (channel, height, width), flattened.
    """
    labels = np.ascontiguousarray(labels, np.int64)
    classes = weights[-1].shape[1]
    if labels.shape != (events.samples,) or (labels.size and not 0 <= labels.min() <= labels.max() < classes):
        rule = f"{events.samples} entiers de 0 à {classes - 1}"
        raise _check.refuse("loss_and_gradients.labels", rule, labels.tolist())
    rest = (alphas, betas, theta, reset, detach, surrogate, decode, threads, patches)
    return _run("loss_and_gradients", weights, events, labels, *rest, learn=True)


def forward(
    weights: Arrays, events: Events, labels: np.ndarray | None = None, *, alphas: list[float], betas: list[float],
    theta: float = 1.0, reset: str = "soft", detach: bool = True, surrogate: str | Surrogate = "super_spike",
    decode: str = "max", threads: int | None = None, patches: tuple[Patches, ...] = (),
) -> Step:  # fmt: skip
    """The scores and the spikes of a batch, and its loss if `labels` are given; no gradient."""
    labels = _NOBODY if labels is None else np.ascontiguousarray(labels, np.int64)
    rest = (alphas, betas, theta, reset, detach, surrogate, decode, threads, patches)
    return _run("forward", weights, events, labels, *rest, learn=False)


def _run(
    where: str, weights: Arrays, events: Events, labels: np.ndarray, alphas: list[float], betas: list[float],
    theta: float, reset: str, detach: bool, given: str | Surrogate, decode: str, threads: int | None,
    patches: tuple[Patches, ...], learn: bool,
) -> Step:  # fmt: skip
    _check.one_of(f"{where}.reset", reset, ("soft", "hard"))
    _check.one_of(f"{where}.decode", decode, ("max", "mean"))
    chosen = read(given, f"{where}.surrogate")
    for block, W in zip(patches, weights, strict=False):
        block.checked(f"{where}.weights", W)
    in_bounds(f"{where}.events", events, patches[0].n_in if patches else weights[0].shape[0])
    plan = Plan.made(tuple(w.shape for w in weights[len(patches) :]), patches, events.steps)
    run = _kernel(chosen.name, reset, detach, plan.kinds, plan.left)
    decay = np.array([alphas, betas], np.float64).T.copy()
    numbers = (decay, _check.positive(f"{where}.theta", theta), chosen.scale, int(decode == "mean"))
    with plan.busy:
        return plan.run(run, weights, events, labels, *numbers, threads, learn)


@functools.cache
def _kernel(name: str, reset: str, detach: bool, kinds: tuple[int, ...], left: tuple[int, ...]) -> Callable[..., None]:
    from course.spiking.load import kernel

    formula = Surrogate(name).family.derivative
    title = f"l'apprentissage par impulsions ({name})"
    return kernel("fused", title, source(reset, detach, formula, kinds, left), ARGUMENTS)
