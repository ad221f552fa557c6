"""A trace is arrays with names; its pictures say their units."""

import csv

import numpy as np

from course.neurons import hodgkin_huxley as hh


def test_shapes_time_first() -> None:
    trace = hh.simulate(10, 0.05, I=10)
    assert trace.t.shape == trace["V"].shape == (201,)
    assert trace.t[-1] == 10
    assert hh.simulate(10, 0.05, I=np.arange(3.0))["V"].shape == (201, 3)


def test_csv_round_trip(tmp_path) -> None:  # noqa: ANN001
    trace = hh.simulate(1, 0.1, I=10)
    rows = list(csv.reader(trace.to_csv(tmp_path / "trace.csv").open()))
    assert rows[0] == ["t", "V", "n", "m", "h"]
    assert [float(r[1]) for r in rows[1:]] == trace["V"].tolist()
    batch = hh.simulate(1, 0.1, I=np.arange(2.0), record=["V"])
    assert next(csv.reader(batch.to_csv(tmp_path / "b.csv").open())) == ["t", "V[0]", "V[1]"]


def test_plot_and_portrait_carry_units_and_the_data() -> None:
    trace = hh.simulate(20, 0.05, I=10, record=["V", "n", "I_Na"])
    figure = trace.plot("V", "I_Na")
    assert [ax.get_ylabel() for ax in figure.axes] == ["V (mV)", "I_Na (µA/cm²)"]
    assert figure.axes[-1].get_xlabel() == "temps (ms)"
    assert np.array_equal(figure.axes[0].lines[0].get_ydata(), trace["V"])
    portrait = trace.portrait("V", "n")
    assert np.array_equal(portrait.axes[0].lines[0].get_xdata(), trace["V"])
    assert repr(trace) == "<Trace 20 ms, V, n, I_Na, 2 potentiels d'action>"
