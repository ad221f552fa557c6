"""A generated kernel becomes machine code once; from then on llvmlite alone loads it, in milliseconds.

numba's own cache would do, at the price of importing numba (0.6 s here) in every process that simulates. Its compiler
gives an object file; kept beside the source, named by what it depends on and checked by its digest, that file is all
that a later process needs.
"""

import ctypes
import functools
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from course.dynamics.signature import ARGUMENTS

_LIBM = {
    "sqrt", "fabs", "floor", "exp", "exp2", "pow", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "atan", "ldexp",
}  # fmt: skip
_engines = []  # what was loaded stays loaded
_KINDS = {  # int alone is 32 bits somewhere
    float: (np.dtype(np.float64), ctypes.c_double), int: (np.dtype(np.int64), ctypes.c_int64),
    np.float32: (np.dtype(np.float32), None), np.int32: (np.dtype(np.int32), None),
}  # fmt: skip
Arguments = dict[str, tuple[type, int]]
Space = dict[str, object]


def kernel(
    path: Path,
    name: str,
    elementary: str,
    arguments: Arguments = ARGUMENTS,
    called: Callable[[Space], Space] = dict,
) -> Callable[..., None]:
    """The kernel `name` of the generated file `path`, with the elementary functions SCALAR or LANES.

    Args:
        arguments: what it takes, as `signature` says it.
        called: what else the file calls, given the names that every file has; asked only when it is to be compiled.
    """
    return _callable(address(path, name, elementary, arguments, called), arguments)


def address(
    path: Path,
    name: str,
    elementary: str,
    arguments: Arguments,
    called: Callable[[Space], Space] = dict,
) -> int:
    """Where the machine code of a kernel is, for another kernel to call it."""
    stored = path.with_name(f"{path.stem}.{name}-{_machine()}.o")
    entry = _read(stored)
    if entry is None:
        entry = _compiled(path, name, elementary, arguments, called)
        _write(stored, entry)
    return _loaded(*entry)


@functools.cache
def _machine() -> str:
    """What an object file depends on beside its source: the processor and the compiler."""
    import llvmlite
    import llvmlite.binding as llvm

    parts = (llvmlite.__version__, llvm.get_process_triple(), llvm.get_host_cpu_name())
    features = llvm.get_host_cpu_features().flatten()
    return hashlib.sha256(repr((parts, features)).encode()).hexdigest()[:12]


def _read(path: Path) -> tuple[str, bytes] | None:
    """(symbol, object code), or None when there is none or it was damaged."""
    try:
        head, _, code = path.read_bytes().partition(b"\n")
    except OSError:  # it is not there, or may not be read
        return None
    try:
        entry = json.loads(head)
    except ValueError:
        return None
    whole = isinstance(entry, dict) and entry.get("sha256") == hashlib.sha256(code).hexdigest()
    return (entry["symbol"], code) if whole else None


def _write(path: Path, entry: tuple[str, bytes]) -> None:
    symbol, code = entry
    head = json.dumps({"symbol": symbol, "sha256": hashlib.sha256(code).hexdigest()}).encode()
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as f:
            f.write(head + b"\n" + code)
        os.replace(f.name, path)
    except OSError:  # a folder that is only read, a full disk: it is compiled again in the next process
        return


def _compiled(
    path: Path, name: str, elementary: str, arguments: Arguments, called: Callable[[Space], Space]
) -> tuple[str, bytes]:
    """numba's front end and LLVM; nothing in the result needs Python."""
    from numba import types
    from numba.core.compiler_lock import global_compiler_lock
    from numba.np.numpy_support import from_dtype

    from course.dynamics import functions, load
    from course.dynamics.pieces import piece, text

    options = {"error_model": "numpy", "fastmath": {"contract"}}
    space = {
        "np": np, "inline": piece(forceinline=True, **options), "scalar": piece(**options), "kernel": piece(**options),
        "summing": piece(forceinline=True, **{**options, "fastmath": {"contract", "reassoc"}}),
        "__name__": path.stem, **getattr(functions, elementary),
    }  # fmt: skip
    space |= called(dict(space))
    exec(
        compile(load.source(path), str(path), "exec"), space
    )  # our own generated text
    scalar = {kind: from_dtype(dtype) for kind, (dtype, _) in _KINDS.items()}
    signature = tuple(
        types.Array(scalar[dtype], ndim, "C") if ndim else scalar[dtype]
        for dtype, ndim in arguments.values()
    )
    with global_compiler_lock:
        result = text(space[name], signature, types.none)
        library, symbol = result.library, result.fndesc.llvm_func_name
        library.finalize()
        module = library._final_module
        for f in module.functions:  # the kernel alone is called from outside
            if not f.is_declaration and f.name != symbol:
                f.linkage = "internal"
        library._optimize_final_module()
    outside = set(re.findall(r"^declare .*?@\"?([\w.]+)", str(module), re.MULTILINE))
    if unknown := {s for s in outside if not s.startswith("llvm.")} - _LIBM:
        raise NotImplementedError(f"machine: {path.name} calls {', '.join(sorted(unknown))}")
    return symbol, library.codegen._tm.emit_object(module)


def _loaded(symbol: str, code: bytes) -> int:
    """The address of `symbol`."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(jit=True)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _engines.append(engine)
    return engine.get_function_address(symbol)


def _callable(where: int, signature: Arguments) -> Callable[..., None]:
    """The function at this address, called with numba's convention: status f(return*, exception**, arguments...)."""
    fields = [ctypes.c_void_p, ctypes.c_void_p]
    for (
        dtype,
        ndim,
    ) in signature.values():  # an array is (owner, parent, size, item size, data, shape, strides)
        fields += (
            [ctypes.c_void_p] * 2 + [ctypes.c_int64] * (3 + 2 * ndim) if ndim else [_KINDS[dtype][1]]
        )
    function = ctypes.CFUNCTYPE(ctypes.c_int32, *fields)(where)
    expected = [(name, _KINDS[dtype][0], ndim) for name, (dtype, ndim) in signature.items()]

    def flat(arguments: tuple, wanted: list) -> list:
        fields = []
        for (name, dtype, ndim), a in zip(wanted, arguments, strict=True):
            if not ndim:
                fields.append(a)
            elif a.dtype != dtype or a.ndim != ndim or not a.flags.c_contiguous:
                raise TypeError(
                    f"kernel.{name}: {ndim}-dimensional contiguous {dtype}, got {a.dtype} {a.shape}"
                )
            else:
                fields += [None, None, a.size, a.itemsize, a.ctypes.data, *a.shape, *a.strides]
        return fields

    def run(*fields: float | None) -> None:
        nothing = ctypes.c_void_p()
        if function(ctypes.byref(nothing), ctypes.byref(nothing), *fields):
            raise RuntimeError("kernel: an exception inside a kernel that raises none")

    def call(*arguments: np.ndarray | float) -> None:
        run(*flat(arguments, expected))

    def bound(*last: np.ndarray | float) -> Callable[..., None]:
        """The kernel, its last arguments given once and for all: each later call is shorter by what they cost."""
        fields = flat(last, expected[len(expected) - len(last) :])
        return lambda *first: run(*first, *fields) and last  # last: kept as long as the function

    call.bound = bound
    return call
