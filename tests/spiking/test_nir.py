"""Through NIR and back, and into the other libraries: the same spikes."""

import numpy as np
import pytest
import torch

from course.spiking import ConvLIF, SpikingNetwork, from_nir, to_nir
from tests.spiking.small import CLASSES, PIXELS, patterns

nir = pytest.importorskip("nir")


def network(**options):
    return SpikingNetwork([PIXELS, 12, CLASSES], steps=25, reset="hard", weight_scale=12.0, **options)


@pytest.mark.parametrize("options", [{}, {"theta": 0.5, "tau_mem": 20.0}, {"recurrent": True}, {"decoder": "count"}])
def test_there_and_back(tmp_path, options):
    net = network(**options)
    to_nir(net, tmp_path / "reseau.nir")
    back = from_nir(tmp_path / "reseau.nir", steps=25)
    assert back.decoder == net.decoder
    x = patterns(20)[0]
    assert net.spikes(x)[0].sum() > 100
    assert torch.equal(net.spikes(x)[0], back.spikes(x)[0])
    torch.testing.assert_close(net(x), back(x))


def theirs(model, dense):
    """Membranes and hidden spikes of an imported model, step by step."""
    state, out = None, []
    with torch.no_grad():
        for x in dense:
            y, state = model(x, state)
            out.append(y[0] if isinstance(y, tuple) else y)
    return torch.stack(out)


@pytest.mark.parametrize("package", ["snntorch.import_nir", "spikingjelly.activation_based.nir_exchange"])
def test_other_libraries_fire_the_same_spikes(package):
    module = pytest.importorskip(package)
    net = network(decoder="count")
    dense = net.encode(patterns(20)[0]).dense()
    found = theirs(module.import_from_nir(to_nir(net)), dense)
    ours = net.output(dense)
    assert ours.sum() > 50
    assert (found - ours).abs().mean() < 1e-3


def test_a_soft_reset_is_said():
    with pytest.warns(RuntimeWarning, match="NIR ne connaît que la remise à zéro"):
        to_nir(SpikingNetwork([PIXELS, 12, CLASSES], steps=25))


def test_what_nir_does_not_carry():
    with pytest.raises(ValueError, match="to_nir.net\u00a0: des couches denses"):
        to_nir(SpikingNetwork([ConvLIF((1, 9, 9), 2), 4], steps=5))
    affine = nir.NIRGraph(
        {"input": nir.Input(np.array([3])), "a": nir.Affine(np.ones((2, 3)), np.ones(2)),
         "output": nir.Output(np.array([2]))},
        [("input", "a"), ("a", "output")], metadata={},
    )  # fmt: skip
    with pytest.raises(ValueError, match="from_nir.graph\u00a0: une chaîne de Linear et de CubaLIF"):
        from_nir(affine)
