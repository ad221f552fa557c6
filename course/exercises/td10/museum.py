"""Exercise 10.8: spikes that were not spikes."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _sigma(x, k):
    return 1 / (1 + np.exp(-k * x))


def _layer(forward, backward, reset=None):
    """A layer that fires `forward(x, k)` and keeps `backward(x, k)` for the gradient; x = v - θ."""
    def couche(courant, beta, theta, k):
        v = r = np.zeros(courant.shape[1])
        spikes, slopes = [], []
        for i in courant:
            v = beta * v + i - theta * r
            x = v - theta
            spikes.append(forward(x, k))
            slopes.append(backward(x, k))
            r = reset(x, k) if reset else spikes[-1]
        return np.array(spikes), np.array(slopes)

    return couche


def _fires(x, k):
    return np.where(x > 0, 1.0, 0.0)


def _slope(x, k):
    return k * _sigma(x, k) * (1 - _sigma(x, k))


def couche_binaire(courant, beta, theta, k):
    """(spikes, derivatives), (time, n) each: a step forward, the slope of a sigmoid backward."""
    return _layer(_fires, _slope)(courant, beta, theta, k)


def _draw(rng):
    """Currents that make neurons fire, never within a hair of the threshold."""
    while True:
        courant = rng.normal(0.3, 0.4, (int(rng.integers(15, 25)), 3))
        beta, theta, k = (float(rng.uniform(*bounds)) for bounds in ((0.8, 0.95), (0.6, 1.5), (2, 8)))
        x, s = _layer(lambda x, k: x, lambda x, k: _fires(x, k), reset=_fires)(courant, beta, theta, k)
        if np.abs(x).min() > 1e-3 and 0.1 < s.mean() < 0.5:
            return {"courant": courant, "beta": beta, "theta": theta, "k": k}


def _by_hand(courant, beta, theta, k):
    spikes, slopes = np.zeros(courant.shape), np.zeros(courant.shape)
    for j in range(courant.shape[1]):
        v = s = 0.0
        for t in range(len(courant)):
            v = beta * v + courant[t, j] - (theta if s else 0.0)
            s = v > theta
            spikes[t, j] = s
            slopes[t, j] = k / 4 / np.cosh(k * (v - theta) / 2) ** 2
    return spikes, slopes


def _reset_at_once(courant, beta, theta, k):
    v = np.zeros(courant.shape[1])
    spikes, slopes = [], []
    for i in courant:
        v = beta * v + i
        spikes.append(_fires(v - theta, k))
        slopes.append(_slope(v - theta, k))
        v = v - theta * spikes[-1]
    return np.array(spikes), np.array(slopes)


def _takes_one(courant, beta, theta, k):
    v = s = np.zeros(courant.shape[1])
    spikes, slopes = [], []
    for i in courant:
        v = beta * v + i - s
        s = _fires(v - theta, k)
        spikes.append(s)
        slopes.append(_slope(v - theta, k))
    return np.array(spikes), np.array(slopes)


def _slope_of_the_sigmoid(x, k):
    h = 1e-5 / k
    return (_sigma(x + h, k) - _sigma(x - h, k)) / (2 * h)


BINARY = Exercise(
    id="10.8",
    title="Des impulsions qui n'en sont pas",
    reference=couche_binaire,
    samples=_draw,
    outputs=("impulsions", "dérivées"),
    vectorised=True,
    tolerance=1e-5,
    invariants=[
        holds(
            lambda f, out, **_: np.isin(np.asarray(out[0], float), (0, 1)).all(),
            "ne contient que des impulsions entières, 0 ou 1",
            "Une impulsion est émise, ou ne l'est pas : 1 ou 0, rien entre les deux.",
        ),
        holds(
            lambda f, out, k, **_: np.allclose(f(k=2 * k)[0], out[0]),
            "émet les mêmes impulsions quelle que soit l'échelle `k`",
            "k n'appartient qu'au retour : changer la pente empruntée ne déplace aucune impulsion.",
        ),
        holds(
            lambda f, out, **_: bool(np.all(np.asarray(out[1], float) > 0)),
            "garde partout une pente à emprunter",
            "Sans pente, rien n'apprend : la dérivée de la sigmoïde est positive partout.",
        ),
    ],
    misconceptions=[
        Misconception(
            _layer(_sigma, _slope),
            "C'est encore la pièce : vos « impulsions » sont les valeurs d'une sigmoïde. À l'aller, un seuil franc.",
        ),
        Misconception(
            _layer(_fires, _slope, reset=_sigma),
            "Les impulsions sont franches, mais la remise soustrait encore une fraction de θ : elle doit se servir "
            "des mêmes impulsions.",
        ),
        Misconception(
            lambda courant, beta, theta, k: (
                _layer(_fires, lambda x, k: _slope(x + theta, k))(courant, beta, theta, k)),
            "La sigmoïde se prend en k (v − θ) : votre pente n'est pas centrée sur le seuil.",
        ),
        Misconception(
            _takes_one,
            "Votre remise soustrait 1, l'impulsion elle-même ; elle doit soustraire θ.",
        ),
        Misconception(
            _layer(_fires, _sigma),
            "Vous rendez la sigmoïde ; au retour, il faut sa dérivée.",
        ),
        Misconception(
            _layer(_fires, lambda x, k: _sigma(x, k) * (1 - _sigma(x, k))),
            "Il manque un facteur k : la sigmoïde est prise en k (v − θ), et sa dérivée par rapport à v le garde.",
        ),
        Misconception(
            _layer(_fires, lambda x, k: k * _fires(x, k) * (1 - _fires(x, k))),
            "Tout est binaire, et plus rien n'apprend : la pente d'une impulsion est nulle. Au retour, empruntez celle "
            "de la sigmoïde, k σ (1 − σ).",
        ),
        Misconception(
            _layer(lambda x, k: np.where(_sigma(x, k) > 0.5, _sigma(x, k), 0.0), _slope),
            "Vous coupez ce qui est sous le seuil et gardez la hauteur au-dessus : une impulsion vaut 1, ni plus ni "
            "moins.",
        ),
        Misconception(
            _reset_at_once,
            "La remise suit l'impulsion aussitôt, et fuit avec le potentiel : elle se soustrait au pas suivant, après "
            "la fuite.",
        ),
        Misconception(
            _layer(_fires, _slope, reset=lambda x, k: np.zeros(x.shape)),
            "La remise manque : un neurone qui a déchargé doit perdre θ au pas suivant.",
        ),
    ],
    hints=[
        "Deux fonctions de v − θ : l'une à l'aller, l'autre au retour. Laquelle la pièce a-t-elle mise à l'aller ?",
        "À l'aller, comparez v à θ ; cette impulsion-là sert aussi à la remise.",
        "Au retour, la dérivée par rapport à v de σ(k (v − θ)) : σ (1 − σ), et le facteur qui vient de k.",
    ],
    alternatives=[
        _by_hand,
        _layer(lambda x, k: np.round(_sigma(x, k)), _slope),
        _layer(lambda x, k: np.heaviside(x, 0), lambda x, k: k * np.exp(-k * x) / (1 + np.exp(-k * x)) ** 2),
        _layer(lambda x, k: (x > 0).astype(int), _slope_of_the_sigmoid),
        lambda courant, beta, theta, k: [part.tolist() for part in couche_binaire(courant, beta, theta, k)],
        _layer(lambda x, k: (np.sign(x) + 1) / 2, lambda x, k: k * (1 - np.tanh(k * x / 2) ** 2) / 4),
    ],
    mutants=[
        _layer(lambda x, k: 1 - _fires(x, k), _slope),
        _layer(_fires, lambda x, k: k * _sigma(x, k)),
        _layer(_fires, lambda x, k: 1 / (1 + k * np.abs(x)) ** 2),
        lambda courant, beta, theta, k: couche_binaire(courant, beta, 2 * theta, k),
        lambda courant, beta, theta, k: couche_binaire(courant, beta, theta, k)[::-1],
    ],
    solution="""def couche_binaire(courant, beta, theta, k):
    v = s = np.zeros(courant.shape[1])
    impulsions, derivees = [], []
    for i in courant:
        v = beta * v + i - theta * s
        s = np.where(v > theta, 1.0, 0.0)
        sigma = 1 / (1 + np.exp(-k * (v - theta)))
        impulsions.append(s)
        derivees.append(k * sigma * (1 - sigma))
    return np.array(impulsions), np.array(derivees)
""",
)  # fmt: skip
