"""What a network is worth: counted again by hand on a network that can be read."""

import numpy as np
import pytest
import torch

from course.spiking import Report, SpikingNetwork, fit, test
from tests.spiking.small import CLASSES, PIXELS, patterns


@pytest.fixture(scope="module")
def trained():
    net = SpikingNetwork([PIXELS, 12, CLASSES], steps=25)
    fit(net, patterns(), None, epochs=6, batch_size=32, lr=0.02, lr_decay=1.0, progress=False)
    return net


def test_accuracy_and_confusion(trained):
    x, y = patterns(90, seed=3)
    report = test(trained, (x, y))
    answers = trained(x).argmax(1).numpy()
    assert isinstance(report, Report)
    assert report.accuracy == np.mean(answers == y) > 0.7
    for true in range(CLASSES):
        assert report.confusion[true].tolist() == np.bincount(answers[y == true], minlength=CLASSES).tolist()
        assert report.per_class[true] == pytest.approx(np.mean(answers[y == true] == true))


def test_spikes_and_operations(trained):
    x, y = patterns(30, seed=3)
    report = test(trained, (x, y), noise=(), jitter=(), deleted=())
    events, hidden = trained.encode(x), trained.spikes(x)[0]
    assert report.spikes == pytest.approx([len(events.index) / 30, hidden.sum().item() / 30])
    assert report.operations == pytest.approx(report.spikes[0] * 12 + report.spikes[1] * CLASSES)
    assert report.products == PIXELS * 12 + 12 * CLASSES
    assert report.robustness == {}


def test_operations_of_a_recurrent_network():
    net = SpikingNetwork([PIXELS, 12, CLASSES], steps=25, recurrent=True)
    report = test(net, patterns(20), noise=(), jitter=(), deleted=())
    assert report.operations == pytest.approx(report.spikes[0] * 12 + report.spikes[1] * (12 + CLASSES))


def test_the_decision_comes_before_the_end_and_stands(trained):
    x, y = patterns(30, seed=3)
    report = test(trained, (x, y))
    v = trained.output(x).detach()
    final = v.amax(0).argmax(1)
    for b, t in enumerate(report.decision.astype(int)):
        assert v[:t, b].amax(0).argmax() == final[b]
        assert t == 1 or v[: t - 1, b].amax(0).argmax() != final[b]


def test_trouble_costs_accuracy(trained):
    found = test(trained, patterns(200, seed=3), noise=(0.0, 2.0), jitter=(0.0,), deleted=(0.0, 0.9, 1.0)).robustness
    accuracy = test(trained, patterns(200, seed=3)).accuracy
    assert found["noise"][0.0] == found["jitter"][0.0] == found["deleted"][0.0] == accuracy
    assert found["noise"][2.0] < accuracy
    assert found["deleted"][1.0] < found["deleted"][0.9] < accuracy
    assert test(trained, patterns(200, seed=3)).robustness == test(trained, patterns(200, seed=3)).robustness


def test_the_report_is_french_prose(trained):
    text = str(test(trained, patterns(30, seed=3)))
    assert "de 30 images" in text
    assert "impulsions par image\u00a0: entrées" in text
    assert "." not in text


def test_a_class_without_sample(trained):
    x, y = patterns(60, seed=3)
    report = test(trained, (x[y != 2], y[y != 2]))
    assert np.isnan(report.per_class[2])
    assert "nan" not in str(report)


def test_events_are_data_too(trained):
    x, y = patterns(30, seed=3)
    report = test(trained, (trained.encode(x), y))
    assert set(report.robustness) == {"jitter", "deleted"}
    assert report.accuracy == test(trained, (x, y)).accuracy


def test_a_constant_current():
    net = SpikingNetwork([PIXELS, 12, CLASSES], steps=25, encoder="constant")
    report = test(net, patterns(20))
    assert set(report.robustness) == {"noise"}
    assert report.spikes[0] == 0
    assert report.operations == pytest.approx(25 * PIXELS * 12 + report.spikes[1] * CLASSES)
    assert torch.is_tensor(net.encode(patterns(20)[0]))
