"""One submission, and what is expected of it."""

from dataclasses import dataclass, field

from course.workbook.maj.counterparts import mark
from tests.grading.submissions import answered, bytes_of, code

RIGHT = "return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2"
INVERSE = "return I_half + np.arctanh(2 * r / r_max - 1) / kappa"


@dataclass(frozen=True)
class Case:
    """`status`: exercise -> (status, a part of what is said or of the idea); `said`: a part of the remark.

    `file` is where it lies among the submissions; a file alone is named after the student.
    """

    name: str
    content: bytes
    points: float = 0
    status: dict[str, tuple[str, str]] = field(default_factory=dict)
    said: str = ""
    file: str = ""

    @property
    def path(self) -> str:
        return self.file or f"{self.name}.ipynb"


def notebook(first: str = RIGHT, second: str | None = None, before: str = "", after: str = "") -> bytes:
    """The lab with an answer to 04.1 and 04.2, and a cell before or after that of 04.1."""
    page = answered({"04.1": first} | ({"04.2": second} if second else {}))
    at = next(k for k, cell in enumerate(page.cells) if mark(cell, "exercise") == "04.1")
    page.cells[at + 1:at + 1] = [code(after)] if after else []
    page.cells[at:at] = [code(before)] if before else []
    return bytes_of(page)
