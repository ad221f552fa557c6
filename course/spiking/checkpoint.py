"""Weights, and an apprenticeship under way, in a file that is whole or is not there."""

import os
import pickle
import zlib
from pathlib import Path

import numpy as np
import torch

from course import _check

FORMAT = "course.spiking 1"


def save(net, path: str | Path, **more: object) -> Path:
    """Writes the weights of `net` beside `path`, then puts the file in its place at once; returns the path.

    Only tensors, numbers and text: the file is read back with torch.load(weights_only=True), nothing in it can run.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    state = {"format": FORMAT, "architecture": net.architecture(), "weights": net.state_dict(), **more}
    try:
        with open(beside, "wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def load(net, path: str | Path) -> object:
    """Puts the weights of a file into `net`, all of them or none.

    Raises:
        ValueError: « load.path : un réseau de même architecture (layers), reçu … ».
    """
    net.load_state_dict(read(net, path, "load.path")["weights"])
    return net


def read(net, path: str | Path, where: str) -> dict[str, object]:
    """What a file holds, once it is known to be whole and to fit `net`."""
    path = Path(path)
    try:
        state = torch.load(path, map_location=net.device, weights_only=True)
    except FileNotFoundError:
        raise _check.refuse(where, "un fichier qui existe", str(path)) from None
    except (RuntimeError, EOFError, pickle.UnpicklingError, ValueError, OSError, KeyError) as error:
        reason = " ".join(str(error).split())[:60]
        raise _check.refuse(where, f"un fichier entier, écrit par save ou fit ({reason})", str(path)) from None
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise _check.refuse(where, "un fichier écrit par save ou fit", str(path))
    mine, theirs = net.architecture(), state["architecture"]
    for key in mine:
        if mine[key] != theirs.get(key):
            here, there = difference(mine[key], theirs.get(key))
            raise ValueError(f"{where}\u00a0: un réseau de même architecture ({key}\u00a0: {here}), reçu {there}")
    for name, value in state["weights"].items():
        if not torch.isfinite(value).all():
            raise _check.refuse(where, f"des poids finis ({name})", str(path))
    return state


def difference(mine: object, theirs: object) -> tuple[str, str]:
    """The first layers that differ, or the two values."""
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        mine, theirs = next((a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    elif isinstance(mine, list) and isinstance(theirs, list):
        mine, theirs = ([f"{a['n_in']} → {a['n_out']}" for a in chain] for chain in (mine, theirs))
    if isinstance(mine, dict) and isinstance(theirs, dict):
        keys = [k for k in mine if mine[k] != theirs.get(k)]
        mine, theirs = ({k: d.get(k) for k in keys} for d in (mine, theirs))
    return str(mine), str(theirs)


def checked_weights(where: str, net) -> None:
    """Refuses weights that are not numbers."""
    for name, p in net.named_parameters():
        if not torch.isfinite(p).all():
            raise _check.refuse(where, "des poids finis", f"NaN ou infini dans {name}")


def fingerprint(samples: object) -> tuple[int, int]:
    """How many samples, and a sum of their labels that another set would not have."""
    return (0, 0) if samples is None else (len(samples), zlib.crc32(np.ascontiguousarray(samples.y).tobytes()))
