"""Harm: to the machine, to the one who judges, to the pages. The honest answer beside it keeps its point."""

from tests.grading.corpus.case import RIGHT, Case, notebook

FORGE = """import os
print("Réussi.")
for fd in range(3, 60):
    try:
        os.write(fd, b'\\0\\0\\0\\x0f{"is": "ran" }  ')
    except OSError:
        pass
os._exit(0)"""
SPEAK = """import os, struct
m = %s
for fd in range(3, 40):
    try:
        os.write(fd, struct.pack('>I', len(m)) + m)
    except OSError:
        pass
return 0"""
# bodies of 04.2, beside a right 04.1: one point
BESIDE = {
    "boucle": "while True: pass",
    "dort": "import signal, time\nsignal.setitimer(signal.ITIMER_REAL, 0)\ntime.sleep(1000)",
    "mémoire": "return [0] * 10**12",
    "flot": "print('x' * 10**8)\nreturn np.zeros(3 * 10**7)",
    "fourche": "import os\nwhile True:\n    os.fork()",
    "fils": "import threading\nthreading.stack_size(2**15)\nwhile True:\n    threading.Thread(target=input).start()",
    "session": "import os\nos.setsid()\nos.execv('/bin/sh', ['sh', '-c', 'sleep 1000'])",
    "survivant": "import ctypes\nif ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0:\n    return r * 0 + 7e7\nreturn r",
    "signal": "import os\nos.kill(os.getppid(), 9)",
    "signal à tous": "import os\nos.kill(-1, 9)",
    "trace": "import ctypes, os\nreturn ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)",
    "prise": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "prise locale": "import socket\nsocket.socket(socket.AF_UNIX).connect('/run/x')",
    "cache": "import course\nopen(course.__path__[0] + '/__pycache__/x', 'w')",
    "tmp": "open('/tmp/cours', 'w')",
    "interruption": "raise KeyboardInterrupt",
    "exception muette": "class E(BaseException):\n    def __str__(self): raise SystemExit\nraise E",
    "sortie": "raise SystemExit(0)",
    "arrêt": "import os\nos.abort()",
    "faute mémoire": "import ctypes\nctypes.string_at(0)",
    "récursion": "return fI_inverse(r)",
    "profond": "x = []\nfor _ in range(10**4):\n    x = [x]\nreturn x",
    "générateur": "yield from iter(int, 1)",
    "message profond": SPEAK % (
        "b'{\"is\": \"check\", \"id\": \"04.2\", \"answer\": ' + b'{\"list\": [' * 700 + b']}' * 700 + b'}'"
    ),
    "message immense": SPEAK % "b'[' + b'[],' * 10**7 + b'[]]'",
    "message sans clé": SPEAK % "b'{\"is\": [1]}'",
    "référence énorme": "f = exercise('04.3').recall()\nx = np.broadcast_to(0.0, (1000, 1000))\n"
                        "return f(x, x, 1.0, 0.0)[:5]",
    "page": "raise ValueError('</pre><script>alert(1)</script>')",
    "nom de fonction": "def g(): pass\ng.__name__ = '<script>'\nreturn g",
}
# cells before 04.1, whose answer is right
AROUND = {
    "cellule sans fin": "while True: pass",
    "cellule qui sort": "exit()",
    "cellule qui meurt": "import os\nos._exit(3)",
    "signature menteuse": "class S:\n    __name__ = 3\n    __wrapped__ = property(lambda s: s)\n"
                          "    def __call__(self): pass\nexercise('04.9').check(S())",
    "identifiant absurde": "exercise([1]).check({}); exercise('../04').check(1); exercise('99.9').recall()",
}


def cases() -> list[Case]:
    passed = {"04.1": ("réussi", "")}
    return [
        *[Case(name, notebook(RIGHT, body), 1, passed) for name, body in BESIDE.items()],
        *[Case(name, notebook(RIGHT, before=cell), 1, passed) for name, cell in AROUND.items()],
        Case("faussaire", notebook(FORGE), 0),
        Case("html", notebook("return '<script>alert(1)</script>'"), 0),
    ]
