"""What cannot be is refused in French, before any work."""

import re

import numpy as np
import pytest
import torch

from course.spiking import (
    Constant,
    ConvLIF,
    Latency,
    LIFLayer,
    LIReadout,
    Rate,
    SpikingNetwork,
    Surrogate,
    Trainer,
    compare,
    decode,
    fit,
    jittered,
    noisy,
    test,
    thinned,
)
from course.spiking.events import sparse
from tests.spiking.small import CLASSES, PIXELS, patterns

X, Y = patterns(40)
NAN = X.copy()
NAN[3, 2] = np.nan


def net(**options):
    return SpikingNetwork([PIXELS, 8, CLASSES], steps=10, **options)


def poisoned():
    broken = net()
    with torch.no_grad():
        broken.weights[1][0, 0] = float("nan")
    return broken


NETWORKS = [
    (lambda: net(theta=0), "LIFLayer.theta : un nombre strictement positif, reçu 0"),
    (lambda: SpikingNetwork([784, 10], steps=0), "SpikingNetwork.steps : un entier d'au moins 1, reçu 0"),
    (lambda: SpikingNetwork([784, 10], steps=2.5), "SpikingNetwork.steps : un entier d'au moins 1, reçu 2.5"),
    (lambda: net(tau_mem=0), "LIFLayer.tau_mem : un nombre strictement positif (ms), reçu 0"),
    (lambda: net(tau_syn=-1.0), "LIFLayer.tau_syn : un nombre strictement positif (ms), reçu -1.0"),
    (lambda: LIReadout(3, 2, tau_mem=float("inf")), "LIReadout.tau_mem : un nombre strictement positif (ms), reçu inf"),
    (lambda: LIFLayer(3, 2, dt=0), "LIFLayer.dt : un nombre strictement positif (ms), reçu 0"),
    (lambda: LIFLayer(0, 2), "LIFLayer.n_in : un entier d'au moins 1, reçu 0"),
    (lambda: net(dt=0), "SpikingNetwork.dt : un nombre strictement positif (ms), reçu 0"),
    (lambda: net(reset="dur"), "LIFLayer.reset : un de soft, hard"),
    (lambda: net(surrogate="sigmoide"), "LIFLayer.surrogate : un de super_spike, sigmoid"),
    (lambda: net(surrogate=3), "LIFLayer.surrogate : le nom d'un substitut"),
    (lambda: Surrogate("sigmoid", 0), "Surrogate.scale : un nombre strictement positif, reçu 0"),
    (lambda: Surrogate("leaky_relu", -1), "Surrogate.scale : un nombre positif ou nul, reçu -1"),
    (lambda: net(decoder="maximum"), "SpikingNetwork.decoder : un de max, mean, count, first"),
    (lambda: net(encoder="latence"), "SpikingNetwork.encoder : un de latency, rate, constant"),
    (lambda: net(seed=-1), "SpikingNetwork.seed : un entier d'au moins 0, reçu -1"),
    (lambda: net(path="fusé"), "SpikingNetwork.path : un de auto, reference"),
    (lambda: net(device="gpu"), "SpikingNetwork.device : « cpu » ou « cuda », reçu 'gpu'"),
    (lambda: net(weight_scale=[1.0]), "SpikingNetwork.weight_scale : un nombre, ou 2, reçu [1.0]"),
    (lambda: net(weight_scale=-1), "SpikingNetwork.weight_scale : un nombre positif ou nul, reçu -1"),
    (lambda: SpikingNetwork([784]), "SpikingNetwork.sizes : au moins deux tailles, [entrées, …, classes], reçu [784]"),
    (lambda: SpikingNetwork([784, -3]), "SpikingNetwork.sizes : un entier d'au moins 1, reçu -3"),
    (lambda: SpikingNetwork([784, ConvLIF((1, 9, 9), 2), 10]), "SpikingNetwork.sizes : les ConvLIF d'abord"),
    (lambda: SpikingNetwork([ConvLIF((1, 9, 9), 2), ConvLIF((2, 9, 9), 2), 10]), "un ConvLIF qui reçoit (2, 5, 5)"),
    (lambda: ConvLIF((1, 4, 4), 2, kernel=5), "ConvLIF.shape : une image au moins aussi grande que le noyau"),
    (lambda: ConvLIF((4, 4), 2), "ConvLIF.shape : (canaux, hauteur, largeur), reçu (4, 4)"),
    (lambda: ConvLIF((1, 9, 9), 2, recurrent=True), "ConvLIF.recurrent : False"),
    (lambda: net().freeze(2), "SpikingNetwork.freeze : des couches de 0 à 1, reçu 2"),
    (lambda: net()(X[:, :5]), "SpikingNetwork.x : des images de forme (exemples, 20), reçu un tableau float32"),
    (lambda: net()(sparse(np.zeros((3, 2, 4)))), "SpikingNetwork.x : des événements de 20 entrées"),
    (lambda: net()(torch.zeros(3, 2, 4)), "SpikingNetwork.x : (temps, exemples, 20), reçu (3, 2, 4)"),
    (lambda: decode(torch.zeros(3, 2, 4), "somme"), "decode.how : un de max, mean, count, first"),
]
CODES = [
    (lambda: Latency(0), "Latency.steps : un entier d'au moins 1, reçu 0"),
    (lambda: Latency(10, tau=0), "Latency.tau : un nombre strictement positif (ms), reçu 0"),
    (lambda: Latency(10, threshold=1.0), "Latency.threshold : un nombre de ]0, 1[, reçu 1.0"),
    (lambda: Rate(10, rate=1000.0), "Rate.rate : moins d'une impulsion par pas (< 1000\u00a0Hz), reçu 1000.0"),
    (lambda: Rate(10, rate=-3), "Rate.rate : un nombre strictement positif (Hz), reçu -3"),
    (lambda: Rate(10)(X, "graine"), "Rate.rng : un entier d'au moins 0, reçu 'graine'"),
    (lambda: Constant(10, gain=0), "Constant.gain : un nombre strictement positif, reçu 0"),
    (lambda: Latency(10)(255 * X), "Latency.x : des pixels de [0, 1] (image / 255 ?), reçu"),
    (lambda: Rate(10)(-X), "Rate.x : des pixels de [0, 1]"),
    (lambda: Constant(10)(NAN), "Constant.x : des pixels de [0, 1] (image / 255 ?), reçu nan"),
    (lambda: Latency(10)(X[0]), "Latency.x : des images de forme (exemples, pixels), reçu un tableau float32"),
    (lambda: Latency(10)([[1, 2], [3]]), "Latency.x : un tableau de nombres, aux lignes de même longueur"),
    (lambda: sparse(np.full((2, 2, 2), 0.5)), "sparse.dense : des 0 et des 1 de forme (pas, exemples, entrées)"),
    (lambda: noisy(X, -1), "noisy.sigma : un nombre positif ou nul, reçu -1"),
    (lambda: jittered(net().encode(X), -1), "jittered.sigma : un nombre positif ou nul, reçu -1"),
    (lambda: thinned(net().encode(X), 1.5), "thinned.p : un nombre de [0, 1], reçu 1.5"),
]
LEARNING = [
    (lambda: fit(net(), (X, Y + 1)), "fit.train.y : des étiquettes de 0 à 3, reçu 4"),
    (lambda: fit(net(), (X, Y - 1)), "fit.train.y : des étiquettes de 0 à 3, reçu -1"),
    (lambda: fit(net(), (X, Y[:5])), "fit.train.y : 40 étiquettes entières, un tableau de forme (40,)"),
    (lambda: fit(net(), (X, Y.astype(float))), "fit.train.y : 40 étiquettes entières"),
    (lambda: fit(net(), (255 * X, Y)), "fit.train.x : des pixels de [0, 1] (image / 255 ?), reçu"),
    (lambda: fit(net(), (NAN, Y)), "fit.train.x : des pixels de [0, 1] (image / 255 ?), reçu nan"),
    (lambda: fit(net(), X), "fit.train : (images, étiquettes), ou un jeu de données de course.data"),
    (lambda: fit(net(), (X, Y), (X, Y + 9)), "fit.valid.y : des étiquettes de 0 à 3"),
    (lambda: fit(net(), (X, Y), 1.5), "fit.valid : une fraction de ]0, 1[, ou (images, étiquettes), ou None"),
    (lambda: fit(net(), (X, Y), epochs=0), "fit.epochs : un entier d'au moins 1, reçu 0"),
    (lambda: fit(net(), (X, Y), batch_size=0), "fit.batch_size : un entier d'au moins 1, reçu 0"),
    (lambda: fit(net(), (X, Y), lr=0), "fit.lr : un nombre strictement positif, reçu 0"),
    (lambda: fit(net(), (X, Y), drop=1.5), "fit.drop : un nombre de [0, 1], reçu 1.5"),
    (lambda: fit(net(encoder="constant"), (X, Y), drop=0.5), "fit.drop, shift : 0 pour un courant constant"),
    (lambda: fit(net(), (X, Y), shift=1), "fit.shift : des images carrées, reçu '20 entrées'"),
    (lambda: fit(net(), (X, Y), rate_cost=-1), "fit.rate_cost : un nombre positif ou nul, reçu -1"),
    (lambda: fit(net(), (X, Y), None, patience=2), "fit.patience : None sans données de validation, reçu 2"),
    (lambda: fit(net(), (X, Y), seed="a"), "fit.seed : un entier d'au moins 0, reçu 'a'"),
    (lambda: fit("net", (X, Y)), "fit.net : un SpikingNetwork, reçu 'net'"),
    (lambda: fit(net().freeze(0, 1), (X, Y)), "fit.net : au moins une couche qui apprend, reçu 'toutes gelées'"),
    (lambda: fit(poisoned(), (X, Y)), "fit.net : des poids finis, reçu 'NaN ou infini dans layers.1.W'"),
    (lambda: Trainer(net(), (X, Y), path="vite"), "SpikingNetwork.path : un de auto, reference"),
    (lambda: test(net(), (X, Y + 1)), "test.data.y : des étiquettes de 0 à 3, reçu 4"),
    (lambda: test(net(), (2 * X, Y)), "test.data.x : des pixels de [0, 1]"),
    (lambda: test(poisoned(), (X, Y)), "test.net : des poids finis"),
    (lambda: test(net(), (X, Y), deleted=(2,)), "test.deleted : un nombre de [0, 1], reçu 2"),
    (lambda: test(net(), (X, Y), noise=(-1,)), "test.noise : un nombre positif ou nul, reçu -1"),
    (lambda: test("net", (X, Y)), "test.net : un SpikingNetwork, reçu 'net'"),
    (lambda: compare([20, 4], (X, Y), ["arctan", "arctg"]), "compare.surrogates : un de super_spike"),
]


@pytest.mark.parametrize(("call", "text"), NETWORKS + CODES + LEARNING)
def test_it_is_refused(call, text):
    text = re.sub(r" (?=[:?»])|(?<=«) ", "\u00a0", text)
    with pytest.raises(ValueError, match=re.escape(text)):
        call()


@pytest.mark.skipif(torch.cuda.is_available(), reason="a graphics card is there")
def test_a_graphics_card_that_is_not_there():
    with pytest.raises(ValueError, match="«\u00a0cpu\u00a0»\u00a0: cette machine n'a pas de carte CUDA, reçu 'cuda'"):
        net(device="cuda")
