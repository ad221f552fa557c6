"""The weights of a model in one .npz file: arrays alone, nothing that could run."""

import zipfile
from pathlib import Path

import numpy as np

from course import _check
from course.nn.module import Module


def save(model: Module, path: str | Path) -> Path:
    """Writes every parameter under « rank.name »; a shared one once. Returns the path, which ends in .npz.

    >>> import tempfile
    >>> from course.nn import Linear
    >>> there, here = Linear(3, 2, rng=0), Linear(3, 2, rng=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load(here, save(there, folder + "/poids"))
    Linear(3, 2)
    >>> bool((here.W.value == there.W.value).all())
    True
    """
    path = Path(path)
    if path.suffix != ".npz":
        path = path.with_name(path.name + ".npz")
    with open(path, "wb") as file:
        np.savez_compressed(file, **named(model))
    return path


def load(model: Module, path: str | Path) -> Module:
    """Puts the weights of a file into `model`, all of them or none: names and shapes must be those of the model.

    Raises:
        ValueError: « load.path : les poids de ce modèle, reçu 2.W (256, 10) au lieu de 2.W (128, 10) ».
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except FileNotFoundError:
        raise _check.refuse("load.path", "un fichier qui existe", str(path)) from None
    except (ValueError, zipfile.BadZipFile, EOFError, AttributeError) as e:
        raise _check.refuse("load.path", f"un fichier .npz entier, écrit par save ({e})", str(path)) from None
    wanted = named(model)
    for name in [*wanted, *found]:
        if said(name, wanted) != said(name, found):
            given = f"reçu {said(name, found)} au lieu de {said(name, wanted)}"
            raise ValueError(f"load.path\u00a0: les poids de ce modèle, {given}")
    for name in wanted:
        if not np.isfinite(found[name]).all():
            raise _check.refuse("load.path", f"des poids finis ({name})", str(path))
    for name, value in wanted.items():
        value[...] = found[name]
    model.zero_grad()
    return model


def named(model: Module) -> dict[str, np.ndarray]:
    if not isinstance(model, Module):
        raise _check.refuse("save/load.model", "un module", model)
    return {f"{k}.{p.name}": p.value for k, p in enumerate(model.parameters())}


def said(name: str, arrays: dict[str, np.ndarray]) -> str:
    return f"{name} {arrays[name].shape}" if name in arrays else f"{name} absent"
