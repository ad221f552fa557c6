"""Where a set is looked for, and what is never read: no byte of a file whose checksum is wrong."""

import errno
import os
from dataclasses import replace

import pytest

from course.data import download, files, load
from course.data.catalogue import IMAGES, NAMES
from course.data.download import Unavailable, fetch
from course.data.files import Place, cache, places
from course.data.idx import Unreadable
from tests.data.sets import edition, put, small, stand_in
from tests.data.site import opened

MINE, CACHED = small(train=40, seed=1), small(train=50, seed=1)


@pytest.fixture
def fashion(monkeypatch):
    """A Fashion-MNIST of two editions: 40 training images, or 50."""
    entry = replace(IMAGES["fashion_mnist"], editions=(edition(MINE), edition(CACHED, extract=True)))
    return stand_in(monkeypatch, entry)


def test_the_order_of_the_places(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", "~/données")
    assert [place.label for place in places()] == ["COURSE_DATA", "cache", "le cours (extrait)"]
    assert places()[0].folder == files.Path.home() / "données"
    assert places()[1].folder == tmp_path / "cache" / "donnees"
    monkeypatch.delenv("COURSE_CACHE")
    assert places()[1].folder == files.user_cache_path("course", appauthor=False) / "donnees"


def test_one_s_own_folder_comes_before_the_cache(fashion, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    put(cache().folder / fashion.name, MINE)
    assert load("fashion_mnist").source == "cache"
    put(tmp_path / fashion.name, MINE)
    assert load("fashion_mnist").source == "COURSE_DATA"


def test_the_whole_set_comes_before_a_part_of_it_wherever_it_is(fashion, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    put(tmp_path / fashion.name, CACHED)
    data = load("fashion_mnist")
    assert (len(data.x_train), data.extract) == (50, True)
    put(cache().folder / fashion.name, MINE)
    data = load("fashion_mnist")
    assert (len(data.x_train), data.extract) == (40, False)


WRONG = {
    "truncated": lambda content: content[:-5], "empty": lambda _: b"", "longer": lambda content: content + b"\0",
    "one bit": lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
    "valid, but another set": lambda _: small(seed=9)[NAMES[0]],
}


@pytest.mark.parametrize("fault", WRONG)
def test_nothing_is_read_from_a_file_whose_checksum_is_wrong(fashion, fault, capsys):
    folder = cache().folder / fashion.name
    put(folder, MINE | {NAMES[0]: WRONG[fault](MINE[NAMES[0]])})
    data = load("fashion_mnist")
    said = capsys.readouterr().out
    assert data.name == "mnist"  # what takes its place
    assert f"{folder / NAMES[0]}\u00a0: somme sha256 fausse, fichier ignoré" in said
    assert "Fashion-MNIST n'est pas ici (pas de connexion)\u00a0: MNIST le remplace." in said


def test_a_damaged_file_is_taken_from_the_next_place(fashion, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    put(tmp_path / fashion.name, MINE | {NAMES[1]: b"x"})
    put(cache().folder / fashion.name, MINE)
    assert load("fashion_mnist").source == "COURSE_DATA, cache"


def test_a_file_that_cannot_be_read_is_said(fashion, capsys):
    put(cache().folder / fashion.name, {name: MINE[name] for name in NAMES[1:]})
    (cache().folder / fashion.name / NAMES[0]).mkdir()
    assert load("fashion_mnist").name == "mnist"
    assert f"{NAMES[0]}\u00a0: lecture impossible, fichier ignoré." in capsys.readouterr().out


def test_a_folder_that_does_not_exist_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "absent"))
    assert load("mnist", subset=(10, 10)).source == "le cours (extrait)"
    assert f"COURSE_DATA\u00a0: le dossier {tmp_path / 'absent'} n'existe pas." in capsys.readouterr().out


def test_labels_that_are_not_those_of_the_images_are_refused(monkeypatch):
    contents = small(train=40) | {NAMES[1]: small(train=30)[NAMES[1]]}
    stand_in(monkeypatch, replace(IMAGES["kmnist"], editions=(edition(contents),)))
    put(cache().folder / "kmnist", contents)
    with pytest.raises(Unreadable, match="^kmnist\u00a0: 40 images mais 30 étiquettes"):
        load("kmnist")


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_during_a_download_leaves_nothing(fashion, monkeypatch):
    class Disk:
        def __init__(self, path, mode):
            self.file = open(path, mode)  # noqa: SIM115

        def write(self, content):
            self.file.write(content[:100])
            full()

        def close(self):
            self.file.close()

    monkeypatch.setattr("pooch.downloaders.open", Disk, raising=False)
    said = "^Plus de place sur le disque de .*--dossier"
    with opened(MINE) as site, pytest.raises(Unavailable, match=said) as refusal:
        fetch(replace(fashion, addresses=(site.address,)), cache())
    assert refusal.value.reason.startswith("Plus de place sur le disque")
    assert list((cache().folder / fashion.name).iterdir()) == []


def test_a_full_disk_during_a_copy_leaves_nothing(fashion, monkeypatch, tmp_path):
    put(cache().folder / fashion.name, MINE)
    monkeypatch.setattr(files.os, "replace", full)
    with pytest.raises(Unavailable, match="^Plus de place"):
        fetch(fashion, Place("clé", tmp_path / "clé"))
    assert list((tmp_path / "clé" / fashion.name).iterdir()) == []


REFUSED = {
    errno.EROFS: "Impossible d'écrire dans", errno.EACCES: "Impossible d'écrire dans",
    errno.EDQUOT: "Plus de place sur le disque de",
}


@pytest.mark.parametrize("code", REFUSED, ids=errno.errorcode.get)
def test_a_cache_that_cannot_be_written_is_said_and_the_lab_goes_on(fashion, monkeypatch, code, capsys):
    def refuse(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(download.Path, "mkdir", refuse)
    assert load("fashion_mnist").name == "mnist"
    said = capsys.readouterr().out
    assert f"Fashion-MNIST n'est pas ici ({REFUSED[code]} {cache().folder / fashion.name})" in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_said(fashion, tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(Unavailable, match="^Impossible d'écrire dans .*choisissez un dossier à vous"):
        fetch(fashion, Place("clé", tmp_path / "clé"))


def test_a_file_in_place_of_the_folder_is_said(fashion, tmp_path):
    (tmp_path / "clé").write_text("")
    with pytest.raises(Unavailable, match="n'est pas un dossier\u00a0: choisissez-en un autre"):
        fetch(fashion, Place("clé", tmp_path / "clé"))


def test_without_the_extract_the_course_must_be_installed_again(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "PACKAGE", tmp_path)
    with pytest.raises(Unavailable, match="réinstallez le cours"):
        load("mnist")
