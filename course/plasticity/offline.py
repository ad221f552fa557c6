"""Two spike trains and a rule: the weight after each spike, by traces that are exact."""

import math
from dataclasses import dataclass

import numpy as np

from course import _check
from course.plasticity.rules import Rule, Terms
from course.plasticity.window import PAIRINGS, train


@dataclass(frozen=True, eq=False)
class Learning:
    """What a synapse became.

    Attributes:
        times: of the spikes of both sides, in order [ms]. post: is it a postsynaptic one? (n,)
        weights: the weight at the start, then after each of these spikes: (n + 1,), or (n + 1, synapse).
        traces: r₁, o₁, r₂, o₂ just before each spike (n, 4); what `rules` says of each. r₂ and o₂ are 0 for pairs.
    """

    times: np.ndarray
    post: np.ndarray
    weights: np.ndarray
    traces: np.ndarray
    rule: Rule
    nearest: bool

    @property
    def w(self) -> float | np.ndarray:
        """The weight after the last spike."""
        return self.weights[-1] if self.weights.ndim > 1 else float(self.weights[-1])

    def weight(self, t: float | np.ndarray) -> np.ndarray:
        """The weight at these instants; at a spike, the one after it."""
        return self.weights[np.searchsorted(self.times, t, side="right")]

    def trace(self, name: str, t: float | np.ndarray) -> np.ndarray:
        """One of the traces "r1", "o1", "r2", "o2" at these instants [ms]; at a spike, its value after it."""
        k = list(_TRACES).index(_check.one_of("Learning.trace.name", name, _TRACES))
        own, tau = self.post == (name[0] == "o"), getattr(self.rule.terms, _TRACES[name])
        t, times, before = np.asarray(t, float), self.times[own], self.traces[own, k]
        if not len(times) or math.isinf(tau):
            return np.zeros(t.shape)
        last = np.searchsorted(times, t, side="right") - 1
        after = 1.0 if self.nearest else before[last] + 1.0
        with np.errstate(over="ignore"):
            return np.where(last >= 0, after * np.exp(-np.maximum(t - times[last], 0.0) / tau), 0.0)


_TRACES = {"r1": "tau_p", "o1": "tau_d", "r2": "tau_x", "o2": "tau_y"}


def stdp(
    pre: np.ndarray, post: np.ndarray, w: float | np.ndarray, rule: Rule, pairing: str | None = None,
    rng: np.random.Generator | int | None = None,
) -> Learning:  # fmt: skip
    """The weight `w` under the spikes `pre` and `post` (ms), spike after spike.

    At coincident spikes the presynaptic one is taken first: it depresses by the spikes that came before, then the
    postsynaptic one potentiates by all presynaptic spikes, that one included: Δt = 0 is causal, as in `stdp_window`.

    Args:
        w: a number; or an array, as many synapses that see the same spikes from several starts, or with noises of
            their own.
        rule: `Additive`, `Multiplicative`, `VanRossum` or `TripletSTDP`.
        pairing: "all" or "nearest"; the rule's own when None.
        rng: of the noise, or its seed.

    Raises:
        ValueError: `stdp.argument : règle, reçu valeur`.

    >>> stdp([0.0], [20.0], 0.5, Additive(c_p=0.1)).w
    0.5367879441171442
    """
    a, b = train("stdp.pre", pre), train("stdp.post", post)
    if not isinstance(rule, Rule):
        raise _check.refuse("stdp.rule", "une règle de course.plasticity, comme Additive()", rule)
    pairing = _check.one_of("stdp.pairing", rule.pairing if pairing is None else pairing, PAIRINGS)
    start = within("stdp.w", w, rule)
    times, after = np.concatenate([a, b]), np.arange(len(a) + len(b)) >= len(a)
    order = np.lexsort((after, times))
    times, after = times[order], after[order]
    weights, traces = _learned(times, after, start, rule.terms, pairing == "nearest", np.random.default_rng(rng))
    return Learning(times, after, weights, traces, rule, pairing == "nearest")


def within(where: str, w: object, rule: Rule) -> np.ndarray:
    """The weights given, as an array: finite, within the bounds of the rule."""
    a = np.asarray(w)
    if a.dtype.kind not in "iuf" or not np.isfinite(a).all():
        raise _check.refuse(where, "des poids finis", w)
    if (outside := (a < rule.low) | (a > rule.high)).any():
        worst = float(a[outside].flat[0]) if a.ndim else float(a)
        raise _check.refuse(where, f"des poids entre les bornes de la règle ({rule.low:g} et {rule.high:g})", worst)
    return a.astype(float)


def _learned(
    times: np.ndarray, after: np.ndarray, w: np.ndarray, k: Terms, nearest: bool, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The weights and the traces, event after event."""
    weights, traces = np.empty((len(times) + 1, *w.shape)), np.zeros((len(times), 4))
    one = w.ndim == 0
    w = float(w) if one else w
    weights[0] = w
    r1 = o1 = r2 = o2 = r11 = o11 = 0.0
    before = 0.0
    for n, (t, is_post) in enumerate(zip(times.tolist(), after.tolist(), strict=True)):
        gap, before = t - before, t
        p, d = math.exp(-gap / k.tau_p), math.exp(-gap / k.tau_d)
        r1, o1, r11, o11 = r1 * p, o1 * d, r11 * p * p, o11 * d * d
        r2, o2 = r2 * math.exp(-gap / k.tau_x), o2 * math.exp(-gap / k.tau_y)
        traces[n] = r1, o1, r2 * (k.d3 > 0), o2 * (k.p3 > 0)
        if is_post:
            change, variance = r1 * (k.p0 + k.p1 * w + k.p3 * o2) - (k.h0 + k.h1 * w), r11
        else:
            change, variance = -o1 * (k.d0 + k.d1 * w + k.d3 * r2), o11
        if k.noise:
            change = change + k.noise * w * math.sqrt(variance) * rng.standard_normal(None if one else w.shape)
        w = min(max(w + change, k.low), k.high) if one else np.clip(w + change, k.low, k.high)
        weights[n + 1] = w
        kept = 0.0 if nearest else 1.0
        if is_post:
            o1, o2, o11 = kept * o1 + 1.0, kept * o2 + 1.0, kept * o11 + 1.0
        else:
            r1, r2, r11 = kept * r1 + 1.0, kept * r2 + 1.0, kept * r11 + 1.0
    return weights, traces
