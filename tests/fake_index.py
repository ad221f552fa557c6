"""A package index on this machine, with tiny wheels made on the spot: what pip installs in the tests."""

import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def wheel(folder: Path, name: str, version: str) -> Path:
    """Put into the index at `folder` a wheel whose module says its version."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    path = place / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}.py", f"version = {version!r}\n")
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")
    return path


class Silent(SimpleHTTPRequestHandler):
    """Serves a folder, and remembers nothing aloud."""

    def log_message(self, *_):
        pass


class Index:
    """`with Index(folder) as index:` serves `folder` at `index.url`; pip and urllib read its listings."""

    def __init__(self, folder: Path):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
