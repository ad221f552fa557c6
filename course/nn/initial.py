"""How large the first weights are: a signal must neither die nor explode from layer to layer.

For y = Σᵢ wᵢ xᵢ with n_in independent terms, Var(y) = n_in Var(w) E(x²). A spread of 1/√n_in keeps the variance.
ReLU throws half of it away, hence the 2 of He; Glorot wants the same of the gradients, which cross the layer the other
way and meet n_out terms: it takes the mean of the two.

Sources: He et al. 2015, eq. 10; Glorot and Bengio 2010, eq. 16 (uniform); LeCun et al. 1998, § 4.6.
"""

import numpy as np

from course import _check

INITIALISATIONS = ("he", "glorot", "lecun", "petit", "zero")


def draw(
    where: str, init: str, shape: tuple[int, ...], n_in: int, n_out: int, rng: np.random.Generator
) -> np.ndarray:
    """The first weights, in float64: normal for « he », « lecun », « petit » (0.01), uniform for « glorot ».

    >>> W = draw("Linear.init", "he", (800, 500), 800, 500, np.random.default_rng(0))
    >>> float(W.std().round(4)), (2 / 800) ** 0.5
    (0.0501, 0.05)
    """
    _check.one_of(where, init, INITIALISATIONS)
    if init == "zero":
        return np.zeros(shape)
    if init == "glorot":
        bound = np.sqrt(6 / (n_in + n_out))
        return rng.uniform(-bound, bound, shape)
    spread = {"he": np.sqrt(2 / n_in), "lecun": np.sqrt(1 / n_in), "petit": 0.01}[init]
    return rng.normal(0, spread, shape)
