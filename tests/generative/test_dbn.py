"""Machines one above the other, and the classifier that starts from them."""

import numpy as np
import pytest

from course import nn
from course.generative import DBN, DNN, RBM

rng = np.random.default_rng(0)
X = np.repeat(np.eye(3), 40, axis=0)[:, [0, 0, 1, 1, 2, 2]]
X = np.where(rng.random(X.shape) < 0.05, 1 - X, X)
Y = np.repeat(np.arange(3), 40)


@pytest.fixture
def dbn():
    net = DBN([6, 8, 5])
    net.fit(X, 30, lr=0.1, progress=False)
    return net


def test_layers_are_learnt_one_by_one(dbn):
    below = RBM(6, 8)
    below.fit(X, 30, lr=0.1, progress=False)
    assert np.array_equal(dbn.rbms[0].W, below.W)  # the one above changed nothing below
    assert dbn.up(X).shape == (120, 5)
    assert np.allclose(dbn.up(X, 1), below.hidden(X))
    assert np.array_equal(dbn.up(X, 0), X)


def test_it_draws_what_it_has_seen(dbn):
    drawn = dbn.sample(300, 100) > 0.5
    pairs = drawn[:, ::2] == drawn[:, 1::2]
    assert pairs.mean() > 0.85  # neighbours go together, as in X
    assert np.array_equal(dbn.sample(5, 10, seed=1), dbn.sample(5, 10, seed=1))


def test_a_classifier_starts_from_the_machines(dbn):
    dnn = DNN.from_dbn(dbn, classes=3)
    assert dnn.sizes == [6, 8, 5, 3]
    assert np.allclose(dnn.features(X), dbn.up(X), atol=1e-6)
    assert np.allclose(dnn.features(X, 1), dbn.up(X, 1), atol=1e-6)
    assert np.allclose(DNN.from_dbn(dbn, 3, depth=1).features(X), dbn.up(X, 1), atol=1e-6)
    before = dbn.rbms[0].W.copy()
    dnn.fit(X, Y, 30, lr=0.02, batch_size=20, progress=False)
    assert np.array_equal(dbn.rbms[0].W, before)  # the machines keep their own weights
    assert dnn.accuracy(X, Y) > 0.9


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_frozen_layers_do_not_move(dbn, optimizer):
    dnn = DNN.from_dbn(dbn, classes=3)
    dnn.fit(X, Y, 5, frozen=2, optimizer=optimizer, progress=False)
    assert np.allclose(dnn.features(X), dbn.up(X), atol=1e-6)
    dnn.fit(X, Y, 5, frozen=1, optimizer=optimizer, progress=False)
    assert np.allclose(dnn.features(X, 1), dbn.up(X, 1), atol=1e-6)
    assert not np.allclose(dnn.features(X), dbn.up(X), atol=1e-6)


def test_early_stopping_puts_the_best_weights_back():
    dnn = DNN([6, 8, 3])
    history = dnn.fit(X, Y, 200, valid=(X[::7], 2 - Y[::7]), patience=3, progress=False)  # a validation that lies
    assert len(history.loss) < 200
    loss = nn.CrossEntropyLoss()(dnn.net(X[::7].astype(np.float32)), 2 - Y[::7])
    assert loss == pytest.approx(min(history.val_loss), rel=1e-5)


def test_relu_has_he_s_weights_and_sigmoid_glorot_s():
    relu, sigmoid = DNN([400, 300, 10], activation="relu"), DNN([400, 300, 10])
    assert relu.linears[0].W.value.std() == pytest.approx((2 / 400) ** 0.5, rel=0.02)
    assert sigmoid.linears[0].W.value.std() == pytest.approx((2 / 700) ** 0.5, rel=0.02)


def test_a_network_comes_back_from_its_file(dbn, tmp_path):
    back = DBN.load(dbn.save(tmp_path / "dbn.safetensors"))
    assert back.sizes == dbn.sizes
    assert np.array_equal(back.up(X), dbn.up(X))
    with pytest.raises(ValueError, match="écrit par RBM.save"):
        RBM.load(tmp_path / "dbn.safetensors")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: DBN([6]), "DBN.sizes"),
        (lambda: DNN.from_dbn(DBN([6, 4]), 3, depth=2), "DNN.from_dbn.depth"),
        (lambda: DBN([6, 0]), "DBN.sizes"),
        (lambda: DBN([6, 4]).up(X, 2), "DBN.up.depth"),
        (lambda: DBN([6, 4]).fit(X / 2, 1), "des 0 et des 1"),
        (lambda: DNN([6, 4, 3]).fit(X, Y + 1, 1), "étiquettes de 0 à 2"),
        (lambda: DNN([6, 4, 3]).fit(X[:, :5], Y, 1), r"de forme \(images, 6\)"),
        (lambda: DNN([6, 4, 3]).fit(X, Y, 1, optimizer="lion"), "DNN.fit.optimizer"),
        (lambda: DNN([6, 4, 3]).fit(X, Y, 1, frozen=2), "DNN.fit.frozen"),
        (lambda: DNN([6, 4, 3], activation="gelu"), "DNN.activation"),
    ],
)
def test_what_they_refuse(call, said):
    with pytest.raises(ValueError, match=said):
        call()
