"""Best times on a machine that others may be using: a disturbed run is noticed and repeated."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def _busy() -> float | None:
    """CPU seconds spent by every process since the start of the machine; None where /proc is not."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    except FileNotFoundError:
        return None
    user, nice, system, _, _, irq, softirq, *_ = map(int, fields)
    return (user + nice + system + irq + softirq) / 100


def best(
    f: Callable[[], object], runs: int = 5, least: float = 0.3, tries: int = 20
) -> tuple[float, bool]:
    """Seconds of the best of `runs` undisturbed runs of `f`, and whether they were undisturbed.

    A run repeats `f` until `least` seconds have passed, so that the ticks of /proc/stat mean something. It is
    disturbed when other processes used more than a tenth of a core meanwhile.
    """
    f()
    clean, disturbed = [], []
    for _ in range(tries):
        busy, own, start, n = _busy(), time.process_time(), time.perf_counter(), 0
        while (wall := time.perf_counter() - start) < least or n == 0:
            f()
            n += 1
        others = 0.0 if busy is None else (_busy() - busy) - (time.process_time() - own)
        (clean if others < 0.1 * wall else disturbed).append(wall / n)
        if len(clean) == runs:
            break
    return (min(clean), True) if clean else (min(disturbed), False)


def once(f: Callable[[], object]) -> tuple[float, float, bool]:
    """Seconds of one long run of `f`, those of the processors that it used, and whether it was undisturbed."""
    busy, own, start = _busy(), time.process_time(), time.perf_counter()
    f()
    wall, used = time.perf_counter() - start, time.process_time() - own
    others = 0.0 if busy is None else (_busy() - busy) - used
    return wall, used, others < 0.1 * wall


def best_process(
    command: list[str], runs: int = 5, tries: int = 20, env: Callable[[], dict] = os.environ.copy
) -> tuple[float, bool]:
    """Seconds of the best of `runs` undisturbed runs of a command, from its start to its end."""
    import resource
    import subprocess

    clean, disturbed = [], []
    for _ in range(tries):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        busy = _busy()
        subprocess.run(command, check=True, env=env(), stdout=subprocess.DEVNULL)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        others = 0.0 if busy is None else (_busy() - busy) - own
        (clean if others < 0.1 * wall + 0.02 else disturbed).append(wall)
        if len(clean) == runs:
            break
    return (min(clean), True) if clean else (min(disturbed), False)
