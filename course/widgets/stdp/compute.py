"""The values of the controls become two trains, what each pair does, the weight, and the change at every frequency."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from course.plasticity import (
    Additive,
    Multiplicative,
    Rule,
    TripletSTDP,
    VanRossum,
    pairing_protocol,
    spike_pairs,
    stdp,
    stdp_window,
)  # fmt: skip
from course.widgets.stdp.own import GRID, Own, second, weights

T, N = 200.0, 60  # ms seen; pairs of the protocol
RULES = {"additive": Additive, "multiplicative": Multiplicative, "van_rossum": VanRossum, "triplet": TripletSTDP}
TISSUES = {"visual_cortex": TripletSTDP.visual_cortex, "hippocampus": TripletSTDP.hippocampus}
FREQUENCIES = (1.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 60.0)  # Hz
TIMES = np.arange(0.0, T + 0.25, 0.5)


@dataclass(frozen=True, eq=False)
class Subject:
    """The rule one starts from, and the student's window, if any."""

    rule: Rule
    own: Own | None = None

    @property
    def kind(self) -> str:
        return next(name for name, kind in RULES.items() if isinstance(self.rule, kind))

    @property
    def pairs(self) -> Rule:
        """The rule whose numbers the sliders have first."""
        return Additive() if self.kind == "triplet" else self.rule

    @property
    def parts(self) -> int:
        """c₊ and c₋ are chosen in thousandths where they are small."""
        return 1000 if max(self.pairs.c_p, self.pairs.c_d) < 0.1 else 1

    @property
    def weights(self) -> tuple[float, float]:
        """Between which weights one starts; hard and soft bounds of a rule that was not given stand there."""
        rule = self.pairs
        low = rule.low if math.isfinite(rule.low) else 0.0
        balance = rule.c_p / rule.c_d if rule.c_d else 0.0
        return low, rule.high if math.isfinite(rule.high) else low + max(1.0, 2 * balance)

    def rule_of(self, values: dict) -> Rule:
        """The rule that the controls say; the one that was given keeps its bounds."""
        kind, pairing = values["rule"], values["pairing"]
        given = self.rule if kind == self.kind else None
        if kind == "triplet":
            fitted = values["tissue"]
            return replace(given, pairing=pairing) if fitted == "given" else TISSUES[fitted](pairing)
        low, high = self.weights
        base = given or RULES[kind](low=low, high=math.inf if kind == "van_rossum" else high)
        quiet = {"noise": 0.0} if kind == "van_rossum" else {}
        steps = {name: values[name] / self.parts for name in ("c_p", "c_d")}
        return replace(base, pairing=pairing, tau_p=values["tau_p"], tau_d=values["tau_d"], **steps, **quiet)


def computation(s: Subject):
    """compute(**values) -> the arrays that the scene and the sentence read."""

    def compute(**values) -> dict:
        rule, free = s.rule_of(values), values["mode"] == "free"
        w0 = 1.0 if values["rule"] == "triplet" else values["w"]
        if free:
            trains = values["pre"], values["post"]
            change = None
        else:
            trains = protocol(values["f"], values["delta"])
            change = by_frequency(rule, values["delta"], w0)
        made = learned(rule, w0, *trains)
        own = {} if s.own is None else mine(s.own, made)
        return {"values": values, "rule": rule, "w0": w0, "by_frequency": change} | made | own

    return compute


@lru_cache(maxsize=256)
def protocol(frequency: float, delta_t: float) -> tuple[tuple, tuple]:
    """The trains of the protocol, as tuples."""
    return tuple(tuple(train.tolist()) for train in pairing_protocol(frequency, delta_t, N))


@lru_cache(maxsize=64)
def learned(rule: Rule, w0: float, pre: tuple, post: tuple) -> dict:
    """The run, the pairs that count, what each of them adds to the weight (of pairs, of triplets), and the window."""
    run, pairs = stdp(pre, post, w0, rule), spike_pairs(pre, post, rule.pairing)
    twos, threes = contributions(rule, run, pairs)
    return {
        "run": run, "pairs": pairs, "twos": twos, "threes": threes, "each": twos + threes,
        "window": window(rule, w0), "traces": {name: run.trace(name, TIMES) for name in ("r1", "o1", "r2", "o2")},
    }  # fmt: skip


def contributions(rule: Rule, run, pairs) -> tuple[np.ndarray, np.ndarray]:
    """What each pair adds, before the bounds: its own part, and the part that the spikes before it lend."""
    k, at = rule.terms, second(pairs, run)
    w, causal = run.weights[at], pairs.delta_t >= 0
    up, down = np.exp(-np.abs(pairs.delta_t) / k.tau_p), np.exp(-np.abs(pairs.delta_t) / k.tau_d)
    _, _, r2, o2 = run.traces[at].T
    twos = np.where(causal, up * (k.p0 + k.p1 * w), -down * (k.d0 + k.d1 * w))
    return twos, np.where(causal, up * k.p3 * o2, -down * k.d3 * r2)


def window(rule: Rule, w: float) -> np.ndarray:
    """What one pair alone does to the weight `w`, every ms of `GRID`."""
    k = rule.terms
    return stdp_window(GRID, k.p0 + k.p1 * w, k.tau_p, k.d0 + k.d1 * w, k.tau_d)


@lru_cache(maxsize=64)
def by_frequency(rule: Rule, delta_t: float, w0: float) -> dict:
    """The change (%) after `N` pairs at each frequency, for Δt and for -Δt."""
    signs = (1, -1) if delta_t else (1,)
    return {s * abs(delta_t): np.array([final(rule, f, s * abs(delta_t), w0) for f in FREQUENCIES]) for s in signs}


def final(rule: Rule, frequency: float, delta_t: float, w0: float) -> float:
    """In % of the weight at the start; of 1 if that is zero."""
    return 100 * (stdp(*protocol(frequency, delta_t), w0, rule).w - w0) / (w0 or 1.0)


def mine(own: Own, made: dict) -> dict:
    """The student's curve and weight, on the same pairs."""
    each = own(made["pairs"].delta_t)
    path = weights(each, made["pairs"], made["run"])
    return {"own": own, "own_window": own(GRID), "own_each": each, "own_weights": path}
