"""A small web site on this machine, in place of the official addresses, that can misbehave."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """Files by name; `asked` is what was asked for, in order; `faults` is how it misbehaves, one per answer."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.address = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.rpartition("/")[2]
        self.asked.append(name)
        fault = self.faults.pop(0) if self.faults else ""
        content = self.contents.get(name)
        if content is None or fault == "absent":
            request.send_error(404)
            return
        if fault == "other":
            content = gzip.compress(b"<html>Identifiez-vous</html>")
        request.send_response(503 if fault == "busy" else 200)
        request.send_header("Content-Length", str(len(content)))
        if fault == "announced":  # as some sites do for a .gz
            request.send_header("Content-Encoding", "gzip")
        request.end_headers()
        request.wfile.write(content[: len(content) // 2] if fault == "cut" else content)


@contextmanager
def opened(contents: dict[str, bytes]) -> Iterator[Site]:
    """The site, while it is open."""
    site = Site(contents)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.answer(self)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
