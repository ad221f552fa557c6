"""A file is whole or absent; an apprenticeship that is killed goes on to the same curve."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from course.spiking import SpikingNetwork, fit, load, save
from tests.spiking.small import CLASSES, PIXELS, patterns

ROOT = Path(__file__).resolve().parents[2]
ALL = {"batch_size": 32, "lr": 0.02, "lr_decay": 1.0, "progress": False}


def small(**options):
    return SpikingNetwork([PIXELS, 12, CLASSES], steps=25, **options)


KILLED = """
import os, signal, sys
from course.spiking import fit
from tests.spiking.test_checkpoint import ALL, patterns, small
kill = lambda history: os.kill(os.getpid(), signal.SIGKILL) if len(history) == 2 else None
fit(small(), patterns(), epochs=5, checkpoint=sys.argv[1], each=kill, **ALL)
"""


def test_killed_and_taken_up_again_gives_the_same_curve(tmp_path):
    file = tmp_path / "reprise.pt"
    dead = subprocess.run([sys.executable, "-c", KILLED, file], cwd=ROOT, timeout=120)
    assert dead.returncode == -signal.SIGKILL
    whole, taken = small(), small(seed=7)  # its own first weights do not matter
    expected = fit(whole, patterns(), epochs=5, **ALL)
    history = fit(taken, patterns(), epochs=5, checkpoint=file, **ALL)
    for curve in ("loss", "accuracy", "val_loss", "val_accuracy", "rates", "dead", "gradients"):
        assert getattr(history, curve) == getattr(expected, curve), curve
    assert all(torch.equal(a, b) for a, b in zip(whole.weights, taken.weights, strict=True))
    assert [p.name for p in tmp_path.iterdir()] == ["reprise.pt"]


def test_a_finished_apprenticeship_is_only_read(tmp_path):
    first = fit(small(), patterns(), epochs=2, checkpoint=tmp_path / "a.pt", **ALL)
    again = fit(small(), patterns(), epochs=2, checkpoint=tmp_path / "a.pt", **ALL)
    assert again.state() == first.state()


def test_a_write_that_fails_leaves_the_file_of_before(tmp_path, monkeypatch):
    net = small()
    file = save(net, tmp_path / "poids.pt")
    content = file.read_bytes()

    def full(state, stream):
        stream.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match="no space left"):
        save(net, file)
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_is_put_in_its_place_at_once(tmp_path):
    file = save(small(seed=1), tmp_path / "poids.pt")
    content = file.read_bytes()
    with open(file, "rb") as reader:  # who reads it meanwhile has the whole of what was there
        save(small(seed=2), file)
        assert reader.read() == content
    assert file.read_bytes() != content


@pytest.mark.parametrize("options", [{}, {"learn_tau": True}, {"recurrent": True}])
def test_weights_there_and_back(tmp_path, options):
    there, here = small(seed=1, **options), small(seed=2, **options)
    load(here, save(there, tmp_path / "dossier" / "poids.pt"))
    for a, b in zip(there.state_dict().values(), here.state_dict().values(), strict=True):
        assert torch.equal(a, b)


@pytest.mark.parametrize("size", [0, 10, 2000, -3])
def test_a_truncated_file_is_refused(tmp_path, size):
    file = save(small(), tmp_path / "a.pt")
    file.write_bytes(file.read_bytes()[:size])
    net = small()
    before = [W.clone() for W in net.weights]
    with pytest.raises(ValueError, match=r"load\.path\u00a0: un fichier entier, écrit par save ou fit"):
        load(net, file)
    with pytest.raises(ValueError, match=r"fit\.checkpoint\u00a0: un fichier entier"):
        fit(net, patterns(), checkpoint=file, **ALL)
    assert all(torch.equal(a, b) for a, b in zip(before, net.weights, strict=True))


@pytest.mark.parametrize(("other", "said"), [
    (SpikingNetwork([PIXELS, 13, CLASSES], steps=25), "20 → 12"),
    (SpikingNetwork([PIXELS, 12, 12, CLASSES], steps=25), "20 → 12"),
    (small(tau_mem=20.0), "taus"), (small(theta=0.5), "theta"), (small(reset="hard"), "reset"),
    (small(encoder="rate"), "Latency"), (small(decoder="mean"), "max"),
    (SpikingNetwork([PIXELS, 12, CLASSES], steps=26), "steps"),
])  # fmt: skip
def test_another_architecture_is_refused(tmp_path, other, said):
    file = save(other, tmp_path / "a.pt")
    with pytest.raises(ValueError, match="un réseau de même architecture") as refused:
        load(small(), file)
    assert said in str(refused.value) or "n_out" in str(refused.value)


def test_other_settings_are_refused(tmp_path):
    file = tmp_path / "a.pt"
    fit(small(), patterns(), epochs=1, checkpoint=file, **ALL)
    for change, name in (({"lr": 0.01}, "lr"), ({"batch_size": 16}, "batch_size"), ({"seed": 3}, "seed"),
                         ({"rate_cost": 1.0}, "costs")):
        with pytest.raises(ValueError, match=f"un point de reprise du même apprentissage .{name}"):
            fit(small(), patterns(), epochs=2, checkpoint=file, **{**ALL, **change})
    with pytest.raises(ValueError, match="même apprentissage .données"):
        fit(small(), patterns(120), epochs=2, checkpoint=file, **ALL)
    with pytest.raises(ValueError, match="même apprentissage .couches"):
        fit(small(surrogate="gaussian"), patterns(), epochs=2, checkpoint=file, **ALL)
    with pytest.raises(ValueError, match="écrit par fit, non des poids seuls"):
        fit(small(), patterns(), checkpoint=save(small(), tmp_path / "b.pt"), **ALL)


def test_nothing_in_a_file_can_run(tmp_path, capsys):
    class Trap:
        def __reduce__(self):
            return print, ("caught",)

    torch.save({"format": "course.spiking 1", "weights": Trap()}, tmp_path / "a.pt")
    with pytest.raises(ValueError, match="un fichier entier, écrit par save ou fit"):
        load(small(), tmp_path / "a.pt")
    assert "caught" not in capsys.readouterr().out
    torch.save({"weights": 3}, tmp_path / "b.pt")
    with pytest.raises(ValueError, match="un fichier écrit par save ou fit"):
        load(small(), tmp_path / "b.pt")
    with pytest.raises(ValueError, match="un fichier qui existe"):
        load(small(), tmp_path / "c.pt")


def test_a_file_with_broken_weights_is_refused(tmp_path):
    net = small()
    with torch.no_grad():
        net.weights[0][0] = float("inf")
    with pytest.raises(ValueError, match=r"des poids finis \(layers.0.W\)"):
        load(small(), save(net, tmp_path / "a.pt"))
