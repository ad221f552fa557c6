"""What stands in a student's process for the parts of the course that it must not, or need not, load."""

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any

ABSENT = ("course.exercises", "course.widgets", "course.workbook", "IPython", "ipywidgets")


class Nothing:
    """Whatever is asked of it, it gives itself: a cell that draws or asks goes on."""

    def __call__(self, *_: Any, **__: Any) -> "Nothing":
        return self

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self):
        return iter((self, self, self))

    def __str__(self) -> str:
        return ""

    def __format__(self, spec: str) -> str:
        return ""


class Hollow(ModuleType):
    """A module that has every name."""

    __path__: list = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a hollow module for everything under these names."""

    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in ABSENT):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return Hollow(spec.name)

    def exec_module(self, module):
        pass


def install(exercises: dict[str, Any]) -> None:
    """From now on, `course.exercises` has these names and no answer."""
    sys.meta_path.insert(0, Finder())
    import course.exercises

    vars(course.exercises).update(exercises)
