"""A population ready to be laid out: the model as the loop integrates it, and the place of each of its fields."""

from dataclasses import dataclass

import numpy as np

from course import _check
from course.dynamics import Model
from course.dynamics.load import functions
from course.dynamics.spec import Spec
from course.network.lanes import WIDTH, Fields, fields
from course.network.population import Population

_CONDUCTANCE = ("current_", "g_", "g_E_")
_SCHEMES = {"exponential_euler": "exponential", "euler_maruyama": "noise"}


@dataclass
class Cell:
    """A population ready to be laid out: its spec, its method, the places of its fields."""

    population: Population
    spec: Spec
    method: str
    fields: Fields
    constants: np.ndarray
    at: int = 0
    first: int = 0
    inputs: int = 0

    @property
    def padded(self) -> int:
        return -(-self.population.n // WIDTH) * WIDTH

    @property
    def size(self) -> int:
        return self.fields.size * (self.padded // WIDTH)

    def lanes(self, field: int, M: np.ndarray) -> np.ndarray:
        """The field of every neuron, as a view (block, lane)."""
        blocks = M[self.at : self.at + self.size].reshape(-1, self.fields.size)
        return blocks[:, field * WIDTH : (field + 1) * WIDTH]


def coupled(model: Model, input: str | None, conductances: bool) -> tuple[Model, tuple[str, ...]]:
    """The model as the loop integrates it, and what comes from the network.

    With conductances I becomes a term, I + Σ g (E - V): every method, slope and threshold follows from the text.
    """
    if input is None:
        return model, ()
    if not conductances:
        return model, (input,)
    spec = model.spec((), "rk")
    V = spec.held[:1] or model.variables[:1]
    text = f"{model.text}\n{input} = current_ + g_E_ - g_*{V[0]}"
    rest = {n: v for n, v in model.parameters.items() if n != input}
    spike = spec.spike.line.text if spec.spike else None
    reset = "; ".join(d.line.text for d in spec.reset) or None
    return Model(
        text, init=model.init, spike=spike, reset=reset, refractory=model.refractory,
        **rest, **dict.fromkeys(_CONDUCTANCE, 0.0),
    ), _CONDUCTANCE  # fmt: skip


def cell(population: Population, method: str, conductances: bool) -> Cell:
    model, drives = coupled(population.model, population.input, conductances)
    if model.noises:
        if method != "euler":
            rule = (
                'method="euler", la seule méthode quand xi figure dans un modèle (Euler-Maruyama)'
            )
            raise _check.refuse("Network.method", rule, method)
        method = "euler_maruyama"
    spec = model.spec(drives, _SCHEMES.get(method, "rk"))
    with np.errstate(all="ignore"):
        rows = functions(spec, "numpy").constants(**population.values)
    constants = np.array([np.broadcast_to(row, population.n) for row in rows], float)
    constants = constants.reshape(len(rows), population.n)
    return Cell(population, spec, method, fields(spec, method, len(rows)), constants)
