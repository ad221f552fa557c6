"""A trained network in the Neuromorphic Intermediate Representation: it opens in snnTorch, SpikingJelly, Norse.

NIR writes a neuron by its differential equations, and libraries step them by Euler's method at dt = 0.1 ms:

    τ_syn dI/dt = -I + w S, τ_mem dv/dt = -v + r I   →   I[t] = (1 - dt/τ_syn) I[t-1] + (w dt/τ_syn) S[t], and v alike

So τ = dt / (1 - α), w = r = τ / dt write, to the last digit, the decays of this room: a step there is a step here.
"""

import warnings
from pathlib import Path

import numpy as np
import torch

from course import _check
from course.spiking.layers import LIFLayer, LIReadout
from course.spiking.network import SpikingNetwork

DT = 1e-4  # [s], what other libraries take for a step
NEVER = 1e30  # a threshold that no membrane reaches: NIR has no readout that every library opens


def library():
    try:
        import nir
    except ImportError:
        raise ImportError("NIR n'est pas installé\u00a0: pip install nir") from None
    return nir


def to_nir(net: SpikingNetwork, path: str | Path | None = None):
    """The graph of a network of dense layers, written to `path` (HDF5) if it is given.

    A NIR neuron forgets its membrane when it fires (reset="hard"); one that subtracts its threshold is written too,
    with a warning, and opens elsewhere as one that forgets.

    Raises:
        ValueError: « to_nir.net : des couches denses, reçu … ».
    """
    nir = library()
    if any(type(layer) not in (LIFLayer, LIReadout) for layer in net.layers):
        raise _check.refuse("to_nir.net", "des couches denses", net)
    if any(isinstance(layer, LIFLayer) and layer.reset == "soft" for layer in net.layers):
        said = "NIR ne connaît que la remise à zéro (reset=\"hard\")\u00a0: ailleurs, ce réseau oubliera son potentiel"
        warnings.warn(f"to_nir\u00a0: {said} au lieu d'y soustraire le seuil.", RuntimeWarning, stacklevel=2)
    nodes, edges, last = {"input": nir.Input(np.array([net.n_in]))}, [], "input"
    for k, layer in enumerate(net.layers):
        weights, neurons = f"poids_{k}", f"couche_{k}"
        nodes[weights] = nir.Linear(matrix(layer.W))
        nodes[neurons] = nir.CubaLIF(**constants(layer))
        edges += [(last, weights), (weights, neurons)]
        if getattr(layer, "R", None) is not None:
            nodes[f"retour_{k}"] = nir.Linear(matrix(layer.R))
            edges += [(neurons, f"retour_{k}"), (f"retour_{k}", neurons)]
        last = neurons
    nodes["output"] = nir.Output(np.array([net.classes]))
    graph = nir.NIRGraph(nodes, [*edges, (last, "output")], metadata={})
    if path is not None:
        nir.write(str(path), graph)
    return graph


def matrix(W: torch.Tensor) -> np.ndarray:
    """(out, in), as NIR and torch's Linear have it."""
    return W.detach().cpu().numpy().T.copy()


def constants(layer: LIFLayer | LIReadout) -> dict[str, np.ndarray]:
    """The constants of a layer's neurons, one of each per neuron."""
    tau_syn, tau_mem = (DT / (1 - float(decay.detach())) for decay in (layer.alpha, layer.beta))
    values = {
        "tau_syn": tau_syn, "tau_mem": tau_mem, "r": tau_mem / DT, "w_in": tau_syn / DT, "v_leak": 0.0, "v_reset": 0.0,
        "v_threshold": getattr(layer, "theta", NEVER),
    }
    return {name: np.full(layer.n_out, value) for name, value in values.items()}


def from_nir(graph: object, **options: object) -> SpikingNetwork:
    """The network of a graph, or of its file: a chain of Linear (or Affine without bias) and CubaLIF.

    Args:
        options: of `SpikingNetwork`, for what NIR does not say: encoder, decoder, steps, surrogate. reset is "hard"
            unless it is given.

    Raises:
        ValueError: « from_nir.graph : une chaîne de Linear et de CubaLIF, reçu … ».
    """
    nir = library()
    graph = nir.read(str(graph)) if isinstance(graph, str | Path) else graph
    where, rule = "from_nir.graph", "une chaîne de Linear et de CubaLIF"
    pairs = chain(graph, nir)
    if not pairs:
        raise _check.refuse(where, rule, [type(node).__name__ for node in graph.nodes.values()])
    for weights, neuron, _ in pairs:
        bias = getattr(weights, "bias", None)
        if bias is not None and np.any(bias):
            raise _check.refuse(where, "des couches sans biais", bias)
        for name in ("tau_syn", "tau_mem", "v_threshold"):
            if np.ptp(getattr(neuron, name)) > 0:
                raise _check.refuse(where, f"une même valeur de {name} dans toute la couche", getattr(neuron, name))
    sizes = [pairs[0][0].weight.shape[1], *(weights.weight.shape[0] for weights, *_ in pairs)]
    fires = float(pairs[-1][1].v_threshold[0]) < NEVER
    options = {"reset": "hard", **({"decoder": "count"} if fires else {}), **options}
    net = SpikingNetwork(sizes, recurrent=any(back is not None for *_, back in pairs), **options)
    for layer, (weights, neuron, back) in zip(net.layers, pairs, strict=True):
        put(layer, weights, neuron, back)
    return net


@torch.no_grad()
def put(layer: LIFLayer | LIReadout, weights, neuron, back) -> None:
    """The numbers of a NIR neuron, in a layer: its weights carry what multiplies its current."""
    dt = float(neuron.tau_mem[0] / neuron.r[0])  # the step that makes r = τ/dt
    scale = float(neuron.w_in[0] * dt / neuron.tau_syn[0])
    for key, tau in (("log_tau_syn", neuron.tau_syn[0]), ("log_tau_mem", neuron.tau_mem[0])):
        getattr(layer, key).fill_(np.log(-layer.dt / np.log(1 - dt / float(tau))))
    layer.W.copy_(torch.from_numpy(scale * np.asarray(weights.weight).T))
    if getattr(layer, "R", None) is not None:
        layer.R.zero_() if back is None else layer.R.copy_(torch.from_numpy(scale * np.asarray(back.weight).T))
    if isinstance(layer, LIFLayer):
        layer.theta = float(neuron.v_threshold[0])


def chain(graph, nir) -> list[tuple]:
    """(weights, neurons, the weights that come back to them or None) from the input on; [] if it is no chain."""
    follows: dict[str, set[str]] = {}
    for a, b in graph.edges:
        follows.setdefault(a, set()).add(b)
    here = next((name for name, node in graph.nodes.items() if isinstance(node, nir.Input)), None)
    found: list[tuple] = []
    back: set[str] = set()
    while True:
        after = follows.get(here, set()) - back
        if any(isinstance(graph.nodes[name], nir.Output) for name in after):
            return found
        if len(after) != 1:
            return []
        (weights,) = after
        neurons = follows.get(weights, set())
        if len(neurons) != 1 or not isinstance(graph.nodes[weights], nir.Linear | nir.Affine):
            return []
        (here,) = neurons
        if not isinstance(graph.nodes[here], nir.CubaLIF):
            return []
        back = {name for name in follows.get(here, set()) if follows.get(name) == {here}}
        returns = graph.nodes[next(iter(back))] if back else None
        found.append((graph.nodes[weights], graph.nodes[here], returns))
