"""What a student waits for: the import, the first simulation on a machine, in a process, and again."""

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial

import numpy as np

from tests.bench.measure import best, best_process
from tests.bench.table import Row

_RUN = "from course.neurons import hodgkin_huxley as hh; hh.simulate(100, I=10)"
_TEXT = "dx/dt = a - x**3 + y\\ndy/dt = -b*y*exp(-x)"
_NEW = f"from course.dynamics import Model; Model('{_TEXT}', a=1.0, b=2.0).simulate(100)"


def startup(peers: set[str]) -> list[Row]:
    python, rows = sys.executable, []
    empty, quiet = best_process([python, "-c", "pass"])
    seconds, quiet = best_process([python, "-c", "import course"])
    rows.append(
        Row("startup", "import course", seconds - empty, limit=0.1, quiet=quiet, absolute=True)
    )
    seconds, quiet = best_process([python, "-c", "import course.dynamics"])
    rows.append(
        Row("startup", "import course.dynamics", seconds - empty, quiet=quiet, absolute=True)
    )
    for name, code in (("Hodgkin-Huxley", _RUN), ("a new 2-D model", _NEW)):
        with tempfile.TemporaryDirectory() as cache:
            fresh = partial(_environment, cache, itertools.count())
            seconds, quiet = best_process([python, "-c", code], runs=3, env=fresh)
            rows.append(
                Row(
                    "startup",
                    f"first run on a machine, {name}",
                    seconds,
                    limit=3.0,
                    quiet=quiet,
                    absolute=True,
                )
            )
            kept = partial(_environment, cache, itertools.repeat(0))
            seconds, quiet = best_process([python, "-c", code], env=kept)
            rows.append(
                Row(
                    "startup",
                    f"new process, cached, {name}",
                    seconds,
                    limit=0.6,
                    quiet=quiet,
                    absolute=True,
                )
            )
    return rows + _warm()


def _environment(cache: str, folders: Iterator[int]) -> dict[str, str]:
    return {**os.environ, "COURSE_CACHE": f"{cache}/{next(folders)}"}


def _warm() -> list[Row]:
    """A process that has simulated before meets a model that it has not, cached on disk."""
    from course.dynamics import Model, load
    from course.neurons import hodgkin_huxley as hh

    hh.simulate(1, I=10)
    model = Model("dx/dt = a - x**3 + y\ndy/dt = -b*y*exp(-x)", a=1.0, b=2.0)
    model.simulate(100)

    def again() -> object:
        load._loaded.clear()
        return model.simulate(100)

    seconds, quiet = best(again, runs=3)
    assert np.isfinite(model.simulate(100)["x"]).all()
    return [
        Row("startup", "warm process, cached model", seconds, limit=0.2, quiet=quiet, absolute=True)
    ]
