"""What a student reads: a card with a coloured bar, an icon and a word in a notebook, the same text elsewhere."""

import html
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from course.exercises.french import typeset
from course.exercises.verdict import Table

TEXT = "var(--jp-ui-font-color1, inherit)"
SOFT = "var(--jp-ui-font-color2, inherit)"
LINE = "var(--jp-border-color2, rgba(128, 128, 128, .4))"
SHADE = "var(--jp-layout-color2, rgba(128, 128, 128, .12))"
CODE = "font-family: var(--jp-code-font-family, monospace); font-size: .92em"


@dataclass(frozen=True)
class Card:
    """A heading (icon, word, subject) and what follows; sentences may hold `code` between backquotes."""

    icon: str
    word: str
    subject: str
    color: str
    sentences: Sequence[str] = ()
    table: Table | None = None
    code: str = ""
    remarks: Sequence[str] = field(default_factory=tuple)

    def _repr_html_(self) -> str:
        body = [
            f'<div><span aria-hidden="true" style="color: {self.color}; font-weight: 700">{self.icon}</span> '
            f'<strong>{_rich(self.word)}</strong> <span style="color: {SOFT}">{_rich(self.subject)}</span></div>'
        ]
        body += [f'<div style="margin-top: .35em">{_rich(text)}</div>' for text in self.sentences]
        if self.table:
            body.append(_table(self.table))
            if self.table.note:
                body.append(f'<div style="margin-top: .35em; color: {SOFT}">{_rich(self.table.note)}</div>')
        if self.code:
            body.append(
                f'<pre style="margin: .5em 0 0; padding: .5em .7em; background: {SHADE}; color: {TEXT}; '
                f'overflow-x: auto; white-space: pre; {CODE}">{html.escape(self.code)}</pre>'
            )
        body += [
            f'<div style="margin-top: .35em; color: {SOFT}">{_rich(text)}</div>' for text in self.remarks
        ]
        return (
            f'<div role="group" style="border-left: 5px solid {self.color}; padding: .45em .9em; margin: .3em 0; '
            f'max-width: 46em; color: {TEXT}; line-height: 1.45">' + "".join(body) + "</div>"
        )

    def __str__(self) -> str:
        lines = [typeset(f"{self.icon} {self.word} {self.subject}"), *map(typeset, self.sentences)]
        if self.table:
            lines += [*_columns(self.table), *([typeset(self.table.note)] if self.table.note else [])]
        if self.code:
            lines += ["    " + line for line in self.code.splitlines()]
        return "\n".join([*lines, *map(typeset, self.remarks)])

    __repr__ = __str__


def show(card: Card) -> None:
    """Displayed in a notebook, printed elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython and ipython.get_ipython():
        ipython.display.display(card)
    else:
        print(card)


def plain(text: str) -> str:
    """A student's own text inside a sentence: its backquotes must not be read as ours."""
    return text.replace("`", "'")


def _rich(text: str) -> str:
    pieces = html.escape(typeset(text)).split("`")
    return "".join(
        f'<code style="{CODE}">{piece}</code>' if k % 2 else piece for k, piece in enumerate(pieces)
    )


def _table(table: Table) -> str:
    cell = f"padding: .15em .9em .15em 0; border-bottom: 1px solid {LINE}; text-align: left"
    head = "".join(
        f'<th scope="col" style="{cell}; font-weight: 600">{html.escape(x)}</th>' for x in table.headers
    )
    rows = "".join(
        "<tr>" + "".join(f'<td style="{cell}">{html.escape(x)}</td>' for x in row) + "</tr>"
        for row in table.rows
    )
    return (
        f'<table style="margin: .5em 0 0; border-collapse: collapse; background: transparent; '
        f"color: {TEXT}; font-variant-numeric: "
        f'tabular-nums"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _columns(table: Table) -> list[str]:
    lines = [table.headers, *table.rows]
    widths = [max(len(line[k]) for line in lines) for k in range(len(table.headers))]
    return [
        "    " + "  ".join(x.ljust(width) for x, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
