"""What a check concludes: pure data, shown by feedback, recorded by progress, counted by grading."""

from collections.abc import Callable
from dataclasses import dataclass

PASSED = "réussi"
ALMOST = "presque"
NOT_YET = "pas encore"
ERROR = "erreur"
TO_DO = "à faire"
STATUSES = (PASSED, ALMOST, NOT_YET, ERROR, TO_DO)


@dataclass(frozen=True)
class Table:
    """A few places where the student's result differs, as text ready to show; `note` stands below."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """A status and its reasons.

    Attributes:
        status: one of `STATUSES`.
        sentence: what is said, in French; `code` stands between backquotes.
        idea: the misconception or broken invariant, when one is named (counted over a class).
        table: inputs, expected, obtained.
        trace: the student's own traceback, as plain text.
        notes: remarks that do not change the status.
        function: when it passed, the student's function, dressed if its signature is not the
            statement's.
    """

    status: str
    sentence: str
    idea: str = ""
    table: Table | None = None
    trace: str = ""
    notes: tuple[str, ...] = ()
    function: Callable | None = None

    @property
    def passed(self) -> bool:
        return self.status == PASSED
