"""A classifier of TD08 whose first weights may come from a deep belief network."""

from collections.abc import Sequence

import numpy as np

from course import _check, nn
from course.generative.dbn import DBN
from course.generative.pictures import pictures
from course.nn.given import count, labels

ACTIVATIONS = {"sigmoid": nn.Sigmoid, "relu": nn.ReLU}
OPTIMISERS = {"adam": nn.Adam, "sgd": lambda params, lr: nn.SGD(params, lr, momentum=0.9)}


class DNN:
    """Dense layers of these sizes, the last one giving a logit a class.

    Args:
        activation: "sigmoid" (weights of Glorot) or "relu" (weights of He).

    `net` is a course.nn.Sequential: its weights have the shape of those of an RBM, (in, out).

    >>> DNN([784, 500, 10]).net
    Sequential(Linear(784, 500), Sigmoid(), Linear(500, 10))
    """

    def __init__(self, sizes: Sequence[int], *, activation: str = "sigmoid", seed: int = 0) -> None:
        if not isinstance(sizes, Sequence) or isinstance(sizes, str) or len(sizes) < 2:
            raise _check.refuse("DNN.sizes", "au moins deux tailles de couches", sizes)
        self.sizes = [count("DNN.sizes", n) for n in sizes]
        _check.one_of("DNN.activation", activation, ACTIVATIONS)
        self.seed, self.activation = count("DNN.seed", seed, 0), activation
        rng, init = np.random.default_rng(self.seed), "he" if activation == "relu" else "glorot"
        layers = []
        for n, m in zip(self.sizes, self.sizes[1:], strict=False):
            layers += [nn.Linear(n, m, init=init, rng=rng), ACTIVATIONS[activation]()]
        self.net = nn.Sequential(*layers[:-1])

    @classmethod
    def from_dbn(cls, dbn: DBN, classes: int = 10, seed: int = 0, depth: int | None = None) -> "DNN":
        """Sigmoid layers with the weights and hidden biases of the `depth` first machines of `dbn` (all of them).

        The last layer, which no machine has prepared, keeps its random weights.
        """
        depth = len(dbn.rbms) if depth is None else count("DNN.from_dbn.depth", depth)
        if depth > len(dbn.rbms):
            raise _check.refuse("DNN.from_dbn.depth", f"de 1 à {len(dbn.rbms)}", depth)
        sizes = [*dbn.sizes[: depth + 1], count("DNN.from_dbn.classes", classes, 2)]
        dnn = cls(sizes, activation="sigmoid", seed=seed)
        for linear, rbm in zip(dnn.linears, dbn.rbms[:depth], strict=False):
            linear.W.value[:], linear.b.value[:] = rbm.E.numpy(rbm.W), rbm.E.numpy(rbm.b)
        return dnn

    @property
    def linears(self) -> list[nn.Linear]:
        return [m for m in self.net.modules if isinstance(m, nn.Linear)]

    def fit(self, x: object, y: object, epochs: int = 10, *, optimizer: str = "adam", lr: float | None = None,
            batch_size: int = 100, valid: tuple | float | None = None, patience: int | None = None, frozen: int = 0,
            seed: int = 0, progress: bool = True) -> nn.History:  # fmt: skip
        """Cross-entropy on the labels y; the arguments are those of course.nn.fit.

        Args:
            optimizer: "adam" (lr 0.001) or "sgd" with a momentum of 0.9 (lr 0.1). frozen: how many of the first
                layers keep their weights.
        """
        x = self._images("fit.x", x)
        y = labels("DNN.fit.y", y, len(x), self.sizes[-1])
        _check.one_of("DNN.fit.optimizer", optimizer, OPTIMISERS)
        lr = {"adam": 0.001, "sgd": 0.1}[optimizer] if lr is None else _check.positive("DNN.fit.lr", lr)
        free = self.linears[count("DNN.fit.frozen", frozen, 0) :]
        if not free:
            raise _check.refuse("DNN.fit.frozen", f"de 0 à {len(self.linears) - 1}", frozen)
        _, above = self._cut(frozen)
        x = self.features(x, frozen)
        if isinstance(valid, tuple):
            valid = self.features(valid[0], frozen), valid[1]
        made = OPTIMISERS[optimizer]([p for linear in free for p in linear.parameters()], lr)
        return nn.fit(above, (x, y), loss=nn.CrossEntropyLoss(), optimizer=made, epochs=epochs, batch_size=batch_size,
                      validation=valid, patience=patience, rng=seed, progress=progress)  # fmt: skip

    def predict(self, x: object) -> np.ndarray:
        """The class of each image, (n,)."""
        return nn.predict(self.net, self._images("predict.x", x)).argmax(axis=1)

    def accuracy(self, x: object, y: object) -> float:
        """The share of the images whose class is right."""
        x = self._images("accuracy.x", x)
        return float(np.mean(self.predict(x) == labels("DNN.accuracy.y", y, len(x), self.sizes[-1])))

    def features(self, x: object, depth: int | None = None) -> np.ndarray:
        """What the `depth`-th hidden layer (the last one) makes of the images."""
        hidden = len(self.sizes) - 2
        depth = hidden if depth is None else count("DNN.features.depth", depth, 0)
        if depth > hidden:
            raise _check.refuse("DNN.features.depth", f"de 0 à {hidden}", depth)
        below, _ = self._cut(depth)
        x = self._images("features.x", x)
        return nn.predict(below, x) if below else x

    def _cut(self, depth: int) -> tuple[nn.Sequential | None, nn.Sequential]:
        modules = self.net.modules
        return nn.Sequential(*modules[: 2 * depth]) if depth else None, nn.Sequential(*modules[2 * depth :])

    def _images(self, where: str, x: object) -> np.ndarray:
        return pictures(f"DNN.{where}", x, self.sizes[0])

    def __repr__(self) -> str:
        return f"DNN({self.sizes}, activation={self.activation!r})"
