"""The stable stretches of the branches: where a motion at rest stays while a parameter moves."""

from dataclasses import dataclass

import numpy as np

from course.dynamics.phase.continuation import Curve, Follower
from course.dynamics.phase.fixed import attracts


@dataclass(frozen=True, eq=False)
class Arc:
    """Stable states `X` (k, n) at increasing values `p` (k,) of the parameter."""

    follower: Follower
    p: np.ndarray
    X: np.ndarray

    def at(self, p: np.ndarray) -> np.ndarray:
        """The states (n, k) at the values `p` (k,): between the points that were followed, then Newton's method."""
        rough = np.array([np.interp(p, self.p, x) for x in self.X.T])
        Y = np.vstack([rough, p]).T
        try:
            for _ in range(4):
                F = self.follower.fields(Y)
                Y[:, :-1] -= np.linalg.solve(self.follower.along(Y), F[:, :, None])[:, :, 0]
        except np.linalg.LinAlgError:  # on a fold exactly
            return rough
        near = np.abs(Y[:, :-1] - rough.T) <= 0.2 * np.ptp(self.X, axis=0) + 1e-9
        return np.where(near.all(1), Y[:, :-1].T, rough)

    def holds(self, p: float, X: np.ndarray) -> bool:
        """Is X, which rests at `p`, on this arc?"""
        if not self.p[0] <= p <= self.p[-1]:
            return False
        gap = np.abs(self.at(np.array([p]))[:, 0] - X)
        return bool((gap <= 1e-3 * np.ptp(self.X, axis=0) + 1e-6 * np.abs(X) + 1e-9).all())


def arcs(follower: Follower, curves: list[Curve]) -> list[Arc]:
    """Between two turns or losses of stability; each ends on its fold or Hopf point, or at the bounds."""
    found = []
    for curve in curves:
        Y, special = curve.Y, {P.tobytes() for P in (*curve.hopf, *curve.folds)}
        stable = attracts(curve.eigenvalues, np.abs(follower.along(Y)).max((1, 2)))
        stable &= [P.tobytes() not in special for P in Y]
        for run in np.split(np.arange(len(Y)), 1 + np.flatnonzero(stable[1:] != stable[:-1])):
            if stable[run[0]]:
                first = run[0] - (run[0] > 0 and Y[run[0] - 1].tobytes() in special)
                last = run[-1] + (run[-1] + 1 < len(Y) and Y[run[-1] + 1].tobytes() in special)
                stretch = Y[first : last + 1]
                stretch = stretch[np.argsort(stretch[:, -1], kind="stable")]
                found.append(Arc(follower, stretch[:, -1], stretch[:, :-1]))
    return found
