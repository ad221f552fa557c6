"""A room whose files are read when one of their names is asked for: importing it costs nothing."""

from collections.abc import Callable
from importlib import import_module

from course._check import nearest


def lazily(room: str, files: dict[str, tuple[str, ...]]) -> tuple[list[str], Callable[[str], object]]:
    """The `__all__` and the `__getattr__` of the package `room`, whose `files` hold these names."""
    where = {name: file for file, names in files.items() for name in names}

    def find(name: str) -> object:
        if name not in where:
            raise AttributeError(f"{room}\u00a0: «\u00a0{name}\u00a0» n'y est pas{nearest(name, where)}")
        return getattr(import_module(f"{room}.{where[name]}"), name)

    return [*where], find
