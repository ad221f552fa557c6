"""What is wrong is refused before any work, in French, with the place and the value."""

import numpy as np
import pytest

from course import nn

x = np.ones((4, 3), np.float32)
y = np.array([0, 1, 2, 1])
layer = nn.Linear(3, 3, rng=0)
holes = np.where(np.arange(12).reshape(4, 3) == 7, np.nan, 1.0)


def fit(data=(x, y), **other):
    net = nn.Linear(3, 3, rng=0)
    return nn.fit(net, data, **{"loss": nn.CrossEntropyLoss(), "optimizer": nn.SGD(net.parameters(), 0.1)} | other)


CASES = {
    "Linear.n_in : un entier d'au moins 1, reçu 0": lambda: nn.Linear(0, 3),
    "Linear.n_out : un entier d'au moins 1, reçu 2.0": lambda: nn.Linear(3, 2.0),
    "Linear.init : un de he, glorot, lecun, petit, zero (vouliez-vous dire glorot ?), reçu 'glorto'":
        lambda: nn.Linear(3, 2, init="glorto"),
    "Linear.rng : un générateur np.random.default_rng(graine), reçu 'hasard'": lambda: nn.Linear(3, 2, rng="hasard"),
    "Linear.dtype : float32 ou float64, reçu 'int8'": lambda: nn.Linear(3, 2, dtype="int8"),
    "Linear(3, 3).forward : un tableau de forme (n, 3), reçu un tableau float32 de forme (4, 5)":
        lambda: layer(np.ones((4, 5), "f4")),
    "Linear(3, 3).forward : un tableau de forme (n, 3), reçu un tableau float32 de forme (3,)": lambda: layer(x[0]),
    "Linear(3, 3).forward : un tableau de nombres à virgule (float32 ou float64 : x.astype(np.float32)), "
    "reçu un tableau uint8 de forme (4, 3)": lambda: layer(x.astype(np.uint8)),
    "Linear.backward : forward d'abord, aucun passage avant en mémoire": lambda: nn.Linear(3, 3).backward(x),
    "Linear(3, 3).backward : un tableau de forme (4, 3), reçu un tableau float32 de forme (3, 4)":
        lambda: (layer(x), layer.backward(x.T)),
    "ReLU().forward : un tableau de nombres à virgule (float32 ou float64 : x.astype(np.float32)), reçu 3":
        lambda: nn.ReLU()(3),
    "LeakyReLU.slope : un nombre positif ou nul, reçu -1": lambda: nn.LeakyReLU(-1),
    "Dropout.p : un nombre de [0, 1[, reçu 1": lambda: nn.Dropout(1),
    "Conv2d.padding : un entier d'au moins 0, reçu -1": lambda: nn.Conv2d(1, 2, 3, padding=-1),
    "Conv2d(1, 2, 3).forward : un tableau de forme (n, 1, h, w), reçu un tableau float32 de forme (4, 3)":
        lambda: nn.Conv2d(1, 2, 3)(x),
    "Conv2d(1, 2, 3).forward : des images d'au moins 3 pixels de côté (marge comprise), reçu (1, 1, 2, 2)":
        lambda: nn.Conv2d(1, 2, 3)(np.ones((1, 1, 2, 2))),
    "MaxPool2d(2).forward : des images d'au moins 2 pixels de côté, reçu (1, 1, 1, 5)":
        lambda: nn.MaxPool2d(2)(np.ones((1, 1, 1, 5))),
    "Sequential.modules[0] : un module (une instance : ReLU(), avec ses parenthèses), reçu <class":
        lambda: nn.Sequential(nn.ReLU),
    "Sequential.modules : au moins un module, reçu ()": lambda: nn.Sequential(),
    "Linear.tied.other : un module Linear, reçu ReLU()": lambda: nn.Linear.tied(nn.ReLU()),
    "MSELoss.target : un tableau de forme (4, 3), reçu un tableau float32 de forme (4,)":
        lambda: nn.MSELoss()(x, x[:, 0]),
    "MSELoss.output : un tableau sans NaN ni infini, reçu nan à l'indice [2, 1]": lambda: nn.MSELoss()(holes, x),
    "CrossEntropyLoss.target : des étiquettes de 0 à 2, reçu 3": lambda: nn.CrossEntropyLoss()(x, y + 1),
    "CrossEntropyLoss.target : des étiquettes de 0 à 2, reçu -1": lambda: nn.CrossEntropyLoss()(x, y - 1),
    "CrossEntropyLoss.target : 4 étiquettes entières, un tableau de forme (4,), reçu un tableau float64 de forme (4,)":
        lambda: nn.CrossEntropyLoss()(x, y / 1),
    "CrossEntropyLoss.backward : d'abord loss(sortie, cible), aucun appel en mémoire":
        lambda: nn.CrossEntropyLoss().backward(),
    "BinaryCrossEntropy.target : des cibles entre 0 et 1, reçu 255.0": lambda: nn.BinaryCrossEntropy()(x, 255 * x),
    "SGD.lr : un nombre strictement positif, reçu 0": lambda: nn.SGD(layer.parameters(), 0),
    "SGD.momentum : un nombre de [0, 1[, reçu 1": lambda: nn.SGD(layer.parameters(), 0.1, 1),
    "SGD.params : des paramètres, model.parameters(), reçu []": lambda: nn.SGD(layer, 0.1),
    "Adam.lr : un nombre strictement positif, reçu -0.001": lambda: nn.Adam(layer.parameters(), -1e-3),
    "fit.epochs : un entier d'au moins 1, reçu 0": lambda: fit(epochs=0),
    "fit.batch_size : un entier d'au moins 1, reçu 0": lambda: fit(batch_size=0),
    "fit.validation : une fraction de ]0, 1[, ou (x, y), ou None, reçu 1": lambda: fit(validation=1),
    "fit.patience : None sans données de validation, reçu 3": lambda: fit(patience=3),
    "fit.data.x : un tableau sans NaN ni infini, reçu nan à l'indice [2, 1]": lambda: fit((holes, y)),
    "fit.data : autant d'exemples que de cibles, une ligne par exemple, reçu x (4, 3) et y (3,)":
        lambda: fit((x, y[:3])),
    "fit.data : (x, y), x seul, ou un jeu de données de course.data, reçu 'mnist'": lambda: fit("mnist"),
    "gradient_check : un module ou une perte, avec backward, reçu 3": lambda: nn.gradient_check(3, x),
    "confusion.answers : des étiquettes de 0 à 1, reçu 2": lambda: nn.confusion(y, np.minimum(y, 1), 2),
}


@pytest.mark.parametrize("message", CASES)
def test_refusals(message):
    with pytest.raises(ValueError, match=r"\S") as e:
        CASES[message]()
    assert str(e.value).replace("\u00a0", " ").startswith(message)


def test_a_name_nearly_right_is_proposed():
    with pytest.raises(AttributeError, match="vouliez-vous dire ReLU"):
        nn.Relu  # noqa: B018


def test_weights_travel(tmp_path):
    there = nn.Linear(6, 3, rng=0)
    net = nn.Sequential(there, nn.Tanh(), nn.Linear.tied(there))
    path = nn.save(net, tmp_path / "poids")
    assert path.name == "poids.npz"
    here = nn.Linear(6, 3, rng=1)
    other = nn.load(nn.Sequential(here, nn.Tanh(), nn.Linear.tied(here)), path)
    q = np.random.default_rng(0).normal(size=(5, 6)).astype(np.float32)
    assert (net(q) == other(q)).all()
    assert other[2].W is other[0].W


@pytest.mark.parametrize("other", [nn.Linear(6, 4), nn.Linear(6, 3, bias=False), nn.Conv2d(1, 1, 3)])
def test_other_weights_are_refused(tmp_path, other):
    path = nn.save(nn.Linear(6, 3), tmp_path / "poids.npz")
    before = [p.value.copy() for p in other.parameters()]
    with pytest.raises(ValueError, match="load.path.*les poids de ce modèle, reçu"):
        nn.load(other, path)
    assert all((p.value == b).all() for p, b in zip(other.parameters(), before, strict=True))


def test_a_broken_file_is_refused(tmp_path):
    path = nn.save(nn.Linear(6, 3), tmp_path / "poids.npz")
    whole = path.read_bytes()
    for broken in (b"", b"bonjour", whole[: len(whole) // 2], whole[:60] + b"\0\0\0" + whole[63:]):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match="load.path"):
            nn.load(nn.Linear(6, 3), path)
    with pytest.raises(ValueError, match="un fichier qui existe"):
        nn.load(nn.Linear(6, 3), tmp_path / "absent.npz")
