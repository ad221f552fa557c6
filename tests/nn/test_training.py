"""The same losses as torch for 100 steps; what `fit` does with batches, validation and patience."""

import numpy as np
import pytest
import torch

from course import nn
from tests.nn.twins import twin

F = torch.nn.functional
OPTIMISERS = {
    "sgd": (lambda p: nn.SGD(p, 0.1), lambda p: torch.optim.SGD(p, 0.1)),
    "momentum": (
        lambda p: nn.SGD(p, 0.05, momentum=0.9, weight_decay=1e-3),
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, weight_decay=1e-3),
    ),
    "adam": (lambda p: nn.Adam(p, 3e-3), lambda p: torch.optim.Adam(p, 3e-3)),
}


def dense(rng):
    here = {"rng": rng, "dtype": np.float64}
    first, second, third = (nn.Linear(*sizes, **here) for sizes in ((16, 12), (12, 8), (8, 4)))
    return nn.Sequential(first, nn.ReLU(), second, nn.Tanh(), third)


def convolutional(rng):
    here = {"rng": rng, "dtype": np.float64}
    return nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1, **here), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 4, **here)
    )


@pytest.mark.parametrize("network", [dense, convolutional])
@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_hundred_steps_as_torch(network, name):
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(800, 16)), rng.integers(0, 4, 800)
    if network is convolutional:
        x = x.reshape(-1, 1, 4, 4)
    net = network(rng)
    other = twin(net)
    ours, theirs = OPTIMISERS[name]
    step, their_step, loss = ours(net.parameters()), theirs(other.parameters()), nn.CrossEntropyLoss()
    first = last = None
    for k in range(100):
        rows = slice(8 * k, 8 * k + 8)
        last = loss(net(x[rows]), y[rows])
        first = first or last
        net.zero_grad()
        net.accumulate(loss.backward())
        step.step()
        their_step.zero_grad()
        value = F.cross_entropy(other(torch.tensor(x[rows])), torch.tensor(y[rows]))
        value.backward()
        their_step.step()
        assert abs(last - value.item()) < 1e-8
    assert last != first


def two_moons(n=400, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    a = np.pi * rng.random(n)
    x = np.stack([np.cos(a) * (1 - 2 * y) + y, np.sin(a) * (1 - 2 * y) + 0.5 * y], 1)
    return (x + rng.normal(0, 0.1, x.shape)).astype(np.float32), y


def small(rng=0):
    rng = np.random.default_rng(rng)
    return nn.Sequential(nn.Linear(2, 16, rng=rng), nn.ReLU(), nn.Linear(16, 2, rng=rng))


def test_fit_learns_two_moons():
    net, (x, y) = small(), two_moons()
    adam = nn.Adam(net.parameters(), 0.01)
    h = nn.fit(net, (x, y), loss=nn.CrossEntropyLoss(), optimizer=adam, epochs=60, validation=0.2, rng=0)
    assert len(h.loss) == len(h.val_loss) == len(h.accuracy) == len(h.val_accuracy) == 60
    assert h.val_accuracy[-1] > 0.97
    assert nn.accuracy(net, *two_moons(seed=1)) > 0.97
    assert h.best_epoch == int(np.argmin(h.val_loss))


def test_the_same_seed_gives_the_same_network():
    runs = []
    for _ in range(2):
        net = small(3)
        sgd = nn.SGD(net.parameters(), 0.1)
        runs.append(nn.fit(net, two_moons(), loss=nn.CrossEntropyLoss(), optimizer=sgd, epochs=3, rng=4).loss)
    assert runs[0] == runs[1]


def test_patience_puts_the_best_weights_back():
    net, (x, y) = small(), two_moons(60)
    y = np.random.default_rng(0).permutation(y)  # nothing to learn: validation gets worse
    val = two_moons(60, seed=2)
    h = nn.fit(
        net, (x, y), loss=nn.CrossEntropyLoss(), optimizer=nn.Adam(net.parameters(), 0.05), epochs=300,
        validation=val, patience=5, rng=0,
    )
    assert len(h.loss) == h.best_epoch + 6 < 300
    assert nn.CrossEntropyLoss()(nn.predict(net, val[0]), val[1]) == pytest.approx(min(h.val_loss), rel=1e-5)


def test_an_auto_encoder_learns_its_input():
    rng = np.random.default_rng(0)
    x = (rng.normal(size=(200, 2)) @ rng.normal(size=(2, 8))).astype(np.float32)
    there = nn.Linear(8, 2, rng=rng, init="glorot")
    net = nn.Sequential(there, nn.Linear.tied(there))
    h = nn.fit(net, x, loss=nn.MSELoss(), optimizer=nn.Adam(net.parameters(), 0.02), epochs=80, rng=0)
    assert h.loss[-1] < 1e-3 * h.loss[0]
    assert h.accuracy == []
    again = nn.Sequential(first := nn.Linear(8, 2, rng=5, init="glorot"), nn.Linear.tied(first))
    assert nn.fit(
        again, (x, None), loss=nn.MSELoss(), optimizer=nn.SGD(again.parameters(), 0.01), epochs=1, rng=0
    ).loss[0] > 0


def test_a_dataset_is_known_by_its_arrays():
    class Moons:
        x_train, y_train = two_moons()

    net = small()
    h = nn.fit(net, Moons(), loss=nn.CrossEntropyLoss(), optimizer=nn.SGD(net.parameters(), 0.1), epochs=1, rng=0)
    assert 0 < h.loss[0] < 2


def test_divergence_is_said():
    net, (x, y) = small(), two_moons()
    with pytest.warns(RuntimeWarning, match="le pas lr est-il trop grand"):
        h = nn.fit(net, (x * 1e6, y), loss=nn.CrossEntropyLoss(), optimizer=nn.SGD(net.parameters(), 1e30), rng=0)
    assert h.diverged
    assert np.isnan(h.loss[-1])


def test_dropout_drops_while_learning_and_not_after():
    drop, x = nn.Dropout(0.25, rng=0), np.ones((1000, 20), np.float32)
    y = drop(x)
    assert abs((y == 0).mean() - 0.25) < 0.01
    assert abs(y.mean() - 1) < 0.02
    assert (drop.backward(x) == y).all()
    net = nn.Sequential(drop)
    assert (nn.predict(net, x) == x).all()
    assert drop.training
    assert net.eval()(x) is not None
    assert not drop.training


def test_confusion():
    m = nn.confusion(np.array([0, 2, 2, 1]), np.array([0, 1, 2, 1]), 3)
    assert (m == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]).all()
