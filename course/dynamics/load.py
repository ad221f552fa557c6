"""From a `Spec` to functions one can call: generated once, kept in the user's cache, compiled once per machine.

The file is named by the hash of all that decides it (equations, names, scheme, and the generator's own source), so a
cached kernel is never stale; its machine code lies beside it. On a hit neither sympy, nor numba, nor the generator is
imported. The same text is executed by numba, numpy and torch.
"""

import functools
import hashlib
import importlib.util
import os
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from course.dynamics.spec import Spec

_GENERATOR = (
    "equations.py", "lines.py", "grammar.py", "rules.py", "spec.py", "symbols.py", "printer.py", "generate.py",
    "kernels.py", "loops.py", "coupled_kernel.py", "signature.py", "functions.py", "load.py", "machine.py",
    "pieces.py",
)  # fmt: skip
_END = b"# whole\n"  # a file without it was cut
_loaded: dict[str, Any] = {}
_in_memory: dict[Path, str] = {}  # files that could not be written


@functools.cache
def _generator_hash() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()


@functools.cache
def cache_folder() -> Path:
    """`COURSE_KERNELS`, or `kernels` in `COURSE_CACHE` or in the user's cache.

    When it cannot be written, a private temporary folder; where nothing can (a notebook that is graded), the folder
    all the same: what is there is read, what is made is kept in memory.
    """
    from platformdirs import user_cache_path

    own = os.environ.get("COURSE_CACHE") or user_cache_path("course", appauthor=False)
    folder = Path(os.environ.get("COURSE_KERNELS") or Path(own) / "kernels")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        try:
            return Path(tempfile.mkdtemp(prefix="course-kernels-"))
        except OSError:
            return folder


def key(spec: Spec) -> str:
    """What names the files of `spec`; written down on it, for a run asks it four times."""
    if "key" not in spec.__dict__:
        spec.__dict__["key"] = _key(spec)
    return spec.__dict__["key"]


def _key(spec: Spec) -> str:
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
    """The model's functions for the arrays of `engine`, "numpy" or "torch"."""
    name, kept = f"{engine}_{key(spec)}", shelf(spec, _loaded)
    if name not in kept:
        path = _generated(spec)
        module = ModuleType(name)
        module.__dict__.update({"numpy": array_names, "torch": _torch}[engine](), **called(spec))
        code = compile(source(path), str(path), "exec")
        exec(code, module.__dict__)  # our own generated text, never a student's
        kept[name] = module
    return kept[name]


def shelf(spec: Spec, common: dict[str, Any]) -> dict[str, Any]:
    """Where the modules of `spec` are kept: its own place when it calls a student's functions, for two of them may
    have one name and one text around them."""
    return spec.equations.modules if spec.equations.called else common


def called(spec: Spec) -> dict[str, Callable]:
    """What the generated text calls of a student's functions."""
    return {n: f for c in spec.equations.called.values() for n, f in c.named().items()}


def compiled(spec: Spec, kernel: str) -> Callable[..., None]:
    """The loop `run` (one neuron) or `run_block` (many) of a model, as machine code."""
    name = f"{kernel}_{key(spec)}"
    if name not in _loaded:
        from course.dynamics import machine

        elementary = {"run": "SCALAR", "run_block": "LANES"}[kernel]
        _loaded[name] = machine.kernel(_generated(spec), kernel, elementary)
    return _loaded[name]


def _generated(spec: Spec) -> Path:
    """The file of the model's functions and kernels, written if need be."""

    def text() -> str:
        from course.dynamics.generate import generate
        from course.dynamics.loops import kernel_source

        functions_, constants, noise = generate(spec)
        return f"NOISE = {noise!r}\n\n\n{functions_}{kernel_source(spec, constants, noise)}"

    return written(f"model_{key(spec)}", spec, text)


def written(name: str, spec: Spec, text: Callable[[], str]) -> Path:
    """The file `name` of the cache; when it is not there, or not whole, `text` makes it."""
    path = cache_folder() / f"{name}.py"
    if path in _in_memory or _whole(path):
        return path
    head = "".join(f"# {line}\n" for line in spec.equations.text.strip().splitlines())
    options = {"dir": path.parent, "suffix": ".tmp", "delete": False, "encoding": "utf-8"}
    body = f"{head}{text()}{_END.decode()}"
    try:
        with tempfile.NamedTemporaryFile("w", **options) as f:
            f.write(body)
        os.replace(f.name, path)
    except OSError:  # a folder that is only read, a full disk: the model runs all the same
        _in_memory[path] = body
    return path


def _whole(path: Path) -> bool:
    try:
        return path.read_bytes().endswith(_END)
    except OSError:
        return False


def source(path: Path) -> str:
    """The text of a file of the cache."""
    return _in_memory[path] if path in _in_memory else path.read_text(encoding="utf-8")


@functools.cache
def has_numba() -> bool:
    """Is numba there? Without it the same code runs in numpy, slower, and this says so once."""
    if importlib.util.find_spec("numba") is None:
        said = "numba est absent\u00a0: les simulations passent par numpy, plus lentement"
        warnings.warn(said, stacklevel=5)
        return False
    return True


def _plain(function: Callable) -> Callable:
    return function


def array_names() -> dict[str, object]:
    """What the generated text calls, on numpy arrays."""

    def linoid(x: np.ndarray) -> np.ndarray:
        near = 1.0 - 0.5 * x + x * x * (1 / 12 - x * x / 720)
        return np.where(np.abs(x) < 0.01, near, x / np.expm1(x))

    def dlinoid(x: np.ndarray) -> np.ndarray:
        L = linoid(x)
        near = -0.5 + x * (1 / 6 - x * x / 180)
        return np.where(np.abs(x) < 0.02, near, L * (1 - L - x) / x)

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
        L = linoid(x)
        near = -0.5 + x * (1 / 6 - x * x / 180)
        return torch.where(x.abs() < 0.02, near, L * (1 - L - x) / x)

    def double(a: torch.Tensor | float, like: torch.Tensor) -> torch.Tensor:
        return torch.as_tensor(
            a, dtype=torch.float64, device=like.device
        )  # a bare number would be float32

    def pair(f: Callable) -> Callable:
        def of(a: torch.Tensor | float, b: torch.Tensor | float) -> torch.Tensor:
            like = a if isinstance(a, torch.Tensor) else b
            return f(double(a, like), double(b, like))

        return of

    return {
        "np": np, "inline": _plain, "scalar": _plain, "kernel": _plain, "linoid": linoid, "dlinoid": dlinoid,
        "phi1": lambda z: 1.0 / linoid(z), "exp": torch.exp, "log": torch.log, "sqrt": torch.sqrt,
        "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "sinh": torch.sinh, "cosh": torch.cosh,
        "tanh": torch.tanh, "arctan": torch.arctan, "abs": torch.abs, "sign": torch.sign,
        "min": pair(torch.minimum), "max": pair(torch.maximum),
        "where": lambda c, a, b: torch.where(c, double(a, c), double(b, c)),
    }  # fmt: skip
