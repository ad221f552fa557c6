"""Who may import what: read in the source, and seen in a fresh process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "course"
EVERYBODY = {"_check", "_lazy", "profile", "tqdm"}
NUMERIC = {"numpy", "scipy", "sympy", "numba", "llvmlite", "platformdirs"}

# a room, and beside itself what it may import: rooms of the course, and packages
ALLOWED = {
    "__init__": set(),
    "__main__": {"_environment"},
    "_stick": {"_install"},
    "_check": set(),
    "_lazy": {"_check"},
    "_environment": {"_install", "_stick", "cli"},
    "_install": set(),
    "profile": set(),
    "cli": {"_install", "cli_teaching", "data", "grading", "workbook"},
    "cli_teaching": {"__main__", "grading", "workbook"},
    "analysis": {"numpy", "scipy", "dynamics"},  # a model is given to it: only its type's name
    "data": NUMERIC | {"pooch", "requests", "sklearn", "matplotlib"},
    "dynamics": NUMERIC | {"inputs", "torch", "matplotlib", "contourpy"},
    "grading": {"_install", "exercises", "numpy", "workbook", "dynamics"},  # dynamics: where its kernels are
    "inputs": NUMERIC,
    "neurons": {"dynamics", "numpy"},
    "nn": {"numpy"},
    "weights": {"numpy", "nn", "data"},  # learnt by nn from data, which do not know each other
    "synapses": NUMERIC | {"dynamics"},
    "network": NUMERIC | {"dynamics", "inputs", "neurons", "plasticity", "synapses", "torch", "matplotlib"},
    "plasticity": NUMERIC,
    "rates": NUMERIC | {"dynamics", "inputs", "matplotlib"},
    "generative": {"numpy", "nn", "weights", "torch", "safetensors", "sklearn"}
    | {"spiking", "threadpoolctl"},  # its compiled lanes; the product of one thread
    "exercises": NUMERIC
    | {"analysis", "dynamics", "inputs", "neurons", "nn", "plot", "rates", "synapses", "network", "plasticity"}
    | {"IPython", "sklearn"},
    "spiking": NUMERIC | {"torch", "nir", "data", "dynamics"},
    "plot": {"numpy", "matplotlib"},
    "widgets": {"anywidget", "ipywidgets", "traitlets", "IPython", "numpy"}
    | {"analysis", "dynamics", "inputs", "neurons", "nn", "plot", "rates", "synapses", "network", "plasticity"}
    | {"data", "generative", "spiking"},
    "workbook": {"_environment", "_install", "_stick", "data", "exercises", "nbformat", "jupytext", "jupyter_server"}
    | {"jupyter_client", "latex2mathml", "nbclient", "nbconvert", "pygments"},
}
# a package that only some files may name, and only inside a function: it is loaded when used
WHEN_USED = {
    "torch": {
        "dynamics/gpu.py", "dynamics/load.py",
        *(f"network/gpu{part}.py" for part in ("", "_channel", "_draws", "_group", "_rows", "_step")),
    },
    "matplotlib": {"dynamics/trace.py", "rates/ring_run.py", "network/run.py", "data/synthesis.py"},
    "sklearn": {"data/tables.py", "generative/mixture.py", "exercises/td12/museum.py"},
    "pooch": {"data/download.py"},
    "threadpoolctl": {"generative/halves.py"},
    "nir": {"spiking/nir.py"},
}
# the one room that is allowed to load matplotlib with itself
DRAWS = "plot/mpl.py"
# rooms whose files are torch's own modules; the room itself is lazy
WITH_TORCH = {"spiking", "generative"}


def imports():
    """(file, line, name, whether only when used) of everything `course` imports from elsewhere."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(node) for block in ast.walk(tree) if waits(block) for node in ast.walk(block)}
        for node in ast.walk(tree):
            for name in named(node):
                yield path.relative_to(PACKAGE).as_posix(), node.lineno, name, id(node) in inside


def waits(block) -> bool:
    """True for a function, and for what only a type checker reads."""
    if isinstance(block, ast.If):
        return isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
    return isinstance(block, (ast.FunctionDef, ast.AsyncFunctionDef))


def named(node) -> list[str]:
    """What an import names: « dynamics » for the course's own rooms, « numpy » for a package."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports are absolute"
        names = [f"course.{a.name}" for a in node.names] if node.module == "course" else [node.module]
    else:
        return []
    own = [name.split(".")[1] for name in names if name.startswith("course.")]
    packages = {name.split(".")[0] for name in names} - {"course"} - sys.stdlib_module_names
    return own + sorted(packages)


def room(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def test_every_room_is_known():
    assert {room(path) for path, *_ in imports()} <= set(ALLOWED)


@pytest.mark.parametrize("name", ALLOWED)
def test_a_room_imports_what_it_may(name):
    allowed = ALLOWED[name] | EVERYBODY | {name}
    faults = [
        f"course/{path}:{line} imports {what}"
        for path, line, what, _ in imports() if room(path) == name and what not in allowed
    ]
    assert not faults


@pytest.mark.parametrize("package", WHEN_USED)
def test_a_heavy_package_is_loaded_when_used(package):
    faults = [
        f"course/{path}:{line}" for path, line, what, inside in imports()
        if what == package and path != DRAWS and not (inside and path in WHEN_USED[package])
        and not (what == "torch" and room(path) in WITH_TORCH)
    ]
    assert not faults


def loaded(code: str) -> set[str]:
    """The packages in memory after `code`, in a fresh process."""
    code += "; import sys; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_course_is_light():
    heavy = {"numpy", "scipy", "torch", "numba", "sympy", "matplotlib", "ipywidgets", "jupyterlab"}
    assert not heavy & loaded("import course")


def test_the_room_of_spikes_waits_for_torch():
    assert not {"numpy", "torch", "numba"} & loaded("import course.spiking")


def test_what_analyses_a_model_does_not_load_the_engine():
    modules = ("trains", "gain", "onset", "threshold")
    code = "; ".join(f"import course.analysis.{name}" for name in modules)
    assert not {"numba", "sympy", "matplotlib"} & loaded(code)


def test_the_environment_is_made_with_the_standard_library_alone():
    code = "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]"
    new = loaded(code + "; import course.__main__, course._environment") - loaded("import sys")
    assert new <= sys.stdlib_module_names | {"course"}


def test_the_workbook_draws_nothing():
    code = "import course.workbook.launch, course.workbook.summary, course.workbook.suite, course.workbook.build"
    assert not {"matplotlib", "torch"} & loaded(code)
