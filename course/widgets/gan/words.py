"""What is said of two adversaries that learn, and the Python text that repeats it."""

import numpy as np

from course.plot.french import decimal, quantity
from course.widgets.gan.lessons import Moment
from course.widgets.gan.subject import ASKED, BATCH, Subject

SURE = 0.1  # a judge that gives less than that to drawings, and as much below 1 to digits, hardly errs


def describe(arrays: dict) -> str:
    """How far it is, whom the judge believes, which digits are drawn."""
    view, m = arrays["view"], arrays["moment"]
    if view is None:
        return "Les deux adversaires se préparent."
    return " ".join(filter(None, (progress(arrays), believed(m), drawn(m))))


def percent(x: float) -> str:
    return quantity(100 * float(x), "%", 0)


def progress(arrays: dict) -> str:
    view, m, s = arrays["view"], arrays["moment"], arrays["subject"]
    n = len(view.losses)
    if view.lost:
        what = "baissez le pas d'apprentissage et recommencez"
        return f"Au lot {n + 1}, les poids ne sont plus des nombres\u00a0: {what}."
    if m.batch < view.moments[-1].batch:
        return f"Retour au lot {m.batch}, sur {n}."
    if not n:
        return "Avant d'apprendre, le générateur dessine du brouillard."
    generator, judge = view.losses[-10:].mean(axis=0)
    going = ", la fin" if n >= s.last else ""
    return (f"Lot {n} sur {s.last} (époque {decimal(n / s.per_epoch)}{going})\u00a0: perte du générateur "
            f"{decimal(generator, 2)}, du juge {decimal(judge, 2)}.")  # fmt: skip


def believed(m: Moment) -> str:
    said = f"Le juge donne en moyenne {percent(m.trust)} aux chiffres jamais vus et {percent(m.doubt)} aux dessins"
    if m.doubt > m.trust:
        return f"{said}\u00a0: il préfère les dessins."
    if m.doubt < SURE and m.trust > 1 - SURE:
        return f"{said}\u00a0: il ne se trompe presque jamais."
    return f"{said}."


def drawn(m: Moment) -> str:
    missing = [str(k) for k in np.flatnonzero(m.shares < 0.02)]
    said = f"Dans {ASKED} dessins, le LeNet lit {m.covered} chiffre{'s' * (m.covered > 1)} sur 10"
    if not missing:
        return f"{said}."
    return f"{said}, presque jamais de {', '.join(missing)}."


def code(school) -> str:
    """The same weights, the same batches, and the settings from the batch on where they were changed."""
    s: Subject = school.s
    changes = school.view.settings if school.batches else ((0, school.first),)
    plan = ", ".join(f"{k}: {tuple(now)}" for k, now in changes)
    return "\n".join([
        "from course.data import load",
        "from course.generative import GAN, Training", "",
        f"x = load(\"mnist\", subset=(10_000, 2000)).x_train[:{len(s.train)}]",
        f"gan = GAN(hidden={s.hidden}, penalty={school.penalty!r}, seed={s.seed})",
        f"lecons = Training(gan, x, batch_size={BATCH}, lr={school.first.lr})",
        f"reglages = {{{plan}}}  # dès le lot",
        f"for k in range({school.batches}):",
        "    if k in reglages:",
        "        lecons.lr, rapport = reglages[k]",
        "        lecons.factors = [1.0, rapport]",
        "    resultat = lecons.step()",
        "    print(k + 1, resultat[\"generator\"], resultat[\"judge\"])",
        "",
    ])  # fmt: skip
