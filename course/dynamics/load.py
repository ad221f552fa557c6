"""From a `Spec` to functions one can call: generated once, kept in the user's cache, compiled once per machine.

The file is named by the hash of all that decides it (equations, names, scheme, and the generator's own source), so
a cached kernel is never stale; numba keeps its machine code beside it. On a hit neither sympy nor the generator is
imported. The same text is executed by numba (for one neuron, or for lanes of them), numpy and torch.
"""

import functools
import hashlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np

from course.dynamics.spec import Spec

_GENERATOR = (
    "equations.py", "lines.py", "grammar.py", "rules.py", "spec.py", "symbols.py", "printer.py", "generate.py",
    "kernels.py", "loops.py", "functions.py", "load.py",
)  # fmt: skip
_loaded: dict[tuple[str, str], ModuleType] = {}


@functools.cache
def _generator_hash() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()


@functools.cache
def cache_folder() -> Path:
    """`COURSE_CACHE`, or the user's cache; a private temporary folder when it cannot be written."""
    from platformdirs import user_cache_path

    folder = (
        Path(os.environ.get("COURSE_CACHE") or user_cache_path("course", appauthor=False))
        / "kernels"
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="course-kernels-"))


def key(spec: Spec) -> str:
    spike = spec.spike.line.text if spec.spike else ""
    reset = ";".join(d.line.text for d in spec.reset)
    parts = (
        spec.equations.text,
        spec.parameters,
        spec.drives,
        spec.scheme,
        spike,
        reset,
        _generator_hash(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def functions(spec: Spec, engine: str) -> ModuleType:
    """The model's functions for `engine`: "numba" (one neuron), "lanes" (many), "numpy" or "torch"."""
    name = key(spec)
    if (name, engine) not in _loaded:
        path = cache_folder() / f"model_{name}.py"
        try:
            source = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            source = _write(path, spec)
        module = ModuleType(f"course_{engine}_{name}")
        module.__file__ = str(path)
        module.__dict__.update(
            {"numba": _scalar, "lanes": _lanes, "numpy": _numpy, "torch": _torch}[engine]()
        )
        sys.modules[module.__name__] = module  # numba's cache looks its functions up by module
        exec(
            compile(source, str(path), "exec"), module.__dict__
        )  # our own generated text, never a student's
        _loaded[name, engine] = module
    return _loaded[name, engine]


def _write(path: Path, spec: Spec) -> str:
    from course.dynamics.generate import generate
    from course.dynamics.loops import kernel_source

    text, constants, noise = generate(spec)
    head = "".join(f"# {line}\n" for line in spec.equations.text.strip().splitlines())
    source = f"{head}NOISE = {noise!r}\n\n\n{text}{kernel_source(spec, constants, noise)}"
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8"
    ) as f:
        f.write(source)
    os.replace(f.name, path)
    return source


@functools.cache
def has_numba() -> bool:
    """Is numba there? Without it the same code runs in numpy, slower, and this says so once."""
    try:
        import numba  # noqa: F401
    except ImportError as e:
        warnings.warn(
            f"numba est absent ({e})\u00a0: les simulations passent par numpy, plus lentement",
            stacklevel=5,
        )
        return False
    return True


def _plain(function: Callable) -> Callable:
    return function


def _scalar() -> dict[str, object]:
    from course.dynamics.functions import SCALAR

    return {**_numba(), **SCALAR}


def _lanes() -> dict[str, object]:
    from course.dynamics.functions import LANES

    return {**_numba(), **LANES}


def _spare_scipy_linalg() -> None:
    """numba imports scipy.linalg (0.2 s) just to see that BLAS is there; scipy is: it is one of our dependencies."""
    import numba.np.linalg

    if "numba.np.arraymath" not in sys.modules and hasattr(numba.np.linalg, "ensure_blas"):
        asked, numba.np.linalg.ensure_blas = numba.np.linalg.ensure_blas, lambda: None
        try:
            import numba.np.arraymath  # noqa: F401 (asks as it is imported)
        finally:
            numba.np.linalg.ensure_blas = asked


def _numba() -> dict[str, object]:
    from numba import njit

    _spare_scipy_linalg()

    options = {"error_model": "numpy", "fastmath": {"contract"}, "nogil": True}
    return {
        "np": np, "inline": njit(forceinline=True, **options), "scalar": njit(**options),
        "kernel": njit(cache=True, **options),
    }  # fmt: skip


def _numpy() -> dict[str, object]:
    def linoid(x: np.ndarray) -> np.ndarray:
        near = 1.0 - 0.5 * x + x * x * (1 / 12 - x * x / 720)
        return np.where(np.abs(x) < 0.01, near, x / np.expm1(x))

    def dlinoid(x: np.ndarray) -> np.ndarray:
        e = np.expm1(x)
        return np.where(
            np.abs(x) < 0.02, -0.5 + x * (1 / 6 - x * x / 180), (e - x * (e + 1)) / (e * e)
        )

    return {
        "np": np, "inline": _plain, "scalar": _plain, "kernel": _plain, "linoid": linoid, "dlinoid": dlinoid,
        "phi1": lambda z: 1.0 / linoid(z), "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "sin": np.sin,
        "cos": np.cos, "tan": np.tan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "arctan": np.arctan,
        "abs": np.abs, "sign": np.sign, "min": np.minimum, "max": np.maximum, "where": np.where,
    }  # fmt: skip


def _torch() -> dict[str, object]:
    import torch

    def linoid(x: torch.Tensor) -> torch.Tensor:
        near = 1.0 - 0.5 * x + x * x * (1 / 12 - x * x / 720)
        return torch.where(x.abs() < 0.01, near, x / torch.expm1(x))

    def dlinoid(x: torch.Tensor) -> torch.Tensor:
        e = torch.expm1(x)
        return torch.where(
            x.abs() < 0.02, -0.5 + x * (1 / 6 - x * x / 180), (e - x * (e + 1)) / (e * e)
        )

    def pair(f: Callable) -> Callable:
        return lambda a, b: f(*torch.broadcast_tensors(*map(torch.as_tensor, (a, b))))

    return {
        "np": np, "inline": _plain, "scalar": _plain, "kernel": _plain, "linoid": linoid, "dlinoid": dlinoid,
        "phi1": lambda z: 1.0 / linoid(z), "exp": torch.exp, "log": torch.log, "sqrt": torch.sqrt,
        "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "sinh": torch.sinh, "cosh": torch.cosh,
        "tanh": torch.tanh, "arctan": torch.arctan, "abs": torch.abs, "sign": torch.sign,
        "min": pair(torch.minimum), "max": pair(torch.maximum), "where": torch.where,
    }  # fmt: skip
