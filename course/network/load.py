"""From the models of a network to its machine code: `advance` for each model, and one `run` for all networks.

What is compiled is named by the texts that decide it, as in `course.dynamics.load`: a model is compiled once whatever
the network, and `run` once on a machine.
"""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from course.dynamics import load, machine
from course.dynamics.spec import Spec
from course.network import lanes, loop

_GENERATOR = (
    "lanes.py",
    "loop.py",
    "deliver.py",
    "currents.py",
    "chance.py",
    "draws.py",
    "addresses.py",
    "load.py",
    "plastic.py",
)
_addresses: dict[str, int] = {}


@functools.cache
def _generator_hash() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()


def _name(*parts: str) -> str:
    return hashlib.sha256(
        repr((*parts, load._generator_hash(), _generator_hash())).encode()
    ).hexdigest()[:24]


@functools.cache
def run() -> Callable[..., None]:
    """The loop of every network."""

    def called(space: machine.Space) -> machine.Space:
        from course.network.addresses import integers, jump, start
        from course.network.currents import receive
        from course.network.deliver import deliver
        from course.network.plastic import arrive, emit, learn

        found = {"receive": receive, "deliver": deliver, "integers": integers, "start": start}
        found |= {"arrive": arrive, "learn": learn, "emit": emit}
        return {**found, "jump": jump, "WIDTH": lanes.WIDTH}

    every = SimpleNamespace(equations=SimpleNamespace(text="The loop of every network."))
    path = load.written(f"network_{_name()}", every, lambda: loop.SOURCE)
    return machine.kernel(path, "run", "LANES", loop.ARGUMENTS, called)


def advance(spec: Spec, method: str) -> int:
    """The address of a model's `advance`."""
    name = f"advance_{_name(load.key(spec), method)}"
    if name not in _addresses:

        def called(space: machine.Space) -> machine.Space:
            from course.network.addresses import doubles, integers, part

            return {"doubles": doubles, "integers": integers, "part": part}

        path = load.written(name, spec, lambda: _source(spec, method))
        _addresses[name] = machine.address(path, "advance", "LANES", lanes.ARGUMENTS, called)
    return _addresses[name]


def _source(spec: Spec, method: str) -> str:
    from course.dynamics.generate import Source, generate
    from course.dynamics.kernels import Names
    from course.dynamics.symbols import symbol

    jumping, clamped = jumped(spec), False
    if spec.spike is not None:
        clamped = Source(spec).rises_with(symbol(spec.variables[jumping]))
    functions, constants, noise = generate(spec)
    return functions + lanes.advance_source(Names(spec, constants, noise), method, clamped, jumping)


def jumped(spec: Spec) -> int:
    """The variable that a voltage jump moves: the one whose crossing is a spike, else the first one."""
    return spec.variables.index(spec.held[0]) if spec.held else 0
