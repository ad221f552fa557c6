"""Exercises 05.5 and 05.6: the sums carried from step to step, by one number then by two."""

import numpy as np
from scipy.signal import lfilter

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def trace_exp(n, dt, tau):
    """P[k] = P[k-1] exp(-dt/tau) + n[k]."""
    P, fuite, trace = 0.0, np.exp(-dt / tau), []
    for recues in n:
        P = P * fuite + recues
        trace.append(P)
    return np.array(trace)


def trace_alpha(n, dt, tau_pic):
    """x carries Σ exp(-s), y carries Σ s exp(-s), s = (t - t_i)/tau_pic; P = e y."""
    x, y, fuite, trace = 0.0, 0.0, np.exp(-dt / tau_pic), []
    for recues in n:
        y = fuite * (y + dt / tau_pic * x)
        x = fuite * x + recues
        trace.append(np.e * y)
    return np.array(trace)


def _draw(name):
    def draw(rng):
        n = rng.poisson(rng.uniform(0.05, 0.3), 60).astype(float)
        n[:2] = 0, 1
        return {"n": n, "dt": float(rng.uniform(0.2, 2)), name: float(rng.uniform(4, 20))}

    return draw


def _kernel(s, alpha):
    return s * np.exp(1 - s) if alpha else np.exp(-s)


def _windowed(alpha):
    """The sum itself, spike by spike; by matrix."""

    def loops(n, dt, tau):
        steps = np.arange(len(n))
        P = np.zeros(len(n))
        for k in steps:
            P[k:] += n[k] * _kernel(dt * (steps[k:] - k) / tau, alpha)
        return P

    def matrix(n, dt, tau):
        lag = np.subtract.outer(np.arange(len(n)), np.arange(len(n)))
        return np.where(lag >= 0, _kernel(dt * np.maximum(lag, 0) / tau, alpha), 0.0) @ n

    def convolved(n, dt, tau):
        return np.convolve(n, _kernel(dt * np.arange(len(n)) / tau, alpha))[: len(n)]

    return loops, matrix, convolved


def _named(function):
    """The same, its time constant called tau_pic."""
    return lambda n, dt, tau_pic: function(n, dt, tau_pic)


def _late(f):
    return lambda **given: np.concatenate([[0.0], f(**given)[:-1]])


def _forgets(n, dt, tau):
    P, trace = 0.0, []
    for received in n:
        P = received if received else P * np.exp(-dt / tau)
        trace.append(P)
    return np.array(trace)


_LINEAR = holds(
    lambda f, P, n, dt, **_: np.allclose(f(n=3 * n), 3 * np.asarray(P, float), rtol=1e-4, atol=1e-4),
    "triple quand les impulsions triplent",
    "Trois fois plus d'impulsions donnent une trace trois fois plus grande : les noyaux s'ajoutent.",
)

TRACE = Exercise(
    id="05.5",
    title="Une trace, un nombre",
    reference=trace_exp,
    samples=_draw("tau"),
    invariants=[_LINEAR],
    misconceptions=[
        Misconception(
            lambda n, dt, tau: lfilter([1], [1, -(1 - dt / tau)], n),
            "C'est le pas d'Euler, 1 − dt/τ. Il approche exp(−dt/τ) quand dt est petit ; le facteur exact ne coûte "
            "pas plus cher.",
        ),
        Misconception(
            lambda n, dt, tau: lfilter([np.exp(-dt / tau)], [1, -np.exp(-dt / tau)], n),
            "Une impulsion doit compter entière au pas où elle arrive, K(0) = 1. Chez vous, elle est amortie d'abord : "
            "fuir, puis ajouter.",
        ),
        Misconception(_late(trace_exp), "Votre trace a un pas de retard : notez P après avoir ajouté n[k]."),
        Misconception(
            lambda n, dt, tau: lfilter([1], [1, -np.exp(-1 / tau)], n),
            "dt manque : en un pas, il s'écoule dt ms, et non 1 ms.",
        ),
        Misconception(
            lambda n, dt, tau: lfilter([dt], [1, -np.exp(-dt / tau)], n),
            "Une impulsion ajoute 1 à la trace, quel que soit le pas : ne multipliez pas n[k] par dt.",
        ),
        Misconception(_forgets, "Une nouvelle impulsion efface les précédentes. Elle s'ajoute à ce qui en reste."),
        Misconception(
            lambda n, dt, tau: lfilter([1], [1, -1], n),
            "Votre trace ne décroît jamais : entre deux pas, ce qui était là est multiplié par exp(−dt/τ).",
        ),
    ],
    hints=[
        "Sans impulsion, par combien P est-il multiplié en un pas de dt ?",
        "exp(−(t + dt)/τ) = exp(−t/τ) × exp(−dt/τ) : tous les noyaux sont multipliés par le même facteur.",
        "À chaque pas : multiplier P, ajouter n[k], ranger P dans la liste.",
    ],
    alternatives=[
        *_windowed(False),
        lambda n, dt, tau: lfilter([1], [1, -np.exp(-dt / tau)], n),
        lambda n, dt, tau: list(trace_exp(n, dt, tau)),
        lambda n, dt, tau: np.float32(trace_exp(n, dt, tau)),
    ],
    mutants=[
        lambda n, dt, tau: trace_exp(n, dt, 2 * tau),
        lambda n, dt, tau: np.minimum(1, trace_exp(n, dt, tau)),
        lambda n, dt, tau: trace_exp(n > 0, dt, tau) * n.max(),
    ],
    units={"dt": "ms", "tau": "ms"},
    solution="""def trace_exp(n, dt, tau):
    P, trace = 0.0, []
    fuite = np.exp(-dt / tau)
    for recues in n:
        P = P * fuite + recues
        trace.append(P)
    return np.array(trace)
""",
)  # fmt: skip


def _pair(scale=np.e, euler=False, lost=False, order=0):
    """Other ideas of the two traces."""

    def wrong(n, dt, tau_pic):
        h, x, y, P = dt / tau_pic, 0.0, 0.0, []
        a = 1 - h if euler else np.exp(-h)
        for received in n:
            if order:
                x = a * x + received
            y = a * y + h * x if euler or lost else a * (y + h * x)
            if not order:
                x = a * x + received
            P.append(scale * y)
        return np.array(P)

    return wrong


ALPHA_TRACE = Exercise(
    id="05.6",
    title="Deux traces pour la fonction alpha",
    reference=trace_alpha,
    samples=_draw("tau_pic"),
    invariants=[_LINEAR],
    misconceptions=[
        Misconception(
            _pair(scale=1.0), "Vos deux traces sont justes, mais le sommet est à 0,37 : le facteur e manque."
        ),
        Misconception(
            _pair(euler=True),
            "C'est le pas d'Euler pour les deux traces. La mise à jour exacte est aussi courte : développez "
            "(s + h) exp(−s − h).",
        ),
        Misconception(
            _pair(lost=True),
            "y gagne h x, puis tout est amorti : le facteur exp(−h) porte sur y + h x, et pas seulement sur y.",
        ),
        Misconception(
            _pair(order=1),
            "y lit le x qui vient de recevoir l'impulsion : le noyau a un pas d'avance. Avancez y avant x.",
        ),
        Misconception(
            lambda n, dt, tau_pic: trace_exp(n, dt, tau_pic),
            "C'est la trace exponentielle : elle saute à chaque impulsion. La fonction alpha part de 0.",
        ),
        Misconception(
            _late(trace_alpha), "Votre trace a un pas de retard : notez P après avoir avancé les deux traces."
        ),
    ],
    hints=[
        "Avec s = (t − t_i)/τ_pic, suivez x = Σ exp(−s) et y = Σ s exp(−s). Que devient chacun quand s gagne h ?",
        "(s + h) exp(−s − h) = exp(−h) [s exp(−s) + h exp(−s)] : le nouveau y se lit avec l'ancien x.",
        "Une impulsion n'ajoute rien à y, car s = 0. Elle ajoute 1 à x. Et P = e y.",
    ],
    alternatives=[
        *(_named(f) for f in _windowed(True)),
        lambda n, dt, tau_pic: lfilter(
            [0, np.e * dt / tau_pic * (a := np.exp(-dt / tau_pic))], [1, -2 * a, a * a], n),
        lambda n, dt, tau_pic: np.float32(trace_alpha(n, dt, tau_pic)),
        lambda n, dt, tau_pic: list(trace_alpha(n, dt, tau_pic)),
    ],
    mutants=[
        lambda n, dt, tau_pic: trace_alpha(n, dt, 2 * tau_pic),
        lambda n, dt, tau_pic: -trace_alpha(n, dt, tau_pic),
        lambda n, dt, tau_pic: trace_alpha(n, dt, tau_pic) / tau_pic,
    ],
    units={"dt": "ms", "tau_pic": "ms"},
    solution="""def trace_alpha(n, dt, tau_pic):
    x, y, trace = 0.0, 0.0, []
    h = dt / tau_pic
    fuite = np.exp(-h)
    for recues in n:
        y = fuite * (y + h * x)
        x = fuite * x + recues
        trace.append(np.e * y)
    return np.array(trace)
""",
)  # fmt: skip
