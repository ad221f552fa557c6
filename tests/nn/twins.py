"""The same module in torch, with the same weights, in double precision."""

import torch

from course import nn

PLAIN = {
    nn.Tanh: torch.nn.Tanh, nn.Sigmoid: torch.nn.Sigmoid, nn.ReLU: torch.nn.ReLU, nn.Flatten: torch.nn.Flatten,
}


def twin(module):
    """A torch module that computes the same thing."""
    kind = type(module)
    if kind in PLAIN:
        return PLAIN[kind]()
    if kind is nn.Sequential:
        return torch.nn.Sequential(*map(twin, module.modules))
    if kind is nn.LeakyReLU:
        return torch.nn.LeakyReLU(module.leak)
    if kind is nn.Softmax:
        return torch.nn.Softmax(-1)
    if kind is nn.LogSoftmax:
        return torch.nn.LogSoftmax(-1)
    if kind is nn.MaxPool2d:
        return torch.nn.MaxPool2d(module.size)
    if kind is nn.Upsample:
        return torch.nn.Upsample(scale_factor=module.size)
    return weighted(module)


def weighted(module):
    W = torch.from_numpy(module.W.value)
    if isinstance(module, nn.Conv2d):
        c_out, c_in, size, _ = W.shape
        same = {"bias": module.b is not None, "dtype": W.dtype}
        m = torch.nn.Conv2d(c_in, c_out, size, module.stride, module.padding, **same)
    else:
        W = W.T if isinstance(module, nn.Linear) else W
        m = torch.nn.Linear(W.shape[1], W.shape[0], bias=module.b is not None, dtype=W.dtype)
    with torch.no_grad():
        m.weight.copy_(W)
        if module.b is not None:
            m.bias.copy_(torch.from_numpy(module.b.value))
    return m


def gradients(m) -> list:
    """Of the weights of a twin, laid out as `course.nn` lays them."""
    found = []
    for layer in m if isinstance(m, torch.nn.Sequential) else [m]:
        for name, p in layer.named_parameters():
            turn = isinstance(layer, torch.nn.Linear) and name == "weight"
            found.append((p.grad.T if turn else p.grad).numpy())
    return found
