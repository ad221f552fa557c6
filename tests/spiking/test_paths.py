"""No path changes the result beyond rounding, and each says what it cannot do."""

import pytest
import torch

from course.spiking import ConvLIF, SpikingNetwork, Trainer
from course.spiking.learn import learn
from course.spiking.paths import chosen, outputs
from tests.spiking.small import CLASSES, PIXELS, patterns

NETWORKS = {
    "plain": {}, "hard": {"reset": "hard"}, "through the reset": {"detach": False}, "mean": {"decoder": "mean"},
    "sigmoid": {"surrogate": "sigmoid"}, "recurrent": {"recurrent": True}, "learnt": {"learn_tau": True},
    "count": {"decoder": "count"}, "constant": {"encoder": "constant", "weight_scale": 40.0},
}


def network(path="auto", **options):
    return SpikingNetwork([PIXELS, 14, 12, CLASSES], steps=30, path=path, **{"weight_scale": 14.0, **options})


def gradients(options, path):
    trainer = Trainer(network(**options), patterns(48), path=path)
    x, y = trainer.train.batch(slice(None), 0)
    done = learn(trainer.model, x, y, trainer.path, trainer.costs)
    return done, [p.grad.clone() for p in trainer.net.parameters() if p.grad is not None]


@pytest.mark.parametrize(("name", "path"), [
    *((name, "scan") for name in NETWORKS),
    *((name, "fused") for name in ("plain", "hard", "through the reset", "mean", "sigmoid")),
])  # fmt: skip
def test_every_path_has_the_loss_and_gradients_of_the_reference(name, path):
    net = network(**NETWORKS[name])
    x = net.encode(patterns(48)[0])
    for ours, exact in zip(outputs(net, x, path)[:-1], outputs(net, x, "reference")[:-1], strict=True):
        assert exact.sum() > 100
        assert torch.equal(ours, exact)  # spikes first
    (done, ours), (expected, exact) = gradients(NETWORKS[name], path), gradients(NETWORKS[name], "reference")
    assert done.loss == pytest.approx(expected.loss, rel=1e-5)
    assert done.right == expected.right
    for a, b in zip(ours, exact, strict=True):
        assert (a - b).abs().max() <= 1e-4 * b.abs().max()


@pytest.mark.parametrize("asked", [None, "scan"])
def test_a_convolution_learns_on_every_path(asked):
    def loss(path):
        net = SpikingNetwork([ConvLIF((1, 5, 4), 3, kernel=2, pool=2, weight_scale=20.0), CLASSES], steps=20)
        trainer = Trainer(net, patterns(48), path=path)
        x, y = trainer.train.batch(slice(None), 0)
        learn(trainer.model, x, y, trainer.path, trainer.costs)
        return trainer.path, net.weights[0].grad

    (taken, ours), (_, exact) = loss(asked), loss("reference")
    assert taken == (asked or "fused")
    assert exact.abs().max() > 0
    assert (ours - exact).abs().max() <= 1e-4 * exact.abs().max()


@pytest.mark.parametrize(("options", "path"), [
    ({}, "fused"), ({"decoder": "mean"}, "fused"), ({"recurrent": True}, "scan"), ({"decoder": "count"}, "scan"),
    ({"learn_tau": True}, "scan"), ({"encoder": "constant"}, "scan"),
])  # fmt: skip
def test_the_fastest_that_can(options, path):
    assert chosen(network(**options), "auto") == path
    assert chosen(network(**options).double(), "auto") == "reference"
    assert Trainer(network(**options), patterns(48), rate_cost=1.0).path == "scan"


@pytest.mark.parametrize(("options", "path", "said"), [
    ({"recurrent": True}, "fused", "fused demande un réseau sans récurrence"),
    ({"decoder": "first"}, "fused", "fused demande un décodage max ou mean"),
    ({"learn_tau": True}, "fused", "fused demande des constantes de temps fixes"),
    ({"encoder": "constant"}, "fused", "fused demande une entrée par impulsions"),
    ({}, "cuda", "cuda demande un réseau sur carte CUDA"),
])  # fmt: skip
def test_a_path_that_cannot_says_why(options, path, said):
    with pytest.raises(ValueError, match=said):
        network(path, **options)
