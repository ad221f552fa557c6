"""A course with nothing but itself: empty cache, no COURSE_DATA, no official address that answers."""

import os
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from course.data import loading
from course.data.catalogue import IMAGES
from tests.conftest import NEEDS_DATA

FULL = Path(os.environ.get("COURSE_DATA", ""))


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """No data set but the package's; pooch does not wait between two tries."""
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("pooch.core.time.sleep", lambda seconds: None)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def full(monkeypatch):
    """A function that opens the full data to the test, or skips it where that set is not."""
    def folder(name: str) -> Path:
        files = IMAGES[name].editions[-1].files if name == "kmnist" else IMAGES[name].whole
        if not all((FULL / name / file.name).is_file() for file in files):
            pytest.skip(NEEDS_DATA)
        monkeypatch.setenv("COURSE_DATA", str(FULL))
        return FULL

    return folder


class Site:
    """A server that stands for the official addresses: `pages` are path -> (status, headers, content)."""

    def __init__(self):
        self.pages, self.asked, site = {}, [], self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                status, headers, content = site.pages.get(self.path, (404, {}, b""))
                self.send_response(status)
                for key, value in ({"Content-Length": str(len(content))} | headers).items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site():
    one = Site()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def served(monkeypatch):
    """Put an entry in the catalogue, in the place of the one of that name."""
    def put(entry):
        monkeypatch.setitem(IMAGES, entry.name, entry)
        return entry

    return put


@pytest.fixture
def unreachable(monkeypatch):
    """Every official address is a port of this machine where nobody listens."""
    for name, entry in [*IMAGES.items()]:
        monkeypatch.setitem(IMAGES, name, replace(entry, addresses=("http://127.0.0.1:9/",)))
    monkeypatch.setattr(loading, "ALPHADIGITS", IMAGES["alphadigits"])
