"""A class of 200 copies of TD04 on two cores: right ones, wrong ones, hostile ones, and a grader that is killed.

The copies are those of the tests' corpus, in turn, with the limits of a real grading (its endless loops take all their
time). Killed three times at moments drawn from `SEED`, then asked again, the same class has the same marks.
"""

import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import _busy
from tests.bench.table import Row
from tests.grading.conftest import corpus

COPIES, KILLS, SEED, MINUTES = 200, 3, 11, 20


def load(peers: set[str]) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        hand_in(home / "rendus")
        busy, start = _busy(), time.perf_counter()
        taken = grade(home, "notes")
        seconds = time.perf_counter() - start
        quiet = _busy() - busy < 2.2 * seconds
        third = len(taken) // 3
        growth = statistics.median(taken[-third:]) / statistics.median(taken[third:2 * third])
        draws = random.Random(SEED)
        for _ in range(KILLS):
            grade(home, "reprise", until=draws.uniform(0.05, 0.3) * seconds)
        resumed = time.perf_counter()
        grade(home, "reprise")
        resumed = time.perf_counter() - resumed
        whole, again = ((home / name / "notes.csv").read_bytes().splitlines() for name in ("notes", "reprise"))
    differ = sum(one != other for one, other in zip(whole, again, strict=True))
    peak = f"peak {max(taken) / 2**20:.0f} MiB, the grader and its copies"
    rows = f"{len(whole) - 1} lines, {differ} differ"
    return [
        Row("load", f"{COPIES} copies of TD04, 2 at a time", seconds, limit=60.0 * MINUTES, quiet=quiet, absolute=True),
        Row("load", "memory: last third / second third", seconds, growth, limit=1.1, quiet=quiet, note=peak),
        Row("load", f"killed {KILLS} times, then resumed: changes", resumed, float(differ), limit=0.0, note=rows),
    ]


def hand_in(folder: Path) -> None:
    """The copies, each in its student's folder."""
    cases = corpus()
    for k in range(COPIES):
        case = cases[k % len(cases)]
        path = folder / f"élève {k:03d}" / Path(case.path).name
        path.parent.mkdir(parents=True)
        path.write_bytes(case.content)


def grade(home: Path, out: str, until: float | None = None) -> list[int]:
    """The bytes of memory that the grading takes, twice a second; killed after `until` seconds."""
    line = [sys.executable, "-m", "course.cli", "noter", home / "rendus", "--td", "04", "--sortie", home / out]
    taken, start = [], time.perf_counter()
    with (home / f"{out}.txt").open("ab") as said:
        process = subprocess.Popen(line, stdout=said, stderr=said)
    while process.poll() is None:
        time.sleep(0.5)
        taken.append(sum(memory(pid) for pid in family(process.pid)))
        if until is not None and time.perf_counter() - start > until:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return taken
    if process.returncode:
        raise RuntimeError((home / f"{out}.txt").read_text(encoding="utf-8"))
    return taken


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    try:
        children = [int(x) for x in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(child))]


def memory(pid: int) -> int:
    """Its share of the machine's memory [bytes]: what two processes share counts half for each."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
