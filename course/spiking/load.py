"""From the text of a kernel of this room to machine code, kept in the house's cache; a compilation is announced."""

import functools
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from course.dynamics import load, machine

_GENERATOR = ("lanes.py", "kernel.py", "formula.py", "sample.py", "convolved.py", "batch.py", "returns.py", "load.py")


@functools.cache
def _generator_hash() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()


def kernel(name: str, title: str, text: str, arguments: machine.Arguments) -> Callable[..., None]:
    """The kernel `run` of `text`; its files begin with `name`, `title` is what is said while it compiles."""
    parts = (text, load._generator_hash(), _generator_hash())
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
    head = SimpleNamespace(equations=SimpleNamespace(text=title))
    path = load.written(f"{name}_{digest}", head, lambda: text)

    def called(space: machine.Space) -> machine.Space:
        print(f"Compilation de {title} (une fois sur cette machine)…", file=sys.stderr, flush=True)
        from course.spiking.lanes import NAMES

        return NAMES

    return machine.kernel(path, "run", "SCALAR", arguments, called)
