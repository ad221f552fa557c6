"""JupyterLab on a workspace: in French, on this machine alone, with nothing written outside the workspace."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

from course._install import Obstacle

SETTINGS = Path(__file__).parent / "settings"
HOST = "127.0.0.1"


class Server:
    """A running JupyterLab; `with server(folder) as lab:` stops it at the end."""

    def __init__(self, process: subprocess.Popen, info: dict):
        self.process = process
        self.port = info["port"]
        self.token = info["token"]

    @property
    def url(self) -> str:
        """The address that opens the index, token included."""
        return address({"port": self.port, "token": self.token})

    def stop(self, patience: float = 10) -> None:
        """Ask the server and its kernels to stop, and insist after `patience` seconds."""
        if self.process.poll() is None and not ask({"port": self.port, "token": self.token}, "/api/shutdown", b""):
            self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *exception) -> None:
        self.stop()


def server(workspace: Path, port: int = 0, browser: bool = False) -> Server:
    """Start JupyterLab on `workspace` and wait until it listens.

    Args:
        port: the first port tried, the next free one is taken; 0 lets the system choose.
        browser: True opens the index in the person's browser.

    Raises:
        Obstacle: the server stopped before it listened; its last lines are quoted.
    """
    folder = workspace.expanduser().resolve()
    token = secrets.token_hex(24)
    journal = jupyter(folder) / "serveur.log"
    journal.parent.mkdir(parents=True, exist_ok=True)
    with open(journal, "wb") as log:
        process = subprocess.Popen(
            command(folder, free_port(port), browser), env=environment(folder, token), cwd=folder,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )
    try:
        info = wait(process, folder, token)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if info is None:
        lines = journal.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-6:]
        raise Obstacle("JupyterLab n'a pas démarré. Ses dernières lignes\u00a0:\n" + "\n".join(lines))
    return Server(process, info)


def open_lab(workspace: Path, port: int, browser: bool) -> int:
    """Open the course and stay until Ctrl-C; a course already open on this workspace is shown again."""
    already = running(workspace.expanduser().resolve())
    if already:
        print(f"Le cours est déjà ouvert\u00a0: {address(already)}", flush=True)
        if browser:
            webbrowser.open(address(already))
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print("Ouverture du cours…", flush=True)
    lab = compiling = None
    try:
        lab = server(workspace, port, browser)
        compiling = warm(workspace.expanduser().resolve())
        if port and lab.port != port:
            print(f"Le port {port} est pris\u00a0: le cours utilise le port {lab.port}.")
        print(f"Le cours est ouvert\u00a0: {lab.url}\nVotre dossier de travail\u00a0: {workspace}")
        print("Ctrl-C dans cette fenêtre l'arrête. Vos carnets sont enregistrés dans ce dossier.", flush=True)
        code = lab.process.wait()
    except KeyboardInterrupt:
        code = 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cut the stop short
        if compiling:
            compiling.terminate()
            compiling.wait()
        if lab:
            lab.stop()
    print("\nLe cours est arrêté." if code == 0 else f"\nJupyterLab s'est arrêté (code {code}).", flush=True)
    return code


def warm(folder: Path) -> subprocess.Popen:
    """Compile, beside the server, what the first labs would wait for; what it says goes to a log."""
    with open(jupyter(folder) / "compilation.log", "wb") as log:
        ours = [sys.executable, "-m", "course.network.warm"]
        return subprocess.Popen(ours, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def command(folder: Path, port: int, browser: bool) -> list[str]:
    """JupyterLab's command line; what is said here wins over any configuration of the machine."""
    options = {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.open_browser": browser,
        "ServerApp.root_dir": folder,
        "ServerApp.answer_yes": True,
        "ServerApp.log_level": "WARN",
        "ServerApp.kernel_websocket_connection_class": "course.workbook.websocket.PromptConnection",
        "LanguageServerManager.autodetect": False,  # it looks for npm, which writes in the home folder
        "MappingKernelManager.cull_idle_timeout": 0,
        "ServerApp.shutdown_no_activity_timeout": 0,
        "LabApp.default_url": "/lab/tree/index.ipynb",
        "LabApp.app_settings_dir": SETTINGS,
        "LabApp.expose_app_in_browser": True,  # `jupyterapp` in the page: what the browser's tests talk to
        "LabApp.extension_manager": "readonly",
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
    }
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["ServerApp.allow_root"] = True
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]


def jupyter(folder: Path) -> Path:
    """Where everything that Jupyter writes about a workspace goes."""
    return folder / ".cours" / "jupyter"


def environment(folder: Path, token: str) -> dict[str, str]:
    """The process's variables: the person's own Jupyter and IPython folders are neither read nor written."""
    own = jupyter(folder)
    return os.environ | {
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "reglages"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "fenetres"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(own / "ipython"),
        "PYTHONUTF8": "1",
    }


def free_port(first: int, tries: int = 50) -> int:
    """`first`, or the next port that nobody listens on; the system's choice for 0, or when all are taken."""
    for port in [*range(first, min(first + tries, 65535) + 1), 0] if first else [0]:
        with socket.socket() as probe:
            if os.name != "nt":  # there, this option would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Obstacle(f"Aucun port libre après {first}.")


def wait(process: subprocess.Popen, folder: Path, token: str) -> dict | None:
    """The server's own note (port, token) once it answers; None when it stopped instead."""
    while process.poll() is None:
        for info in notes(folder):
            if info["token"] == token and ask(info, "/api/status"):
                return info
        time.sleep(0.05)
    return None


def running(folder: Path) -> dict | None:
    """The note of a server that is already open on `folder`."""
    return next((info for info in notes(folder) if ask(info, "/api/status")), None)


def notes(folder: Path) -> list[dict]:
    """What the servers of this workspace wrote about themselves; one being written is passed over."""
    found = []
    for path in (jupyter(folder) / "runtime").glob("jpserver-*.json"):
        try:
            found.append(json.loads(path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError):
            continue
    return found


def ask(info: dict, path: str, data: bytes | None = None) -> bool:
    """True when the server of that note answers to its token; never through a proxy."""
    request = urllib.request.Request(
        f"http://{HOST}:{info['port']}{path}", data, {"Authorization": f"token {info['token']}"}
    )
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def address(info: dict) -> str:
    """The address of the index."""
    return f"http://{HOST}:{info['port']}/lab/tree/index.ipynb?token={info['token']}"
