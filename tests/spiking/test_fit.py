"""Learning: the loss goes down, the best epoch is kept, what is frozen stays, what breaks is said."""

import numpy as np
import pytest
import torch

from course.spiking import (
    Rate,
    SpikingNetwork,
    Surrogate,
    Trainer,
    compare,
    fit,
    snapshot,
    weight_changes,
)
from course.spiking.learn import Costs
from tests.spiking.small import CLASSES, PIXELS, patterns

ALL = {"batch_size": 32, "lr": 0.02, "lr_decay": 1.0, "progress": False}


def small(**options):
    return SpikingNetwork([PIXELS, 12, CLASSES], steps=25, **options)


def test_it_learns_and_says_what_it_did():
    net = SpikingNetwork([PIXELS, 16, CLASSES], steps=25, seed=1)
    before = snapshot(net)
    seen = []
    history = fit(net, patterns(), epochs=10, **ALL, each=lambda h: seen.append(len(h)))
    assert history.loss[-1] < 0.3 * history.loss[0]
    assert history.val_accuracy[history.best_epoch] > 0.9
    assert seen == list(range(1, 11))
    assert all(len(gauge) == 10 for gauge in (history.rates, history.dead, history.gradients, history.seconds))
    assert 0 < history.rates[-1][0] < 1000
    assert 0 <= history.dead[-1][0] <= 1
    assert len(history.gradients[0]) == 2
    assert net.path_taken == history.path
    changes = weight_changes(before, net)
    assert all(0.05 < change.size < 5 and change.moved > 0.3 for change in changes)
    assert "meilleure" in repr(history)


def test_the_same_seed_gives_the_same_curve_and_another_one_another():
    curves = [fit(small(), patterns(), epochs=2, seed=seed, **ALL).loss for seed in (0, 0, 1)]
    assert curves[0] == curves[1] != curves[2]


def test_a_random_code_is_drawn_anew_each_epoch_and_again_the_same():
    code = Rate(25, rate=200.0)
    curves = [fit(small(encoder=code), patterns(), epochs=2, **ALL) for _ in range(2)]
    assert curves[0].loss == curves[1].loss
    assert curves[0].val_loss == curves[1].val_loss
    net = small(encoder=code)
    trainer = Trainer(net, patterns(), batch_size=32)
    rows = np.arange(32)
    first, second = (trainer.train.batch(rows, [0, 2, epoch, 0, 0])[0] for epoch in (0, 1))
    assert len(first.index) != len(second.index)


def test_the_best_epoch_is_put_back():
    net, other = small(), small()
    wild = {"batch_size": 32, "lr": 0.3, "lr_decay": 1.0, "progress": False}  # the loss goes up again
    history = fit(net, patterns(), epochs=5, **wild)
    assert history.best_epoch < 4
    fit(other, patterns(), epochs=history.best_epoch + 1, **wild)
    assert all(torch.equal(a, b) for a, b in zip(net.weights, other.weights, strict=True))


def test_early_stopping():
    history = fit(small(), patterns(), epochs=40, batch_size=32, lr=0.3, lr_decay=1.0, patience=2, progress=False)
    assert len(history) == history.best_epoch + 3 < 40


def test_each_may_stop():
    assert len(fit(small(), patterns(), epochs=9, **ALL, each=lambda h: len(h) == 2)) == 2


def test_validation_on_other_data_and_without():
    train = patterns()
    history = fit(small(), train, patterns(40, seed=5), epochs=2, **ALL)
    assert len(history.val_loss) == 2
    assert fit(small(), train, None, epochs=2, **ALL).val_loss == []


def test_frozen_layers_do_not_move():
    net = small().freeze(0)
    before = snapshot(net)
    fit(net, patterns(), epochs=2, **ALL)
    assert torch.equal(before[0], net.weights[0])
    assert not torch.equal(before[1], net.weights[1])
    net.freeze()
    fit(net, patterns(), epochs=1, **ALL)
    assert not torch.equal(before[0], net.weights[0])


def test_lost_spikes_while_learning_are_drawn_anew_and_again_the_same():
    curves = [fit(small(), patterns(), epochs=2, drop=drop, **ALL).loss for drop in (0.0, 0.4, 0.4)]
    assert curves[0] != curves[1] == curves[2]


def test_costs_by_hand():
    spikes = torch.zeros(5, 2, 3)
    spikes[:4, 0, 0] = 1  # z = [[4, 0, 0], [0, 1, 0]]
    spikes[0, 1, 1] = 1
    assert float(Costs(rate=1.0)([spikes])) == pytest.approx((16 + 1) / 6)
    assert float(Costs(dead=1.0)([spikes])) == pytest.approx((0 + 0.25 + 1) / 3)


def test_costs_do_what_they_are_for():
    def after(**costs):
        history = fit(small(), patterns(), epochs=6, **ALL, **costs)
        return history.rates[-1][0], history.dead[-1][0]

    free, quiet, alive = after(), after(rate_cost=0.1), after(dead_cost=5.0)
    assert quiet[0] < 0.8 * free[0]
    assert alive[1] <= free[1]


def test_a_dead_network_comes_back_to_life():
    def dead(**costs):
        return fit(small(weight_scale=0.2), patterns(), epochs=3, **ALL, **costs).dead

    assert dead(dead_cost=20.0)[-1][0] < dead()[0][0]


def test_weights_that_are_no_longer_numbers_stop_learning(tmp_path):
    net, file = small(), tmp_path / "reprise.pt"

    def poison(history):
        if len(history) == 2:
            with torch.no_grad():
                net.weights[0][0, 0] = float("nan")  # a silent neuron: the loss itself stays a number
            good.extend(W.clone() for W in before)
        before[:] = [W.detach().clone() for W in net.weights]

    good, before = [], []
    with pytest.warns(RuntimeWarning, match="à l'époque 3, des poids ne sont plus des nombres"):
        history = fit(net, patterns(), None, epochs=9, checkpoint=file, each=poison, **ALL)
    assert history.diverged == 3
    assert len(history) == 2
    assert all(torch.isfinite(W).all() for W in net.weights)
    kept = torch.load(file, weights_only=True)
    assert len(kept["history"]["loss"]) == 2
    assert torch.equal(kept["weights"]["layers.0.W"], net.weights[0])


def test_several_surrogates_in_one_call():
    found = compare([PIXELS, 8, CLASSES], patterns(), ["triangular", ("super_spike", 100), Surrogate("arctan")],
                    network={"steps": 20}, epochs=1, **ALL)
    assert list(found) == [("triangular", 1.0), ("super_spike", 100.0), ("arctan", 2.0)]
    assert len({history.loss[0] for history in found.values()}) == 3


@pytest.mark.parametrize("options", [
    {"recurrent": True}, {"learn_tau": True}, {"decoder": "count", "weight_scale": 20.0}, {"decoder": "mean"},
    {"decoder": "first", "weight_scale": 20.0}, {"encoder": "constant"}, {"reset": "hard", "detach": False},
])  # fmt: skip
def test_every_kind_of_network_learns(options):
    history = fit(small(**options), patterns(), None, epochs=5, **ALL)
    assert history.loss[-1] < 0.9 * history.loss[0]
    assert history.accuracy[-1] > 0.5  # one in four by chance
