"""The notebooks that a source gives: their bytes, the lab, and the comparison with the disk."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.workbook.build import BuildError, build_all, notebooks
from tests.workbook.build_project import HEADER, SOURCE, cell, page, project, text

REPOSITORY = Path(__file__).parents[2]
BOTH = ["solutions/TD07_droite.ipynb", "labs/TD07_droite.ipynb"]


def test_every_notebook_of_the_repository_is_the_one_its_source_builds():
    assert build_all(REPOSITORY, check=True) == []


def test_the_repository_has_two_notebooks_per_source():
    sources = sorted(p.stem for p in (REPOSITORY / "solutions").glob("*.py"))
    assert sources
    for folder in ("solutions", "labs"):
        assert sorted(p.stem for p in (REPOSITORY / folder).glob("*.ipynb")) == sources


def test_a_build_writes_two_valid_notebooks_then_nothing_more(tmp_path):
    root = project(tmp_path)
    assert build_all(root) == BOTH
    for folder in ("solutions", "labs"):
        notebook = nbformat.read(root / folder / "TD07_droite.ipynb", as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert build_all(root) == []
    assert build_all(root, check=True) == []
    assert sorted(os.listdir(root / "labs")) == ["TD07_droite.ipynb"]  # no draft left behind


def test_ids_and_course_metadata_come_from_the_source(tmp_path):
    root = project(tmp_path)
    build_all(root)
    solution = page(root, "solutions")
    assert [c["id"] for c in solution["cells"]] == [
        "titre", "imports", "droite-coder", "droite-verifier", "droite-expliquer", "professeur", "brut", "fin",
    ]  # fmt: skip
    assert [c["cell_type"] for c in solution["cells"]] == (
        ["markdown", "code", "code", "code", "markdown", "code", "raw", "code"]
    )
    coded = {"course": {"id": "droite-coder", "exercise": "07.1", "points": 2}}
    assert cell(solution, "droite-coder")["metadata"] == coded
    assert cell(solution, "droite-expliquer")["metadata"]["course"] == {
        "id": "droite-expliquer", "exercise": "07.1x", "manual": True, "points": 0.5,
    }  # fmt: skip
    assert cell(solution, "fin")["metadata"] == {"course": {"id": "fin"}, "tags": ["nbval-skip"]}


def test_the_bytes_hold_no_output_no_count_no_version(tmp_path):
    root = project(tmp_path)
    build_all(root)
    for folder in ("solutions", "labs"):
        data = (root / folder / "TD07_droite.ipynb").read_bytes()
        assert data.endswith(b"}\n")
        assert b"\r" not in data
        assert "L'été des neurones".encode() in data  # accents as themselves
        notebook = page(root, folder)
        assert "version" not in str(notebook["metadata"])
        assert notebook["metadata"]["kernelspec"] == {
            "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
        }  # fmt: skip
        for c in notebook["cells"]:
            if c["cell_type"] == "code":
                assert (c["outputs"], c["execution_count"]) == ([], None)


def test_another_process_gives_the_same_bytes(tmp_path):
    root = project(tmp_path)
    build_all(root)
    first = [(root / target).read_bytes() for target in BOTH]
    for target in BOTH:
        (root / target).unlink()
    code = f"from course.workbook.build import build_all; build_all({str(root)!r})"
    # another hash seed, and a locale that is not UTF-8
    env = os.environ | {"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=REPOSITORY, env=env, timeout=60)
    assert [(root / target).read_bytes() for target in BOTH] == first


def test_windows_newlines_and_a_byte_order_mark_change_nothing(tmp_path):
    root = project(tmp_path)
    build_all(root)
    path = root / "solutions" / "TD07_droite.py"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert build_all(root, check=True) == []
    for target in BOTH:  # as git checks them out on Windows
        (root / target).write_bytes((root / target).read_bytes().replace(b"\n", b"\r\n"))
    assert build_all(root, check=True) == []
    build_all(root)
    assert b"\r" not in (root / BOTH[1]).read_bytes()


def test_the_lab_has_stubs_instead_of_solutions(tmp_path):
    root = project(tmp_path)
    build_all(root)
    lab = page(root, "labs")
    assert [c["id"] for c in lab["cells"]] == (
        ["titre", "imports", "droite-coder", "droite-verifier", "droite-expliquer", "brut", "fin"]
    )
    assert text(lab, "droite-coder").endswith('    """\n    ...  # À compléter')
    assert text(lab, "droite-expliquer") == "## Expliquer\n\n*Votre réponse ici.*"
    assert "a * x" not in str(lab)
    assert "SOLUTION" not in str(lab)
    assert "a * x" in text(page(root, "solutions"), "droite-coder")


def test_text_that_looks_like_a_cell_stays_in_its_cell(tmp_path):
    root = project(tmp_path)
    build_all(root)
    lab = page(root, "labs")
    assert '# %% [markdown] id="ceci-est-du-texte"' in text(lab, "droite-coder")
    assert text(lab, "imports") == "%matplotlib inline\nimport numpy as np"
    assert text(lab, "titre").startswith("# TD07 — L'été")
    assert text(lab, "brut") == "<b>brut</b>"
    assert text(lab, "fin").endswith("# %% un commentaire")


def test_a_missing_a_different_and_an_orphan_notebook_are_named(tmp_path):
    root = project(tmp_path)
    build_all(root)
    (root / "labs" / "TD07_droite.ipynb").unlink()
    solution = root / "solutions" / "TD07_droite.ipynb"
    solution.write_text(solution.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (root / "labs" / "TD99_oubli.ipynb").write_text("{}", encoding="utf-8")
    assert build_all(root, check=True) == [
        "solutions/TD07_droite.ipynb\u00a0: ce carnet n'est pas celui que sa source construit",
        "labs/TD07_droite.ipynb\u00a0: ce carnet manque",
        "labs/TD99_oubli.ipynb\u00a0: ce carnet n'a pas de source",
    ]


def test_outputs_left_in_a_notebook_are_a_difference(tmp_path):
    root = project(tmp_path)
    build_all(root)
    path = root / "solutions" / "TD07_droite.ipynb"
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="bruit")]
    nbformat.write(notebook, path)
    assert len(build_all(root, check=True)) == 1
    assert build_all(root) == ["solutions/TD07_droite.ipynb"]
    assert build_all(root, check=True) == []


def test_a_check_writes_nothing(tmp_path):
    root = project(tmp_path)
    assert len(build_all(root, check=True)) == 2
    assert sorted(p.name for p in root.rglob("*")) == ["TD07_droite.py", "solutions"]


def test_a_faulty_source_does_not_stop_the_others(tmp_path):
    root = project(tmp_path)
    project(tmp_path, HEADER + '# %% id="A"\nx = 1\n', "TD08_faux")
    with pytest.raises(BuildError, match=r"^solutions/TD08_faux\.py, cellule"):
        build_all(root)
    assert (root / "labs" / "TD07_droite.ipynb").is_file()
    assert not (root / "labs" / "TD08_faux.ipynb").exists()
    assert "TD08_faux.py" in build_all(root, check=True)[0]


@pytest.mark.parametrize("name", ["brouillon", "TD7_droite", "td07_droite", "TD07"])
def test_a_source_has_the_name_of_a_td(tmp_path, name):
    with pytest.raises(BuildError, match="TDdd_sujet"):
        build_all(project(tmp_path, name=name))


def test_the_index_is_built_like_a_td(tmp_path):
    root = project(tmp_path, HEADER + '# %% [markdown] id="titre"\n# # Les TD\n', "index")
    assert build_all(root) == ["solutions/index.ipynb", "labs/index.ipynb"]


def test_without_sources_there_is_nothing_or_a_sentence(tmp_path):
    with pytest.raises(BuildError, match="dossier solutions/ introuvable"):
        build_all(tmp_path)
    (tmp_path / "solutions").mkdir()
    assert build_all(tmp_path) == []


def test_building_is_pure():
    assert notebooks("TD07_droite", SOURCE) == notebooks("TD07_droite", SOURCE)
