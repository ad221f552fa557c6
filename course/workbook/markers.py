"""nbgrader's two markers: what stands between them is the instructor's, and becomes a stub in the lab."""

import difflib
import re

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = "...  # À compléter"
ANSWER = "*Votre réponse ici.*"
TAG = "solution"  # a cell with this tag is dropped from the lab

# a line that was meant to be a marker: the two words, in one order or the other, in any case or spacing
_MEANT = re.compile(
    r"(?:^|#)[\W_]*(?:(?:begin|end|d[ée]but|fin)[\W_]*solutions?\b|solutions?[\W_]*(?:begin|end)\b)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"#{2,}\s*([A-Z _-]{6,})\s*#*\s*$")


def faults(text: str) -> list[tuple[int, str]]:
    """The faults of the markers of one cell: (line in the cell, what is wrong)."""
    found: list[tuple[int, str]] = []
    opened = None  # (line number, indentation) of the marker waiting for its end
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        word = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        if word == BEGIN:
            if opened:
                found.append(
                    (number, f"{BEGIN} dans une solution déjà ouverte ligne\u00a0{opened[0]}")
                )
            else:
                opened = (number, indent)
        elif word == END:
            if not opened:
                found.append((number, f"{END} sans {BEGIN}"))
            elif indent != opened[1]:
                found.append(
                    (number, f"{END} n'est pas aligné sur son {BEGIN} (ligne\u00a0{opened[0]})")
                )
            elif not "".join(lines[opened[0] : number - 1]).strip():
                found.append((number, f"rien entre {BEGIN} et {END}"))
            opened = None
        elif misspelt(line):
            found.append((number, f"marqueur mal écrit, {BEGIN} ou {END} attendu, reçu {word}"))
    if opened:
        found.append((opened[0], f"{BEGIN} sans {END}"))
    return found


def misspelt(line: str) -> bool:
    """Whether `line` was meant to be a marker and is not one."""
    if line.strip() in (BEGIN, END):
        return False
    if _MEANT.search(line):
        return True
    shouted = _SHOUTED.search(line)
    words = shouted.group(1).strip() if shouted else ""
    return bool(difflib.get_close_matches(words, ["BEGIN SOLUTION", "END SOLUTION"], cutoff=0.8))


def split(text: str) -> tuple[list[str], list[str]]:
    """The given lines of a cell, and the lines of its solutions (markers are in neither)."""
    given, hidden, inside = [], [], False
    for line in text.split("\n"):
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        else:
            (hidden if inside else given).append(line)
    return given, hidden


def has_markers(text: str) -> bool:
    return any(line.strip() in (BEGIN, END) for line in text.split("\n"))


def stubbed(text: str, stub: str = STUB) -> str:
    """The cell as the student receives it: each solution is replaced by one line at the same indent.

    >>> print(stubbed("def f(x):\\n    ### BEGIN SOLUTION\\n    return 2 * x\\n    ### END SOLUTION"))
    def f(x):
        ...  # À compléter
    """
    kept, inside = [], False
    for line in text.split("\n"):
        word = line.strip()
        if word == BEGIN:
            inside = True
            kept.append(line[: len(line) - len(line.lstrip())] + stub)
        elif word == END:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)
