"""Exercise 04.10: the current where excitation and inhibition begin to oscillate, and at which frequency."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.transfer import fI, fI_derivee, fI_inverse


def _place(gain, w_EE, high=False):
    """The rate of E where w_EE Φ' is `gain`: r = r_max (1 ∓ sqrt(1 - 2·gain/(w_EE r_max κ)))/2."""
    return 250 * (1 + (1 if high else -1) * np.sqrt(1 - gain / (50 * w_EE)))


def _born(r_E, I_I, w_EE, w_EI, w_IE, tau):
    """The current that makes r_E steady, and the frequency [Hz] of the eigenvalues there."""
    received = I_I + w_IE * r_E
    gain = -w_EI * w_IE * fI_derivee(fI_inverse(r_E)) * fI_derivee(received)
    return (
        fI_inverse(r_E) - w_EE * r_E - w_EI * fI(received),
        1000 * np.sqrt(abs(gain - 1)) / (2 * np.pi * tau),
    )


def naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau):
    """(I_E, frequency): w_EE Φ' = 2 on the branch of low rates."""
    return _born(_place(2, w_EE), I_I, w_EE, w_EI, w_IE, tau)


def _matrix(r_E, I_I, w_EE, w_EI, w_IE, tau):
    E, I = fI_derivee(fI_inverse(r_E)), fI_derivee(I_I + w_IE * r_E)
    return np.array([[w_EE * E - 1, w_EI * E], [w_IE * I, -1]]) / tau


def _draw(rng):
    """Weights for which the determinant is clearly positive where the trace vanishes, on both branches."""
    while True:
        draw = {
            "I_I": float(rng.uniform(-1, 6)), "w_EE": float(rng.uniform(0.05, 0.14)),
            "w_EI": float(rng.uniform(-0.15, -0.06)), "w_IE": float(rng.uniform(0.03, 0.15)),
            "tau": float(rng.uniform(8, 40)),
        }  # fmt: skip
        if np.linalg.det(draw["tau"] * _matrix(_place(2, draw["w_EE"]), **draw)) > 0.3:
            return draw


def _by_trace(I_I, w_EE, w_EI, w_IE, tau):
    """The trace followed along r_E, and the imaginary part of an eigenvalue."""
    given = (I_I, w_EE, w_EI, w_IE, tau)
    r_E = brentq(lambda r: np.trace(_matrix(r, *given)), 0.01, 250, xtol=1e-12)
    value = np.linalg.eigvals(_matrix(r_E, *given))[0]
    r_I = 250 * (1 + np.tanh(0.2 * (I_I + w_IE * r_E - 10)))
    I_E = 10 + 5 * np.arctanh(r_E / 250 - 1) - w_EE * r_E - w_EI * r_I
    return I_E, 500 * abs(value.imag) / np.pi


def _by_determinant(I_I, w_EE, w_EI, w_IE, tau):
    r_E = min(np.roots([-0.4 * w_EE / 500, 0.4 * w_EE, -2]).real)
    J = _matrix(r_E, I_I, w_EE, w_EI, w_IE, tau / 1000)
    return [float(_born(r_E, I_I, w_EE, w_EI, w_IE, tau)[0]), np.linalg.det(J) ** 0.5 / 2 / np.pi]


def _by_current(I_I, w_EE, w_EI, w_IE, tau):
    """Φ' = 2/w_EE read on the curve itself: cosh²(y) = 25 w_EE, on the left of I_half."""
    h = 10 - np.arccosh(np.sqrt(25 * w_EE)) / 0.2
    r_E = fI(h)
    r_I = fI(I_I + w_IE * r_E)
    D = (2 * abs(w_EI) * w_IE / w_EE * fI_derivee(I_I + w_IE * r_E) - 1) / tau**2
    return h - w_EE * r_E + abs(w_EI) * r_I, 1e3 * D**0.5 / (2 * np.pi)


def _first(change):
    def wrong(I_I, w_EE, w_EI, w_IE, tau):
        I_E, f = naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau)
        return change(I_E, f, I_I, w_EE, w_EI, w_IE, tau)

    return wrong


def _no_return(I_E, f, I_I, w_EE, w_EI, w_IE, tau):
    return fI_inverse(_place(2, w_EE)), f


def _no_inhibition(I_E, f, I_I, w_EE, w_EI, w_IE, tau):
    r_E = _place(2, w_EE)
    return fI_inverse(r_E) - w_EE * r_E, f


RHYTHM = Exercise(
    id="04.10",
    title="La naissance d'un rythme",
    reference=naissance_du_rythme,
    samples=_draw,
    draws=12,
    outputs=("courant", "fréquence"),
    invariants=[
        holds(
            lambda f, out, I_I, w_EE, w_EI, w_IE, tau: np.isclose(
                2 * float(f(tau=2 * tau)[1]), float(out[1]), rtol=1e-3),
            "donne un rythme deux fois plus lent quand τ double",
            "Si les deux populations sont deux fois plus lentes, le rythme l'est aussi ; et le courant ne change pas.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda I_I, w_EE, w_EI, w_IE, tau: (lambda r: (
                _born(r, I_I, w_EE, w_EI, w_IE, tau)[0],
                1000 * np.sqrt(abs(np.linalg.det(_matrix(r, I_I, w_EE, w_EI, w_IE, tau)))) / (2 * np.pi)))(
                    _place(1, w_EE)),
            "w_EE Φ′ = 1 est la perte du repos d'une population seule. Ici, la trace contient aussi le −1 de "
            "l'inhibition : il faut w_EE Φ′ = 2.",
        ),
        Misconception(
            _first(lambda I_E, f, I_I, w_EE, w_EI, w_IE, tau: (I_E, f / 1000)),
            "Le courant est juste. Avec τ en millisecondes, votre fréquence est en tours par milliseconde : le hertz "
            "compte par seconde.",
        ),
        Misconception(
            _first(lambda I_E, f, I_I, w_EE, w_EI, w_IE, tau: (I_E, 2 * np.pi * f)),
            "Le courant est juste. Im λ est une pulsation, en radians par unité de temps : divisez par 2π.",
        ),
        Misconception(
            _first(lambda I_E, f, I_I, w_EE, w_EI, w_IE, tau: (I_E, 2 * np.pi * f / 1000)),
            "Le courant est juste. Vous rendez Im λ, en radians par milliseconde : divisez par 2π, et comptez par "
            "seconde.",
        ),
        Misconception(
            _first(_no_return),
            "La fréquence est juste. Φ⁻¹(r_E) est tout ce que E reçoit : il faut en retirer ce qui vient de E et de I.",
        ),
        Misconception(
            _first(_no_inhibition),
            "La fréquence est juste. Au courant de E, il manque l'inhibition, w_EI r_I.",
        ),
        Misconception(
            _first(lambda I_E, f, *given: (f, I_E)),
            "Les deux nombres sont justes, dans l'ordre inverse : d'abord le courant.",
        ),
        Misconception(
            _first(lambda I_E, f, I_I, w_EE, w_EI, w_IE, tau: (
                I_E, np.sqrt(f**2 + (1000 / (2 * np.pi * tau)) ** 2))),
            "Le courant est juste. À la Hopf, le produit de la diagonale de J vaut −1/τ² : il manque au déterminant.",
        ),
    ],
    hints=[
        "Écrivez la jacobienne, une ligne par population. Que vaut sa trace ? Quand s'annule-t-elle ?",
        "w_EE Φ′_E = 2. Or Φ′ = 2 κ r (1 − r/r_max) : une équation du second degré en r_E ; prenez la plus petite "
        "racine. Puis r_I = Φ(I_I + w_IE r_E), et I_E = Φ⁻¹(r_E) − w_EE r_E − w_EI r_I.",
        "À la Hopf, Im λ = √D, et D τ² = −w_EI w_IE Φ′_E Φ′_I − 1. La fréquence est Im λ/2π, en 1/ms : multipliez par "
        "1000.",
    ],
    alternatives=[
        _by_trace,
        _by_determinant,
        _by_current,
        lambda I_I, w_EE, w_EI, w_IE, tau: np.array(_by_current(I_I, w_EE, w_EI, w_IE, tau)),
        lambda I_I, w_EE, w_EI, w_IE, tau: np.float32(naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau)),
    ],
    mutants=[
        lambda I_I, w_EE, w_EI, w_IE, tau: (
            naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau)[0], 1000 / (2 * np.pi * tau)),
        lambda I_I, w_EE, w_EI, w_IE, tau: (
            _born(_place(2, w_EE, high=True), I_I, w_EE, w_EI, w_IE, tau)[0],
            naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau)[1]),
        lambda I_I, w_EE, w_EI, w_IE, tau: (
            -naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau)[0], naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau)[1]),
    ],
    tolerance=1e-4,
    solution="""def naissance_du_rythme(I_I, w_EE, w_EI, w_IE, tau):
    r_E = 250 * (1 - np.sqrt(1 - 1 / (25 * w_EE)))
    r_I = fI(I_I + w_IE * r_E)
    I_E = fI_inverse(r_E) - w_EE * r_E - w_EI * r_I
    pente_E, pente_I = 2 / w_EE, fI_derivee(I_I + w_IE * r_E)
    determinant = (-w_EI * w_IE * pente_E * pente_I - 1) / tau**2
    return I_E, 1000 * np.sqrt(determinant) / (2 * np.pi)
""",
)  # fmt: skip
