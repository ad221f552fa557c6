"""A curve of fixed points as one parameter moves, followed by its length so that it may turn back.

Unknowns Y = (state, parameter), each divided by its scale; the curve F(Y) = 0 is predicted along its tangent and
corrected across it (Keller's pseudo-arclength), which stays regular where the parameter turns.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from course.dynamics.phase.system import System

_FIRST, _SMALLEST, _LARGEST = 2e-3, 1e-7, 2e-2
_POINTS = 1000
_CREEP, _PATIENCE = 1e-4, 40  # so many steps shorter than that: a corner, which has no tangent
_FAR = 50.0  # scales: where a branch has left for infinity


@dataclass(frozen=True, eq=False)
class Curve:
    """A branch: `Y` (k, n + 1), state then parameter, and the eigenvalues (k, n); where Hopf and folds were met."""

    Y: np.ndarray
    eigenvalues: np.ndarray
    hopf: list[np.ndarray]
    folds: list[np.ndarray]


class Follower:
    """The curves of fixed points of one model in one parameter between two bounds."""

    def __init__(
        self, s: System, parameter: str, bounds: tuple[float, float], scales: np.ndarray
    ) -> None:
        self.s, self.parameter, self.bounds = s, parameter, bounds
        self.scale = np.append(scales, bounds[1] - bounds[0])

    def F(self, Y: np.ndarray) -> np.ndarray:
        return self.s.at(self.parameter, Y[-1]).field(Y[:-1])

    def J(self, Y: np.ndarray) -> np.ndarray:
        return self.s.at(self.parameter, Y[-1]).jacobian(Y[:-1])

    def DF(self, Y: np.ndarray) -> np.ndarray:
        """∂F/∂Y (n, n + 1) in scaled unknowns; the last column by central differences."""
        h = 1e-6 * self.scale[-1]
        up, down = Y.copy(), Y.copy()
        up[-1] += h
        down[-1] -= h
        slope = (self.F(up) - self.F(down)) / (2 * h)
        return np.column_stack([self.J(Y), slope]) * self.scale

    def tangent(self, Y: np.ndarray) -> np.ndarray:
        return np.linalg.svd(self.DF(Y))[2][-1]

    def corrected(self, Y: np.ndarray, along: np.ndarray) -> np.ndarray | None:
        """The point of the curve in the plane through `Y` across `along`; None when Newton is not quick."""
        X = Y.copy()
        for turn in range(8):
            A = np.vstack([self.DF(X), along])
            rest = np.append(self.F(X), ((X - Y) / self.scale) @ along)
            if not (np.isfinite(A).all() and np.isfinite(rest).all()):
                return None
            try:
                step = np.linalg.solve(A, rest)
            except np.linalg.LinAlgError:
                return None
            X = X - step * self.scale
            if np.abs(step).max() < 1e-11:
                return X
            if turn > 3 and np.abs(step).max() > 1e-3:
                return None
        return X if np.abs(step).max() < 1e-8 else None

    def curve(self, Y: np.ndarray) -> Curve:
        """Both ways from the fixed point `Y`, to the bounds, to infinity, or round a closed curve."""
        t = self.tangent(Y)
        ahead = self._walk(Y, t)
        closed = len(ahead) > 3 and np.abs((ahead[-1] - Y) / self.scale).max() < 1e-9
        behind = [] if closed else self._walk(Y, -t)
        points = np.array([*behind[::-1], Y, *ahead])
        eigenvalues = np.array([np.linalg.eigvals(self.J(P)).astype(complex) for P in points])
        hopf, folds = [], []
        for k in range(len(points) - 1):
            a, b, ea, eb = points[k], points[k + 1], eigenvalues[k], eigenvalues[k + 1]
            if not _flat(ea, eb) and _determinant(ea) * _determinant(eb) < 0:
                folds += self._located(a, b, lambda P: _determinant(np.linalg.eigvals(self.J(P))))
            if not _flat(_sums(ea), _sums(eb)) and _pairs(ea) * _pairs(eb) < 0:
                found = self._located(a, b, lambda P: _pairs(np.linalg.eigvals(self.J(P))))
                hopf += [P for P in found if _turns(np.linalg.eigvals(self.J(P)))]
        return Curve(points, eigenvalues, hopf, [P for P in folds if self._turns_back(P)])

    def _walk(self, Y: np.ndarray, t: np.ndarray) -> list[np.ndarray]:
        start, points, ds, creeping = Y, [], _FIRST, 0
        low, high = self.bounds
        while len(points) < _POINTS and creeping < _PATIENCE:
            creeping = creeping + 1 if ds < _CREEP else 0
            new = self.corrected(Y + ds * t * self.scale, t)
            ahead = None if new is None else self.tangent(new)
            if new is None or abs(ahead @ t) < 0.97:
                ds /= 2
                if ds < _SMALLEST:
                    break
                continue
            if not low <= new[-1] <= high:
                return [*points, *self._at_the_bound(Y, new)]
            points.append(new)
            if np.abs(new[:-1] / self.scale[:-1]).max() > _FAR:
                break
            if len(points) > 3 and np.abs((new - start) / self.scale).max() < ds:
                points.append(start)  # the curve is closed
                break
            t = ahead if ahead @ t > 0 else -ahead
            Y, ds = new, min(_LARGEST, 1.4 * ds)
        return points

    def _at_the_bound(self, inside: np.ndarray, outside: np.ndarray) -> list[np.ndarray]:
        bound = self.bounds[0] if outside[-1] < self.bounds[0] else self.bounds[1]
        share = (bound - inside[-1]) / (outside[-1] - inside[-1])
        only = np.zeros(len(inside))
        only[-1] = 1.0
        guess = inside + share * (outside - inside)
        guess[-1] = bound
        new = self.corrected(guess, only)
        return [] if new is None else [new]

    def _located(self, a: np.ndarray, b: np.ndarray, test) -> list[np.ndarray]:
        """The point between `a` and `b` where `test` vanishes."""
        along = (b - a) / self.scale
        along /= np.linalg.norm(along)

        def between(share: float) -> np.ndarray:
            point = self.corrected(a + share * (b - a), along)
            return a + share * (b - a) if point is None else point

        try:
            share = brentq(lambda u: test(between(u)), 0.0, 1.0, xtol=1e-12)
        except ValueError:  # the test does not change sign after all: it was at rounding
            return []
        return [between(share)]

    def _turns_back(self, Y: np.ndarray) -> bool:
        """Is the parameter at an extremum? Where two branches cross it is not."""
        return abs(self.tangent(Y)[-1]) < 1e-3


def _determinant(eigenvalues: np.ndarray) -> float:
    return float(np.prod(eigenvalues).real)


def _sums(eigenvalues: np.ndarray) -> np.ndarray:
    i, j = np.triu_indices(len(eigenvalues), 1)
    return eigenvalues[i] + eigenvalues[j]


def _pairs(eigenvalues: np.ndarray) -> float:
    """∏ (λi + λj), i < j: zero when a pair is ±iω, and at a saddle whose two exponents cancel."""
    return float(np.prod(_sums(eigenvalues)).real)


def _flat(a: np.ndarray, b: np.ndarray) -> bool:
    """Is something zero at both ends, to rounding? A whole line of fixed points, not a bifurcation."""
    return all((np.abs(e) <= 1e-9 * np.abs(e).max(initial=0.0)).any() for e in (a, b))


def _turns(eigenvalues: np.ndarray) -> bool:
    """Is the pair nearest to the imaginary axis complex?"""
    i, j = np.triu_indices(len(eigenvalues), 1)
    k = np.abs(eigenvalues[i] + eigenvalues[j]).argmin()
    return abs(eigenvalues[i[k]].imag) > 1e-9
