"""The same rules with no trace: at each spike, the sum over the spikes before it."""

import re

import numpy as np


def french(said):
    """What a message begins with, its spaces of either sort."""
    return "^" + re.escape(said).replace("\\ ", "[ \u00a0]")


def events(pre, post):
    """(time, is it postsynaptic, index): at one instant the presynaptic spike first."""
    both = [(t, 0, i) for i, t in enumerate(pre)] + [(t, 1, j) for j, t in enumerate(post)]
    return sorted(both)


def earlier(times, t, included, nearest):
    """The gaps from t to the spikes before it."""
    gaps = [t - s for s in times if s < t or (included and s == t)]
    return np.array(gaps[-1:] if nearest else gaps)


def total(gaps, tau):
    return float(np.exp(-gaps / tau).sum())


def learned(pre, post, w, up, down, nearest=False, low=-np.inf, high=np.inf):
    """Weights after each spike; up(w, gaps to pre, gaps to post before), down(w, gaps to post, gaps to pre before)."""
    weights = [w]
    for t, after, _ in events(pre, post):
        if after:
            w = w + up(w, earlier(pre, t, True, nearest), earlier(post, t, False, nearest))
        else:
            w = w - down(w, earlier(post, t, False, nearest), earlier(pre, t, False, nearest))
        w = min(max(w, low), high)
        weights.append(w)
    return np.array(weights)
