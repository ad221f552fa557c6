"""What happens to files: a line each in the report, and the marks of what can still be read."""

import io
import json
import zipfile

from tests.grading.corpus.case import RIGHT, Case, notebook
from tests.grading.submissions import as_json, bytes_of, code, lab

WHOLE = notebook()


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(change, data: bytes = WHOLE) -> bytes:
    page = as_json(data)
    change(page)
    return json.dumps(page).encode()


def bare(page: dict) -> None:
    """As an editor leaves it that knows no metadata."""
    for cell in page["cells"]:
        cell.update(metadata={}, id="même")


def odd(page: dict) -> None:
    page["metadata"] = [1]
    page["cells"][0]["metadata"] = {"course": {"exercise": ["04.1"], "id": {}}}
    page["cells"] += [None, 3, {"cell_type": "code"}, {"cell_type": [], "source": {"a": 1}, "metadata": "x"}]


def hostile(source: str):
    return lambda page: page["cells"].insert(3, code(source))


def spoilt() -> bytes:
    data = bytearray(zipped(**{"a.ipynb": WHOLE}))
    data[200:260] = bytes(60)
    return bytes(data)


def deep() -> bytes:
    return b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


def archives() -> list[Case]:
    mac = {"TD04.ipynb": WHOLE, "__MACOSX/._TD04.ipynb": b"\0\5", ".ipynb_checkpoints/TD04-checkpoint.ipynb": b"{}"}
    return [
        Case("archive", zipped(**{"TD04.ipynb": WHOLE}), 1, file="archive.zip"),
        Case("archive de Mac", zipped(**mac), 1, file="archive de Mac.zip"),
        Case("archive qui grimpe", zipped(**{"../../../x.ipynb": WHOLE}), 1, file="archive qui grimpe.zip"),
        Case("archive double", zipped(**{"a.ipynb": WHOLE, "b.ipynb": WHOLE}), said="2 carnets",
             file="archive double.zip"),
        Case("archive abîmée", spoilt(), said="L'archive ne s'ouvre pas", file="archive abîmée.zip"),
        Case("archive vide", b"PK", said="L'archive ne s'ouvre pas", file="archive vide.zip"),
        Case("archive gonflée", zipped(**{"a.ipynb": bytes(60 * 2**20)}), said="L'archive contient",
             file="archive gonflée.zip"),
    ]


def cases() -> list[Case]:
    cut = WHOLE[: WHOLE.index(b"tanh(kappa * (I - I_half))") + 60]
    twice = changed(lambda page: page["cells"].extend(page["cells"]))
    huge = changed(lambda page: page["cells"][4].update(outputs=[{"text": "x" * 10**6}] * 10))
    sources = (
        "x = " + "(" * 300 + ")" * 300, "x = " + "-" * 100_000 + "1", "x = a" + ".b" * 60_000,
        "x = 0x" + "f" * 150_000, "x = '\0'", "x = '\ud83d'", "%%bash\nrm -rf /\n!ls",
        "\n".join(f"a{k} = a{k + 1}" for k in range(1500)),
    )
    return [
        *archives(),
        Case("sources absurdes", changed(lambda page: [hostile(text)(page) for text in sources]), 1),
        Case("coupé", cut, 1),
        Case("coupé en deux mots", WHOLE.replace(b"tanh", b"ta\x00nh"), 0, {"04.1": ("erreur", "")}),
        Case("utf-16", WHOLE.decode().encode("utf-16"), 1),
        Case("fins de ligne", changed(lambda page: [c.update(source="".join(c["source"]).replace("\n", "\r\n"))
                                                     for c in page["cells"]]), 1),
        Case("sans métadonnées", changed(bare), 1, {"04.1": ("réussi", "")}),
        Case("en double", twice, 1),
        Case("cellules absurdes", changed(odd), 1),
        Case("sorties énormes", huge, 1),
        Case("sans import", changed(lambda page: page["cells"].__delitem__(slice(0, 4)),
                                    notebook("import numpy as np\n" + RIGHT)), 1),
        Case("binaire", b"\x00\xff" * 500, said="pas un carnet lisible"),
        Case("profond.json", deep(), said="pas un carnet lisible"),
        Case("liste", b"[1, 2, 3]", said="pas un carnet lisible"),
        Case("nombre", b"NaN", said="pas un carnet lisible"),
        Case("rien", b"", said="pas un carnet lisible"),
        Case("autre td", bytes_of(lab("03")), said="est-ce le bon TD"),
        Case("trop gros", b" " * (51 * 2**20), said="dépasse 50"),
        Case("Zoé Le Gall", WHOLE, 1),
        Case("=HYPERLINK(1)", WHOLE, 1),
        Case("ligne\n2\x1b[31m", WHOLE, 1),
        Case("n" * 200, WHOLE, 1),
        Case("Ana; \"Bob\", 'C'", WHOLE, 1, file="Ana; \"Bob\", 'C'/mon devoir.ipynb"),
    ]
