"""Runs for the analysis: the compiled loop of `simulate`, without its checks, from arrays to arrays."""

from dataclasses import dataclass

import numpy as np

from course.dynamics.phase.system import System
from course.dynamics.request import Run
from course.dynamics.simulate import integrate


@dataclass(frozen=True, eq=False)
class Flight:
    """`t` (time,), `x` (variable, time, lane), and the spike times of each lane."""

    t: np.ndarray
    x: np.ndarray
    spikes: list[np.ndarray]

    @property
    def end(self) -> np.ndarray:
        """(variable, lane)."""
        return self.x[:, -1]


def flight(s: System, X: np.ndarray, T: float, steps: int) -> Flight:
    """From the states `X` (variable, lane) during `T` ms.

    Raises:
        SimulationError: a state is not finite any more.
    """
    lanes = X.shape[1]
    run = Run(
        s.model, steps, T / steps, "rk4", True, (lanes,), lanes, np.ascontiguousarray(X, float),
        {name: np.full(lanes, value) for name, value in s.parameters.items()}, {}, {},
        s.variables, s.variables, None, "cpu",
    )  # fmt: skip
    states, spikes, _ = integrate(run)
    return Flight(run.dt * np.arange(steps + 1), states, spikes)
