"""Where one is on the plane, which image is chosen, and how both follow what changes."""

from collections.abc import Callable

import numpy as np

from course.widgets.controls import Verb
from course.widgets.latent.variational.family import WIDE, Family

LOOKS = ("a", "b", "chosen", "mode", "was", "spot", "frame", "middle", "near")  # undoing leaves where one looks
FRAME = ("beta", "across", "up", "A", "B", "chosen", "mode", "was")  # what the place follows
STOPS = 9  # images of the path


def start(f: Family) -> dict:
    """The model whose β is nearest to 1; a path between the two digits that are the farthest from each other."""
    beta = int(np.argmin([abs(beta - 1) for beta in f.betas]))
    mu = f.laws[beta].mu[:, f.laws[beta].ranks]
    middles = {label: np.median(mu[f.labels == label], axis=0) for label in np.unique(f.labels)}
    ends = max(((p, q) for p in middles for q in middles), key=lambda e: np.hypot(*(middles[e[0]] - middles[e[1]])[:2]))
    near = [typical(mu, f.labels == label, middles[label]) for label in ends]
    if near[0] == near[1]:  # a single digit: the two codes that are the farthest along the first number
        near = [int(mu[:, 0].argmin()), int(mu[:, 0].argmax())]
    values = {"beta": beta, "across": 0, "up": 1, "A": near[0], "B": near[1], "share": 0.0, "chosen": near[0],
              "mode": "path", "a": 0.0, "b": 0.0, "was": 0.0, "spot": None, "frame": None,
              "near": False, "middle": (0.0, 0.0)}  # fmt: skip
    return settling(f)(values)


def typical(mu: np.ndarray, rows: np.ndarray, middle: np.ndarray) -> int:
    """The image of these rows whose code is the nearest to their middle."""
    return int(np.where(rows, ((mu - middle) ** 2).sum(1), np.inf).argmin())


def along(f: Family, values: dict, share: np.ndarray | float) -> np.ndarray:
    """The codes of the straight path from A to B; `share` is a number or a column."""
    mu = f.laws[values["beta"]].mu
    return (1 - share) * mu[values["A"]] + share * mu[values["B"]]


def code(f: Family, v: dict) -> np.ndarray:
    """The whole code of the place: on the path, that of the chosen image, or that one moved in the plane."""
    if v["mode"] == "path":
        return along(f, v, v["share"])
    z = f.laws[v["beta"]].mu[v["chosen"]].copy()
    if v["mode"] == "free":
        z[f.axes(v)] = v["a"], v["b"]
    return z


def settling(f: Family) -> Callable[[dict], dict]:
    """`settle(values)`: `spot` and `frame` say of what place and of what else the state was last made."""

    def settle(values: dict) -> dict:
        v = placed(values)
        return v | {"middle": window(v, f.laws[v["beta"]].half(f.axes(v), True))}

    def placed(v: dict) -> dict:
        law = f.laws[v["beta"]]
        if v["across"] == v["up"]:  # a plane has two numbers: the other one makes way
            kept = v["frame"][1:3]
            v = v | {"up": kept[0]} if v["across"] == kept[1] else v | {"across": kept[1]}
        if v["share"] != v["was"]:
            v = v | {"mode": "path", "was": v["share"]}
        axes = f.axes(v)
        if framed(v) != v["frame"]:
            v = v | {"mode": "path" if v["mode"] == "path" else "code"}
            a, b = (round(float(x), 3) for x in code(f, v)[axes])
        elif (v["a"], v["b"]) != v["spot"]:
            edges = law.half(axes, False) * np.array((WIDE, 1.0))
            a, b = np.clip((v["a"], v["b"]), -edges, edges).tolist()  # the sliders go as far as the widest map
            v = v | {"mode": "free", "chosen": law.closest((a, b), axes)}
        else:
            return v
        if v["mode"] == "path":
            end = {0.0: v["A"], 1.0: v["B"]}.get(v["share"])
            v = v | {"chosen": law.closest((a, b), axes) if end is None else end}
        return v | {"a": a, "b": b, "spot": (a, b), "frame": framed(v)}

    return settle


def framed(v: dict) -> tuple:
    return tuple(v[name] for name in FRAME)


def window(v: dict, half: float) -> tuple[float, float]:
    """The middle of the map under the magnifying glass: it moves when the place comes to its edge."""
    if not v["near"]:
        return v["a"], v["b"]
    here = v["a"], v["b"]
    if max(abs(x - old) for x, old in zip(here, v["middle"], strict=True)) > half:
        return here
    room = 0.8 * half
    return tuple(min(x + room, max(x - room, old)) for x, old in zip(here, v["middle"], strict=True))


def verbs(f: Family) -> list[Verb]:
    """Every verb, in the order of the buttons."""

    def end(name: str, share: float) -> Callable[[dict], dict]:
        def act(v: dict) -> dict:
            return {} if v["chosen"] in (v["A"], v["B"]) else {name: v["chosen"], "share": share, "mode": "path"}

        return act

    def step(v: dict) -> dict:
        here = round(v["share"] * (STOPS - 1)) + 1 if v["mode"] == "path" else 0
        return {"share": here % STOPS / (STOPS - 1), "mode": "path"}

    def another(v: dict, of: int) -> dict:
        """The next image of this digit, after the chosen one, round the end of the images."""
        rows = np.flatnonzero(f.labels == of)
        later = rows[rows > v["chosen"]]
        return {"chosen": int(later[0] if len(later) else rows[0]), "mode": "code"}

    def next_label(v: dict) -> dict:
        known = np.unique(f.labels)
        return another(v, known[(np.searchsorted(known, f.labels[v["chosen"]]) + 1) % len(known)])

    def turn(by: int) -> Callable[[dict], dict]:
        return lambda v: {"beta": min(len(f.laws) - 1, max(0, v["beta"] + by))}

    several = len(f.laws) > 1
    taken = "Cette image est déjà à un bout du chemin."
    return [
        Verb(" ", "avancer d'une image sur le chemin, ou y revenir", step, "Avancer"),
        Verb("a", "faire partir le chemin de l'image choisie", end("A", 0.0), "A ici", idle=taken),
        Verb("b", "faire arriver le chemin à l'image choisie", end("B", 1.0), "B ici", idle=taken),
        Verb("d", "choisir une image du chiffre suivant", next_label, "Autre chiffre"),
        Verb("i", "choisir une autre image du même chiffre", lambda v: another(v, f.labels[v["chosen"]]), "Autre image",
             idle="C'est la seule image de ce chiffre."),
        Verb("n", "aller au code de l'image choisie", lambda v: {"mode": "code", "frame": None}, "À son code",
             idle="C'est déjà son code."),
        *([Verb("+", "passer au β suivant", turn(1), idle="C'est le plus grand β."),
           Verb("-", "passer au β précédent", turn(-1), idle="C'est le plus petit β.")] if several else []),
    ]  # fmt: skip
