"""Weights in a safetensors file that is whole or is not there: tensors alone, nothing that could run."""

import os
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from course import _check


def write(path: str | Path, tensors: dict[str, torch.Tensor], kind: dict[str, str]) -> Path:
    """Written beside, then put in its place at once."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        save_file(tensors, beside, metadata=kind)
        with open(beside, "rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def read(where: str, path: str | Path) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """The tensors, and what is said about them."""
    if not Path(path).is_file():
        raise _check.refuse(where, "un fichier qui existe", str(path))
    try:
        with safe_open(path, framework="pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}  # noqa: SIM118
    except (SafetensorError, OSError) as error:
        reason = " ".join(str(error).split())[:60]
        raise _check.refuse(where, f"un fichier safetensors entier ({reason})", str(path)) from None


def fill(where: str, net: torch.nn.Module, state: dict[str, torch.Tensor], path: str | Path) -> None:
    """Puts `state` into `net`, all of it or none."""
    mine = net.state_dict()
    for name in sorted({*mine, *state}):
        if name not in mine or name not in state or mine[name].shape != state[name].shape:
            raise _check.refuse(where, f"les poids de ce réseau ({name})", str(path))
        if not torch.isfinite(state[name]).all():
            raise _check.refuse(where, f"des poids finis ({name})", str(path))
    net.load_state_dict(state)


def device(where: str, name: object) -> torch.device:
    """A device that this machine has."""
    try:
        found = torch.device(name)
    except (RuntimeError, TypeError):
        raise _check.refuse(where, "«\u00a0cpu\u00a0» ou «\u00a0cuda\u00a0»", name) from None
    if found.type == "cuda" and not torch.cuda.is_available():
        raise _check.refuse(where, "«\u00a0cpu\u00a0»\u00a0: cette machine n'a pas de carte CUDA", str(name))
    return found
