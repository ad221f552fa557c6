"""What one pair of spikes does to a synapse, Δt = t_post - t_pre, and which pairs of two trains count.

At Δt = 0 the pair is causal: the presynaptic spike is taken first. Everywhere in the course.
"""

from typing import NamedTuple

import numpy as np

from course import _check

PAIRINGS = ("all", "nearest")


def stdp_window(
    delta_t: float | np.ndarray, c_p: float = 1.0, tau_p: float = 20.0, c_d: float = 1.0, tau_d: float = 20.0
) -> float | np.ndarray:
    """c_p exp(-Δt/τ_p) for Δt ≥ 0, -c_d exp(Δt/τ_d) for Δt < 0; times in ms.

    Source: Bi & Poo, J. Neurosci. 18 (1998) 10464-10472, for the form; Granier's thesis (2018), II.2.2.

    >>> stdp_window([-20, 0, 20], c_p=1, c_d=0.5).round(3).tolist()
    [-0.184, 1.0, 0.368]
    """
    c_p, c_d = _check.number("stdp_window.c_p", c_p), _check.number("stdp_window.c_d", c_d)
    tau_p, tau_d = _check.positive("stdp_window.tau_p", tau_p, "ms"), _check.positive("stdp_window.tau_d", tau_d, "ms")
    t = np.asarray(delta_t)
    if t.dtype.kind not in "iuf" or not np.isfinite(t).all():
        raise _check.refuse("stdp_window.delta_t", "des nombres finis (ms)", delta_t)
    value = np.where(t >= 0, c_p * np.exp(-np.abs(t) / tau_p), -c_d * np.exp(-np.abs(t) / tau_d))
    return value if t.ndim else float(value)


class Pairs(NamedTuple):
    """The pairs that count: `pre[i]` and `post[j]` for each, and Δt = post - pre [ms]."""

    pre: np.ndarray
    post: np.ndarray
    delta_t: np.ndarray


def spike_pairs(pre: np.ndarray, post: np.ndarray, pairing: str = "all") -> Pairs:
    """The indices of the spikes of each pair, and its Δt, in the order in which the second spike comes.

    "all": every presynaptic spike with every postsynaptic one. "nearest": each spike with the last one of the other
    side before it (Δt = 0: the presynaptic spike comes first).
    """
    pre, post = train("spike_pairs.pre", pre), train("spike_pairs.post", post)
    _check.one_of("spike_pairs.pairing", pairing, PAIRINGS)
    if pairing == "all":
        i, j = (a.ravel() for a in np.indices((len(pre), len(post))))
    else:
        before_post = np.searchsorted(pre, post, side="right") - 1
        before_pre = np.searchsorted(post, pre, side="left") - 1
        caused, late = before_post >= 0, before_pre >= 0
        i = np.concatenate([before_post[caused], np.flatnonzero(late)])
        j = np.concatenate([np.flatnonzero(caused), before_pre[late]])
    delta = post[j] - pre[i]
    order = np.lexsort((i, j, delta >= 0, np.maximum(pre[i], post[j])))
    return Pairs(i[order], j[order], delta[order])


def pairing_protocol(frequency: float, delta_t: float, n: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Two trains (ms): `n` pairs at `frequency` Hz, the postsynaptic spike `delta_t` ms after the presynaptic one.

    Source: sixty pairs as in Bi & Poo (1998); frequencies as in Sjöström, Turrigiano & Nelson, Neuron 32 (2001) 1149.

    >>> pairing_protocol(50, -10, n=3)
    (array([10., 30., 50.]), array([ 0., 20., 40.]))
    """
    frequency = _check.positive("pairing_protocol.frequency", frequency, "Hz")
    delta_t = _check.number("pairing_protocol.delta_t", delta_t, "un nombre fini (ms)")
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise _check.refuse("pairing_protocol.n", "un nombre entier de paires, au moins 1", n)
    beat = np.arange(n) * (1000.0 / frequency)
    return beat + max(0.0, -delta_t), beat + max(0.0, delta_t)


def train(where: str, times: object) -> np.ndarray:
    """The instants of a spike train: finite, not negative, in order, none of them twice; perhaps none at all."""
    t = np.asarray(times)
    if t.size == 0:
        return np.zeros(0)
    if t.ndim != 1 or t.dtype.kind not in "iuf" or not np.isfinite(t).all():
        raise _check.refuse(where, "une liste d'instants (ms)", times)
    t = t.astype(float)
    if t.min() < 0:
        raise _check.refuse(where, "des instants positifs ou nuls (ms)", float(t.min()))
    if (back := np.flatnonzero(np.diff(t) <= 0)).size:
        at = back[0]
        rule = "des instants dans l'ordre, sans répétition (np.unique les trie)"
        raise _check.refuse(where, rule, f"{t[at + 1]:g} après {t[at]:g}")
    return t
