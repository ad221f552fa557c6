"""French typography: where non-breaking spaces are missing, and a small fixer.

    python -m tests.typography [PATH…]        lists the faults (sources of notebooks, modules, Markdown)
    python -m tests.typography --fix PATH…    mends the Markdown of sources and of .md files

The convention of this repository: a non-breaking space (U+00A0 or the narrow U+202F) before : ; ? ! % and
inside « », between a number and its unit; straight apostrophes. Code spans and blocks, formulas, links and
tags are not prose, and are left alone; so are docstrings and comments.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.exercises.french import typeset

ROOT = Path(__file__).parents[1]
NBSP, NARROW = "\u00a0", "\u202f"
VALUE = "\ue000"  # stands for a value in an f-string
HIDDEN = "\ue001"  # stands for each letter of what is not prose

NOT_PROSE = [
    r"^ *(```+|~~~+)[^\n]*\n(?:.*\n)*? *\1 *$",  # fenced code
    r"<!--(?:.|\n)*?-->",
    r"(?<!`)(`+)(?!`)(?:.|\n)+?(?<!`)\1(?!`)",  # code spans
    r"\$\$(?:.|\n)+?\$\$",
    r"(?<![\\$\w])\$(?!\s)[^$]+?(?<![\s\\])\$(?!\d)",
    r"\\\[(?:.|\n)+?\\\]|\\\((?:.|\n)+?\\\)",
    r"\]\([^)\s]*(?: \"[^\"]*\")?\)",  # the target of a link
    r"<?\b[a-z]{2,}://[^\s>)»]+>?",
    r"</?[a-zA-Z][^<>]*>",
    r"^[ |:-]*-[ |:-]*$",  # the rule of a table
    r"&(?!nbsp;)#?\w+;",
]
HIDE = [re.compile(pattern, re.MULTILINE) for pattern in NOT_PROSE]

SPACES = f"[{NBSP}{NARROW}]"
WORD = rf"[\w{VALUE}{HIDDEN})\]»\"']"
AFTER_WORD = rf"(?:(?<={WORD})|(?<={WORD}[*])|(?<={WORD}[*][*]))"  # a word may end in bold
STOP = r"(?=[\s*_»)\]|\".,…]|$)"
NUMBER = rf"[\d{VALUE}]"
LONG = (
    r"(?:ms|mV|µV|μV|kV|[nµμpmk]A|[kMG]?Hz|[kMG]?Ω|[nµμpm]F|[nµμpm]S|°C|[cmµμnk]m|mM|mol|min|[kMGT]o|"
    r"bits?|mS/cm²|[µμ]?A/cm²|[µμ]F/cm²)(?![\w])"
)
SHORT = r"(?:[sVAKmh])(?![\w'’-])"

RULES = [
    ("une espace insécable avant", re.compile(rf"(?<=\S) (?=[:;?!]{STOP})"), NBSP),
    ("une espace insécable avant", re.compile(rf"{AFTER_WORD}(?=[:;?!]{STOP})"), NBSP),
    ("une espace insécable avant %", re.compile(rf"(?<={NUMBER}) ?(?=%(?!\w))"), NBSP),
    ("une espace insécable après «", re.compile(rf"(?<=«) ?(?!{SPACES}|$)"), NBSP),
    ("une espace insécable avant »", re.compile(rf"(?<!{SPACES})(?<!^)(?: (?=»)|(?<! )(?=»))"), NBSP),
    ("une espace insécable avant l'unité", re.compile(rf"(?<={NUMBER}) ?(?={LONG})"), NBSP),
    ("une espace insécable avant l'unité", re.compile(rf"(?<=\d) (?={SHORT})"), NBSP),
    ("une apostrophe droite", re.compile("’"), "'"),
]


@dataclass(frozen=True)
class Fault:
    """What is wrong at `start:end` of a text, and what to write there."""

    start: int
    end: int
    written: str
    rule: str

    def excerpt(self, text: str) -> str:
        around = text[max(self.start - 25, 0) : self.end + 25]
        return " ".join(around.replace(NBSP, "~").replace(NARROW, "~").replace(VALUE, "…").split())


def faults(text: str) -> list[Fault]:
    """The faults of a text in prose, in order."""
    prose = _prose(text)
    found = {}
    for rule, pattern, written in RULES:
        for match in pattern.finditer(prose):
            found.setdefault(match.span(), Fault(*match.span(), written, rule))
    return [found[span] for span in sorted(found)]


def fixed(text: str) -> str:
    """The text without its faults."""
    for fault in reversed(faults(text)):
        text = text[: fault.start] + fault.written + text[fault.end :]
    return text


def _prose(text: str) -> str:
    """The text, letter for letter, with what is not prose hidden."""
    text = text.replace("&nbsp;", NBSP * 6)
    for pattern in HIDE:
        text = pattern.sub(lambda match: re.sub(r"\S", HIDDEN, match.group()), text)
    return text


ACCENTS = re.compile(r"[À-ÖØ-öø-ÿœŒ«»]")
COMMON = re.compile(
    r"\b(?:le|la|les|un|une|des|du|de|est|sont|et|ou|que|qui|dans|pour|par|sur|avec|sans|vous|votre|ne|pas|ce|"
    r"cette|au|aux|il|elle|en|se)\b",
    re.IGNORECASE,
)


QUOTED = re.compile(r"""(?<![\w\\])(["'`])((?:\\.|(?!\1).)*)\1""")  # a string of JavaScript, on one line


def french(text: str) -> bool:
    """Whether a literal of the code is a sentence in French: words, and accents or two common words."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return "«" in text or bool(words) and (bool(ACCENTS.search(text)) or len(COMMON.findall(text)) >= 2)


def literals(code: str) -> Iterator[tuple[int, str]]:
    """The French literals of a module: (line, text); values of f-strings stand as one sign.

    Docstrings are left out, and so are regular expressions (the arguments of `re.…`).
    """
    tree = ast.parse(code)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            skipped |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(inner) for inner in ast.walk(node)} - _inner(node)
            text = "".join(_shown(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        yield from ((node.lineno, piece) for piece in _pieces(text) if french(piece))


def _pieces(text: str) -> list[str]:
    """The text; of a function, whose words are names, its own strings."""
    if not re.match(r"def \w+\(", text):
        return [text]
    try:
        inside = ast.walk(ast.parse(text))
    except SyntaxError:  # part of a function
        return [text]
    return [node.value for node in inside if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _shown(part: ast.expr) -> str:
    """A part of an f-string; a constant such as NBSP stands for the space it names."""
    if isinstance(part, ast.Constant):
        return part.value
    return NBSP if isinstance(part.value, ast.Name) and "NBSP" in part.value.id else VALUE


def _inner(node: ast.JoinedStr) -> set[int]:
    """The literals inside the braces of an f-string, which are strings of their own."""
    values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    return {id(inner) for value in values for inner in ast.walk(value)}


def listed(path: Path) -> list[str]:
    """The faults of a file, in words: place, rule, excerpt."""
    text = path.read_text(encoding="utf-8")
    name = path.resolve().relative_to(ROOT).as_posix() if path.resolve().is_relative_to(ROOT) else str(path)
    if path.suffix == ".md":
        pieces = [("", 1, text)]
    elif path.suffix == ".js":
        quoted = ((number, s) for number, line in enumerate(text.split("\n"), 1) for _, s in QUOTED.findall(line))
        pieces = [("", number, s) for number, s in quoted if french(s)]
    elif _is_source(text):
        pieces = list(_cells(text))
    else:
        # the exercises write with plain spaces, and their engine sets every sentence that it shows
        seen = typeset if "exercises" in path.parts else str
        pieces = [("", line, seen(literal)) for line, literal in literals(text)]
    return [
        f"{name}{place}, ligne {line + piece.count(chr(10), 0, fault.start)} : {fault.rule} — {fault.excerpt(piece)}"
        for place, line, piece in pieces
        for fault in faults(piece)
    ]


def fix(path: Path) -> bool:
    """Mend the Markdown of a source or of a .md file; whether anything changed."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        better = fixed(text)
    elif _is_source(text):
        better = "".join(_mended(piece) for piece in re.split(r"(?m)^(?=# %%)", text))
    else:
        return False
    if better != text:
        path.write_text(better, encoding="utf-8", newline="\n")
    return better != text


def _is_source(text: str) -> bool:
    return bool(re.search(r"(?m)^# %%( |$)", text))


def _cells(text: str) -> Iterator[tuple[str, int, str]]:
    """The prose of a source: its Markdown cells, and the French literals of its code."""
    from course.workbook import rules, source

    for cell in source.read(text, "")[1]:
        place = f", cellule « {cell.id} »"
        if cell.kind == "markdown":
            yield place, cell.line + 1, cell.text
        elif cell.kind == "code":
            code = "\n".join(rules.without_magic(line) for line in cell.text.split("\n"))
            for line, literal in literals(code):
                yield place, cell.line + line, literal


def _mended(piece: str) -> str:
    head, newline, body = piece.partition("\n")
    if not head.startswith("# %% [markdown]"):
        return piece
    lines = [re.match(r"(#? ?)(.*)", line).groups() for line in body.split("\n")]
    better = fixed("\n".join(line for _, line in lines)).split("\n")
    return head + newline + "\n".join(p + line for (p, _), line in zip(lines, better, strict=True))


def every_file() -> list[Path]:
    """All that a person reads: sources of notebooks, messages of the package, Markdown pages."""
    files = [*(ROOT / "solutions").glob("*.py"), *ROOT.glob("*.md")]
    files += [path for ending in ("py", "js") for path in (ROOT / "course").rglob(f"*.{ending}")]
    return sorted(files)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.typography")
    parser.add_argument("--fix", action="store_true", help="mend the Markdown of these files")
    parser.add_argument("paths", nargs="*", type=Path)
    chosen = parser.parse_args(argv)
    paths = chosen.paths or every_file()
    if chosen.fix:
        print("\n".join(f"mended: {path}" for path in paths if fix(path)))
    found = [fault for path in paths for fault in listed(path)]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
