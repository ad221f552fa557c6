"""Weights that travel with the course: whole, small, those of TD08's network, and made again by their script."""

import hashlib
import importlib
from dataclasses import replace

import numpy as np
import pytest

from course import nn
from course.data import load
from course.weights import pretrained
from tests.full_data import need

weights = importlib.import_module("course.weights")
script = importlib.import_module("course.weights.__main__")


def network(seed=0):
    return script.network(np.random.default_rng(seed))


@pytest.mark.parametrize("name", weights.READY)
def test_the_file_is_small_and_has_its_checksum(name):
    content = script.HERE.with_name(f"{name}.npz").read_bytes()
    assert len(content) <= 200_000
    assert hashlib.sha256(content).hexdigest() == weights.READY[name]


def test_they_are_half_precision_and_load_in_single():
    with np.load(script.HERE) as file:
        assert {file[name].dtype for name in file.files} == {np.dtype(np.float16)}
    net = pretrained(network(), "fashion_mnist")
    assert {p.value.dtype for p in net.parameters()} == {np.dtype(np.float32)}


def test_another_file_is_never_read(monkeypatch, tmp_path):
    script.write(network(), tmp_path / "fashion_mnist.npz")
    monkeypatch.setattr(weights, "__file__", str(tmp_path / "__init__.py"))
    monkeypatch.setattr(weights, "load", lambda *_: pytest.fail("read"))
    with pytest.raises(ValueError, match="somme sha256"):
        pretrained(network(), "fashion_mnist")


def test_without_the_file_the_course_must_be_installed_again(monkeypatch, tmp_path):
    monkeypatch.setattr(weights, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(ValueError, match="à réinstaller"):
        pretrained(network(), "fashion_mnist")


def test_another_name_or_another_network_is_refused():
    with pytest.raises(ValueError, match=r"vouliez-vous dire fashion_mnist"):
        pretrained(network(), "fashion")
    with pytest.raises(ValueError, match="les poids de ce modèle"):
        pretrained(script.network(np.random.default_rng(0), 128), "fashion_mnist")


def test_writing_rounds_the_file_alone(tmp_path):
    net, twin = network(1), network(1)
    script.write(net, tmp_path / "w.npz")
    for p, q in zip(net.parameters(), twin.parameters(), strict=True):
        assert p.value.dtype == np.float32
        assert np.array_equal(p.value, q.value)
    nn.load(twin, tmp_path / "w.npz")
    for p, q in zip(net.parameters(), twin.parameters(), strict=True):
        assert np.array_equal(p.value.astype(np.float16), q.value)


def test_the_script_learns_and_says_the_sum(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_DATA", need("fashion_mnist"))
    monkeypatch.setattr(script, "PLAN", ((1e-3, 1),))
    path = tmp_path / "w.npz"
    assert script.main(path, subset=300) == 0
    assert hashlib.sha256(path.read_bytes()).hexdigest() in capsys.readouterr().out


def test_the_script_refuses_the_stand_in(monkeypatch, tmp_path, capsys):
    data = load("mnist", subset=50)
    monkeypatch.setattr(script, "load", lambda *_, **__: data)
    assert script.main(tmp_path / "w.npz") == 1
    assert "n'est pas ici" in capsys.readouterr().err


def test_they_read_clothes_that_they_have_not_seen(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", need("fashion_mnist"))
    data = load("fashion_mnist")
    net = pretrained(network(), "fashion_mnist")
    right = nn.accuracy(net, data.x_test.reshape(-1, 1, 28, 28), data.y_test)
    assert right >= 0.913  # TD08 says what it measured; this is the least that its text relies on


def lenet(seed=0):
    return script.lenet.network(np.random.default_rng(seed))


def test_the_lenet_is_small_and_its_file_is_half_precision():
    assert sum(p.value.size for p in lenet().parameters()) == 44_426
    with np.load(script.HERE.with_name("lenet_mnist.npz")) as file:
        assert {file[name].dtype for name in file.files} == {np.dtype(np.float16)}


def test_the_lenet_reads_digits_that_it_has_not_seen(monkeypatch):
    monkeypatch.setenv("COURSE_DATA", need("mnist"))
    data = load("mnist")
    assert len(data.y_test) == 10_000
    right = nn.accuracy(pretrained(lenet(), "lenet_mnist"), data.x_test.reshape(-1, 1, 28, 28), data.y_test)
    assert right >= 0.985


def test_the_two_parts_of_the_lenet_are_the_lenet():
    net = pretrained(lenet(), "lenet_mnist")
    body, head = script.lenet.halves(net)
    x = np.random.default_rng(0).random((3, 1, 28, 28), dtype=np.float32)
    features = body.eval()(x)
    assert features.shape == (3, script.lenet.DIMENSION)
    assert features.min() >= 0  # after their ReLU
    np.testing.assert_array_equal(head(features), net.eval()(x))


def test_the_script_makes_the_lenet_and_refuses_an_extract(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_DATA", need("mnist"))
    monkeypatch.setattr(script.lenet, "PLAN", ((1e-3, 1),))
    path = tmp_path / "w.npz"
    assert script.main(path, subset=300, name="lenet_mnist") == 0
    assert hashlib.sha256(path.read_bytes()).hexdigest() in capsys.readouterr().out
    nn.load(lenet(), path)
    monkeypatch.setattr(script, "load", lambda *_, **__: replace(load("mnist", subset=50), extract=True))
    assert script.main(path, name="lenet_mnist") == 1
