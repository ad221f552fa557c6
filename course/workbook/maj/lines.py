"""Three versions of a text become one, line by line: what was given, what the student made of it, the new one."""

import ast
import warnings
from difflib import SequenceMatcher

from course.workbook.rules import without_magic

Edit = tuple[int, int, list[str]]  # lines [from, to) of the given text become these


def same(a: str, b: str) -> bool:
    """Whether two texts say the same: ends of lines and of text do not count."""
    return a == b or bare(a) == bare(b)


def bare(text: str) -> list[str]:
    """The lines of a text without the spaces at their ends, nor the empty ones around."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def merged(given: str, mine: str, new: str, apart: bool = False) -> str | None:
    """The new text with the student's changes, every line of theirs included; None when both changed one place.

    Args:
        apart: True refuses too changes that touch without overlapping.
    """
    base = bare(given)
    ours, theirs = edits(base, bare(mine)), edits(base, bare(new))
    if not ours or not theirs:
        return mine if ours else new
    both = _in_order(ours, theirs, apart)
    if both is None:
        return None
    lines, at = [], 0
    for start, stop, text in both:
        lines += [*base[at:start], *text]
        at = stop
    return "\n".join([*lines, *base[at:]])


def edits(before: list[str], after: list[str]) -> list[Edit]:
    """What changes one list of lines into the other."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(i, j, after[k:n]) for step, i, j, k, n in steps if step != "equal"]


def _in_order(ours: list[Edit], theirs: list[Edit], apart: bool) -> list[Edit] | None:
    """Both lists of edits as one; None when two of them are for the same place."""
    shared = [edit for edit in ours if edit in theirs]
    both = sorted([*ours, *(edit for edit in theirs if edit not in shared)], key=lambda edit: edit[:2])
    for (first, stop, _), (start, end, _) in zip(both, both[1:], strict=False):
        together = start == stop and (apart or first == stop == end)  # two insertions in one place
        if start < stop or together:
            return None
    return both


def readable(code: str) -> bool:
    """Whether a cell is Python, magics aside."""
    plain = "\n".join(without_magic(line) for line in code.split("\n"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(plain, "cellule", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
