"""Right answers, written differently: not one may be refused."""

from tests.grading.corpus.case import INVERSE, RIGHT, Case, notebook

PASSED = {"04.1": ("réussi", ""), "04.2": ("réussi", "")}
# (04.1, 04.2), a cell before, when one is needed
WAYS = {
    "logistique": (
        "return r_max / (1 + np.exp(-2 * kappa * (I - I_half)))",
        "return I_half + np.log(r / (r_max - r)) / (2 * kappa)", "",
    ),
    "une valeur à la fois": (
        "import math\nreturn r_max * (1 + math.tanh(kappa * (I - I_half))) / 2",
        "import math\nif r <= 0:\n    return -math.inf\nreturn I_half + math.atanh(2 * r / r_max - 1) / kappa", "",
    ),
    "une liste": (
        "return [r_max / 2 + r_max / 2 * float(np.tanh(kappa * (x - I_half))) for x in I]",
        "return [I_half + np.arctanh((2 * x - r_max) / r_max) / kappa for x in r]", "",
    ),
    "simple précision": (
        "return np.float32(" + RIGHT.removeprefix("return ") + ")",
        "return np.asarray(" + INVERSE.removeprefix("return ") + ", dtype=np.float32)", "",
    ),
    "par une classe": (
        "return SORTIE(kappa * (I - I_half)) * r_max",
        "from scipy.special import logit\nreturn I_half + logit(r / r_max) / kappa / 2",
        "class Sortie:\n    def __call__(self, y):\n        return 0.5 * (1 + np.tanh(y))\n\nSORTIE = Sortie()",
    ),
    "par recherche": (
        "y = 0.5 * kappa * (I - I_half)\nreturn r_max * (np.sinh(y) + np.cosh(y)) ** 2 / (2 * np.cosh(2 * y))",
        "from scipy.optimize import brentq\nw = 40 / kappa\n"
        "return [brentq(lambda i: fI(i, r_max, kappa, I_half) - x, I_half - w, I_half + w, xtol=1e-12) for x in r]", "",
    ),
}


def cases() -> list[Case]:
    """Two points each, then honest notebooks with something missing."""
    found = [
        Case(name, notebook(first, second, before=before), 2, PASSED)
        for name, (first, second, before) in WAYS.items()
    ]
    draft = "def essai(I, r_max=500, kappa=0.2, I_half=10):\n    return r_max\n\nexercise('04.1').check(essai)\nfI(3.0)"
    shown = "fI = exercise('04.1').recall()\ntable = fI(np.linspace(0, 20, 5))"
    return [
        *found,
        Case("à moitié", notebook(RIGHT, "return r"), 1, PASSED | {"04.2": ("presque", "ne dépend pas de")}),
        Case("brouillon avant", notebook(RIGHT, INVERSE, before=draft), 2, PASSED),
        Case("relit la solution", notebook(RIGHT, INVERSE, before=shown), 2, PASSED),
        Case("bavard", notebook(f"print(I)\n{RIGHT}", INVERSE), 2, PASSED),
        Case("vide", notebook("..."), 0, {"04.1": ("à faire", "")}),
    ]
