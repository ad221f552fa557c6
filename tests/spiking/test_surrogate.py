"""Surrogates: the published formulas, one unit of area or one of height, and the scales of other libraries."""

import math

import numpy as np
import pytest
import torch

from course.spiking import FAMILIES, Surrogate

X = torch.linspace(-3, 3, 121, dtype=torch.float64) + 0.013


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# each formula as the issue of a paper prints it, in numpy, with a scale that is not the default
PRINTED = {
    "super_spike": (7.0, lambda x, k: 1 / (1 + k * np.abs(x)) ** 2),
    "sigmoid": (3.0, lambda x, a: a * sigmoid(a * x) * (1 - sigmoid(a * x))),
    "triangular": (0.7, lambda x, d: np.maximum(0, 1 - np.abs(x) / d) / d),
    "gaussian": (0.4, lambda x, a: np.exp(-(x**2) / (2 * a**2)) / (a * np.sqrt(2 * np.pi))),
    "rectangular": (0.3, lambda x, d: np.where(np.abs(x) < d, 1 / (2 * d), 0)),
    "arctan": (1.5, lambda x, k: 1 / (1 + (np.pi * k * x / 2) ** 2)),
    "leaky_relu": (0.01, lambda x, leak: np.where(x > 0, 1, leak)),
}


@pytest.mark.parametrize("name", PRINTED)
def test_the_derivative_is_the_printed_one(name):
    scale, formula = PRINTED[name]
    np.testing.assert_allclose(Surrogate(name, scale).derivative(X), formula(X.numpy(), scale), rtol=1e-12)


def test_every_surrogate_is_looked_at():
    assert set(PRINTED) == set(FAMILIES)
    assert sorted(family.number for family in FAMILIES.values()) == list(range(7))
    assert all(family.default in family.grid for family in FAMILIES.values())


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_spikes_are_binary_and_their_gradient_is_the_derivative(name, dtype):
    s = Surrogate(name)
    x = torch.tensor([-1.5, -0.2, 0.0, 0.1, 2.0], dtype=dtype, requires_grad=True)
    spikes = s(x)
    assert spikes.dtype == dtype
    assert spikes.tolist() == [0, 0, 0, 1, 1]
    (grad,) = torch.autograd.grad((spikes * torch.arange(1, 6)).sum(), x)
    torch.testing.assert_close(grad, torch.arange(1, 6) * s.derivative(x.detach()), check_dtype=False)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_function_of_a_plot_has_the_derivative_of_the_plot(name):
    s = Surrogate(name, PRINTED[name][0])
    x = X.clone().requires_grad_()
    (grad,) = torch.autograd.grad(s.function(x).sum(), x)
    torch.testing.assert_close(grad, s.derivative(X), rtol=1e-12, atol=1e-12)
    middle = 0.0 if name == "leaky_relu" else 0.5
    assert s.function(torch.zeros(1, dtype=torch.float64)).item() == pytest.approx(middle)


@pytest.mark.parametrize("name", ["sigmoid", "triangular", "gaussian", "rectangular"])
@pytest.mark.parametrize("narrow", [False, True])
def test_these_have_an_area_of_one_at_any_scale(name, narrow):
    x = torch.linspace(-30, 30, 600_001, dtype=torch.float64)
    scale = sorted(FAMILIES[name].grid)[1 if narrow else 2]
    assert torch.trapezoid(Surrogate(name, scale).derivative(x), x).item() == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize("name", ["super_spike", "arctan"])
def test_these_have_a_height_of_one_at_any_scale(name):
    for scale in FAMILIES[name].grid:
        s = Surrogate(name, scale)
        assert s.derivative(torch.zeros(1)).item() == 1
        assert s.derivative(torch.tensor([0.5])).item() < 1


def gradient(step, x=X):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(step(x).sum(), x)[0]


def test_scales_of_snntorch():
    theirs = pytest.importorskip("snntorch").surrogate
    pairs = [
        (Surrogate("super_spike", 25.0), theirs.fast_sigmoid(slope=25), 1),
        (Surrogate("sigmoid", 5.0), theirs.sigmoid(slope=5), 1),
        (Surrogate("arctan", 3.0), theirs.atan(alpha=3.0), 2 / 3),
    ]
    for ours, other, factor in pairs:
        torch.testing.assert_close(ours.derivative(X), factor * gradient(other), rtol=1e-9, atol=1e-9)


def test_scales_of_spikingjelly():
    theirs = pytest.importorskip("spikingjelly.activation_based.surrogate")
    pairs = [
        (Surrogate("sigmoid", 4.0), theirs.Sigmoid(alpha=4.0), 1),
        (Surrogate("triangular", 0.5), theirs.PiecewiseQuadratic(alpha=2.0), 1),
        (Surrogate("gaussian", 0.4), theirs.Erf(alpha=1 / (0.4 * math.sqrt(2))), 1),
        (Surrogate("rectangular", 0.25), theirs.Rect(alpha=2.0), 1),
        (Surrogate("arctan", 3.0), theirs.ATan(alpha=3.0), 2 / 3),
        (Surrogate("leaky_relu", 0.01), theirs.LeakyKReLU(leak=0.01, k=1.0), 1),
        (Surrogate("super_spike", 1.0), theirs.SuperSpike(alpha=1.0), 1),
    ]
    for ours, other, factor in pairs:
        torch.testing.assert_close(ours.derivative(X), factor * gradient(other), rtol=1e-6, atol=1e-6)
