"""The real JupyterLab on a workspace: French, local, prompt, and leaving no trace elsewhere."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from course._install import Obstacle
from course.workbook import launch, workspace
from tests.workbook.jupyter_client import ask, run_code

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("maison")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("travail") / "TD de Zoé"
    workspace.prepare(made)
    return made


@pytest.fixture(scope="module")
def lab(folder, home):
    """A server whose person has an empty home folder, and whose connections tell their socket's options."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON", "XDG_"))]:
            patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("USERPROFILE", str(home))
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("COURSE_TELL", str(folder / "socket"))
        command = launch.command

        def telling(*arguments):
            own = "course.workbook.websocket.PromptConnection"
            given = command(*arguments)
            assert f"--ServerApp.kernel_websocket_connection_class={own}" in given
            return [word.replace(own, "tests.workbook.telling.Telling") for word in given]

        patch.setattr(launch, "command", telling)
        with launch.server(folder) as running:
            yield running


def test_the_index_opens_with_the_token(lab):
    assert lab.url == f"http://127.0.0.1:{lab.port}/lab/tree/index.ipynb?token={lab.token}"
    with urllib.request.urlopen(lab.url, timeout=30) as page:
        assert page.status == 200
        assert b"jupyter-config-data" in page.read()


def test_without_the_token_nothing_is_served(lab):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ask(lab, "/api/contents", token="faux")


def test_the_labs_are_there(lab):
    names = {entry["name"] for entry in ask(lab, "/api/contents")["content"]}
    assert {"index.ipynb", "TD01_hodgkin_huxley.ipynb"} <= names


def test_only_this_machine_is_listened_to(lab):
    with socket.socket() as other:
        other.settimeout(2)
        mine = socket.gethostbyname(socket.gethostname())
        if mine.startswith("127."):
            mine = "127.0.0.2"  # another address of the loop: a server on every address would answer
        with pytest.raises(OSError, match="refused|timed out"):
            other.connect((mine, lab.port))


def setting(lab, name: str) -> dict:
    return json.loads(json.dumps(ask(lab, f"/lab/api/settings/@jupyterlab/{name}")["schema"]["properties"]))


def test_french_and_no_news(lab):
    assert setting(lab, "translation-extension:plugin")["locale"]["default"] == "fr_FR"
    notification = setting(lab, "apputils-extension:notification")
    assert notification["fetchNews"]["default"] == "false"
    assert notification["checkForUpdates"]["default"] is False


def test_the_language_pack_is_served(lab):
    words = ask(lab, "/lab/api/translations/fr_FR")["data"]
    assert words["jupyterlab"]["Restart Kernel"] == ["Redémarrer le noyau"]


def test_the_server_asks_nothing_of_the_outside(lab):
    assert ask(lab, "/lab/api/news") == {"news": []}
    assert ask(lab, "/lab/api/update") == {"notification": None}


def test_a_kernel_answers_through_a_socket_without_delay(lab, folder):
    assert run_code(lab, "import course; print(course.__version__)").strip()
    assert (folder / "socket").read_text() == "1"


def test_nothing_is_written_in_the_home_folder(lab, home):
    run_code(lab, "print(6 * 7)")
    assert list(home.rglob("*")) == []


def test_everything_jupyter_writes_is_in_the_workspace(lab, folder):
    written = {path.name for path in (folder / ".cours" / "jupyter").iterdir()}
    assert {"runtime", "ipython", "serveur.log"} <= written


def test_a_server_already_open_is_found(lab, folder, capsys):
    assert launch.running(folder)["port"] == lab.port
    assert launch.open_lab(folder, 0, browser=False) == 0
    assert f"Le cours est déjà ouvert\u00a0: {lab.url}" in capsys.readouterr().out


def test_a_note_left_by_a_dead_server_is_ignored(tmp_path):
    runtime = tmp_path / ".cours" / "jupyter" / "runtime"
    runtime.mkdir(parents=True)
    (runtime / "jpserver-1.json").write_text(json.dumps({"port": 9, "token": "x"}))
    (runtime / "jpserver-2.json").write_text("{")
    assert launch.running(tmp_path) is None


def test_a_busy_port_gives_the_next_one():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert port < launch.free_port(port) <= port + 50 or launch.free_port(port) > 0
        assert launch.free_port(port) != port


def test_a_server_that_cannot_start_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(
        launch, "command", lambda *_: [sys.executable, "-c", "import sys; sys.exit('pas de chance')"]
    )
    with pytest.raises(Obstacle, match="n'a pas démarré.*\n.*pas de chance"):
        launch.server(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no process groups there")
def test_ctrl_c_stops_everything(tmp_path, request):
    """As in a terminal: the signal reaches the command and the server at once."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "course.cli", "--no-browser", "--port", str(port), "--dossier", tmp_path / "a"],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        )
        said = [process.stdout.readline() for _ in range(5)]
    request.addfinalizer(lambda: process.poll() is None and os.killpg(process.pid, signal.SIGKILL))
    other = launch.running(tmp_path / "a")
    assert said[1] == f"Le port {port} est pris\u00a0: le cours utilise le port {other['port']}.\n"
    assert said[2] == f"Le cours est ouvert\u00a0: {launch.address(other)}\n"
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert rest.strip() == "Le cours est arrêté."
    assert process.returncode == 0
    assert time.monotonic() - began < 10
    assert launch.running(tmp_path / "a") is None
