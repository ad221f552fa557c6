"""Exercise 13.4: what the judge lowers, and what the generator lowers, from logits."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _softplus(s):
    return np.logaddexp(0, s)


def pertes(vrais, faux):
    """(judge's loss, generator's non-saturating loss), means over the logits of real and of drawn images."""
    return _softplus(-vrais).mean() + _softplus(faux).mean(), _softplus(-faux).mean()


def _draw(rng):
    """As many real images as false ones, or not; the judge is quite sure of one of the latter."""
    n, m = rng.choice(np.arange(4, 9), 2, replace=False)
    faux = rng.normal(-1, 2, int(m))
    faux[int(rng.integers(m))] = rng.uniform(-900, -750)
    return {"vrais": rng.normal(1, 2, int(n)), "faux": faux}


def _by_cases(vrais, faux):
    """log(1 + e^s) = max(s, 0) + log(1 + e^-|s|)."""
    def cost(s):
        return np.maximum(s, 0) + np.log1p(np.exp(-np.abs(s)))

    return [np.mean(cost(-vrais)) + np.mean(cost(faux)), np.mean(cost(-faux))]


def _one_by_one(vrais, faux):
    def cost(s):
        return s + np.log(1 + np.exp(-s)) if s > 0 else np.log(1 + np.exp(s))

    judge = sum(cost(-s) for s in vrais) / len(vrais) + sum(cost(s) for s in faux) / len(faux)
    return judge, sum(map(cost, -faux)) / len(faux)


def _cross_entropy(vrais, faux):
    """Cross entropies of labels 1 and 0: softplus(s) - label · s."""
    def cost(s, label):
        return np.mean(_softplus(s) - label * s)

    return np.array([cost(vrais, 1) + cost(faux, 0), cost(faux, 1)])


def _by_two_classes(vrais, faux):
    """A softmax between the logit s and 0."""
    def log_share(s, k):
        z = np.stack([0 * s, s])
        return z[k] - z.max(0) - np.log(np.exp(z - z.max(0)).sum(0))

    return -log_share(vrais, 1).mean() - log_share(faux, 0).mean(), -log_share(faux, 1).mean()


def _of(judge=None, generator=None):
    """The two losses, one of them written otherwise."""
    def wrong(vrais, faux):
        right = pertes(vrais, faux)
        return judge(vrais, faux) if judge else right[0], generator(faux) if generator else right[1]

    return wrong


def _rounded(vrais, faux):
    """Through the probabilities: exp overflows, and the logarithm of 0 is infinite."""
    with np.errstate(over="ignore", divide="ignore"):
        real, false = 1 / (1 + np.exp(-vrais)), 1 / (1 + np.exp(-faux))
        return -np.log(real).mean() - np.log(1 - false).mean(), -np.log(false).mean()


LOSSES = Exercise(
    id="13.4",
    title="Les pertes d'un jeu",
    reference=pertes,
    samples=_draw,
    outputs=("juge", "générateur"),
    invariants=[
        holds(
            lambda f, out, vrais, faux: np.allclose(f(vrais=0 * vrais, faux=0 * faux), (2 * np.log(2), np.log(2))),
            "vaut (2 ln 2, ln 2) quand le juge ne sait rien",
            "Quand tous les logits sont nuls, le juge répond partout ½ : sa perte vaut 2 ln 2, celle du générateur "
            "ln 2.",
        ),
        holds(
            lambda f, out, vrais, faux: np.allclose(f(faux=0 * faux - 1000)[1], 1000),
            "reste un nombre quand le juge est sûr de lui",
            "Quand le juge donne à toutes les images fausses un logit de − 1000, la perte du générateur doit valoir "
            "1000. Un calcul qui passe par D rencontre log 0.",
        ),
    ],
    misconceptions=[
        Misconception(
            _rounded,
            "Les formules sont justes, mais le calcul passe par D : à un logit de − 800, D s'arrondit à 0, et son "
            "logarithme est infini. Partez du logit.",
        ),
        Misconception(
            _of(generator=lambda faux: -_softplus(faux).mean()),
            "C'est la moyenne de log(1 − D), la perte qui sature : là où le juge est sûr, sa pente est nulle, et le "
            "générateur n'apprend rien. Prenez − log D.",
        ),
        Misconception(
            _of(generator=lambda faux: _softplus(faux).mean()),
            "Le générateur travaille pour le juge : il descend ce que le juge descend. Il veut que ses images passent "
            "pour vraies.",
        ),
        Misconception(
            _of(generator=lambda faux: -_softplus(-faux).mean()),
            "Le signe de la perte du générateur est retourné : la descendre éloignerait D de 1.",
        ),
        Misconception(
            lambda vrais, faux: tuple(-loss for loss in pertes(vrais, faux)),
            "Ce sont les gains, que l'on monterait. Une perte se descend : changez les signes.",
        ),
        Misconception(
            lambda vrais, faux: (_softplus(-vrais).sum() + _softplus(faux).sum(), _softplus(-faux).sum()),
            "Vous sommez les images : la perte dépend de la taille du lot. Faites des moyennes.",
        ),
        Misconception(
            _of(judge=lambda vrais, faux: np.concatenate([_softplus(-vrais), _softplus(faux)]).mean()),
            "Une moyenne sur les vraies, une autre sur les fausses, que l'on additionne : ainsi, les deux comptent "
            "autant.",
        ),
        Misconception(
            _of(judge=lambda vrais, faux: (_softplus(-vrais).mean() + _softplus(faux).mean()) / 2),
            "La perte du juge est la somme des deux moyennes ; vous en prenez la moitié.",
        ),
        Misconception(
            _of(judge=lambda vrais, faux: _softplus(vrais).mean() + _softplus(-faux).mean()),
            "Le juge est à l'envers : il apprend à croire les fausses et à rejeter les vraies.",
        ),
        Misconception(
            _of(judge=lambda vrais, faux: _softplus(-vrais).mean()),
            "Le juge ne voit que les vraies images : tout déclarer vrai serait parfait.",
        ),
        Misconception(
            _of(judge=lambda vrais, faux: _softplus(faux).mean()),
            "Le juge ne voit que les fausses images : tout déclarer faux serait parfait.",
        ),
        Misconception(
            lambda vrais, faux: pertes(vrais, faux)[::-1],
            "Les deux pertes sont échangées : d'abord celle du juge.",
        ),
        Misconception(
            lambda vrais, faux: (faux.mean() - vrais.mean(), -faux.mean()),
            "Ce sont les pertes d'un autre jeu, où le juge rend une note sans bornes (Wasserstein). Ici, son logit "
            "donne une probabilité.",
        ),
    ],
    hints=[
        "D = σ(s). Écrivez − log σ(s), puis − log(1 − σ(s)), en fonction de s.",
        "− log σ(s) = log(1 + e⁻ˢ), et 1 − σ(s) = σ(− s). Pour un logit très négatif, `np.exp` déborde.",
        "`np.logaddexp(a, b)` calcule log(eᵃ + eᵇ) sans déborder ; que mettre à la place de a pour obtenir 1 ?",
    ],
    alternatives=[
        _by_cases, _one_by_one, _cross_entropy, _by_two_classes,
        lambda vrais, faux: (np.logaddexp(-vrais, 0).mean() + np.logaddexp(faux, 0).mean(),
                             np.mean(np.logaddexp(faux, 0) - faux)),
        lambda vrais, faux: tuple(np.float32(loss) for loss in pertes(vrais, faux)),
    ],
    mutants=[
        _of(generator=lambda faux: np.maximum(-faux, 0).mean()),
        _of(generator=lambda faux: (_softplus(-faux) / np.log(2)).mean()),
        _of(judge=lambda vrais, faux: _softplus(-vrais).mean() - _softplus(faux).mean()),
        _of(judge=lambda vrais, faux: _softplus(-vrais).mean() + _softplus(-faux).mean()),
        _of(generator=lambda faux: np.median(_softplus(-faux))),
    ],
    solution="""def pertes(vrais, faux):
    juge = np.logaddexp(0, -vrais).mean() + np.logaddexp(0, faux).mean()
    generateur = np.logaddexp(0, -faux).mean()
    return juge, generateur
""",
)  # fmt: skip
