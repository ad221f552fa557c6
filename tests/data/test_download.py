"""Downloads, from a site of this machine: whole or not at all, checked, tried again, by two at once."""

import os
import stat
import subprocess
import sys
from dataclasses import replace

import pytest

from course.data import load
from course.data.catalogue import ALPHADIGITS, FASHION, IMAGES, KUZUSHIJI, MNIST, NAMES
from course.data.download import Unavailable, fetch
from course.data.files import Place, cache
from tests.data.sets import NOBODY, edition, put, small, stand_in
from tests.data.site import opened

CONTENTS = small()


@pytest.fixture
def site(monkeypatch):
    """A site that has the whole of a small Fashion-MNIST."""
    with opened(dict(CONTENTS)) as site:
        fashion = replace(IMAGES["fashion_mnist"], editions=(edition(CONTENTS),), addresses=(site.address,))
        stand_in(monkeypatch, fashion)
        yield site


def names(folder) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_set_is_downloaded_once_and_then_read(site, capsys):
    data = load("fashion_mnist")
    assert (data.name, data.source, data.extract) == ("fashion_mnist", "téléchargé", False)
    assert (len(data.x_train), len(data.x_test)) == (30, 10)
    assert "Fashion-MNIST\u00a0: téléchargement, une seule fois (0,0\u00a0Mo)." in capsys.readouterr().out
    assert site.asked == [*NAMES]
    assert names(cache().folder) == {*NAMES}  # and nothing temporary
    again = load("fashion_mnist")
    assert again.source == "cache"
    assert (again.x_train == data.x_train).all()
    assert len(site.asked) == 4


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_what_was_downloaded_can_be_read_by_everybody(site):
    fetch(IMAGES["fashion_mnist"], cache())
    assert {stat.S_IMODE(path.stat().st_mode) for path in cache().folder.rglob("*.gz")} == {0o644}


@pytest.mark.parametrize("fault", ["cut", "other", "busy", "absent"])
def test_a_failed_transfer_is_tried_again(site, fault):
    site.faults = [fault, fault]
    fetch(IMAGES["fashion_mnist"], cache(), retries=2)
    assert site.asked == [NAMES[0]] * 3 + [*NAMES[1:]]
    assert {path.read_bytes() for path in cache().folder.rglob("*.gz")} == {*CONTENTS.values()}


REASONS = {
    "cut": "transfert interrompu", "other": "somme sha256 fausse, rien n'a été gardé",
    "busy": "le site répond «\u00a0503\u00a0»", "absent": "le site répond «\u00a0404\u00a0»",
}


@pytest.mark.parametrize("fault", REASONS)
def test_what_never_comes_is_said_with_what_to_do_by_hand(site, fault):
    site.faults = [fault] * 2
    with pytest.raises(Unavailable) as refusal:
        fetch(IMAGES["fashion_mnist"], cache(), retries=1)
    said = str(refusal.value)
    assert said.startswith("Fashion-MNIST n'a pas pu être téléchargé.\n")
    assert f"{site.address}{NAMES[0]}\u00a0: {REASONS[fault]}." in said
    assert all(f"    {site.address}{name}\n" in said for name in NAMES)
    assert f"rangez tout, sans rien décompresser, dans {cache().folder / 'fashion_mnist'}" in said
    assert "course donnees --telecharger fashion_mnist --dossier" in said
    assert names(cache().folder) == set()


def test_the_second_address_serves_when_the_first_is_silent(site, monkeypatch):
    entry = replace(IMAGES["fashion_mnist"], addresses=(NOBODY, site.address))
    assert fetch(entry, cache(), retries=0) == [f"fashion_mnist/{name}\u00a0: téléchargé." for name in NAMES]


def test_an_archive_announced_as_compressed_is_kept_as_it_is(site):
    site.faults = ["announced"] * 4
    fetch(IMAGES["fashion_mnist"], cache())
    assert (cache().folder / "fashion_mnist" / NAMES[0]).read_bytes() == CONTENTS[NAMES[0]]


def test_what_is_there_is_not_downloaded_again(site):
    folder = cache().folder / "fashion_mnist"
    put(folder, {NAMES[0]: CONTENTS[NAMES[0]], NAMES[1]: CONTENTS[NAMES[1]][:-3]})
    lines = fetch(IMAGES["fashion_mnist"], cache())
    assert lines[0] == f"fashion_mnist/{NAMES[0]}\u00a0: déjà là."
    assert site.asked == [*NAMES[1:]]  # the damaged one too
    assert (folder / NAMES[1]).read_bytes() == CONTENTS[NAMES[1]]


def test_what_another_folder_holds_is_copied(site, monkeypatch, tmp_path):
    put(tmp_path / "ici" / "fashion_mnist", CONTENTS)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "ici"))
    stick = Place("clé", tmp_path / "clé")
    assert fetch(IMAGES["fashion_mnist"], stick)[0].endswith("copié (COURSE_DATA).")
    assert site.asked == []
    assert names(stick.folder) == {*NAMES}


PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from course.data import download, files
from course.data.catalogue import IMAGES
from tests.data.sets import edition, small
entry = replace(IMAGES["fashion_mnist"], editions=(edition(small()),), addresses=(sys.argv[1],))
print("prêt", flush=True)
for line in sys.stdin:
    download.fetch(entry, files.Place("", Path(line.strip())))
    print("fait", flush=True)
"""


def test_two_at_once_do_no_harm(site, tmp_path):
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    both = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, site.address], text=True, encoding="utf-8", **pipes)
        for _ in range(2)
    ]
    assert [one.stdout.readline() for one in both] == ["prêt\n"] * 2
    for turn in range(5):
        for one in both:
            one.stdin.write(f"{tmp_path / str(turn)}\n")
            one.stdin.flush()
        assert [one.stdout.readline() for one in both] == ["fait\n"] * 2
        folder = tmp_path / str(turn) / "fashion_mnist"
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENTS
    assert len(site.asked) > 4 * 5  # they did meet
    for one in both:
        one.communicate(timeout=10)
        assert one.returncode == 0


@pytest.mark.parametrize("entry", [MNIST, FASHION, KUZUSHIJI, ALPHADIGITS], ids=lambda entry: entry.name)
def test_https_comes_first(entry):
    assert entry.addresses[0].startswith("https://")
    assert all(address.endswith("/") for address in entry.addresses)
    assert all(len(file.sha256) == 64 for one in entry.editions for file in one.files)
