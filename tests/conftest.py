"""For every test: no figure window, no trace in anybody's folders, no request outside this machine."""

import ipaddress
import signal
import socket

import pytest

from tests.full_data import pytest_terminal_summary  # noqa: F401  (pytest finds it here)

# a shell in the background ignores Ctrl-C, and its children with it
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def apart(monkeypatch, tmp_path):
    """A test writes its progress in its own folder."""
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progression.json"))


@pytest.fixture(autouse=True)
def on_this_machine(monkeypatch):
    """A connection anywhere else than to this machine is a failure, not a wait."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            try:
                local = ipaddress.ip_address(address[0]).is_loopback
            except ValueError:
                local = address[0] == "localhost"
            if not local:
                pytest.fail(f"a test asked for {address[0]}, outside this machine")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
