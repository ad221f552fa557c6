"""`course donnees`: what is here, from where, how large, checked or not; and bringing a set."""

from dataclasses import replace

import pytest

from course import cli
from course.data.catalogue import IMAGES, NAMES
from course.data.files import cache
from tests.data.sets import edition, put, small, stand_in
from tests.data.site import opened

CONTENTS = small()


@pytest.fixture
def fashion(monkeypatch):
    return stand_in(monkeypatch, replace(IMAGES["fashion_mnist"], editions=(edition(CONTENTS),)))


def lines(capsys, *argv: str) -> list[str]:
    assert cli.main(["donnees", *argv]) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_what_is_carried_and_what_is_absent(capsys):
    shown = lines(capsys)
    assert "mnist extrait le cours (extrait) 1,9 Mo somme sha256 vérifiée" in shown
    assert "kmnist absent - -" in shown
    assert "iris complet scikit-learn fourni avec scikit-learn" in shown
    assert "digits extrait scikit-learn fourni avec scikit-learn" in shown
    assert f"cache : {cache().folder} (pas encore créé)" in shown


def test_what_a_place_holds_is_checked(fashion, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    put(tmp_path / fashion.name, CONTENTS)
    put(cache().folder / fashion.name, {NAMES[0]: CONTENTS[NAMES[0]][:-1], NAMES[1]: CONTENTS[NAMES[1]]})
    (cache().folder / fashion.name / NAMES[2]).mkdir()
    shown = lines(capsys)
    assert "fashion_mnist complet COURSE_DATA 0,0 Mo somme sha256 vérifiée" in shown
    assert (
        f"fashion_mnist incomplet cache 0,0 Mo {NAMES[0]} : SOMME FAUSSE, ne sera pas lu; "
        f"{NAMES[2]} : ILLISIBLE; {NAMES[3]} : absent"
    ) in shown


def test_a_folder_can_be_looked_into(fashion, capsys, tmp_path):
    put(tmp_path / fashion.name, CONTENTS)
    shown = lines(capsys, "--dossier", str(tmp_path))
    assert "fashion_mnist complet ce dossier 0,0 Mo somme sha256 vérifiée" in shown
    assert "mnist absent - -" in shown
    assert f"ce dossier : {tmp_path / 'absent'} (n'existe pas)" in lines(capsys, "--dossier", str(tmp_path / "absent"))


def test_a_set_is_brought_into_the_cache_or_onto_a_stick(fashion, capsys, monkeypatch, tmp_path):
    with opened(CONTENTS) as site:
        stand_in(monkeypatch, replace(fashion, addresses=(site.address,)))
        shown = lines(capsys, "--telecharger", "fashion_mnist")
        assert shown == [f"fashion_mnist/{name} : téléchargé." for name in NAMES] + [
            f"Fashion-MNIST est complet dans {cache().folder / 'fashion_mnist'}"]
        assert lines(capsys, "--telecharger", "fashion_mnist")[0].endswith("déjà là.")
        assert len(site.asked) == 4
    stick = tmp_path / "clé"
    shown = lines(capsys, "--telecharger", "fashion_mnist", "--dossier", str(stick))
    assert shown[0] == f"fashion_mnist/{NAMES[0]} : copié (cache)."
    assert shown[-1] == f"Pour que le cours le lise : COURSE_DATA={stick}"
    assert {path.name for path in (stick / "fashion_mnist").iterdir()} == {*NAMES}


def test_what_comes_with_the_course_needs_no_download(capsys):
    assert lines(capsys, "--telecharger", "iris") == ["iris est fourni avec scikit-learn : rien à télécharger."]


def test_a_refusal_is_one_french_message(capsys):
    assert cli.main(["donnees", "--telecharger", "fasion"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Jeu de données inconnu\u00a0: fasion (vouliez-vous dire fashion_mnist\u00a0?). Connus")
    assert cli.main(["donnees", "--telecharger", "kmnist"]) == 1
    said = capsys.readouterr().err
    assert "KMNIST n'a pas pu être téléchargé." in said
    assert "127.0.0.1:9/train-images-idx3-ubyte.gz\u00a0: pas de connexion." in said
    assert "Traceback" not in said
