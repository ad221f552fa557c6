"""Where generated digits stand between real ones and noise: `python -m tests.bench generative-distance`.

Twice: in grey, and in black and white (each pixel above ½ or not, on both sides), where a model that draws blurred
strokes is forgiven its blur.

The whole of MNIST (`COURSE_DATA`), 10 000 images of each model against the 10 000 of the test. What is measured is in
the notes: the Fréchet distance on the features of the LeNet, its 95 % interval, its bias, the digits that are covered.
`seconds` is what learning took, or measuring. Minutes, so only when asked for; models are as they are made by default.
"""

import time
from collections.abc import Callable

import numpy as np

from course.data import load
from course.generative import (
    GAN,
    VAE,
    Described,
    Mixture,
    by_size,
    ceiling,
    distance,
    floor,
    modes,
    nearest,
)
from tests.bench.table import Row

CASE = "generative-distance"
EPOCHS = 4
PLAN = {"epochs": EPOCHS, "progress": False}


def distances(peers: set[str]) -> list[Row]:
    d = load("mnist")
    if d.extract or d.name != "mnist":
        return [row("MNIST is not here in full", 0.0, note=d.source)]
    start = time.perf_counter()
    test = Described(d.x_test)
    described = time.perf_counter() - start
    stark = Described(inked(d.x_test))
    return [*ends(d, test, described), *starkly(d, stark), *few(d, test), *models(d, test, stark)]


def row(what: str, seconds: float, note: str = "") -> Row:
    """One run, whatever else the machine does: what is measured is in the note."""
    return Row(CASE, what, seconds, quiet=False, note=note)


def timed(what: str, measure: Callable[[], object]) -> Row:
    start = time.perf_counter()
    found = measure()
    return row(what, time.perf_counter() - start, str(found))


def ends(d, test: Described, described: float) -> list[Row]:
    order = np.random.default_rng(0).permutation(len(d.x_test))
    halves = [Described(d.x_test[part]) for part in np.split(order, 2)]
    return [
        row("features of 10 000 images", described, note=f"{test.values.shape[1]} numbers each"),
        timed("floor, 10 000 training images", lambda: floor(d.x_train, test)),
        timed("60 000 training images", lambda: distance(d.x_train, test)),
        timed("ceiling, noise", lambda: ceiling(test)),
        timed("first half of the test, second half", lambda: distance(d.x_test[:5000], d.x_test[5000:])),
        timed("two random halves of the test", lambda: distance(*halves)),
        timed("the test, blurred (3 × 3)", lambda: distance(blurred(d.x_test), test)),
    ]


def starkly(d, stark: Described) -> list[Row]:
    """The same ends, in black and white."""
    return [
        timed("floor, black and white", lambda: floor(inked(d.x_train), stark)),
        timed("ceiling, black and white noise", lambda: distance(inked(noise(len(stark))), stark)),
        timed("halves of the test, black and white",
              lambda: distance(inked(d.x_test[:5000]), inked(d.x_test[5000:]))),
    ]


def few(d, test: Described) -> list[Row]:
    """The same training images, fewer and fewer: all that is added is bias."""
    train = Described(d.x_train[np.random.default_rng(0).permutation(len(d.x_train))[:20_000]])
    start = time.perf_counter()
    sizes = by_size(train, test, (100, 200, 500, 1000, 2000, 5000, 10_000), draws=10)
    seconds = time.perf_counter() - start
    rows = [row(f"{n} training images", 0.0, note=f"{m:.2f}, sd {s:.2f}") for n, (m, s) in sizes.items()]
    return [row("distances of 7 sizes, 10 draws", seconds), *rows]


def models(d, test: Described, stark: Described) -> list[Row]:
    """Each learns from the 60 000 images; the mixture from 20 000."""
    made = {
        "mixture, 50 Gaussians": (Mixture(50, seed=0), d.x_train[:20_000], {}),
        "VAE": (VAE(seed=0), d.x_train, PLAN),
        **{f"GAN, penalty {p}": (GAN(penalty=p, seed=0), d.x_train, PLAN) for p in ("none", "gradient")},
    }
    rows = []
    for name, (model, x, plan) in made.items():
        start = time.perf_counter()
        model.fit(x, **plan)
        rows.append(judged(name, model, d, test, stark, time.perf_counter() - start))
        print(name, rows[-1].note, flush=True)
    return rows


def judged(name: str, model, d, test: Described, stark: Described, seconds: float) -> Row:
    images = model.sample(10_000, seed=1)
    far = nearest(images[:1000], d.x_train)[1].mean()
    note = f"{distance(images, test)}; black and white: {distance(inked(images), stark)}; "
    note += f"{modes(images).covered} digits; {model.size} numbers; nearest {far:.3f}"
    if isinstance(model, VAE):
        bound = model.elbo(d.x_test)
        note += f"; ELBO of the test {bound.total:.1f}, KL {bound.kl:.1f}"
    return row(name if isinstance(model, Mixture) else f"{name}, {EPOCHS} epochs", seconds, note=note)


def inked(x: np.ndarray) -> np.ndarray:
    """Black and white."""
    return (x > 0.5).astype(np.float32)


def noise(n: int) -> np.ndarray:
    return np.random.default_rng(0).random((n, 784), dtype=np.float32)


def blurred(x: np.ndarray) -> np.ndarray:
    """Each pixel replaced by the mean of its nine neighbours, itself included."""
    page = np.pad(x.reshape(-1, 28, 28), ((0, 0), (1, 1), (1, 1)))
    return sum(page[:, i : i + 28, j : j + 28] for i in range(3) for j in range(3)).reshape(len(x), -1) / 9
