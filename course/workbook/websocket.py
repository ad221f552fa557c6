"""The kernel's websocket with TCP_NODELAY: without it Nagle's algorithm and delayed acknowledgements cost up to
40 ms a message, more than the time that a moving picture has."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own connection, whose small messages leave at once."""

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()
