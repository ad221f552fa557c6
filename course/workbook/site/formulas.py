"""LaTeX between dollars, in a text of Markdown or in an output, to MathML."""

import html
import re
from collections.abc import Callable

CODE = re.compile(r"(^ *```.*?^ *```|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
MATH = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$((?:[^$\n]|\n(?!\n))+?)\$", re.DOTALL)
PLACE = "\ue000{}\ue001"  # letters that no text has: Markdown leaves them where they are


def mathml(tex: str, block: bool) -> str:
    """One formula; its LaTeX itself when it cannot be converted."""
    from latex2mathml import exceptions
    from latex2mathml.converter import convert

    faults = tuple(one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception))
    try:
        return convert(tex.strip(), display="block" if block else "inline")
    except faults:
        return f"<code>{html.escape(tex.strip())}</code>"


def apart(text: str) -> tuple[str, Callable[[str], str]]:
    """A text whose formulas are replaced by marks, and the function that puts them back into the HTML of it."""
    found: list[str] = []

    def kept(match: re.Match) -> str:
        block, inline = match.groups()
        found.append(mathml(block or inline, block is not None))
        return PLACE.format(len(found) - 1)

    pieces = CODE.split(text)  # every other one is code
    pieces[::2] = [MATH.sub(kept, piece) for piece in pieces[::2]]

    def back(page: str) -> str:
        return re.sub("\ue000(\\d+)\ue001", lambda match: found[int(match.group(1))], page)

    return "".join(pieces), back
