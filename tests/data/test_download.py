"""Downloads, from a server of this machine that stands for the official addresses."""

import errno
import gzip
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from course import cli
from course.data import download, load
from course.data.catalogue import IMAGES
from course.data.files import cache
from tests.data import small

ROOT = Path(__file__).resolve().parents[2]
FILES = small.contents()


@pytest.fixture
def offered(site, served):
    """The small set, all of it served; the test may spoil it."""
    for name, content in FILES.items():
        site.pages[f"/{name}"] = (200, {}, content)
    served(small.entry(FILES, site.url))
    return site


def kept() -> list[str]:
    folder = cache().folder / "fashion_mnist"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_set_is_downloaded_once(offered, capsys):
    d = load("fashion_mnist")
    assert (d.source, d.name, len(d.x_train)) == ("téléchargé", "fashion_mnist", 6)
    assert kept() == sorted(FILES)
    asked = len(offered.asked)
    assert load("fashion_mnist").source == "cache"
    assert len(offered.asked) == asked


def test_a_wrong_file_is_never_kept(offered):
    offered.pages["/t10k-labels-idx1-ubyte.gz"] = (200, {}, b"not it")
    assert load("fashion_mnist", subset=5).name == "mnist"
    assert "t10k-labels-idx1-ubyte.gz" not in kept()
    assert not [name for name in kept() if name not in FILES]  # no half-written file either


def test_the_next_address_is_tried(offered, served):
    served(small.entry(FILES, "http://127.0.0.1:9/", offered.url + "lost/", offered.url))
    download.fetch(IMAGES["fashion_mnist"], cache(), retries=0)
    assert kept() == sorted(FILES)


def test_a_failed_transfer_is_tried_again(offered):
    cut = FILES["train-images-idx3-ubyte.gz"][:20]
    whole = offered.pages["/train-images-idx3-ubyte.gz"]

    class Heals(dict):
        def get(self, path, default=None):
            if path == "/train-images-idx3-ubyte.gz" and offered.asked.count(path) < 3:
                return 200, {"Content-Length": str(len(whole[2]))}, cut
            return super().get(path, default)

    offered.pages = Heals(offered.pages)
    download.fetch(IMAGES["fashion_mnist"], cache(), retries=3)
    assert offered.asked.count("/train-images-idx3-ubyte.gz") == 3


def test_a_file_announced_as_compressed_stays_as_it_is(offered):
    name = "train-images-idx3-ubyte.gz"
    offered.pages[f"/{name}"] = (200, {"Content-Encoding": "x-gzip"}, FILES[name])
    download.fetch(IMAGES["fashion_mnist"], cache(), retries=0)
    assert gzip.decompress((cache().folder / "fashion_mnist" / name).read_bytes())


def test_two_processes_at_once(offered, tmp_path):
    code = (
        "from course.data.catalogue import IMAGES\nfrom course.data import load\nfrom tests.data import small\n"
        f"IMAGES['fashion_mnist'] = small.entry(small.contents(), {offered.url!r})\n"
        "d = load('fashion_mnist'); print(d.name, len(d.x_train))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            for _ in range(2)]
    printed = [process.communicate(timeout=60)[0] for process in both]
    assert [text.strip().split("\n")[-1] for text in printed] == ["fashion_mnist 6"] * 2
    assert kept() == sorted(FILES)


@pytest.mark.parametrize(("status", "said"), [(404, "le site répond «\u00a0404\u00a0»"), (503, "503")])
def test_the_error_says_what_to_do_by_hand(offered, status, said, capsys):
    offered.pages = {f"/{name}": (status, {}, b"") for name in FILES}
    assert cli.main(["donnees", "--telecharger", "fashion_mnist"]) == 1
    printed = capsys.readouterr().err
    assert said in printed
    assert f"{offered.url}train-images-idx3-ubyte.gz" in printed
    assert str(cache().folder / "fashion_mnist") in printed
    assert "COURSE_DATA" in printed


@pytest.mark.parametrize(("code", "said"), [
    (errno.ENOSPC, "Plus de place sur le disque"), (errno.EROFS, "Impossible d'écrire dans"),
    (errno.EACCES, "Impossible d'écrire dans"),
])
def test_a_folder_that_takes_nothing(offered, monkeypatch, code, said, capsys):
    def refuse(*_, **__):
        raise OSError(code, "refused")

    monkeypatch.setattr("pooch.core.temporary_file", refuse)
    assert cli.main(["donnees", "--telecharger", "fashion_mnist"]) == 1
    assert said in capsys.readouterr().err
    assert load("fashion_mnist", subset=5).name == "mnist"  # a lab goes on
    assert said.split(" sur")[0] in capsys.readouterr().out


def test_a_cache_that_is_a_file(offered, monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "file"))
    assert cli.main(["donnees", "--telecharger", "fashion_mnist"]) == 1
    assert "n'est pas un dossier" in capsys.readouterr().err


def test_a_stick_is_filled_from_this_machine_and_read(offered, tmp_path, monkeypatch, capsys):
    download.fetch(IMAGES["fashion_mnist"], cache())
    asked, stick = len(offered.asked), tmp_path / "clé USB"
    assert cli.main(["donnees", "--telecharger", "fashion_mnist", "--dossier", str(stick)]) == 0
    assert "copié (cache)" in capsys.readouterr().out
    assert len(offered.asked) == asked
    monkeypatch.setenv("COURSE_DATA", str(stick))
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "elsewhere"))
    assert load("fashion_mnist").source == "COURSE_DATA"
    path = stick / "fashion_mnist" / "train-images-idx3-ubyte.gz"
    assert path.stat().st_mode & 0o444 == 0o444  # every student reads a shared folder


def test_a_damaged_file_of_the_cache_is_downloaded_again(offered):
    small.put(cache().folder, FILES | {"t10k-labels-idx1-ubyte.gz": b"spoiled"})
    assert load("fashion_mnist").source == "téléchargé"


def test_https_comes_first():
    for entry in (replace(e) for e in IMAGES.values()):
        assert entry.addresses[0].startswith("https://")
        schemes = [address.split(":")[0] for address in entry.addresses]
        assert schemes == sorted(schemes, reverse=True)


def test_the_list(offered, monkeypatch, capsys):
    small.put(cache().folder, {**FILES, "t10k-labels-idx1-ubyte.gz": b"spoiled"})
    assert cli.main(["donnees"]) == 0
    lines = capsys.readouterr().out.split("\n")
    fashion = next(line for line in lines if line.startswith("fashion_mnist"))
    assert "incomplet" in fashion
    assert "t10k-labels-idx1-ubyte.gz\u00a0: SOMME FAUSSE" in fashion
    mnist = next(line for line in lines if line.startswith("mnist"))
    assert "extrait" in mnist
    assert "1,9\u00a0Mo" in mnist
    assert "vérifiée" in mnist
    assert any(line.startswith("alphadigits") and "absent" in line for line in lines)


def test_a_data_folder_that_is_not_there_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "lost"))
    assert cli.main(["donnees"]) == 0
    assert f"COURSE_DATA\u00a0: {tmp_path / 'lost'} (n'existe pas)" in capsys.readouterr().out


def test_an_unknown_name_is_said(capsys):
    assert cli.main(["donnees", "--telecharger", "fashion"]) == 1
    assert "vouliez-vous dire fashion_mnist" in capsys.readouterr().err
    assert cli.main(["donnees", "--telecharger", "iris"]) == 0
    assert "rien à télécharger" in capsys.readouterr().out
