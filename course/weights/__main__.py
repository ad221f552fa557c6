"""Make the ready weights again, from 60 000 training images, in a quarter of an hour or so (the LeNet: minutes):

    COURSE_DATA=... python -m course.weights [fashion_mnist | lenet_mnist] [file.npz]

fashion_mnist: the network of TD08, with 48 units, dropout. lenet_mnist: the one of `lenet`, on the digits of MNIST.
Adam, then smaller steps; the test images are looked at once, at the end, and choose nothing. The weights are rounded
to float16. Another BLAS rounds otherwise: then the sum that is printed goes to course/weights/__init__.py.
"""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from course import nn
from course.data import load
from course.weights import lenet

HERE = Path(__file__).parent / "fashion_mnist.npz"
UNITS = 48
PLAN = (1e-3, 10), (2e-4, 4)  # (lr, epochs)


def network(rng: np.random.Generator, units: int = UNITS) -> nn.Sequential:
    """Two convolutions 3 × 3, two poolings, two layers."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.25, rng=rng), nn.Linear(1568, units, rng=rng), nn.ReLU(),
        nn.Dropout(0.25, rng=rng), nn.Linear(units, 10, rng=rng),
    )  # fmt: skip


def recipe(name: str) -> tuple[str, Callable, tuple]:
    """The data, the network, the plan."""
    return {
        "fashion_mnist": ("fashion_mnist", network, PLAN),
        "lenet_mnist": ("mnist", lenet.network, lenet.PLAN),
    }[name]


def main(path: Path = HERE, subset: int | None = None, name: str = "fashion_mnist") -> int:
    source, build, plan = recipe(name)
    data = load(source, subset=subset)
    if data.name != source or data.extract:
        said = f"{source} n'est pas ici en entier, mais {data!r}\u00a0: voir «\u00a0course donnees\u00a0»"
        print(said, file=sys.stderr)
        return 1
    rng = np.random.default_rng(0)
    net = build(rng)
    adam = nn.Adam(net.parameters())
    x, x_test = (a.reshape(-1, 1, 28, 28) for a in (data.x_train, data.x_test))
    for adam.lr, epochs in plan:
        nn.fit(net, (x, data.y_train), loss=nn.CrossEntropyLoss(), optimizer=adam, epochs=epochs, rng=rng)
    write(net, path)
    right = nn.accuracy(nn.load(net, path), x_test, data.y_test)
    print(f"{path.name} {path.stat().st_size} {hashlib.sha256(path.read_bytes()).hexdigest()}, {100 * right:.2f} %")
    return 0


def write(net: nn.Module, path: Path) -> None:
    """The parameters under the names of `nn.save`, in float16: `nn.load` widens them again."""
    values = [p.value for p in net.parameters()]
    for p in net.parameters():
        p.value = p.value.astype(np.float16)
    nn.save(net, path)
    for p, value in zip(net.parameters(), values, strict=True):
        p.value = value


if __name__ == "__main__":
    which, *where = [*sys.argv[1:3]] or ["fashion_mnist"]
    sys.exit(main(Path(*where) if where else HERE.with_name(f"{which}.npz"), name=which))
