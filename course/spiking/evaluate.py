"""What a trained network is worth: its errors, what shakes it, when it makes up its mind, what it spends."""

# ruff: noqa: PT028  (`test` is not one of pytest's)
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch

from course import _check
from course.spiking import given, paths
from course.spiking.checkpoint import checked_weights
from course.spiking.decoding import decisions, decode
from course.spiking.events import Events
from course.spiking.samples import Samples, test_part
from course.spiking.shaken import jittered, noisy, thinned
from course.spiking.trainer import score


@dataclass(frozen=True, eq=False)
class Report:
    """What `test` measured.

    accuracy: of all; per_class: (class,); confusion: (true class, answer), numbers of samples.
    robustness: {"noise": {σ: accuracy}, "jitter": {σ [ms]: …}, "deleted": {p: …}}, for what the code allows.
    decision: (sample,) [ms], the time from which the answer no longer changes.
    spikes: per picture, of the inputs and of each hidden layer. operations: synaptic, per picture: one addition for
    each spike and each synapse it reaches; products: multiplications of a network without spikes, same sizes.
    """

    accuracy: float
    per_class: np.ndarray
    confusion: np.ndarray
    robustness: dict[str, dict[float, float]]
    decision: np.ndarray
    spikes: list[float]
    operations: float
    products: int
    path: str

    def __str__(self) -> str:
        n = int(self.confusion.sum())
        worst = int(np.nanargmin(self.per_class))
        lines = [
            f"{percent(self.accuracy)} de {n} images\u00a0; la classe la moins bien reconnue est {worst} "
            f"({percent(self.per_class[worst])})",
            f"réponse arrêtée après {self.decision.mean():.1f}\u00a0ms en moyenne",
            f"impulsions par image\u00a0: entrées {self.spikes[0]:.0f}"
            + "".join(f", couche {k} {z:.0f}" for k, z in enumerate(self.spikes[1:], 1)),
            f"opérations par image\u00a0: {self.operations:.0f} additions, contre {self.products} produits sans "
            f"impulsions (rapport {self.operations / self.products:.2f})",
        ]
        names = {"noise": "bruit sur les pixels, σ", "jitter": "gigue (ms)", "deleted": "impulsions effacées"}
        for kind, found in self.robustness.items():
            lines.append(f"{names[kind]}\u00a0: " + ", ".join(f"{x:g} → {percent(a)}" for x, a in found.items()))
        return "\n".join(lines).replace(".", ",")

    __repr__ = __str__


def test(net, data: object, *, noise: Iterable[float] = (0.1, 0.3), jitter: Iterable[float] = (1.0, 5.0),
         deleted: Iterable[float] = (0.1, 0.3), seed: int = 0, path: str | None = None) -> Report:
    """Everything at once, on data that the weights have never seen.

    Args:
        data: (pictures, labels), pictures in [0, 1] or Events, or a Dataset (its test part).
        noise: standard deviations added to the pixels. jitter: of the time of each input spike [ms].
        deleted: probabilities that an input spike is lost. () for none. seed: of every draw.

    Raises:
        ValueError: « test.data.y : des étiquettes de 0 à 9, reçu 10 ».
    """
    if not hasattr(net, "encoder"):
        raise _check.refuse("test.net", "un SpikingNetwork", net)
    checked_weights("test.net", net)
    noise = [_check.not_negative("test.noise", s) for s in noise]
    jitter = [_check.not_negative("test.jitter", s) for s in jitter]
    deleted = [given.fraction("test.deleted", p) for p in deleted]
    samples = Samples("test.data", test_part(data), net)
    path = paths.chosen(net, path or net.path)
    answers, decided, spikes, operations = watched(net, samples, path, seed)
    confusion = np.zeros((net.classes, net.classes), dtype=np.int64)
    np.add.at(confusion, (samples.y, answers), 1)
    with np.errstate(invalid="ignore"):  # a class without sample has no accuracy
        per_class = confusion.diagonal() / confusion.sum(1)
    robustness = shaken(net, samples, test_part(data)[0], {"noise": noise, "jitter": jitter, "deleted": deleted},
                        path, seed)
    net.path_taken = path
    return Report(float((answers == samples.y).mean()), per_class, confusion, robustness, decided, spikes,
                  operations, sum(layer.products for layer in net.layers), path)


test.__test__ = False


@torch.no_grad()
def watched(net, samples: Samples, path: str, seed: int, batch_size: int = 500):
    """Answers, decision times [ms], spikes of each layer per picture, additions per picture."""
    answers, decided, counts, operations = [], [], np.zeros(len(net.layers)), 0.0
    for k in range(0, len(samples), batch_size):
        x, y = samples.batch(slice(k, k + batch_size), [seed, 3, k])
        found = paths.outputs(net, x, path)
        answers.append(decode(found[-1], net.decoder).argmax(1).cpu().numpy())
        decided.append((decisions(found[-1], net.decoder).cpu().numpy() + 1) * net.dt)
        into = [float(x.counts.sum()) if isinstance(x, Events) else 0.0, *(float(s.sum()) for s in found[:-1])]
        counts += into
        operations += sum(z * layer.fan_out for z, layer in zip(into, net.layers, strict=True))
        operations += sum(z * layer.returns for z, layer in zip(into[1:], net.layers, strict=False))
        if not isinstance(x, Events):  # a current reaches every synapse at every step
            operations += net.steps * net.layers[0].products * len(y)
    n = len(samples)
    return np.concatenate(answers), np.concatenate(decided), (counts / n).tolist(), operations / n


def shaken(net, samples: Samples, x: object, amounts: dict[str, list[float]], path: str, seed: int):
    """The accuracy for each kind of trouble that the code can have."""
    found: dict[str, dict[float, float]] = {}
    ways = {}
    if not isinstance(x, Events):
        once = samples.encoder if isinstance(samples.x, Events) else lambda pictures: pictures
        ways["noise"] = lambda s, k: once(noisy(x, s, [seed, 5, k]))
    spikes = samples.batch(slice(None), [seed, 3, 0])[0]
    if isinstance(spikes, Events):
        ways["jitter"] = lambda s, k: jittered(spikes, s / net.dt, [seed, 7, k])
        ways["deleted"] = lambda p, k: thinned(spikes, p, [seed, 8, k])
    for kind, way in ways.items():
        for k, amount in enumerate(amounts[kind]):
            found.setdefault(kind, {})[amount] = score(net, Samples.of(way(amount, k), samples), path, seed)[1]
    return found


def percent(x: float) -> str:
    return f"{100 * x:.1f}\u00a0%"
