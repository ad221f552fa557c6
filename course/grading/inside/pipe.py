"""Messages on a pair of pipes: four bytes of length, then JSON."""

import json
import os
import select
import struct
import time

LARGEST = 16 * 2**20


class Closed(Exception):
    """The other side is gone, or says what no message is."""


class Late(Exception):
    """Nothing came in time."""


class Pipe:
    """One end: `send` a message, `receive` one."""

    def __init__(self, reading: int, writing: int):
        self.reading, self.writing = reading, writing

    def send(self, message: dict) -> None:
        """Write a message whole.

        Raises:
            Closed: the other side is gone.
        """
        data = json.dumps(message).encode()
        data = struct.pack(">I", len(data)) + data
        try:
            while data:
                data = data[os.write(self.writing, data):]
        except OSError as error:
            raise Closed from error

    def receive(self, seconds: float | None = None) -> dict:
        """The next message.

        Raises:
            Late: not within these seconds.
            Closed: it ended, or it is too large, or no object.
        """
        end = None if seconds is None else time.monotonic() + seconds
        (size,) = struct.unpack(">I", self._bytes(4, end))
        if size > LARGEST:
            raise Closed
        try:
            message = json.loads(self._bytes(size, end))
        except (ValueError, RecursionError) as error:
            raise Closed from error
        if not isinstance(message, dict):
            raise Closed
        return message

    def _bytes(self, count: int, end: float | None) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            if end is not None and not select.select([self.reading], [], [], max(end - time.monotonic(), 0))[0]:
                raise Late
            try:
                part = os.read(self.reading, min(count - len(parts), 2**20))
            except OSError as error:
                raise Closed from error
            if not part:
                raise Closed
            parts += part
        return bytes(parts)

    def close(self) -> None:
        """Let the other side see an end."""
        for descriptor in (self.reading, self.writing):
            os.close(descriptor)
