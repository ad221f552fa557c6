"""Long work is cut over the cores, shows how far it is, and can be stopped."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np


class workers:
    """Calls the loop on slices of the neurons, one thread a core when there is enough work for two."""

    def __init__(self, padded: int, width: int, cut: bool, scratch: tuple[int, int]) -> None:
        self.scratch = scratch
        cores = (
            len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else os.cpu_count() or 1
        )
        blocks = padded // width
        self.parts = max(1, min(cores, blocks)) if cut else 1
        edges = np.linspace(0, blocks, self.parts + 1).astype(int) * width
        self.slices = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))

    def __enter__(self) -> Callable:
        if self.parts == 1:
            return lambda kernel, arguments: self._part(kernel, arguments, self.slices[0])
        self.pool = ThreadPoolExecutor(self.parts)
        return self._all

    def _all(self, kernel: Callable, arguments: tuple) -> np.ndarray:
        jobs = [self.pool.submit(self._part, kernel, arguments, s) for s in self.slices]
        return max((job.result() for job in jobs), key=lambda status: (status[0] == 1, status[0]))

    def _part(self, kernel: Callable, arguments: tuple, bounds: tuple[int, int]) -> np.ndarray:
        status = np.zeros(3, np.int64)
        M, G = np.zeros(self.scratch[0]), np.zeros(self.scratch[1], np.int64)
        kernel(*arguments, M, G, status, *bounds)
        return status

    def __exit__(self, *exc: object) -> None:
        if self.parts > 1:
            self.pool.shutdown(wait=True)


class progress:
    """A bar after two seconds, and only where somebody looks."""

    def __init__(self, T: float) -> None:
        self.T = T

    def __enter__(self) -> Callable[[float], object]:
        if not (sys.stderr.isatty() or "ipykernel" in sys.modules):
            self.bar = None
            return lambda ms: None
        from tqdm import tqdm

        form = "{desc}\u00a0: {percentage:3.0f}\u00a0% |{bar}| {n:.0f}/{total:.0f} ms, reste {remaining}"
        self.bar = tqdm(total=self.T, desc="Simulation", delay=2, leave=False, bar_format=form)
        return self.bar.update

    def __exit__(self, *exc: object) -> None:
        if self.bar is not None:
            self.bar.close()
