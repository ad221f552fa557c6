"""The samples of a batch are cut over the cores; what a kernel walks is looked at before."""

import functools
import os
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from course import _check
from course.spiking.events import Events

_seen: weakref.WeakValueDictionary = weakref.WeakValueDictionary()  # lists of events known to be in bounds


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share(n: int, threads: int | None = None) -> list[int]:
    """Where each thread's part of n begins, and the end."""
    threads = max(1, min(threads or cores(), n))
    return np.linspace(0, n, threads + 1).astype(int).tolist()


@functools.cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="spiking")


def together(part: Callable[[int], None], n: int) -> None:
    """part(0) … part(n - 1), at once; on one core, one after another."""
    if cores() == 1:
        for k in range(n):
            part(k)
        return
    others = [_pool(n - 1).submit(part, k) for k in range(1, n)] if n > 1 else []
    part(0)
    for job in others:
        job.result()


def in_bounds(where: str, events: Events, n: int) -> None:
    """A kernel looks at no bound: what it walks is looked at before, the list of all events once."""
    ptr, index = events.ptr, events.index
    if events.n != n:
        raise _check.refuse(where, f"des événements de {n} entrées", events)
    if not events.samples or not events.steps:
        raise _check.refuse(where, "au moins un exemple et un pas", events)
    whole = ptr.min() >= 0 and ptr[:, -1].max() <= len(index) and (ptr[:, 1:] >= ptr[:, :-1]).all()
    if _seen.get(id(index)) is not index:
        whole = whole and (not index.size or (index.min() >= 0 and index.max() < n))
    if not whole:
        raise _check.refuse(where, f"des débuts croissants et des indices de 0 à {n - 1}", events)
    _seen[id(index)] = index
