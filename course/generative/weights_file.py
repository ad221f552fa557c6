"""Machines in one safetensors file, written whole or not at all, read without torch."""

import os
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from course import _check


def write(path: str | Path, arrays: dict[str, np.ndarray], kind: dict[str, str]) -> Path:
    """Written beside, then put in its place at once."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        save_file({name: np.ascontiguousarray(x) for name, x in arrays.items()}, beside, metadata=kind)
        with open(beside, "rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def read(where: str, path: str | Path, kind: str) -> dict[str, np.ndarray]:
    """The arrays of a file of this kind, all finite."""
    if not Path(path).is_file():
        raise _check.refuse(where, "un fichier qui existe", str(path))
    try:
        with safe_open(path, framework="numpy") as file:
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            said = (file.metadata() or {}).get("kind")
    except (SafetensorError, OSError) as error:
        reason = " ".join(str(error).split())[:60]
        raise _check.refuse(where, f"un fichier safetensors entier ({reason})", str(path)) from None
    if said != kind:
        raise _check.refuse(where, f"un fichier écrit par {kind}.save", str(path))
    for name, x in found.items():
        if not np.isfinite(x).all():
            raise _check.refuse(where, f"des poids finis ({name})", str(path))
    return found


def machines(where: str, path: str | Path, kind: str, options: dict[str, object]) -> list:
    """The RBMs of a file, from the lowest: W, a, b, or 0.W, 0.a, 0.b, 1.W…"""
    from course.generative.rbm import RBM

    found = read(where, path, kind)
    stems = sorted(name[:-1] for name in found if name.endswith("W"))
    made = []
    for stem in stems:
        W, a, b = (found.get(stem + name) for name in "Wab")
        if a is None or b is None or W.ndim != 2 or a.shape != W.shape[:1] or b.shape != W.shape[1:]:
            raise _check.refuse(where, f"W, a et b qui vont ensemble ({stem}W)", str(path))
        rbm = RBM(*W.shape, **{"dtype": W.dtype.name, **options})
        rbm.W, rbm.a, rbm.b = map(rbm.E.array, (W, a, b))
        made.append(rbm)
    if not made:
        raise _check.refuse(where, f"un fichier écrit par {kind}.save", str(path))
    return made
