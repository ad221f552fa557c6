"""Wrong answers: the idea that is missing is named, and no point is given."""

from tests.grading.corpus.case import RIGHT, Case, notebook

FIRST = (
    ("r_max * (1 + np.tanh(kappa * (I - I_half)))", "Le facteur ½ manque"),
    ("r_max / 2 * (1 + np.tanh(kappa * I - I_half))", "κ multiplie tout l'écart"),
    ("r_max / 2 * np.tanh(kappa * (I - I_half))", "que lui ajouter avant de multiplier"),
    ("r_max * np.tanh(kappa * (I - I_half))", "par combien diviser"),
    ("r_max * (1 + np.tanh(kappa * (I - I_half)) / 2)", "Le ½ divise toute la parenthèse"),
    ("r_max / 2 * (1 + np.tanh((I - I_half) / kappa))", "plus raide quand κ diminue"),
    ("r_max / 2 * (1 + np.tanh(kappa * (I + I_half)))", "passe par r_max/2 en I = −I½"),
    ("250 * (1 + np.tanh(0.2 * (I - 10)))", "réglages habituels"),
)
SECOND = (
    ("I_half + np.arctanh(r / r_max) / kappa", "à défaire aussi"),
    ("np.arctanh(2 * r / r_max - 1) / kappa - I_half", "change de membre"),
    ("(np.arctanh(2 * r / r_max - 1) + I_half) / kappa", "κ ne divise que artanh"),
    ("I_half + kappa * np.arctanh(2 * r / r_max - 1)", "il faut diviser"),
    ("np.arctanh(2 * r / r_max - 1) / kappa", "Il manque I½"),
    ("2 / r_max / (1 + np.tanh(kappa * (r - I_half)))", "l'inverse d'un nombre"),
)
# a body of 04.1, its status, what is said
SLIPS = {
    "sans return": ("y = kappa * I", "pas encore", "il manque un `return`"),
    "print": ("print(I)", "pas encore", "`print` montre"),
    "division": ("return 1 / 0", "erreur", "dénominateur s'annule"),
    "nom inconnu": ("return r_maxi", "erreur", "n'est pas défini"),
    "texte": ("return 'douze'", "pas encore", "du texte"),
    "deux valeurs": ("return I, r_max", "pas encore", "un tuple de 2"),
    "nan": ("return I * np.nan", "pas encore", ""),
    "infini": ("return I * np.inf", "pas encore", ""),
    "complexe": ("return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2 + 1j", "pas encore", "complexes"),
    "au hasard": ("return np.random.rand(len(I)) * r_max", "pas encore", ""),
    "question": ("return float(input())", "erreur", "`input`"),
}


def cases() -> list[Case]:
    found = []
    for k, (first, idea) in enumerate(FIRST):
        second, other = SECOND[k % len(SECOND)]
        status = {"04.1": ("presque", idea), "04.2": ("presque", other)}
        found.append(Case(f"idée {k + 1}", notebook(f"return {first}", f"return {second}"), 0, status))
    for name, (body, status, said) in SLIPS.items():
        found.append(Case(name, notebook(body), 0, {"04.1": (status, said)}))
    syntax = "#\ndef fI(I, r_max:\n    return 1\n"
    found.append(Case("syntaxe", notebook(syntax), 0, {"04.1": ("erreur", "")}))
    found.append(Case("autre faute", notebook(RIGHT, before="def ("), 1, {"04.1": ("réussi", "")}))
    return found
