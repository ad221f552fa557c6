"""Which PyTorch the first run takes, against an index on this machine that stands for PyTorch's own."""

import os
import socket
import subprocess
import sys
import time

import pytest

from course import __main__ as entry
from course import _install
from tests.fake_index import Index, wheel

RANGE = "torch>=2.6,<2.14"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """/pypi has the plain builds, /cpu the CPU ones, and a version that the range refuses."""
    folder = tmp_path_factory.mktemp("index")
    for version in ("2.12.0", "2.13.0", "2.14.0"):
        wheel(folder / "pypi", "torch", version)
        wheel(folder / "cpu", "torch", f"{version}+cpu")
    with Index(folder) as index:
        yield index.url


@pytest.fixture(autouse=True)
def linux_without_card(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(_install, "has_nvidia", lambda: False)


def installed(place, tmp_path, monkeypatch, index) -> str:
    """The torch that the real installation takes, into a folder of its own."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{place}/pypi")
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "site"))
    _install.install([sys.executable, "-m", "pip"], [RANGE], index, tmp_path / "pip.log", tmp_path)
    code = "import torch; print(torch.version)"
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_the_cpu_build_without_a_card(place, tmp_path, monkeypatch):
    assert installed(place, tmp_path, monkeypatch, f"{place}/cpu") == "2.13.0+cpu"


def test_the_plain_range_when_the_index_is_out_of_reach(place, tmp_path, monkeypatch):
    assert installed(place, tmp_path, monkeypatch, "http://127.0.0.1:9/cpu") == "2.13.0"


def test_the_plain_range_with_a_card(place, tmp_path, monkeypatch):
    monkeypatch.setattr(_install, "has_nvidia", lambda: True)
    assert installed(place, tmp_path, monkeypatch, f"{place}/cpu") == "2.13.0"


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_the_plain_range_is_the_cpu_build(place, monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    assert _install.torch_options(f"{place}/cpu") == []


def test_an_index_that_never_answers_costs_two_seconds():
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        began = time.monotonic()
        assert _install.torch_options(f"http://127.0.0.1:{mute.getsockname()[1]}") == []
        assert 1.5 < time.monotonic() - began < 4


def test_the_address_stands_in_one_place():
    assert entry.TORCH_CPU.startswith("https://")
