"""One text, three engines and two layouts: numba alone, numba side by side, numpy, torch agree."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from course.dynamics import Model, load
from course.inputs import sine
from course.neurons import hodgkin_huxley as hh
from tests.dynamics.test_spikes import adaptive

START = {"V": -60, "n": 1 / 3, "m": 0, "h": 2 / 3}


def test_an_entry_of_a_batch_is_the_single_run() -> None:
    I = np.linspace(0, 20, 21)
    batch = hh.simulate(60, 0.01, start=START, I=I)
    for j in (0, 7, 20):
        alone = hh.simulate(60, 0.01, start=START, I=I[j])
        assert batch["V"][:, j] == pytest.approx(alone["V"], abs=1e-9)
        assert batch.spikes[j] == pytest.approx(alone.spikes, abs=1e-9)
    assert batch.rate().shape == (21,)


def test_batches_of_every_size_and_shape() -> None:
    alone = adaptive.simulate(60, 0.05, I=1.7)
    for shape in ((1,), (7,), (8,), (16,), (33,), (5, 9)):
        trace = adaptive.simulate(60, 0.05, I=np.full(shape, 1.7))
        assert trace["V"].shape == (1201, *shape)
        assert trace["w"].reshape(1201, -1)[:, -1] == pytest.approx(alone["w"], abs=1e-9)
        assert trace.rate().shape == shape
    grid = adaptive.simulate(60, 0.05, I=np.linspace(0, 3, 4)[:, None], b=np.linspace(0, 1, 3))
    assert grid["V"].shape == (1201, 4, 3)
    assert grid["V"][:, 3, 2] == pytest.approx(
        adaptive.simulate(60, 0.05, I=3.0, b=1.0)["V"], abs=1e-9
    )


def test_recorded_or_not_is_the_same_run() -> None:
    full, none = hh.simulate(50, I=10), hh.simulate(50, I=10, record=[])
    assert np.array_equal(full.spikes, none.spikes)
    assert full.end == none.end
    assert none.recorded == {}
    partial = hh.simulate(50, I=10, record=["I_Na", "h"])
    assert list(partial.recorded) == ["I_Na", "h"]
    assert np.array_equal(partial["h"], full["h"])
    assert partial["I_Na"] == pytest.approx(
        120 * full["m"] ** 3 * full["h"] * (full["V"] - 50), rel=1e-12
    )
    with pytest.raises(LookupError, match="vouliez-vous dire h"):
        partial["H"]


def test_threads_and_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from course.dynamics import simulate

    I = np.linspace(5, 15, 70)
    whole = hh.simulate(30, 0.01, I=I)
    monkeypatch.setattr(simulate, "CHUNK", 7001)
    small = hh.simulate(30, 0.01, I=I)
    assert np.array_equal(whole["V"], small["V"])
    noisy = adaptive_noise()
    chunked = noisy.simulate(30, 0.1, rng=3, tau=np.full(9, 10.0))
    monkeypatch.undo()
    assert np.array_equal(noisy.simulate(30, 0.1, rng=3, tau=np.full(9, 10.0))["V"], chunked["V"])


def adaptive_noise():  # noqa: ANN201
    return Model(
        "dV/dt = (-V + I)/tau + s*sqrt(2/tau)*xi",
        spike="V >= 1",
        reset="V = 0",
        I=0.8,
        tau=10.0,
        s=0.3,
    )


@pytest.mark.parametrize(
    "model", [hh.with_(I=10), adaptive, adaptive_noise()], ids=["hh", "reset", "noise"]
)
@pytest.mark.parametrize("n", [1, 9])
def test_without_numba_the_same_code_runs_in_numpy(
    model, n: int, monkeypatch: pytest.MonkeyPatch
) -> None:  # noqa: ANN001
    I = np.linspace(1, 12, n) if n > 1 else 8.0
    fast = model.simulate(12, 0.02, I=I, rng=5)
    monkeypatch.setattr("course.dynamics.simulate.has_numba", lambda: False)
    slow = model.simulate(12, 0.02, I=I, rng=5)
    assert slow["V"] == pytest.approx(fast["V"], abs=1e-9)
    for a, b in zip(
        [slow.spikes] if n == 1 else slow.spikes,
        [fast.spikes] if n == 1 else fast.spikes,
        strict=True,
    ):
        assert a == pytest.approx(b, abs=1e-9)
    assert len(np.concatenate([slow.spikes] if n == 1 else slow.spikes)) > 0


def test_absent_numba_is_said_once() -> None:
    code = """
        import sys, warnings
        sys.modules["numba"] = None
        from course.neurons import hodgkin_huxley
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            n = [len(hodgkin_huxley.simulate(10, 0.05, I=10).spikes) for _ in range(2)]
        print(n, [str(w.message) for w in said if "numba est absent" in str(w.message)])
    """
    out = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    ).stdout
    assert out.startswith("[1, 1] ['numba est absent")
    assert out.count("numba est absent") == 1


@pytest.mark.parametrize("model", [hh, adaptive], ids=["hh", "reset"])
def test_torch_engine_equals_the_cpu(model, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN001
    torch = pytest.importorskip("torch", reason="torch absent")
    assert torch.float64
    from course.dynamics import gpu

    I = np.linspace(1, 12, 20)
    cpu = model.simulate(12, 0.05, I=I)
    monkeypatch.setattr(gpu, "cuda_run", lambda spec: gpu.torch_run(spec, "cpu"))
    other = model.simulate(12, 0.05, I=I, device="cuda")
    assert other["V"] == pytest.approx(cpu["V"], abs=1e-5)
    for a, b in zip(other.spikes, cpu.spikes, strict=True):
        assert a == pytest.approx(b, abs=1e-5)


def test_cuda_equals_the_cpu() -> None:
    torch = pytest.importorskip("torch", reason="torch absent")
    if not torch.cuda.is_available():
        with pytest.raises(ValueError, match="simulate.device\u00a0: un GPU CUDA visible de torch"):
            hh.simulate(10, device="cuda")
        pytest.skip("pas de GPU CUDA sur cette machine")
    I = np.linspace(0, 15, 200)
    cpu, gpu = (hh.simulate(20, 0.02, I=I, device=d) for d in ("cpu", "cuda"))
    assert gpu["V"] == pytest.approx(cpu["V"], abs=1e-5)


def test_a_drive_and_a_torch_step_of_every_elementary_function() -> None:
    torch = pytest.importorskip("torch", reason="torch absent")
    every = Model(
        "dx/dt = a*(exp(-x) + log(2 + x**2) + sqrt(1 + x**2) + sin(x) + cos(x) + tan(x/9) + sinh(x/9) + cosh(x/9))\n"
        "dy/dt = tanh(x) + arctan(y) + abs(x) + sign(y) + heaviside(x) + min(x, y) + max(x, 0.5) + p\n"
        "p = x/(exp(x) - 1) - 4*y\n"
        "dz/dt = where((x > 0.2) and not (y > 1), 1, where(t > 2 or x < y, -z, z**1.5)) - z + x**-2",
        init={"x": 0.5, "y": 0.1, "z": 0.3}, a=0.0,
    )  # fmt: skip
    fast = every.simulate(3, 0.01, a=sine(0.3, 200))
    spec = every.spec(("a",), "rk")
    numpy = load.functions(spec, "numpy")
    assert fast["z"][-1] != 0
    state = (np.array([0.7]), np.array([-0.2]), np.array([0.4]))
    expected = numpy.f(np.array(1.0), *state, 0.3, *numpy.constants())
    tensors = [torch.tensor(s) for s in state]
    got = load.functions(spec, "torch").f(
        torch.tensor(1.0), *tensors, torch.tensor(0.3, dtype=torch.float64), *numpy.constants()
    )
    assert [float(g) for g in got] == pytest.approx([float(e[0]) for e in expected], rel=1e-12)


def fresh_process(cache: Path) -> list[str]:
    code = """
        import sys
        import numpy as np
        from course.neurons import hodgkin_huxley
        one = hodgkin_huxley.simulate(20, I=10)
        many = hodgkin_huxley.simulate(20, I=np.linspace(0, 20, 9))
        print(one.spikes.tolist(), float(one["V"].sum()), float(many["V"].sum()))
        print("sympy" in sys.modules, "numba" in sys.modules)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    env = {**os.environ, "COURSE_CACHE": str(cache)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    return done.stdout.splitlines()


def test_a_cached_kernel_gives_the_same_result_without_sympy_nor_numba(tmp_path: Path) -> None:
    first, second = fresh_process(tmp_path), fresh_process(tmp_path)
    assert first[0] == second[0]
    assert [first[1], second[1]] == ["True True", "False False"]
    assert len(list((tmp_path / "kernels").glob("model_*.py"))) == 1
    assert len(list((tmp_path / "kernels").glob("model_*.o"))) == 2


def test_a_damaged_kernel_is_compiled_again(tmp_path: Path) -> None:
    whole = fresh_process(tmp_path)
    one, two = (tmp_path / "kernels").glob("model_*.o")
    one.write_bytes(one.read_bytes()[:-100])
    two.write_bytes(b"\x00garbage")
    assert fresh_process(tmp_path)[0] == whole[0]
    assert fresh_process(tmp_path)[1] == "False False"


def test_a_kernel_that_calls_what_is_not_known_is_refused_before_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from course.dynamics import machine

    monkeypatch.setattr(machine, "_LIBM", set())
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path))
    load.cache_folder.cache_clear()
    try:
        with pytest.raises(NotImplementedError, match="calls .*sinh"):
            Model("dx/dt = sinh(x) - 2*x*x", init={"x": 0.1}).simulate(1, 0.1)
    finally:
        load.cache_folder.cache_clear()
