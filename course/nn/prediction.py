"""What a network answers, how often it is right, and what it takes for what."""

import numpy as np

from course.nn.given import count, floats, labels
from course.nn.module import Module


def predict(model: Module, x: np.ndarray, batch_size: int = 1000) -> np.ndarray:
    """The output for every row of x, by batches (a convolution unfolds its images), as after `eval()`.

    >>> from course.nn import Linear
    >>> predict(Linear(3, 2, rng=0), np.ones((5, 3), np.float32)).shape
    (5, 2)
    """
    x, size = floats("predict.x", x), count("predict.batch_size", batch_size)
    learning = model.training
    model.eval()
    try:
        return np.concatenate([model(x[k : k + size]) for k in range(0, len(x), size)])
    finally:
        if learning:
            model.train()


def accuracy(model: Module, x: np.ndarray, y: np.ndarray) -> float:
    """The fraction of rows of x whose largest output is the one of their label y."""
    z = predict(model, x)
    return float((z.argmax(axis=1) == labels("accuracy.y", y, *z.shape)).mean())


def confusion(answers: np.ndarray, y: np.ndarray, classes: int) -> np.ndarray:
    """How many samples of class i (rows) were taken for class j (columns).

    >>> confusion(np.array([0, 1, 1]), np.array([0, 0, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    classes = count("confusion.classes", classes)
    y = labels("confusion.y", y, len(y), classes)
    answers = labels("confusion.answers", answers, len(y), classes)
    return np.bincount(classes * y + answers, minlength=classes**2).reshape(classes, classes)
