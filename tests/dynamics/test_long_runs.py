"""A long run says how far it is, and Ctrl-C stops it at once."""

import signal
import subprocess
import sys
import textwrap
import time

import pytest

from course.neurons import hodgkin_huxley as hh

LONG = """
    import sys
    import numpy as np
    from course.neurons import hodgkin_huxley
    sys.stderr.isatty = lambda: True
    hodgkin_huxley.simulate(1, I={I})
    print("prêt", flush=True)
    hodgkin_huxley.simulate(1e6, 0.01, I={I}, record=[])
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="pas de SIGINT vers un autre processus sous Windows"
)
@pytest.mark.parametrize("I", ["10.0", "np.linspace(0, 20, 40)"], ids=["one", "batch"])
def test_progress_is_shown_and_ctrl_c_returns_promptly(I: str) -> None:
    code = textwrap.dedent(LONG.format(I=I))
    command = [sys.executable, "-X", "utf8", "-c", code]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout.readline() == "prêt\n"
        time.sleep(3.5)
        run.send_signal(signal.SIGINT)
        sent = time.monotonic()
        said = run.communicate(timeout=20)[1]
    assert time.monotonic() - sent < 4  # the run itself would take four times as long
    assert "Simulation\u00a0:" in said
    assert "KeyboardInterrupt" in said


def test_nothing_is_shown_where_nobody_looks(capfd: pytest.CaptureFixture) -> None:
    hh.simulate(100, I=10)
    assert capfd.readouterr() == ("", "")
