"""Notebooks as they come: other editors, other ages, other encodings, half files."""

import json
import re

import pytest

from course.workbook import salvage
from tests.workbook.lab_edits import saved, small_lab


def texts(data: bytes) -> list[str]:
    return [cell["source"] for cell in salvage.read(data).cells]


def test_a_sound_notebook_is_read_whole():
    page = salvage.read(saved(small_lab(), metadata={"kernelspec": {"name": "x"}}).encode())
    assert page.whole
    assert page.metadata == {"kernelspec": {"name": "x"}}
    assert [cell["source"] for cell in page.cells] == [cell["source"] for cell in small_lab()]


def test_what_is_written_is_read_back():
    page = salvage.read(saved(small_lab()).encode())
    assert salvage.read(page.written().encode()) == page


@pytest.mark.parametrize("cut", range(300, 2000, 37))
def test_a_cut_file_gives_all_that_stands_in_it(cut):
    lab = small_lab()
    whole = saved(lab).encode()
    page = salvage.read(whole[:cut])
    found = [cell["source"] for cell in page.cells]
    assert not page.whole
    assert found[:-1] == [cell["source"] for cell in lab][: len(found) - 1]
    assert lab[len(found) - 1]["source"].startswith(found[-1])
    last = whole[:cut].decode(errors="ignore").rpartition('"cell_type"')[2]
    last = last.partition('"source": [')[2].partition("]")[0]
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"?', last)  # the last one to the very last letter of the file
    assert found[-1] == "".join(json.loads(f'"{text}"') for text in strings)


def test_half_an_escape_and_half_a_letter_are_let_go():
    def start(end: bytes) -> bytes:
        return b'{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["un ' + end

    assert texts(start("é".encode())) == ["un é"]
    assert texts(start("é".encode()[:1])) == ["un "]
    assert texts(start(b"\\u00")) == ["un "]
    assert texts(start(b"\\u00e9")) == ["un é"]
    assert texts(start(b"deux\\n\", \"tro")) == ["un deux\ntro"]


def test_a_fault_in_one_cell_costs_no_other():
    text = saved(small_lab())
    at = text.index('"### Expliquer')
    damaged = text[: at - 30] + "\x00\x00<<<<<<< HEAD\n" + text[at - 10 :]
    page = salvage.read(damaged.encode())
    found = [cell["source"] for cell in page.cells]
    assert found[:7] + found[8:] == [cell["source"] for cell in small_lab()][:7] + [small_lab()[8]["source"]]


def test_outputs_that_are_broken_leave_the_text():
    text = saved([small_lab()[3] | {"outputs": [{"data": {"image/png": "iVBOR"}}]}])
    page = salvage.read(text.replace('"iVBOR"', '"iVBOR').encode())
    assert page.cells[0]["source"] == small_lab()[3]["source"]
    assert page.cells[0]["metadata"]["course"]["exercise"] == "04.1"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(coding):
    assert texts(saved(small_lab()[2:3]).encode(coding)) == [small_lab()[2]["source"]]


def test_an_older_format():
    old = {"nbformat": 3, "worksheets": [{"cells": [
        {"cell_type": "code", "input": ["x = 1\n", "y"], "prompt_number": 2, "outputs": []},
        {"cell_type": "heading", "level": 2, "source": "Titre"},
    ]}]}
    page = salvage.read(json.dumps(old).encode())
    assert [(cell["cell_type"], cell["source"]) for cell in page.cells] == [("code", "x = 1\ny"), ("markdown", "Titre")]
    assert page.cells[0]["execution_count"] == 2


def test_odd_cells_are_shown_and_not_dropped():
    text = json.dumps({"cells": ["du texte", 3, {"source": None}, {"cell_type": "code", "source": ["a", 5]}]})
    assert texts(text.encode()) == ["du texte", "3", "", "a5"]


def test_half_an_emoji_can_be_written():
    page = salvage.read(b'{"cells": [{"cell_type": "raw", "metadata": {}, "source": "\\ud83d"}]}')
    assert salvage.read(page.written().encode()).cells[0]["source"] == "\ud83d"


@pytest.mark.parametrize("data", [b"", b"  ", b"pas un carnet", b'{"cells": 3}', b"[]", b"\xff\xfe\x00", b"\x00" * 50,
                                  b'{"cells"', b"[" * 100_000])
def test_nothing_to_read(data):
    assert salvage.read(data) is None
