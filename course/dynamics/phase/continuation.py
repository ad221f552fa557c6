"""A curve of fixed points as one parameter moves, followed by its length so that it may turn back.

Unknowns Y = (state, parameter), each divided by its scale; the curve F(Y) = 0 is predicted along its tangent and
corrected across it (Keller's pseudo-arclength), which stays regular where the parameter turns.
"""

import math
from collections.abc import Callable
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
    """A branch: `Y` (k, n + 1), state then parameter, and the eigenvalues (k, n); its Hopf points and folds."""

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
        self.place = list(s.model.parameters).index(parameter)
        self._field, self._jacobian = s.numbers.field, s.numbers.jacobian

    def F(self, Y: np.ndarray) -> np.ndarray:
        return np.array(self._of(self._field, Y, len(Y) - 1))

    def J(self, Y: np.ndarray) -> np.ndarray:
        n = len(Y) - 1
        return np.array(self._of(self._jacobian, Y, n * n)).reshape(n, n)

    def _of(self, f: Callable, Y: np.ndarray, size: int) -> tuple[float, ...]:
        """One point at a time Python's own numbers are quicker; where they refuse, nan."""
        *x, p = Y.tolist()
        try:
            return f(*x, *self.s.values[: self.place], p, *self.s.values[self.place + 1 :])
        except (ArithmeticError, ValueError):
            return (math.nan,) * size

    def along(self, Y: np.ndarray) -> np.ndarray:
        """The Jacobians (point, n, n) at the points `Y` (point, n + 1)."""
        n = Y.shape[1] - 1
        return self._all(self.s.arrays.jacobian, Y, n * n).reshape(len(Y), n, n)

    def fields(self, Y: np.ndarray) -> np.ndarray:
        """The derivatives (point, n) at the points `Y` (point, n + 1)."""
        return self._all(self.s.arrays.field, Y, Y.shape[1] - 1)

    def _all(self, f: Callable, Y: np.ndarray, size: int) -> np.ndarray:
        values = (*self.s.values[: self.place], Y[:, -1], *self.s.values[self.place + 1 :])
        result = np.empty((len(Y), size))
        with np.errstate(all="ignore"):
            for k, part in enumerate(f(*Y[:, :-1].T, *values)):
                result[:, k] = part
        return result

    def DF(self, Y: np.ndarray) -> np.ndarray:
        """∂F/∂Y (n, n + 1) in scaled unknowns; the last column by central differences."""
        n, h = len(Y) - 1, 1e-6 * self.scale[-1]
        up, down = Y.copy(), Y.copy()
        up[-1] += h
        down[-1] -= h
        A = np.empty((n, n + 1))
        A[:, :n], A[:, n] = self.J(Y), (self.F(up) - self.F(down)) / (2 * h)
        return A * self.scale

    def tangent(self, Y: np.ndarray) -> np.ndarray:
        A = self.DF(Y)
        if len(A) == 2:
            across = _cross(*A.tolist())
            size = math.hypot(*across)
            if size > 1e-12 * (A**2).sum():
                return np.array(across) / size
        return np.linalg.svd(A)[2][-1]

    def corrected(self, Y: np.ndarray, along: np.ndarray) -> np.ndarray | None:
        """The point of the curve in the plane through `Y` across `along`; None when Newton is not quick."""
        X, A, rest = Y.copy(), np.empty((len(Y), len(Y))), np.empty(len(Y))
        for turn in range(8):
            A[:-1], A[-1] = self.DF(X), along
            rest[:-1], rest[-1] = self.F(X), ((X - Y) / self.scale) @ along
            try:
                step = np.linalg.solve(A, rest)
            except np.linalg.LinAlgError:
                return None
            size = float(np.abs(step).max())
            if not math.isfinite(size) or (turn > 3 and size > 1e-3):
                return None
            X = X - step * self.scale
            if size < 1e-11:
                return X
        return X if size < 1e-8 else None

    def curve(self, Y: np.ndarray) -> Curve:
        """Both ways from the fixed point `Y`, to the bounds, to infinity, or round a closed curve."""
        t = self.tangent(Y)
        ahead = self._walk(Y, t)
        closed = len(ahead) > 3 and np.abs((ahead[-1] - Y) / self.scale).max() < 1e-9
        behind = [] if closed else self._walk(Y, -t)
        points = np.array([*behind[::-1], Y, *ahead])
        eigenvalues = np.linalg.eigvals(self.along(points)).astype(complex)
        found: list[tuple[int, np.ndarray]] = []
        hopf, folds = [], []
        for factors, kept in ((lambda e: e, folds), (_sums, hopf)):
            test = lambda P, f=factors: _product(f(np.linalg.eigvals(self.J(P))))  # noqa: E731
            parts = [factors(e) for e in eigenvalues]
            values = np.array([_product(part) for part in parts])
            for k in np.flatnonzero(values[:-1] * values[1:] < 0):
                for P in (
                    [] if _flat(*parts[k : k + 2]) else self._located(*points[k : k + 2], test)
                ):
                    here = np.linalg.eigvals(self.J(P))
                    if _turns(here) if kept is hopf else self._turns_back(P):
                        kept.append(P)
                        found.append((int(k) + 1, P))
        found.sort(key=lambda pair: pair[0])
        if found:
            places, special = [k for k, _ in found], np.array([P for _, P in found])
            points = np.insert(points, places, special, axis=0)
            there = np.linalg.eigvals(self.along(special)).astype(complex)
            eigenvalues = np.insert(eigenvalues, places, there, axis=0)
        return Curve(points, eigenvalues, hopf, folds)

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


def _cross(a: list[float], b: list[float]) -> tuple[float, float, float]:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _product(factors: np.ndarray) -> float:
    """Zero at a fold, of the eigenvalues; where a pair is ±iω or a saddle's exponents cancel, of their sums."""
    return float(np.prod(factors).real)


def _sums(eigenvalues: np.ndarray) -> np.ndarray:
    """λi + λj, i < j."""
    i, j = np.triu_indices(len(eigenvalues), 1)
    return eigenvalues[i] + eigenvalues[j]


def _flat(a: np.ndarray, b: np.ndarray) -> bool:
    """Is something zero at both ends, to rounding? A whole line of fixed points, not a bifurcation."""
    return all((np.abs(e) <= 1e-9 * np.abs(e).max(initial=0.0)).any() for e in (a, b))


def _turns(eigenvalues: np.ndarray) -> bool:
    """Is the pair nearest to the imaginary axis complex?"""
    i, j = np.triu_indices(len(eigenvalues), 1)
    k = np.abs(eigenvalues[i] + eigenvalues[j]).argmin()
    return abs(eigenvalues[i[k]].imag) > 1e-9
