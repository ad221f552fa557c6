"""What is said of a model, of the chosen image and of the place, and the Python text that repeats it."""

import numpy as np

from course.plot.french import decimal, quantity, short
from course.widgets.latent.variational.family import Family
from course.widgets.latent.variational.state import STOPS

ASLEEP = 0.1  # nats: a number of the code that says less says nothing
FAR = 3  # standard deviations: beyond, q(z|x) has never drawn a code


def describe(arrays: dict) -> str:
    return " ".join((bound(arrays), image(arrays), place(arrays)))


def bound(arrays: dict) -> str:
    """The ELBO and its parts; how many numbers of the code say nothing."""
    law = arrays["law"]
    parts = f"reconstruction {decimal(law.elbo.reconstruction)}, KL {decimal(law.elbo.kl)}"
    said = f"β = {short(law.vae.beta)}\u00a0: ELBO {quantity(law.elbo.total, 'nats')} par image ({parts})"
    asleep, n = int((law.shares < ASLEEP).sum()), len(law.shares)
    if not asleep:
        return f"{said}."
    who = {n: "aucun", 1: "un"}.get(asleep, str(asleep))
    what = {n: "ne dit grand-chose", 1: "ne dit presque rien"}.get(asleep, "ne disent presque rien")
    return f"{said}\u00a0; {who} des {n} nombres du code {what}."


def image(arrays: dict) -> str:
    """The law of the chosen image, and how far the place is from its middle."""
    f, law, axes, v = (arrays[name] for name in ("family", "law", "axes", "values"))
    k = v["chosen"]
    wide = " et ".join(decimal(s, 2) for s in law.sigma[k, axes])
    said = f"Image choisie\u00a0: un {f.labels[k]}, σ = {wide}"
    far = float(np.hypot(*((arrays["z"][axes] - law.mu[k, axes]) / law.sigma[k, axes])))
    if far < 0.005:
        return f"{said}\u00a0; on est à son code."
    more = ", hors de sa loi" if far > FAR else ""
    return f"{said}\u00a0; son code est à {quantity(far, 'σ')} d'ici{more}."


def place(arrays: dict) -> str:
    f, v = arrays["family"], arrays["values"]
    ends = f"de A (un {f.labels[v['A']]}) à B (un {f.labels[v['B']]})"
    if v["mode"] == "path":
        return f"Chemin {ends}\u00a0: {quantity(100 * v['share'], '%', 0)} du trajet."
    return f"En ({decimal(v['a'], 2)}\u00a0; {decimal(v['b'], 2)}), hors du chemin {ends}."


def code(f: Family, values: dict) -> str:
    """The bound, the law of the chosen image, the path, the image at the place."""
    v, law = values, f.laws[values["beta"]]
    beta = int(law.vae.beta) if law.vae.beta.is_integer() else law.vae.beta
    name = f"vaes[{beta}]" if len(f.laws) > 1 else "vae"
    i, j = (int(k) for k in f.axes(v))
    here = f"mu[{v['chosen']}].copy()"
    if v["mode"] == "path":
        here = f"(1 - {v['share']!r}) * mu[{v['A']}] + {v['share']!r} * mu[{v['B']}]"
    return "\n".join([
        "import numpy as np", "",
        f"vae = {name}  # le vôtre",
        f"x = images[:{len(f.images)}]  # les vôtres",
        "print(vae.elbo(x, seed=0))",
        "mu, logvar = vae.encode(x)",
        f"print(np.exp(logvar[{v['chosen']}, {[i, j]}] / 2))  # sigma",
        f"parts = np.linspace(0, 1, {STOPS})[:, None]",
        f"chemin = vae.decode((1 - parts) * mu[{v['A']}] + parts * mu[{v['B']}])",
        f"z = {here}",
        *([] if v["mode"] == "path" else [f"z[{[i, j]}] = {v['a']!r}, {v['b']!r}"] if v["mode"] == "free" else []),
        "image = vae.decode(z[None])[0]",
        f"image.reshape({f.side}, {f.side})", "",
    ]).replace("vae = vae  # le vôtre\n", "")  # fmt: skip
