"""The notebooks as pages: everything in them, no script, nothing from elsewhere, words for every picture."""

import html
import json
import re
from html.parser import HTMLParser

import pytest

from course import cli
from course._install import Obstacle
from course.workbook import salvage, workspace
from course.workbook.site import formulas, page, publish
from tests.grading.submissions import LABS, code

NAME = "TD42_essai"
CELLS = [
    ("markdown", "# TD42 — Un essai < de tout\n\nLe texte $V_m = \\frac{a}{b}$ et `$ceci$`, "
                 "[la suite](TD43_suite.ipynb)."),
    ("code", "import matplotlib.pyplot as plt\n%matplotlib inline\nplt.plot([1, 2])\nplt.show()"),
    ("markdown", "*Figure\u00a0:* un trait **qui monte**, de 1 à 2.\n\nSuite du texte."),
    ("markdown", "## Une partie"),
    ("code", "from course.widgets import explore_hodgkin_huxley\nexplore_hodgkin_huxley()"),
    ("code", "import sys\nprint('<b>dit</b>')\nprint('bruit', file=sys.stderr)"),
    ("code", "from course.exercises import exercise\nexercise('04.1')"),
    ("code", "from IPython.display import Latex\nLatex(r'$$\\dot x = \\alpha$$')"),
]


class Seen(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def every(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def notebook(cells):
    made = [
        code(text) if kind == "code" else {"cell_type": kind, "metadata": {}, "source": text} for kind, text in cells
    ]
    return salvage.Page([cell | {"id": f"c{k}"} for k, cell in enumerate(made)])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small course published once, with its solutions."""
    root, folder = tmp_path_factory.mktemp("cours"), tmp_path_factory.mktemp("site")
    for place in ("labs", "solutions"):
        (root / place).mkdir()
        (root / place / f"{NAME}.ipynb").write_text(notebook(CELLS).written(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "labs_folder", lambda: root / "labs")
        patch.setenv("COURSE_PROFILE", "flash")
        again = [list(publish.publish(folder)), list(publish.publish(folder, solutions=True))]
        lists = [(folder / "index.html").read_text(encoding="utf-8")]
        again.append(list(publish.publish(folder)))
        lists.append((folder / "index.html").read_text(encoding="utf-8"))
    return folder, lists, again


def text_of(site):
    return (site[0] / "labs" / f"{NAME}.html").read_text(encoding="utf-8")


def test_a_page_needs_nothing_from_elsewhere(site):
    seen = Seen(text_of(site))
    assert not seen.every("script")
    assert not seen.every("link")
    assert {one["src"].split(",")[0] for one in seen.every("img")} == {"data:image/png;base64"}
    assert page.POLICY in text_of(site)
    assert [one["href"] for one in seen.every("a")] == ["../index.html", "TD43_suite.html"]


def test_every_picture_has_its_words(site):
    first, explorer = Seen(text_of(site)).every("img")
    assert first["alt"] == "un trait qui monte, de 1 à 2."
    assert len(explorer["alt"].split()) > 5
    caption = re.search("<figcaption>(.+?)</figcaption>", text_of(site)).group(1)
    assert caption.startswith("Explorateur, tel qu'il s'ouvre")
    assert caption.endswith(html.escape(explorer["alt"]))


def test_two_figures_of_one_cell_have_each_their_words():
    drawn = code("deux figures") | {"outputs": [{"output_type": "display_data", "data": {"image/png": "eA=="}}] * 3}
    said = {"cell_type": "markdown", "metadata": {}, "source": (
        "*Première figure\u00a0:* dix `chiffres`,\net leurs copies. "
        "*Seconde figure\u00a0:* les $16$ filtres.\n\nPuis.")}
    made = page.page([drawn, said], NAME, "")
    assert [one["alt"] for one in Seen(made).every("img")] == [
        "dix chiffres, et leurs copies.", "les 16 filtres.", f"Figure de la partie «\u00a0{NAME}\u00a0».",
    ]


def test_what_the_cells_say_is_there(site):
    text = text_of(site)
    assert "<title>TD42 — Un essai &lt; de tout</title>" in text
    assert text.count("<math") == 2
    assert "<code>$ceci$</code>" in text
    assert "&lt;b&gt;dit&lt;/b&gt;" in text
    assert 'class="sortie">bruit' not in text
    assert "Exercice 04.1" in text
    assert "for_type_by_name" not in text


def test_the_list_and_the_later_runs(site):
    folder, lists, (first, second, third) = site
    listed = [[one["href"] for one in Seen(text).every("a")] for text in lists]
    assert listed == [[f"labs/{NAME}.html", f"solutions/{NAME}.html"], [f"labs/{NAME}.html"]]
    assert first[-1] == f"Le site\u00a0: {folder / 'index.html'}"
    assert first[1] != second[1] == third[1] == f"{NAME}\u00a0: à jour."
    assert f"{folder / 'solutions'} reste d'une fois précédente" in third[-2]
    assert not any("fois précédente" in line for line in [*first, *second])


def test_a_notebook_that_stops_is_named(tmp_path, monkeypatch):
    (tmp_path / "labs").mkdir()
    (tmp_path / "labs" / f"{NAME}.ipynb").write_text(notebook([("code", "1/0")]).written(), encoding="utf-8")
    monkeypatch.setattr(workspace, "labs_folder", lambda: tmp_path / "labs")
    monkeypatch.setenv("COURSE_PROFILE", "flash")
    with pytest.raises(Obstacle, match=f"{NAME}\u00a0: une cellule s'est arrêtée .ZeroDivisionError"):
        list(publish.publish(tmp_path.parent / "site"))
    with pytest.raises(Obstacle, match="Les solutions ne sont que dans un clone"):
        list(publish.publish(tmp_path.parent / "site", solutions=True))


def test_what_is_refused(tmp_path, capsys):
    assert cli.main(["publier", str(LABS / "site")]) == 1
    assert "dossier du cours lui-même" in capsys.readouterr().err
    assert cli.main(["publier", str(tmp_path), "--td", "77"]) == 1
    assert "Il n'y a pas de TD77." in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(LABS.glob("TD*.ipynb")), ids=lambda path: path.stem[:4])
def test_every_formula_of_the_course_becomes_mathml(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])
            plain, back = formulas.apart(text)
            made = back(plain)
            assert made.count("<math") == plain.count("\ue000")
            assert "\\" not in "".join(re.findall(">([^<]*)<", "".join(re.findall("<math.*?</math>", made, re.DOTALL))))
            outside = "".join(formulas.CODE.split(plain)[::2])
            assert not re.search(r"(?<!\\)\$", outside)


def test_a_formula_that_cannot_be_converted_is_shown():
    assert formulas.mathml("x_1_2 < 3", False) == "<code>x_1_2 &lt; 3</code>"
