"""Exercise 13.6, museum of mistakes: a VAE that never samples."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _log_bernoulli(x, p):
    return (x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=-1)


def reconstruction(x, mu, logvar, eps, decodeur):
    """The mean of log p(x|z) over the codes that eps (draws, images, code) draws: (images,) [nats]."""
    codes = mu + np.exp(logvar / 2) * eps
    return np.mean([_log_bernoulli(x, decodeur(z)) for z in codes], axis=0)


def _decoder(W, c):
    return lambda z: 1 / (1 + np.exp(-(z @ W + c)))


def _draw(rng):
    n, pixels, code, draws = 4, 8, 3, int(rng.integers(3, 6))
    return {
        "x": (rng.random((n, pixels)) < 0.5).astype(float), "mu": rng.normal(0, 1, (n, code)),
        "logvar": rng.normal(0.3, 0.6, (n, code)), "eps": rng.normal(size=(draws, n, code)),
        "decodeur": _decoder(rng.normal(0, 1, (code, pixels)), rng.normal(0, 0.5, pixels)),
    }  # fmt: skip


def _one_by_one(x, mu, logvar, eps, decodeur):
    totals = [0.0] * len(x)
    for draw in eps:
        for k in range(len(x)):
            p = decodeur((mu[k] + np.exp(logvar[k]) ** 0.5 * draw[k])[None])[0]
            totals[k] += sum(np.log(q if v else 1 - q) for v, q in zip(x[k], p, strict=True))
    return [total / len(eps) for total in totals]


def _at_once(x, mu, logvar, eps, decodeur):
    z = (mu + np.sqrt(np.exp(logvar)) * eps).reshape(-1, mu.shape[1])
    p = decodeur(z).reshape(len(eps), *x.shape)
    return _log_bernoulli(x, p).mean(axis=0)


def _running(x, mu, logvar, eps, decodeur):
    mean = 0.0
    for k, e in enumerate(eps, 1):
        p = decodeur(mu + e * np.exp(0.5 * logvar))
        mean = mean + (np.log(np.where(x == 1, p, 1 - p)).sum(1) - mean) / k
    return mean


def _by_logits(x, mu, logvar, eps, decodeur):
    def one(e):
        p = decodeur(mu + np.exp(logvar / 2) * e)
        s = np.log(p) - np.log1p(-p)
        return (x * s - np.logaddexp(0, s)).sum(axis=1)

    return sum(map(one, eps)) / eps.shape[0]


def _log_of_mean(x, mu, logvar, eps, decodeur):
    logs = np.stack([_log_bernoulli(x, decodeur(mu + np.exp(logvar / 2) * e)) for e in eps])
    return np.log(np.exp(logs).mean(axis=0))


SAMPLED = Exercise(
    id="13.6",
    title="Un VAE qui ne tire jamais",
    reference=reconstruction,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, x, mu, logvar, eps, decodeur: np.allclose(
                f(eps=0 * eps), _log_bernoulli(x, decodeur(mu))),
            "est celui du code moyen quand ε = 0",
            "Quand tous les ε sont nuls, chaque code tiré est μ.",
        ),
        holds(
            lambda f, out, x, mu, logvar, eps, decodeur: np.allclose(f(eps=eps[::-1]), out),
            "ne dépend pas de l'ordre des tirages",
            "Les tirages comptent tous autant : leur ordre ne doit rien changer.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, mu, logvar, eps, decodeur: _log_bernoulli(x, decodeur(mu)),
            "C'est encore la pièce : vous décodez μ, sans rien tirer. La variance ne coûte ni ne rapporte rien.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: _log_bernoulli(
                x, decodeur(mu + np.exp(logvar / 2) * eps.mean(axis=0))),
            "Vous faites la moyenne des codes, puis vous décodez : le hasard s'y efface. Décodez chaque tirage.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: _log_bernoulli(
                x, np.mean([decodeur(mu + np.exp(logvar / 2) * e) for e in eps], axis=0)),
            "Vous faites la moyenne des images, puis vous la jugez. Jugez chaque image, puis faites la moyenne.",
        ),
        Misconception(
            _log_of_mean,
            "C'est le logarithme d'une moyenne, une borne plus serrée (celle des poids d'importance). La borne du "
            "VAE est la moyenne des logarithmes.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, logvar, eps[:1], decodeur),
            "Vous ne gardez que le premier tirage. Il est juste en moyenne ; les autres réduisent le hasard.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: len(eps) * reconstruction(x, mu, logvar, eps, decodeur),
            "Vous sommez les tirages : la borne dépendrait de leur nombre. Faites la moyenne.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, 2 * logvar, eps, decodeur),
            "exp(logvar) est la variance. Un tirage s'écarte de μ d'un écart-type.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, 0 * logvar, eps, decodeur),
            "L'écart-type n'y est pas : toutes les images sont tirées avec le même flou.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: -reconstruction(x, mu, logvar, eps, decodeur),
            "C'est le coût. On demande une log-vraisemblance, qui est négative ici.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, logvar, eps, decodeur) / x.shape[1],
            "Vous faites la moyenne des pixels : leurs logarithmes s'ajoutent.",
        ),
        Misconception(
            lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, logvar, eps, decodeur).mean(),
            "C'est la moyenne des images. On demande un nombre par image.",
        ),
    ],
    hints=[
        "Chaque tirage donne un code, donc une image, donc une log-vraisemblance. Combien en avez-vous à la fin ?",
        "`eps[k]` est le k-ième tirage, un par image : votre `tirer` en fait des codes.",
        "Dans une boucle sur eps : tirer, décoder, juger par la loi de Bernoulli, sommer les pixels. La moyenne vient "
        "après la boucle.",
    ],
    alternatives=[
        _one_by_one, _at_once, _running, _by_logits,
        lambda x, mu, logvar, eps, decodeur: np.float32(reconstruction(x, mu, logvar, eps, decodeur)),
    ],
    mutants=[
        lambda x, mu, logvar, eps, decodeur: reconstruction(1 - x, mu, logvar, eps, decodeur),
        lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, -logvar, eps, decodeur),
        lambda x, mu, logvar, eps, decodeur: np.max(
            [reconstruction(x, mu, logvar, e[None], decodeur) for e in eps], axis=0),
        lambda x, mu, logvar, eps, decodeur: reconstruction(x, mu, logvar, np.abs(eps), decodeur),
    ],
    solution="""def reconstruction(x, mu, logvar, eps, decodeur):
    total = 0
    for e in eps:
        p = decodeur(mu + np.exp(logvar / 2) * e)
        total = total + (x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=1)
    return total / len(eps)
""",
)  # fmt: skip
