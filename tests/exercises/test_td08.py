"""The formulas of TD08's exercises, found again by `course.nn`, by finite differences and by the normal equations."""

import numpy as np
import pytest

from course import nn
from course.exercises.td08.chain import retropropager
from course.exercises.td08.descent import pas_avec_elan
from course.exercises.td08.layer import gradients_lineaire, relu_arriere
from course.exercises.td08.loss import gradient_entropie
from course.exercises.td08.measure import matrice_de_confusion, normaliser
from course.exercises.td08.museum import gradient_sigmoide, softmax_sur
from course.exercises.td08.perceptron import passe
from course.exercises.td08.regression import gradient_droite

rng = np.random.default_rng(8)


def test_descent_arrives_at_the_least_squares():
    x = rng.normal(size=50)
    t = 2 * x - 1 + rng.normal(0, 0.3, 50)
    w = b = 0.0
    for _ in range(2000):
        dw, db = gradient_droite(w, b, x, t)
        w, b = w - 0.1 * dw, b - 0.1 * db
    assert (w, b) == pytest.approx(tuple(np.polyfit(x, t, 1)), abs=1e-9)


def test_the_perceptron_separates_what_a_line_separates():
    X = np.concatenate([rng.normal(size=(60, 2)), np.ones((60, 1))], axis=1)
    t = np.sign(X @ [1.0, -2.0, 0.3])
    w = np.zeros(3)
    for _ in range(500):
        w = passe(w, X, t)
    assert (np.sign(X @ w) == t).all()


def test_a_layer_and_relu_are_the_library_s():
    x, g = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    layer, relu = nn.Linear(3, 2, rng=0, dtype=np.float64), nn.ReLU()
    layer(x)
    dW, db, dx = gradients_lineaire(x, layer.W.value, g)
    assert np.allclose(layer.backward(g), dx)
    assert np.allclose(layer.W.grad, dW)
    assert np.allclose(layer.b.grad, db)
    relu(x)
    assert np.allclose(relu.backward(dx), relu_arriere(x, dx))


def test_the_losses_are_the_library_s():
    z, y = rng.normal(size=(6, 4)), rng.integers(0, 4, 6)
    loss, binary = nn.CrossEntropyLoss(), nn.BinaryCrossEntropy()
    loss(z, y)
    assert np.allclose(loss.backward(), gradient_entropie(z, y))
    t = (y > 1).astype(float)
    binary(z[:, 0], t)
    assert np.allclose(binary.backward(), gradient_sigmoide(z[:, 0], t))
    assert np.allclose(softmax_sur(z), nn.Softmax()(z))


def test_the_chain_is_sequential():
    net = nn.Sequential(nn.Linear(3, 4, rng=0, dtype=np.float64), nn.Tanh(), nn.Linear(4, 2, rng=1, dtype=np.float64))
    x, g = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    net(x)
    assert np.allclose(retropropager([m.backward for m in net.modules], g), net.backward(g))


def test_momentum_is_the_library_s():
    p = nn.Parameter(np.array([1.0, -2.0]), "θ")
    sgd, theta, v = nn.SGD([p], 0.1, momentum=0.8), p.value.copy(), np.zeros(2)
    for g in rng.normal(size=(5, 2)):
        p.zero_grad()
        p.add(g)
        sgd.step()
        theta, v = pas_avec_elan(theta, v, g, 0.1, 0.8)
    assert np.allclose(p.value, theta)


def test_measures():
    y, answers = rng.integers(0, 4, 50), rng.integers(0, 4, 50)
    assert (matrice_de_confusion(y, answers, 4) == nn.confusion(answers, y, 4)).all()
    a, b = normaliser(rng.normal(3, 2, (30, 4)), rng.normal(3, 2, (9, 4)))
    assert np.allclose((a.mean(0), a.std(0)), [[0] * 4, [1] * 4])
    assert not np.allclose(b.mean(0), 0)
