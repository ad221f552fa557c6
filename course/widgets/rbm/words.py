"""What is said of a machine that learns and of its chain, and the Python text that repeats them."""

from course.plot.french import decimal
from course.widgets.rbm.school import School
from course.widgets.rbm.subject import BATCH, Subject
from course.widgets.rbm.view import SMOOTH


def describe(arrays: dict) -> str:
    """How far it is, the gap of free energy, where the chain is, what is erased and who is silent."""
    if arrays["view"] is None:
        return "La machine se prépare."
    return " ".join(filter(None, (progress(arrays), chain(arrays), repaired(arrays), silent(arrays))))


def plural(n: int) -> str:
    return "s" if n > 1 else ""


def progress(arrays: dict) -> str:
    view, s = arrays["view"], arrays["subject"]
    n = len(view.errors)
    if view.lost:
        what = "baissez le pas d'apprentissage et recommencez"
        return f"Au lot {n + 1}, un poids dépasse 100\u00a0: {what}."
    if not n:
        return "Avant d'apprendre, les filtres ne sont que du bruit."
    _, learnt, unseen = view.energies[-1]
    going = ", la fin" if n >= s.last else ""
    return (f"Lot {n} sur {s.last} (époque {decimal(n / s.per_epoch)}{going})\u00a0: erreur "
            f"{decimal(view.errors[-SMOOTH:].mean(), 3)} par pixel\u00a0; énergie libre des lettres jamais vues moins "
            f"celle des lettres apprises\u00a0: {decimal(unseen - learnt)} nats.")  # fmt: skip


def chain(arrays: dict) -> str:
    values, walk = arrays["values"], arrays["walk"]
    t, F = round(values["t"]), arrays["walk"].energies
    what = "Le bruit" if values["start"] == "noise" else f"Le {values['letter']} n°\u00a0{round(values['example'])}"
    on = int(walk.h[t].sum())
    lit = f"{on} unité{plural(on)} cachée{plural(on)} allumée{plural(on)}"
    if not t:
        return f"{what} a pour énergie libre {decimal(F[0])} nats\u00a0; {lit}."
    return f"{what} avait {decimal(F[0])} nats d'énergie libre\u00a0; au pas {t} de la chaîne, {decimal(F[t])}, {lit}."


def repaired(arrays: dict) -> str:
    values, walk = arrays["values"], arrays["walk"]
    gone = list(values["erased"])
    if not gone:
        return "Rien n'est gommé\u00a0: tous les pixels sont tenus." if values["clamp"] else ""
    n = len(gone)
    said = f"{n} pixel{plural(n)} gommé{plural(n)}"
    if not values["clamp"]:
        return f"{said}\u00a0; les autres ne sont pas tenus."
    if values["start"] == "noise" or not round(values["t"]):
        return f"{said}\u00a0; les autres sont tenus."
    true = arrays["subject"].example(values["letter"], round(values["example"]) - 1)[gone]
    right = int(((walk.p[round(values["t"])][gone] > 0.5) == true).sum())
    return f"{said}\u00a0; les autres sont tenus, et {right} sur {n} sont redevenus ce qu'ils étaient."


def silent(arrays: dict) -> str:
    quiet = arrays["values"]["silent"]
    if not quiet:
        return ""
    if len(quiet) == 1:
        return f"L'unité {quiet[0] + 1} se tait."
    return f"{len(quiet)} unités se taisent."


def code(school: School, values: dict) -> str:
    """The same weights, the same batches, the settings from the batch on where they were changed, then its chain."""
    s: Subject = school.s
    changes = school.view.settings if school.batches else ((0, school.first),)
    plan = ", ".join(f"{k}: {tuple(now)}" for k, now in changes)
    return "\n".join([
        "import numpy as np", "", "from course.data import load",
        "from course.generative import RBM, Learning", "",
        "d = load(\"alphadigits\")",
        f"x = d.x_train[np.isin(np.array(d.classes)[d.y_train], list({s.letters!r}))]",
        f"rbm = RBM(320, {round(values['hidden'])}, seed={s.seed})",
        f"lecons = Learning(rbm, (x > 0.5).astype(\"float32\"), batch_size={BATCH}, seed={s.seed})",
        f"reglages = {{{plan}}}  # dès le lot",
        f"for k in range({school.batches}):",
        "    if k in reglages:",
        "        lecons.lr, lecons.k, lecons.persistent = reglages[k]",
        "    print(k + 1, lecons.step())",
        *drawing(s, values),
        "",
    ])  # fmt: skip


def drawing(s: Subject, values: dict) -> list[str]:
    """The lines that start where the chain does, and walk as many steps."""
    first = f"v = (d.x_test[np.array(d.classes)[d.y_test] == {values['letter']!r}] > 0.5).astype(\"float32\")"
    which = f"v = v[{round(values['example']) - 1}]"
    if values["start"] == "noise":
        first, which = f"v = np.random.default_rng([{s.seed}, 11]).random(320) < 0.5", "v = v.astype(\"float32\")"
    held = "(np.isin(range(320), gommes, invert=True), v)" if values["clamp"] else "None"
    return [
        first, which, f"gommes = {list(values['erased'])}", "v[gommes] = 0",
        f"dessin = rbm.sample(1, {max(1, round(values['t']))}, start=v[None], clamp={held},",
        f"                    temperature={round(values['temperature'], 2)}, silent={list(values['silent'])})",
    ]  # fmt: skip
