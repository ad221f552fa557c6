"""The course's own websocket connection, which also tells what its socket was set to (used by test_launch)."""

import os
import socket
from pathlib import Path

from course.workbook.websocket import PromptConnection


class Telling(PromptConnection):
    """Writes the socket's TCP_NODELAY into the file named by COURSE_TELL, once connected."""

    def connect(self):
        stream = self.websocket_handler.ws_connection.stream
        result = super().connect()
        nodelay = stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        Path(os.environ["COURSE_TELL"]).write_text(str(int(bool(nodelay))))
        return result
