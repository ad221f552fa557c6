"""Cells to HTML: no script, no font, nothing from elsewhere; every picture has its words."""

import html
import re
from collections.abc import Iterator

from course.workbook.site.formulas import apart

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
HEAD = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="course-source" content="{source}">
<title>{title}</title>
<style>
body {{ font: 17px/1.55 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 54rem;
  padding: 1rem 1.2rem 4rem; }}
a {{ color: #0b57a4; }} a:focus-visible {{ outline: 3px solid #c05c00; }}
h1, h2, h3 {{ line-height: 1.25; }} h2 {{ margin-top: 2.6rem; border-bottom: 1px solid #bbb; }}
pre {{ background: #f5f5f5; padding: .6rem .8rem; overflow-x: auto; font-size: .86rem; line-height: 1.4; }}
pre.sortie {{ background: none; border-left: 3px solid #bbb; }} code {{ font-size: .9em; }}
blockquote {{ margin: 1rem 0; padding: .1rem 1rem; border-left: 4px solid #0b57a4; background: #f3f7fb; }}
table {{ border-collapse: collapse; }} th, td {{ border: 1px solid #999; padding: .2rem .6rem; }}
figure {{ margin: 1rem 0; }} figure img {{ max-width: 100%; height: auto; }}
figcaption {{ color: #444; font-size: .92rem; }} math[display="block"] {{ overflow-x: auto; padding: .3rem 0; }}
{colours}</style></head><body>
"""
CAPTION = "Explorateur, tel qu'il s'ouvre\u00a0; ses réglages se manipulent dans le cours. {said}"
MOVED = "(Un réglage à manipuler dans le cours ouvert.)"
TOLD = re.compile(r"\*(?:\w+ )?[Ff]igure\s*:\*\s*(.+?)(?=\n\s*\n|\*\w+ figure\s*:|\Z)", re.DOTALL)


def opened(title: str, source: str = "") -> str:
    """The beginning of a page."""
    from pygments.formatters import HtmlFormatter

    colours = HtmlFormatter(style="default").get_style_defs("pre")
    return HEAD.format(policy=POLICY, source=source, title=html.escape(title), colours=colours)


def page(cells: list[dict], name: str, source: str, others: str = "index.html") -> str:
    """A whole notebook."""
    title = title_of(cells, name)
    parts = [opened(title, source), f'<nav><a href="{others}">Tous les TD</a></nav>\n<main>']
    heading = title
    for rank, cell in enumerate(cells):
        text = cell["source"]
        if cell["cell_type"] == "markdown":
            found = re.findall(r"^#{1,3} +(.+)$", text, re.MULTILINE)
            heading = found[-1] if found else heading
            parts.append(markdown(text))
        elif cell["cell_type"] == "code":
            if not {"remove-input", "hide-input"} & set(cell["metadata"].get("tags", ())):
                parts.append(highlighted(text))
            parts += outputs(cell["outputs"], described(cells, rank), f"Figure de la partie «\u00a0{heading}\u00a0».")
    return "\n".join([*parts, "</main></body></html>\n"])


def title_of(cells: list[dict], name: str) -> str:
    """The one title of a notebook."""
    for cell in cells:
        found = re.search(r"^# +(.+)$", cell["source"], re.MULTILINE)
        if cell["cell_type"] == "markdown" and found:
            return found.group(1)
    return name


def described(cells: list[dict], rank: int) -> list[str]:
    """What the text after a cell says of its figures, « *Figure :* … »; nothing when another cell draws before."""
    for cell in cells[rank + 1 : rank + 4]:
        if cell["cell_type"] == "markdown":
            found = TOLD.findall(cell["source"])
            if found:
                return [" ".join(re.sub(r"[*`$\\]", "", text).split()) for text in found]
        elif any("image/png" in one.get("data", {}) for one in cell["outputs"]):
            return []
    return []


def markdown(text: str) -> str:
    """Markdown with its formulas; links between notebooks become links between pages."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    plain, back = apart(text)
    made = re.sub(r'(href="[^":]+)\.ipynb', r"\1.html", markdown2html_mistune(plain))
    return re.sub(r'<a class="anchor-link".*?</a>', "", back(made))


def highlighted(text: str) -> str:
    """A cell of Python."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name

    made = highlight(text, get_lexer_by_name("ipython3"), HtmlFormatter(nowrap=True))
    return f"<pre><code>{made.rstrip()}</code></pre>" if text.strip() else ""


def outputs(found: list[dict], told: list[str], place: str) -> Iterator[str]:
    """What a cell showed, in its order; `told`: what is said of each figure, `place` where nothing is."""
    from nbconvert.filters import ansi2html

    told = list(told)
    for one in found:
        kind = one["output_type"]
        if kind == "stream":
            if one["name"] == "stdout":  # progress bars and warnings belong to a run, not to a page
                yield f'<pre class="sortie">{ansi2html(one["text"])}</pre>'
        elif kind == "error":
            yield f'<pre class="sortie">{ansi2html(chr(10).join(one["traceback"]))}</pre>'
        else:
            drawn = "image/png" in one["data"]
            alt = told.pop(0) if drawn and told else place
            yield shown(one["data"], one.get("metadata", {}), alt)


def shown(data: dict, about: dict, alt: str) -> str:
    """One result in the richest form that a page without a kernel can have."""
    if "image/png" in data:
        told = about.get("image/png", {})
        words = html.escape(told.get("alt") or alt)
        picture = "".join(data["image/png"].split())
        said = f"<figcaption>{CAPTION.format(said=words)}</figcaption>" if told.get("explorer") else ""
        return f'<figure><img alt="{words}" src="data:image/png;base64,{picture}">{said}</figure>'
    if "text/html" in data:
        return str(data["text/html"])
    if "text/latex" in data or "text/markdown" in data:
        return markdown(data.get("text/latex") or data["text/markdown"])
    if "application/vnd.jupyter.widget-view+json" in data:
        return f"<p><em>{MOVED}</em></p>"
    text = data.get("text/plain", "")
    return f'<pre class="sortie">{html.escape(text)}</pre>' if text else ""
