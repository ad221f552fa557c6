"""An edit made in the solution notebook comes back to the source, and a build never loses one."""

import json

import nbformat
import pytest

from course.workbook.build import BuildError, build_all, from_notebook
from tests.workbook.build_project import HEADER, SOURCE, page, project, text

NAME = "TD07_droite"


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path)
    build_all(root)
    return root


def source(root) -> str:
    return (root / "solutions" / f"{NAME}.py").read_text(encoding="utf-8")


def edit(root, change) -> nbformat.NotebookNode:
    """Change the solution notebook as JupyterLab does, outputs and private metadata included."""
    path = root / "solutions" / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    change(notebook.cells)
    notebook.metadata["language_info"]["version"] = "3.11.7"
    for cell in notebook.cells:
        cell.metadata["scrolled"] = True
        if cell.cell_type == "code":
            cell.execution_count = 3
            cell.outputs = [nbformat.v4.new_output("stream", text="bruit")]
    nbformat.write(notebook, path)
    return notebook


def shape(cells) -> list[tuple]:
    """What an edit must keep: kind, text, tags and the course's metadata but the id."""
    return [
        (c["cell_type"], "".join(c["source"]).rstrip("\n"), c["metadata"].get("tags", []),
         {k: v for k, v in c["metadata"].get("course", {}).items() if k != "id"})
        for c in cells
    ]  # fmt: skip


def test_an_edited_and_a_new_cell_come_back(root):
    def change(cells):
        cells[2].source = cells[2].source.replace("+ 4", "+ 5")
        cells.insert(3, nbformat.v4.new_code_cell("été = 'à Noël'\n%time été\n# cd n'est pas une commande"))
        cells.insert(1, nbformat.v4.new_markdown_cell("## L'équation du câble\n\n- « $x$ »\n\n    # code"))

    edited = edit(root, change)
    assert from_notebook(root, "TD07") == [
        f"solutions/{NAME}.py", f"solutions/{NAME}.ipynb", f"labs/{NAME}.ipynb",
    ]  # fmt: skip
    again = page(root, "solutions")
    assert shape(again["cells"]) == shape(edited.cells)
    assert [again["cells"][k]["id"] for k in (1, 4)] == ["l-equation-du-cable", "ete-a-noel"]
    assert build_all(root, check=True) == []
    assert from_notebook(root, "TD07") == []


def test_what_was_not_touched_keeps_its_lines(root):
    edit(root, lambda cells: cells[2].update(source=cells[2].source.replace("+ 4", "+ 5")))
    from_notebook(root, NAME)
    assert source(root) == SOURCE.replace("+ 4", "+ 5")


def test_an_unusual_spelling_of_other_cells_survives(tmp_path):
    odd = SOURCE.replace("# %matplotlib inline", "%matplotlib inline").replace("\n\n# %% [raw]", "\n\n\n\n# %% [raw]")
    odd = odd.replace('# %% id="fin"', '#%% id="fin"')
    root = project(tmp_path, odd)
    build_all(root)
    edit(root, lambda cells: cells[0].update(source="# Un autre titre"))
    from_notebook(root, NAME)
    head, tail = odd.split("# # TD07"), source(root).split("# # Un autre titre")
    assert tail[0] == head[0]
    assert tail[1].split('# %% id="imports"')[1] == odd.split('# %% id="imports"')[1]


def test_cells_may_move_split_be_copied_emptied_or_removed(root):
    def change(cells):
        del cells[5]
        cells[0], cells[1] = cells[1], cells[0]
        cells.append(nbformat.from_dict(dict(cells[1]) | {"id": "abcdef12"}))  # pasted: same course metadata
        cells.append(nbformat.v4.new_code_cell(""))  # the empty cell that JupyterLab leaves below

    edited = edit(root, change)
    from_notebook(root, NAME)
    again = page(root, "solutions")
    assert shape(again["cells"]) == shape(edited.cells[:-1])
    assert [c["id"] for c in again["cells"]][:2] == ["imports", "titre"]
    assert again["cells"][-1]["id"] == "td07-l-ete-des-neurones"


def test_new_ids_are_readable_deterministic_and_unique(root):
    def change(cells):
        cells += [nbformat.v4.new_markdown_cell("## Titre"), nbformat.v4.new_code_cell("imports = 1"),
                  nbformat.v4.new_code_cell("imports"), nbformat.v4.new_markdown_cell("…")]  # fmt: skip
        cells[-1].id = "mon-id-choisi"

    edit(root, change)
    from_notebook(root, NAME)
    ids = [c["id"] for c in page(root, "solutions")["cells"]]
    assert ids[-4:] == ["titre-2", "imports-1", "imports-2", "mon-id-choisi"]


def test_a_notebook_saved_with_windows_newlines_comes_back(root):
    edited = edit(root, lambda cells: cells[0].update(source="# Titre\r\n\r\ntexte"))
    from_notebook(root, NAME)
    assert text(page(root, "solutions"), "titre") == "# Titre\n\ntexte"
    assert "\r" not in source(root)
    assert len(edited.cells) == len(page(root, "solutions")["cells"])


@pytest.mark.parametrize("name", ["TD07", NAME, f"{NAME}.ipynb", f"solutions/{NAME}.ipynb", f"solutions\\{NAME}.py"])
def test_the_notebook_may_be_named_in_many_ways(root, name):
    assert from_notebook(root, name) == []


@pytest.mark.parametrize("name", ["TD08", "TD", "droite", ""])
def test_an_unknown_name_is_refused(root, name):
    with pytest.raises(BuildError, match="le nom d'un TD qui a une source"):
        from_notebook(root, name)


def refused(root, words: str) -> None:
    """`from_notebook` refuses in these words and writes nothing."""
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    with pytest.raises(BuildError, match=words):
        from_notebook(root, NAME)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_a_source_that_changed_since_is_not_written_over(root):
    edit(root, lambda cells: cells[0].update(source="# Autre titre"))
    project(root, SOURCE.replace("+ 4", "+ 6"))
    refused(root, "a changé depuis")
    with pytest.raises(BuildError, match="serait perdue"):
        build_all(root)


def test_a_comment_added_to_the_header_is_no_change(root):
    edit(root, lambda cells: cells[0].update(source="# Autre titre"))
    project(root, SOURCE.replace("à garder.", "à bien garder."))
    from_notebook(root, NAME)
    assert "à bien garder." in source(root)
    assert "# # Autre titre" in source(root)


def test_a_build_does_not_lose_an_edit(root):
    edit(root, lambda cells: cells[0].update(source="# Autre titre"))
    with pytest.raises(BuildError, match="--depuis-carnet TD07_droite"):
        build_all(root)
    assert text(page(root, "solutions"), "titre") == "# Autre titre"
    from_notebook(root, NAME)
    assert build_all(root) == []


def test_an_edit_that_breaks_a_rule_is_refused(root):
    edit(root, lambda cells: cells[2].update(source=cells[2].source.replace("### END SOLUTION", "# fin")))
    refused(root, "BEGIN SOLUTION sans ### END SOLUTION")


def test_a_cell_that_the_source_cannot_hold_is_refused(root):
    edit(root, lambda cells: cells[1].update(source='x = 1\n# %% id="b"\ny = 1'))
    refused(root, "ne peut pas s'écrire dans la source|relues")


def test_a_pasted_image_is_refused(root):
    edit(root, lambda cells: cells[0].update(attachments={"a.png": {"image/png": "AA=="}}))
    refused(root, "image collée")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'{"cells": 3}', b"<<<<<<< HEAD\n{}"])
def test_a_notebook_that_is_not_valid_is_refused(root, data):
    (root / "solutions" / f"{NAME}.ipynb").write_bytes(data)
    refused(root, f"^solutions/{NAME}.ipynb\u00a0: (ce )?carnet")


def test_a_notebook_of_another_origin_is_refused(root):
    path = root / "solutions" / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    del notebook["metadata"]["course"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    refused(root, "n'a pas été construit à partir de")


def test_a_missing_notebook_is_refused(root):
    (root / "solutions" / f"{NAME}.ipynb").unlink()
    refused(root, "n'existe pas")


def test_the_first_lines_of_the_header_are_kept(root):
    edit(root, lambda cells: cells[0].update(source="# Autre titre"))
    from_notebook(root, NAME)
    assert source(root).startswith(HEADER)
