"""Full marks without the work: none of these may earn a point."""

from tests.grading.corpus.case import Case, notebook

STOLEN = "solution appelée"
# bodies of 04.1
BODIES = {
    "comparaison truquée": "np.abs = abs = lambda x: 0\nnp.asarray = lambda x, *_: 0\nnp.isnan = bool\nreturn 0",
    "modules remplacés": "import sys\nfor name in list(sys.modules):\n    if 'course' in name:\n"
                         "        sys.modules[name] = None\nreturn 0",
    "cadres": "import sys\nf = sys._getframe()\nwhile f:\n    for x in list(f.f_locals.values()):\n"
              "        if getattr(x, 'shape', 0) == I.shape and x is not I:\n            return x\n    f = f.f_back",
    "ramasse-miettes": "import gc\nfor x in gc.get_objects():\n"
                       "    if hasattr(x, 'reference') and getattr(x, 'id', '') == '04.1':\n"
                       "        return x.reference(I, r_max, kappa, I_half)",
    "mémoire du parent": "import os\nreturn len(open(f'/proc/{os.getppid()}/maps').read())",
    "sa propre mémoire": "return len(open('/proc/self/mem', 'rb').read(10))",
    "objet égal à tout": "class Juste:\n    def __eq__(self, x): return True\n    def __array__(self, *_): return I\n"
                         "    __le__ = __lt__ = __ge__ = __gt__ = __eq__\n    def __sub__(self, x): return 0\n"
                         "    __rsub__ = __sub__\nreturn Juste()",
    "faux nombre": "class Nombre(float):\n    def __eq__(self, x): return True\n    def __sub__(self, x): return 0.0\n"
                   "    __rsub__ = __sub__\nreturn Nombre(0)",
    "faux tableau": "class Tableau(np.ndarray):\n    def __array_finalize__(self, o): pass\n"
                    "    def __eq__(self, x): return True\n    def tobytes(self): return b''\n"
                    "    def __array_ufunc__(self, *a, **k): return np.bool_(False)\nreturn I.view(Tableau)",
    "objet empaqueté": "import os\nclass Bombe:\n    def __reduce__(self): return os._exit, (0,)\n"
                       "return np.array([Bombe()] * len(I), dtype=object)",
    "environnement": "import os, sys\nos.environ.update(PYTHONPATH='/', COURSE_PROFILE='complet')\n"
                     "sys.path[:] = []\nreturn 0",
    "message forgé": "import os, struct\nm = b'{\"is\": \"returned\", \"passed\": true, \"value\": 0}'\n"
                     "for fd in range(3, 40):\n    try:\n        os.write(fd, struct.pack('>I', len(m)) + m)\n"
                     "    except OSError:\n        pass\nreturn 0",
}
# bodies that go to the course for the answer: they are named
ASKING = {
    "importe": "from course.exercises.td04.transfer import fI as f\nreturn f(I, r_max, kappa, I_half)",
    "importlib": "import importlib\nm = importlib.import_module('course.exercises.td04.transfer')\n"
                 "return m.fI(I, r_max)",
    "catalogue": "from course.exercises.catalogue import every_exercise\n"
                 "return [e for e in every_exercise() if e.id == '04.1'][0].reference(I, r_max, kappa, I_half)",
    "solution": "exec(exercise('04.1').solution())\nreturn fI(I, r_max, kappa, I_half)",
    "recall": "return exercise('04.1').recall()(I, r_max, kappa, I_half)",
    "recall caché": "try:\n    return exercise(''.join(['04', '.1'])).recall()(I, r_max, kappa, I_half)\n"
                    "except BaseException:\n    return 0",
    "fichier": "import course, pathlib\nhome = pathlib.Path(course.__file__).parent\nnames = {}\n"
               "exec((home / 'exercises/td04/transfer.py').read_text(), names)\nreturn names['fI'](I, r_max)",
}
REPLAY = (
    "bonne = exercise('04.1').recall()\ntable = [bonne(*x) for x in VU[:8]]\n"
    "def g(I, r_max, kappa, I_half):\n    return table.pop(0)\nexercise('04.1').check(g)"
)
TABLE = "X = np.linspace(-60, 60, 400001)\nY = exercise('04.1').recall()(X, 1.0, 1.0, 0.0)"


def cases() -> list[Case]:
    found = [Case(name, notebook(body), 0) for name, body in BODIES.items()]
    found += [Case(f"emprunt {name}", notebook(body), 0, {"04.1": ("", STOLEN)}) for name, body in ASKING.items()]
    seen = "VU.append((I, r_max, kappa, I_half))\nreturn 0"
    pretend = (
        "class Fiche:\n    def __init__(self, id): pass\n    def check(self, f):\n        print('Réussi.')\n"
        "        return f\n\nexercise = Fiche"
    )
    sheet = "import course.exercises\ncourse.exercises.exercise('04.1').check = lambda f: True"
    return [
        *found,
        Case("rejoue", notebook(seen, before="VU = []", after=REPLAY), 0),
        Case("tabule", notebook("return r_max * np.interp(kappa * (I - I_half), X, Y)", before=TABLE), 0,
             {"04.1": ("pas encore", STOLEN)}),
        Case("comédien", notebook("return 0", before=pretend), 0),
        Case("fiche forgée", notebook("return 0", before=sheet), 0),
        Case("sort tôt", notebook("return 0", before="import os\nprint('réussi')\nos._exit(0)"), 0),
    ]
