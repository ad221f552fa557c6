"""Traces against sums over pairs, the convention at coincident spikes, and what the experiments found."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.plasticity import (
    Additive,
    Instar,
    Multiplicative,
    TripletSTDP,
    VanRossum,
    pairing_protocol,
    spike_pairs,
    stdp,
    stdp_window,
)
from tests.plasticity.plain import french, learned, total

FREE = Additive(0.02, 17.0, 0.03, 34.0, low=-math.inf, high=math.inf)
# instants of one grid, so that some coincide
TRAINS = st.lists(st.integers(0, 400), unique=True, max_size=40).map(lambda k: 0.5 * np.sort(np.array(k, float)))


@given(TRAINS, TRAINS, st.sampled_from(["all", "nearest"]))
@settings(max_examples=80, deadline=None)
def test_traces_are_the_sum_over_pairs(pre, post, pairing) -> None:
    run = stdp(pre, post, 0.4, FREE, pairing)
    pairs = spike_pairs(pre, post, pairing)
    assert run.w == pytest.approx(0.4 + stdp_window(pairs.delta_t, 0.02, 17, 0.03, 34).sum(), abs=1e-12)
    reference = learned(
        pre, post, 0.4, lambda w, r, o: 0.02 * total(r, 17), lambda w, o, r: 0.03 * total(o, 34), pairing == "nearest"
    )
    assert run.weights == pytest.approx(reference, abs=1e-12)


@given(TRAINS, TRAINS, st.sampled_from(["all", "nearest"]))
@settings(max_examples=60, deadline=None)
def test_rules_that_depend_on_the_weight(pre, post, pairing) -> None:
    nearest = pairing == "nearest"
    soft = stdp(pre, post, 0.7, Multiplicative(0.1, 17, 0.15, 34, low=0.2, high=2, pairing=pairing))
    expected = learned(
        pre, post, 0.7, lambda w, r, o: 0.1 * (2 - w) * total(r, 17),
        lambda w, o, r: 0.15 * (w - 0.2) * total(o, 34), nearest, 0.2, 2,
    )  # fmt: skip
    assert soft.weights == pytest.approx(expected, abs=1e-12)
    hard = stdp(pre, post, 0.9, Additive(0.1, 17, 0.15, 34, low=0.2, high=1, pairing=pairing))
    expected = learned(
        pre, post, 0.9, lambda w, r, o: 0.1 * total(r, 17), lambda w, o, r: 0.15 * total(o, 34), nearest, 0.2, 1
    )
    assert hard.weights == pytest.approx(expected, abs=1e-12)
    mixed = stdp(pre, post, 2000.0, VanRossum(noise=0, tau_p=17, tau_d=34), pairing)
    expected = learned(
        pre, post, 2000.0, lambda w, r, o: 7 * total(r, 17), lambda w, o, r: 0.003 * w * total(o, 34), nearest
    )
    assert mixed.weights == pytest.approx(expected, rel=1e-12)


@given(TRAINS, TRAINS, st.sampled_from(["all", "nearest"]), st.sampled_from(["visual_cortex", "hippocampus"]))
@settings(max_examples=60, deadline=None)
def test_triplets(pre, post, pairing, tissue) -> None:
    rule = getattr(TripletSTDP, tissue)(pairing)
    expected = learned(
        pre, post, 1.0,
        lambda w, r, o: total(r, 16.8) * (rule.a2_p + rule.a3_p * total(o, rule.tau_y)),
        lambda w, o, r: total(o, 33.7) * (rule.a2_d + rule.a3_d * total(r, rule.tau_x)),
        pairing == "nearest", 0.0,
    )  # fmt: skip
    assert stdp(pre, post, 1.0, rule).weights == pytest.approx(expected, abs=1e-12)


def test_coincident_spikes_are_causal() -> None:
    assert stdp([5.0], [5.0], 0.0, FREE).w == pytest.approx(0.02)
    assert stdp_window(0.0, 0.02, 17, 0.03, 34) == 0.02
    assert stdp_window(0, c_p=2) == 2
    # a spike before on each side: the pre spike of 5 sees the post spike of 0 alone, the post one both pre spikes
    run = stdp([0.0, 5.0], [0.0, 5.0], 0.0, FREE)
    e = math.exp
    assert run.weights == pytest.approx(
        [0, 0, 0.02, 0.02 - 0.03 * e(-5 / 34), 0.02 - 0.03 * e(-5 / 34) + 0.02 * (1 + e(-5 / 17))]
    )
    assert run.post.tolist() == [False, True, False, True]


def test_what_nearest_keeps() -> None:
    pairs = spike_pairs([0, 10], [15, 20], "nearest")
    assert list(zip(pairs.pre, pairs.post, strict=True)) == [(1, 0), (1, 1)]
    pairs = spike_pairs([0, 10], [5, 20], "nearest")
    assert list(zip(pairs.pre, pairs.post, pairs.delta_t, strict=True)) == [(0, 0, 5), (1, 0, -5), (1, 1, 10)]
    assert spike_pairs([0, 10], [5, 20]).delta_t.tolist() == [5, -5, 20, 10]


def test_noise_agrees_in_law() -> None:
    """One Gaussian number a pair, or one a spike with a trace of half the time: same mean, same variance."""
    rng = np.random.default_rng(3)
    pre, post, w = np.array([0.0, 8.0, 20.0, 31.0]), np.array([12.0, 26.0, 33.0]), 1000.0
    fast = stdp(pre, post, np.full(40_000, w), VanRossum(noise=0.05), rng=1).w
    slow = np.full(40_000, w)
    for t, after in sorted([(t, 0) for t in pre] + [(t, 1) for t in post]):
        start = slow.copy()  # the weight of that instant
        for s in post[post < t] if not after else pre[pre <= t]:
            mean = 7.0 if after else -0.003 * start
            slow = slow + (mean + start * 0.05 * rng.standard_normal(40_000)) * math.exp(-(t - s) / 20)
    assert fast.mean() == pytest.approx(slow.mean(), abs=4 * slow.std() * math.sqrt(2 / 40_000))
    assert fast.std() == pytest.approx(slow.std(), rel=4 / math.sqrt(40_000))
    assert slow.std() > 50


def test_the_stationary_mean_of_van_rossum() -> None:
    """Independent trains at 10 Hz: 1/(c_d ν² τ) = 167 s to forget, and c_p/c_d = 2333 pS after ten times that."""
    relaxation = 1 / (0.003 * 0.010 * 0.010 * 20)  # ms, rates in spikes a ms
    assert relaxation == pytest.approx(167e3, rel=0.01)
    T, means = 24 * 170e3, []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        pre, post = (np.sort(rng.uniform(0, T, rng.poisson(T / 100))) for _ in range(2))
        run = stdp(pre, post, np.full(30, 1000.0), VanRossum(noise=0.015), rng=rng)
        means.append(run.weights[1:][run.times > 10 * 170e3].mean())
    assert np.mean(means) == pytest.approx(7 / 0.003, rel=0.03)


def test_frequencies_that_pairs_cannot_follow() -> None:
    """Sixty pairs, 10 ms apart: causal ones do nothing at 0.1 Hz and much at 50, anti-causal ones change sign.

    Sjöström, Turrigiano & Nelson (2001), measured: -0.04, 0.14, 0.29, 0.53, 0.56; and -0.29, -0.41, -0.34, 0.56, 0.75.
    """
    for pairing in ("all", "nearest"):
        causal, late = (
            np.array([stdp(*pairing_protocol(f, d), 1.0, TripletSTDP.visual_cortex(pairing)).w - 1 for f in
                      (0.1, 10, 20, 40, 50)]) for d in (10, -10)
        )  # fmt: skip
        assert causal == pytest.approx([-0.04, 0.14, 0.29, 0.53, 0.56], abs=0.2)
        assert late[[0, 1, 2, 4]] == pytest.approx([-0.29, -0.41, -0.34, 0.75], abs=0.15)
        assert abs(causal[0]) < 0.01
        assert (np.diff(causal) > 0).all()
        assert late[3] > 0.1
    # pairs: what 60 causal pairs do at 0.1 Hz they do the less the faster they come, whatever c_d
    for c_d in (0.005, 0.01, 0.02):
        rule = Additive(0.01, 16.8, c_d, 33.7, low=-math.inf, high=math.inf)
        slow, fast = (stdp(*pairing_protocol(f, 10), 1.0, rule, "nearest").w - 1 for f in (0.1, 40))
        assert slow > fast
        assert stdp(*pairing_protocol(40, -10), 1.0, rule, "nearest").w - 1 < slow


def test_triplets_of_the_hippocampus() -> None:
    """Wang, Gerkin, Nauen & Bi (2005), 60 at 1 Hz, 5 ms: pre-post-pre about 0 (-0.01 ± 0.04), post-pre-post 0.33."""
    beat, rule = 1000.0 * np.arange(60), TripletSTDP.hippocampus()
    outer = np.sort(np.concatenate([beat, beat + 10]))
    assert abs(stdp(outer, beat + 5, 1.0, rule).w - 1) < 0.1
    assert stdp(beat + 5, outer, 1.0, rule).w - 1 == pytest.approx(0.33, abs=0.08)


def test_what_is_kept_of_the_traces() -> None:
    rule = TripletSTDP.hippocampus()
    pre, post = np.array([1.0, 9.0, 30.0]), np.array([4.0, 9.0])
    run = stdp(pre, post, 1.0, rule)
    t = np.array([0.0, 1.0, 5.0, 9.0, 50.0])
    for name, times, tau in (("r1", pre, 16.8), ("o1", post, 33.7), ("r2", pre, 946.0), ("o2", post, 27.0)):
        lags = t[:, None] - times
        expected = np.where(lags >= 0, np.exp(-np.maximum(lags, 0) / tau), 0).sum(axis=1)
        assert run.trace(name, t) == pytest.approx(expected)
    assert run.trace("r1", 9.0) == pytest.approx(1 + math.exp(-8 / 16.8))
    nearest = stdp(pre, post, 1.0, rule, "nearest")
    assert nearest.trace("r1", 9.0) == 1
    assert nearest.traces[:, 0].tolist()[2:4] == [math.exp(-8 / 16.8), 1.0]
    assert run.weight([0.0, 50.0]).tolist() == [1.0, run.w]
    assert run.traces[0].tolist() == [0, 0, 0, 0]


def test_empty_trains_and_arrays_of_weights() -> None:
    assert stdp([], [], 0.3, FREE).w == 0.3
    assert stdp([1.0, 2.0], [], 0.3, FREE).weights.tolist() == [0.3] * 3
    run = stdp([1.0, 9.0], [4.0], [0.2, 0.5], Multiplicative(0.1, 20, 0.1, 20))
    assert run.weights.shape == (4, 2)
    assert run.w.tolist() == [stdp([1.0, 9.0], [4.0], w, Multiplicative(0.1, 20, 0.1, 20)).w for w in (0.2, 0.5)]


def test_the_protocol() -> None:
    pre, post = pairing_protocol(50, -10, n=3)
    assert (post - pre).tolist() == [-10] * 3
    assert np.diff(pre).tolist() == [20, 20]
    assert post[0] == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: stdp([2.0, 1.0], [], 0.5, Additive()), "stdp.pre : des instants dans l'ordre, sans répétition"),
        (lambda: stdp([], [1.0, 1.0], 0.5, Additive()), "stdp.post : des instants dans l'ordre, sans répétition"),
        (lambda: stdp([-1.0], [], 0.5, Additive()), "stdp.pre : des instants positifs ou nuls (ms), reçu -1.0"),
        (lambda: stdp([math.nan], [], 0.5, Additive()), "stdp.pre : une liste d'instants (ms)"),
        (lambda: stdp([], [], 1.5, Additive()), "stdp.w : des poids entre les bornes de la règle (0 et 1), reçu 1.5"),
        (lambda: stdp([], [], "a", Additive()), "stdp.w : des poids finis"),
        (lambda: stdp([], [], 0.5, Additive), "stdp.rule : une règle de course.plasticity"),
        (lambda: stdp([], [], 0.5, Additive(), "nearst"), "stdp.pairing : un de all, nearest (vouliez-vous dire"),
        (lambda: Additive(tau_p=0), "Additive.tau_p : un nombre strictement positif (ms), reçu 0"),
        (lambda: VanRossum(tau_d=-1), "VanRossum.tau_d : un nombre strictement positif (ms), reçu -1"),
        (lambda: Additive(c_d=-1), "Additive.c_d : un nombre positif ou nul"),
        (lambda: Additive(low=1, high=0), "Additive.high : une borne au-dessus de l'autre (1), reçu 0"),
        (lambda: Multiplicative(high=math.inf), "Multiplicative.high : une borne finie"),
        (lambda: Additive(pairing="last"), "Additive.pairing : un de all, nearest"),
        (lambda: TripletSTDP.visual_cortex("one"), "TripletSTDP.visual_cortex.pairing : un de all, nearest"),
        (lambda: pairing_protocol(0, 10), "pairing_protocol.frequency : un nombre strictement positif (Hz)"),
        (lambda: pairing_protocol(1, 10, 0), "pairing_protocol.n : un nombre entier de paires"),
        (lambda: stdp_window("a"), "stdp_window.delta_t : des nombres finis"),
    ],
)
def test_refusals(call, said) -> None:
    with pytest.raises(ValueError, match=french(said)):
        call()


def test_instar_goes_to_the_mean_trace() -> None:
    """At each postsynaptic spike w ← w + η (r₁ - w): the weight ends at the mean trace, rate·τ for a Poisson input."""
    rng = np.random.default_rng(4)
    T, rule = 200_000.0, Instar(0.01, 20.0)
    pre, post = np.sort(rng.uniform(0, T, 8000)), np.sort(rng.uniform(0, T, 4000))
    run = stdp(pre, post, 0.0, rule)
    expected = 0.0
    for t in post[:50]:
        expected += 0.01 * (total(t - pre[pre <= t], 20.0) - expected)
    assert run.weights[np.flatnonzero(run.post)[49] + 1] == pytest.approx(expected, abs=1e-12)
    assert run.weights[run.times.searchsorted(T / 4) :].mean() == pytest.approx(0.04 * 20, rel=0.05)
    assert stdp([], post, 0.5, rule).w < 1e-3  # a silent input is forgotten
