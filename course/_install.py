"""pip, told in one French line: what it is doing, how long it has been at it, and what to do when it fails."""

import contextlib
import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

READ_ONLY = (
    "Impossible d'écrire dans {root}\u00a0: dossier en lecture seule, ou fichier tenu par un autre programme.\n"
    "Copiez le dossier du cours dans votre dossier personnel, ou fermez les fenêtres du cours, puis relancez."
)
NO_VENV = (
    "Ce Python ne sait pas créer d'environnement\u00a0: il lui manque ensurepip et pip.\n"
    "Sous Debian ou Ubuntu\u00a0: sudo apt install python3.{minor}-venv\n"
    "Puis relancez la même commande ({python})."
)
FULL = (
    "Le disque est plein. Libérez de la place dans {root} et dans le dossier temporaire, "
    "puis relancez la même commande."
)
CAUSES = (
    (r"no space left|errno 28|disk quota|not enough space|winerror 112", FULL),
    (r"certificate_verify_failed|sslerror|sslcertverification",
     "La connexion sécurisée est refusée (certificat). Le réseau de l'établissement passe peut-être par un "
     "mandataire\u00a0: demandez son adresse, puis réglez HTTPS_PROXY et PIP_CERT."),
    (r"newconnectionerror|name resolution|getaddrinfo|network is unreachable|connection refused|max retries"
     r"|timeouterror|timed out|proxyerror|connection reset|no route to host|connection aborted",
     "Pas de réseau\u00a0: les paquets n'ont pas pu être téléchargés. Vérifiez la connexion, puis relancez la "
     "même commande\u00a0; ce qui est déjà installé est gardé."),
    (r"permission denied|errno 13|read-only file system|errno 30|winerror 5\b", READ_ONLY),
    (r"ensurepip", NO_VENV.format(minor=sys.version_info[1], python=sys.executable)),
    (r"requires a different python|requires-python|no matching distribution",
     f"Un paquet n'existe pas pour Python {sys.version_info[0]}.{sys.version_info[1]} sur cette machine. "
     "Essayez avec un autre Python, de 3.11 à 3.13."),
    (r"memoryerror|\bkilled\b|returned -9",
     "La mémoire a manqué pendant l'installation. Fermez d'autres programmes, puis relancez."),
)
STEPS = (
    (r"^\s*(?:Collecting|Obtaining) ([\w.-]+)", "recherche de {}"),
    (r"^\s*(?:Downloading|Using cached) ([A-Za-z0-9_.]+?)-\d\S*(?: \((.+)\))?", "téléchargement de {}"),
    (r"^\s*Building wheel for ([\w.-]+)", "construction de {}"),
    (r"^\s*Installing (?:build dependencies|collected packages)", "installation des paquets"),
)
GIGABYTE = 1e9


class Obstacle(Exception):
    """What stops the preparation, as a sentence for the person in front of the screen."""


def say(sentence: str) -> None:
    """Print one line at once, even on a terminal that lacks some of its letters."""
    with contextlib.suppress(AttributeError):
        sys.stdout.reconfigure(errors="replace")
    print(sentence, flush=True)


def explain(output: str, root: Path, log: Path | None = None) -> str:
    """The French sentence for what pip or venv printed when it failed."""
    for pattern, sentence in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            said = sentence.format(root=root)
            break
    else:
        said = "L'installation a échoué. Ses dernières lignes\u00a0:\n" + "\n".join(output.strip().splitlines()[-6:])
    return said + (f"\nLe journal complet\u00a0: {log}" if log else "")


def check_space(root: Path, light: bool) -> None:
    """Refuse to begin what the disk cannot hold."""
    needed = 1.5 if light else 8 if sys.platform == "linux" and has_nvidia() else 2.5
    free = shutil.disk_usage(root).free / GIGABYTE
    if free < needed:
        numbers = [f"{x:.1f}".replace(".", ",") for x in (needed, free)]
        raise Obstacle(
            "Pas assez de place\u00a0: il faut environ {}\u00a0Go, il en reste {} dans {}.\n"
            "Libérez de la place, puis relancez la même commande.".format(*numbers, root)
        )


def has_nvidia() -> bool:
    """True where the driver of an NVIDIA card is installed."""
    return os.path.exists("/proc/driver/nvidia") or shutil.which("nvidia-smi") is not None


def reached(address: str, seconds: float = 2.0) -> bool:
    """True when `address` answers in time; a thread, because name resolution has no timeout of its own."""
    answers = []

    def ask():
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=seconds) as response:
            answers.append(response.status)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return answers == [200]


def torch_options(index: str) -> list[str]:
    """pip's options for PyTorch: its CPU index where no card is, if that index is reached.

    A build of that index is numbered 2.13.0+cpu, which sorts above the plain 2.13.0: naming the index is enough.
    """
    if sys.platform != "linux" or has_nvidia() or not reached(index + "/torch/"):
        return []
    return ["--extra-index-url", index]


def install(
    pip: list[str], wanted: list[str], torch_index: str, log: Path, root: Path, carried: dict[str, str] | None = None,
) -> None:
    """Install the requirements, PyTorch among them from the right place; all of them from what is carried, if so."""
    options = [] if carried else torch_options(torch_index) if any(r.startswith("torch") for r in wanted) else []
    run([*pip, "install", *options, *wanted], log, root, carried)


def run(command: list[str], log: Path, root: Path, carried: dict[str, str] | None = None) -> None:
    """Run one pip command under a progress line; all it prints is added to `log`; `carried`: see `_stick.settings`."""
    flags = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    # what a person's pip configuration may say otherwise; the retries are how an absent network shows
    settings = {"PIP_USER": "0", "PIP_RETRIES": "4", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [*command, *flags], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        text=True, encoding="utf-8", errors="replace", env=os.environ | settings | (carried or {}),
    )
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=read, args=(process, lines), daemon=True).start()
    kept, show = [], Progress()
    try:
        with open(log, "a", encoding="utf-8") as journal:
            journal.write(f"$ {' '.join(command)}\n")
            while True:
                try:
                    line = lines.get(timeout=1)
                except queue.Empty:
                    show.refresh()
                    continue
                if line is None:
                    break
                journal.write(line)
                kept.append(line)
                show.follow(line)
    finally:
        show.close()
        if process.poll() is None:
            process.terminate()
    if process.wait():
        output = "".join(kept[-60:]) + f"\nreturned {process.returncode}"
        raise Obstacle(explain(output, root, log))


def read(process: subprocess.Popen, lines: queue.Queue) -> None:
    """Hand every line on, then None."""
    for line in process.stdout:
        lines.put(line)
    process.wait()
    lines.put(None)


class Progress:
    """One line kept current on a terminal; elsewhere one line every 20 seconds."""

    def __init__(self):
        self.began = self.spoke = time.monotonic()
        self.step, self.packages = "préparation", set()
        self.live = sys.stdout.isatty()

    def follow(self, line: str) -> None:
        """Take in one line of pip."""
        for pattern, words in STEPS:
            found = re.match(pattern, line)
            if found:
                groups = [g for g in found.groups() if g]
                self.packages.update(groups[:1])
                size = f" ({groups[1]})" if len(groups) > 1 else ""
                self.step = words.format(*groups[:1]) + size.replace(".", ",").replace("B)", "o)")
                self.refresh()

    def refresh(self) -> None:
        """Show the step, the number of packages met and the time spent."""
        now = time.monotonic()
        seconds = int(now - self.began)
        text = f"  {self.step} · {len(self.packages)} paquets · {seconds // 60}\u00a0min {seconds % 60:02d}\u00a0s"
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + text[:width].ljust(width), end="", flush=True)
        elif now - self.spoke >= 20:
            self.spoke = now
            say(text)

    def close(self) -> None:
        """Leave the terminal's line clean."""
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + " " * width, end="\r", flush=True)


def write(path: Path, text: str) -> None:
    """Write `path` in one go: a cut leaves the old file or the new one, never a part."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
