"""One number to lower, a mean over the batch; `backward()` gives its gradient with respect to the output."""

import numpy as np

from course.nn.activations import log_softmax, sigmoid
from course.nn.given import finite, floats, labels


class MSELoss:
    """L = mean of (y - t)² over every number of the batch, and ∂L/∂y = 2 (y - t)/N.

    Raises:
        ValueError: « MSELoss.target : un tableau de forme (64, 1), reçu un tableau float32 de forme (64,) ».

    >>> loss = MSELoss()
    >>> loss(np.array([[1.0], [3.0]]), np.array([[1.0], [1.0]])), loss.backward().ravel()
    (2.0, array([0., 2.]))
    """

    def __call__(self, output: np.ndarray, target: np.ndarray) -> float:
        output = finite("MSELoss.output", floats("MSELoss.output", output))
        target = finite("MSELoss.target", floats("MSELoss.target", target, output.shape))
        self.gap = output - target
        return float(np.mean(self.gap**2))

    def backward(self) -> np.ndarray:
        return 2 * remembered(self, "gap") / self.gap.size


class CrossEntropyLoss:
    """L = mean of -log softmax(z)[label]: what the right class cost. It takes logits z, no softmax before it.

    With p = softmax(z), ∂L/∂zⱼ = (pⱼ - 1[j is the label])/N: the softmax and the logarithm undo each other.

    Raises:
        ValueError: « CrossEntropyLoss.target : des étiquettes de 0 à 9, reçu 10 ».

    >>> loss = CrossEntropyLoss()
    >>> round(loss(np.zeros((1, 2)), np.array([0])), 4), loss.backward()
    (0.6931, array([[-0.5,  0.5]]))
    """

    def __call__(self, output: np.ndarray, target: np.ndarray) -> float:
        z = finite("CrossEntropyLoss.output", floats("CrossEntropyLoss.output", output, ("n", "k")))
        self.target = labels("CrossEntropyLoss.target", target, *z.shape)
        self.rows = np.arange(len(z))
        self.log_p = log_softmax(z)
        return float(-self.log_p[self.rows, self.target].mean(dtype=np.float64))

    def backward(self) -> np.ndarray:
        grad = np.exp(remembered(self, "log_p"))
        grad[self.rows, self.target] -= 1
        grad /= len(grad)
        return grad


class BinaryCrossEntropy:
    """L = mean of -t log σ(z) - (1 - t) log(1 - σ(z)), for logits z and targets t in [0, 1]; ∂L/∂z = (σ(z) - t)/N.

    Since log σ(z) = -log(1 + e⁻ᶻ), the sum is max(z, 0) - z t + log(1 + e^-|z|), where nothing overflows.

    Raises:
        ValueError: « BinaryCrossEntropy.target : des cibles entre 0 et 1, reçu 255.0 ».

    >>> loss = BinaryCrossEntropy()
    >>> round(loss(np.array([[0.0], [1e4]]), np.array([[1.0], [1.0]])), 4), loss.backward().ravel()
    (0.3466, array([-0.25,  0.  ]))
    """

    def __call__(self, output: np.ndarray, target: np.ndarray) -> float:
        z = finite("BinaryCrossEntropy.output", floats("BinaryCrossEntropy.output", output))
        t = finite("BinaryCrossEntropy.target", floats("BinaryCrossEntropy.target", target, z.shape))
        if t.min() < 0 or t.max() > 1:
            wrong = float(t[(t < 0) | (t > 1)][0])
            raise ValueError(f"BinaryCrossEntropy.target\u00a0: des cibles entre 0 et 1, reçu {wrong}")
        self.z, self.t = z, t
        return float(np.mean(np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))))

    def backward(self) -> np.ndarray:
        return (sigmoid(remembered(self, "z")) - self.t) / self.z.size


def remembered(loss: object, name: str) -> np.ndarray:
    """What the last call of the loss kept."""
    if name not in vars(loss):
        said = f"{type(loss).__name__}.backward\u00a0: d'abord loss(sortie, cible), aucun appel en mémoire"
        raise ValueError(said)
    return vars(loss)[name]
