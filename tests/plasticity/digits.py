"""Digits told apart by neurons that nobody taught: Diehl and Cook's idea on the 8×8 images of scikit-learn.

Each image is 64 Poisson trains during 100 ms, then 40 ms of rest. The weights of a neuron go to what it fires for, a
spike silences the others (inhibition), and raises the threshold of its own neuron (homeostasis). Labels are only used
afterwards, to name each neuron by the digit for which it fires most.

Source: Diehl & Cook, Front. Comput. Neurosci. 9 (2015) 99, for the idea; the rule and the values are ours.
"""

import numpy as np

from course.dynamics import Model
from course.network import Network, Run
from course.plasticity import Instar
from course.synapses import Exponential, VoltageJump

ON, OFF, PEAK, TAU_P = 100.0, 40.0, 2000.0, 20.0  # ms, ms, Hz, ms
CELL = Model(
    "du/dt = (-u + R*I)/tau\ndtheta/dt = -theta/tau_theta",
    spike="u >= 1 + theta", reset="u = 0; theta = theta + step",
    tau=20.0, R=0.025, I=0.0, step=0.02, tau_theta=1e6, refractory=2.0,
)  # fmt: skip


def images(seed: int, learn: int = 1297) -> tuple[np.ndarray, ...]:
    """1797 images of norm 1 in a random order: those to learn, their digits, those to recognise, their digits."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order] / np.linalg.norm(X[order], axis=1, keepdims=True), y[order]
    return X[:learn], y[:learn], X[learn:], y[learn:]


def shown(X: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """A train a pixel, the images one after the other."""
    counts = rng.poisson(X * PEAK * ON / 1000)
    starts = (ON + OFF) * np.arange(len(X))
    return [np.sort(np.repeat(starts, k) + rng.uniform(0, ON, k.sum())) for k in counts.T]


def run(X, w, theta, rng, rule=None, inhibition=3.0, step=0.0, tau_theta=1e12) -> Run:  # noqa: ANN001
    """Show the images to a network that starts from these weights and thresholds."""
    net = Network(dt=1.0, seed=int(rng.integers(2**31)))
    net.source("image", shown(X, rng))
    net.population("E", w.shape[1], CELL, start={"theta": theta}, step=step, tau_theta=tau_theta)
    net.connect("image", "E", w, kernel=Exponential(5), plasticity=rule)
    if inhibition:
        net.connect("E", "E", -inhibition, kernel=VoltageJump(), autapses=False)
    return net.run((ON + OFF) * len(X), progress=False)


def spikes(run: Run, m: int) -> np.ndarray:
    """The spikes of each neuron for each image, (image, neuron)."""
    times, neurons = run.spikes["E"]
    counts = np.zeros((m, run.sizes["E"]), int)
    np.add.at(counts, ((times / (ON + OFF)).astype(int), neurons), 1)
    return counts


def learned(X, n, seed, epochs=4, rule=Instar(0.02, TAU_P), inhibition=3.0, step=0.02, tau_theta=1e6):  # noqa: ANN001, ANN201, B008
    """Weights and thresholds of `n` neurons after `epochs` looks at the images; without a rule, the random weights."""
    rng = np.random.default_rng(seed)
    w, theta = rng.uniform(0, TAU_P * PEAK / 4000, (64, n)), np.zeros(n)
    for _ in range(epochs):
        one = run(X[rng.permutation(len(X))], w, theta, rng, rule, inhibition, step, tau_theta)
        w = w if rule is None else one.weights["image", "E"].final
        times, neurons = one.spikes["E"]
        left = np.exp((times - one.T) / tau_theta)  # of each step of the threshold, in the end
        theta = theta * np.exp(-one.T / tau_theta) + step * np.bincount(neurons, left, n)
    return w, theta


def accuracy(n: int, seed: int, inhibition: float = 3.0, **options: object) -> float:
    """The part of images never seen whose digit is the one of the neurons that fire most for them."""
    X, y, Z, z = images(seed)
    w, theta = learned(X, n, seed, inhibition=inhibition, **options)
    rng = np.random.default_rng(1000 + seed)
    seen, new = (spikes(run(A, w, theta, rng, inhibition=inhibition), len(A)) for A in (X, Z))
    digit = np.array([seen[y == d].mean(axis=0) for d in range(10)]).argmax(axis=0)
    named = np.eye(10)[digit] * (seen.sum(axis=0) > 0)[:, None]
    return float(np.mean((new @ named).argmax(axis=1) == z))
