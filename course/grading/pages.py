"""What an instructor reads: a page per student, a page for the class; every text of a student is escaped."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from course.exercises.verdict import STATUSES
from course.grading.tables import decimal

HEAD = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1a1a1a}}
table{{border-collapse:collapse}}td,th{{border:1px solid #999;padding:.2em .6em;text-align:left;vertical-align:top}}
pre{{background:#f3f3f3;padding:.6em;overflow-x:auto;white-space:pre-wrap}}</style></head><body>
<h1>{title}</h1>
"""
BOX = "<p><label>Note\u00a0: <input size='5'></label> sur {most}</p>"


def student(record: dict, td: str, seen: str) -> str:
    """One student's report: what passed, which idea is missing, the open answers to read."""
    parts = [HEAD.format(title=f"{escape(td)} — {escape(record['etudiant'])}")]
    if record["probleme"]:
        parts.append(f"<p><strong>{escape(record['probleme'])}</strong></p>")
    earned = sum(one["points"] for one in record["exercices"])
    most = sum(one["bareme"] for one in record["exercices"] if not one["a_la_main"])
    parts.append(f"<p>Vérifié seul\u00a0: {decimal(earned)} sur {decimal(most)}. {escape(seen)}</p>")
    for one in record["exercices"]:
        parts.append(f"<h2>{escape(one['id'])} — {escape(one['titre'])}\u00a0: {escape(one['statut'])}</h2>")
        parts.append(f"<p>{escape(one['phrase'])}</p>")
        if one["trace"]:
            parts.append(f"<pre>{escape(one['trace'])}</pre>")
        if one["reponse"]:
            shown = " open" if one["a_la_main"] else ""
            parts.append(f"<details{shown}><summary>Réponse</summary><pre>{escape(one['reponse'])}</pre></details>")
        if one.get("note") is not None:
            parts.append(f"<p>Note\u00a0: {decimal(one['note'])} sur {decimal(one['bareme'])}. "
                         f"{escape(one['commentaire'])}</p>")  # fmt: skip
        elif one["a_la_main"]:
            parts.append(BOX.format(most=decimal(one["bareme"])))
    return "\n".join([*parts, "</body></html>\n"])


def group(records: Sequence[dict], td: str, seen: str) -> str:
    """The class: each exercise with how many passed and which ideas are missing, then the files to look at."""
    parts = [HEAD.format(title=f"{escape(td)} — la classe"), f"<p>{len(records)}\u00a0rendus. {escape(seen)}</p>"]
    by_id: dict[str, list[dict]] = {}
    for record in records:
        for one in record["exercices"]:
            by_id.setdefault(one["id"], []).append(one)
    heads = "".join(f"<th scope='col'>{escape(status)}</th>" for status in STATUSES)
    parts.append(f"<table><thead><tr><th scope='col'>Exercice</th>{heads}<th scope='col'>Idées qui manquent</th></tr>")
    parts.append("</thead><tbody>")
    for id, ones in by_id.items():
        counts = Counter(one["statut"] for one in ones)
        ideas = Counter(one["idee"] for one in ones if one["idee"]).most_common()
        listed = "<br>".join(f"{count}\u00a0× {escape(idea)}" for idea, count in ideas)
        cells = "".join(f"<td>{counts[status] or ''}</td>" for status in STATUSES)
        parts.append(f"<tr><th scope='row'>{escape(id)} {escape(ones[0]['titre'])}</th>{cells}<td>{listed}</td></tr>")
    parts.append("</tbody></table>")
    odd = [record for record in records if record["probleme"]]
    if odd:
        parts.append("<h2>À regarder</h2><ul>")
        for record in odd:
            whose = f"{escape(record['etudiant'])} ({escape(record['fichier'])})"
            parts.append(f"<li>{whose}\u00a0: {escape(record['probleme'])}</li>")
        parts.append("</ul>")
    return "\n".join([*parts, "</body></html>\n"])
