"""French typography holds everywhere a person reads; the rules see what they must, and nothing else."""

import pytest

from tests.typography import every_file, faults, fix, fixed, french, listed, literals, main


def test_the_repository_has_no_fault():
    files = every_file()
    assert any(path.parts[-2] == "solutions" for path in files)
    found = [fault for path in files for fault in listed(path)]
    assert not found, "\n" + "\n".join(found)


WRONG = {
    "Que vaut V ?": "Que vaut V\u00a0?",
    "Que vaut V?": "Que vaut V\u00a0?",
    "Attention ; lisez": "Attention\u00a0; lisez",
    "Attention: lisez": "Attention\u00a0: lisez",
    "**Attention** : lisez": "**Attention**\u00a0: lisez",
    "**Attention :** lisez": "**Attention\u00a0:** lisez",
    "une « pile »": "une «\u00a0pile\u00a0»",
    "une «pile»": "une «\u00a0pile\u00a0»",
    "un « `code` » ?": "un «\u00a0`code`\u00a0»\u00a0?",
    "(que faire ?)": "(que faire\u00a0?)",
    "gagne 5 % ou 5%": "gagne 5\u00a0% ou 5\u00a0%",
    "dure 10 ms": "dure 10\u00a0ms",
    "dure 10ms": "dure 10\u00a0ms",
    "à 37 °C": "à 37\u00a0°C",
    "de 0,5 µA/cm², puis": "de 0,5\u00a0µA/cm², puis",
    "pendant 2 s.": "pendant 2\u00a0s.",
    "`n_inf` : la cible": "`n_inf`\u00a0: la cible",
    "$V_m$ : le potentiel": "$V_m$\u00a0: le potentiel",
    "l’axone": "l'axone",
    "Fini !\nEt après ?": "Fini\u00a0!\nEt après\u00a0?",
    "| a : b |": "| a\u00a0: b |",
    "voir [ici](x.md) ; puis": "voir [ici](x.md)\u00a0; puis",
}


@pytest.mark.parametrize(("wrong", "right"), WRONG.items())
def test_a_missing_space_is_found_and_mended(wrong, right):
    assert faults(wrong)
    assert fixed(wrong) == right
    assert faults(right) == []


@pytest.mark.parametrize(
    "text",
    [
        "Que vaut V\u202f?", "une «\u202fpile\u202f»", "`a ? b : c`", "``x `y` : z``", "la touche **?** aide",
        "$f(x) : x \\to 2$",
        "$$\na : b ?\n$$", "```python\nx = 'a : b' ; y\n```", "~~~\na ;b ?\n~~~", "https://a.fr/?q=1;b",
        "<https://a.fr/x?y>", "voir [ici](a.html?x=1)", "<span style='color : red ;'>mot</span>", "&eacute;t&eacute;",
        "| a | b |\n|:---|---:|", "à 12:30", "rapport 1:2", "un mot&nbsp;: suite", "n = 10 essais", "5 véhicules",
        "il y a 3 s'il le faut", "la porte m et 4 autres", "solutions/TD01.py:12", "```\nnon fermé", "![dessin](a.png)",
        "<!-- a : b ? -->", "\\(a : b\\)", "fin...", "quoi\u00a0?!", "# Titre\n\n- point\n- point",
    ],
)  # fmt: skip
def test_what_is_right_or_not_prose_is_left_alone(text):
    assert faults(text) == []
    assert fixed(text) == text


@pytest.mark.parametrize("text", ["Écrit", "«\u00a0x\u00a0»", "une valeur de la liste", "le pas est nul"])
def test_a_french_literal_is_recognised(text):
    assert french(text)


@pytest.mark.parametrize("text", ["", "é", "µA/cm²", "a value: here", "utf-8", "dV/dt = I : mV", "de"])
def test_another_literal_is_not(text):
    assert not french(text)


def test_messages_are_read_and_docstrings_patterns_and_formats_are_not():
    code = '''
"""Docstring : déjà ?"""
import re
NBSP = "\\u00a0"
P = re.compile("été ?")
def f(x, y):
    """Été : ?"""
    print(f"Été{NBSP}: {x:>10} et {y['clé ?']} ms", "équation : mV")
    raise ValueError("Une valeur "
                     "de trop !")
'''
    found = {text: line for line, text in literals(code)}
    assert set(found) == {"Été\u00a0: \ue000 et \ue000 ms", "équation : mV", "Une valeur de trop !", "clé ?"}
    assert found["équation : mV"] == 8
    assert [fault.rule for fault in faults("Été\u00a0: \ue000 ms")] == ["une espace insécable avant l'unité"]


def test_a_solution_is_code_and_its_docstring_is_read():
    code = 'SOLUTION = """def f(avec, sans):\n    \'\'\'Été : ?\'\'\'\n    d = avec - sans\n    return d\n"""'
    assert [text for _, text in literals(code)] == ["Été : ?"]


SOURCE = """\
# En-tête : gardé ?

# %% [markdown] id="a"
# # Titre : essai
#
# Vrai ? `x ? y`
#
# ```
# a : b
# ```

# %% id="b"
# un commentaire ?
%time x = "été : ?"
"""


def test_a_fault_is_told_with_file_cell_and_excerpt(tmp_path):
    path = tmp_path / "TD07_x.py"
    path.write_text(SOURCE, encoding="utf-8")
    first, second = listed(path)
    assert "TD07_x.py, cellule « a », ligne 4 : une espace insécable avant — # Titre : essai" in first
    assert "ligne 6" in second
    assert "Vrai ?" in second


def test_the_fixer_mends_markdown_cells_alone(tmp_path, capsys):
    path = tmp_path / "TD07_x.py"
    path.write_text(SOURCE, encoding="utf-8")
    assert main(["--fix", str(path)]) == 0
    assert "mended" in capsys.readouterr().out
    right = SOURCE.replace("Titre :", "Titre\u00a0:").replace("Vrai ?", "Vrai\u00a0?")
    assert path.read_text(encoding="utf-8") == right
    assert not fix(path)


def test_the_fixer_mends_a_page(tmp_path):
    page = tmp_path / "LISEZ.md"
    page.write_text("# Un titre : oui\n\n    code ?\n", encoding="utf-8")
    assert fix(page)
    assert page.read_text(encoding="utf-8").startswith("# Un titre\u00a0: oui")


def test_a_string_of_javascript_is_read(tmp_path):
    path = tmp_path / "a.js"
    path.write_text("const a = 'x ? y : z';  // l'été ?\nset(\"Écran : fermé\");\n", encoding="utf-8")
    assert len(listed(path)) == 1
