"""What a browser asks of the server, without a browser."""

import json
import urllib.request

from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect


def ask(lab, path: str, data: dict | None = None, token: str | None = None):
    """The JSON at `path`; with `data`, a POST."""
    body = None if data is None else json.dumps(data).encode()
    headers = {"Authorization": f"token {lab.token if token is None else token}"}
    request = urllib.request.Request(f"http://127.0.0.1:{lab.port}{path}", body, headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.loads(response.read())


def run_code(lab, code: str) -> str:
    """What `code` prints in a new kernel of the server, through the kernel's websocket."""
    kernel = ask(lab, "/api/kernels", {"name": "python3"})["id"]
    return IOLoop(make_current=False).run_sync(lambda: conversation(lab, kernel, code), timeout=60)


async def conversation(lab, kernel: str, code: str) -> str:
    address = f"ws://127.0.0.1:{lab.port}/api/kernels/{kernel}/channels?session_id=essai"
    channel = await websocket_connect(HTTPRequest(address, headers={"Authorization": f"token {lab.token}"}))
    header = {"msg_id": "un", "msg_type": "execute_request", "session": "essai", "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    await channel.write_message(json.dumps(message))
    printed, waited = "", {"execute_reply", "idle"}  # two channels: what is printed may come after the reply
    while waited:
        answer = json.loads(await channel.read_message())
        if answer["parent_header"].get("msg_id") != "un":
            continue
        printed += answer["content"].get("text", "")
        if answer["msg_type"] == "error":
            raise RuntimeError("\n".join(answer["content"]["traceback"]))
        waited -= {answer["msg_type"], answer["content"].get("execution_state")}
    channel.close()
    return printed
