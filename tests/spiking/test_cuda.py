"""The graphics card's kernels against the plain layer in float64: on a card, else by Triton's interpreter."""

import importlib.util
import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from course.spiking import cuda, paths
from course.spiking.network import SpikingNetwork
from course.spiking.surrogate import FAMILIES
from tests.spiking.plain import alpha, beta, layer

NO_GPU = "pas de GPU CUDA sur cette machine"


def check(device):
    """Every surrogate, reset and readout; spikes first, then gradients."""
    current = 0.15 + torch.rand(30, 3, 50, generator=torch.Generator().manual_seed(0)) / 5
    pull = torch.randn(current.shape, generator=torch.Generator().manual_seed(1))
    eye = torch.eye(50, dtype=torch.float64)
    hard = {"reset": "hard", "surrogate": "arctan"}
    cases = [{"surrogate": s} for s in FAMILIES] + [{"detach": False}, hard, {**hard, "detach": False}, None]
    for how in cases:
        x64, x = current.double().requires_grad_(), current.to(device, copy=True).requires_grad_()
        S, V = layer(x64, eye, theta=torch.inf) if how is None else layer(x64, eye, **how)
        exact = V if how is None else S
        ours = cuda.li(x, alpha=alpha, beta=beta) if how is None else cuda.lif(x, alpha=alpha, beta=beta, **how)
        assert (ours.cpu() - exact).abs().max() <= (1e-4 if how is None else 0), how
        ours.backward(pull.to(device))
        exact.backward(pull.double())
        assert (x.grad.cpu() - x64.grad).abs().max() <= 1e-4 * x64.grad.abs().max(), how


def check_network(device):
    """A whole network's layers on this path and on the plain one."""
    net = SpikingNetwork([784, 20, 10], steps=30)
    x = net.dense(net.encode(np.random.default_rng(0).random((3, 784)))).to(device)
    net = net.to(device)
    for each in net.layers:
        ours, plain = paths.carded(each, x), each(x)
        assert torch.allclose(ours, plain, atol=1e-4)
        x = plain.detach()
    if device == "cuda":
        assert paths.chosen(net, "auto") == "cuda"


@pytest.mark.skipif(not torch.cuda.is_available(), reason=NO_GPU)
def test_on_a_card():
    check("cuda")
    check_network("cuda")


def test_a_network_that_is_not_on_a_card_is_told_so():
    with pytest.raises(ValueError, match="SpikingNetwork.path.: cuda demande un réseau sur carte CUDA"):
        SpikingNetwork([784, 20, 10], path="cuda")


@pytest.mark.skipif(importlib.util.find_spec("triton") is None, reason="Triton n'est pas installé ici")
def test_by_the_interpreter():
    code = "from tests.spiking.test_cuda import *; check('cpu'); check_network('cpu')"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "TRITON_INTERPRET": "1"})


@pytest.mark.parametrize("surrogate", FAMILIES)
@pytest.mark.parametrize("reset", ["soft", "hard"])
def test_the_text_is_python_and_names_nothing_unknown(surrogate, reset):
    text = cuda.source(FAMILIES[surrogate].derivative, reset, False)
    names = {n for block in compile(text, "text", "exec").co_consts if hasattr(block, "co_names")
             for n in block.co_names}  # fmt: skip
    known = {"tl", "range", "program_id", "to", "int64", "arange", "zeros", "float32", "load", "store", "where", "abs",
             "exp", "constexpr"}  # fmt: skip
    assert names <= known
