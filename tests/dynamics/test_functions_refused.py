"""Functions that cannot be given to a model, or that fail in it: the function, the place and the reason, in words."""

import math

import numpy as np
import pytest

from course.dynamics import EquationError, FunctionError, Model, SimulationError
from tests.dynamics.borrowed import TEXT, VALUES, by_math, by_numpy, model

REFUSED = [
    (3, r"Model.functions\['n_inf'\].: une fonction, reçu 3"),
    (lambda: 1.0, r"une fonction de 1 argument, comme l'appellent les équations, reçu .*lambda"),
    (lambda V, n: V, "une fonction de 1 argument, comme l'appellent les équations"),
    (lambda V: None, r"n_inf\(V = .*\).: un nombre \(il manque return.\?\), reçu None"),
    (lambda V: None if V < 0 else 1.0, r"il manque return"),
    (lambda V: [V, V], "un nombre, reçu \\["),
    (lambda V: "0.5", "un nombre, reçu '0.5'"),
    (lambda V: V * 1j, "un nombre, reçu"),
    (lambda V: math.nan, "un nombre fini, reçu nan"),
    (lambda V: V + missing, r"s'arrête sur NameError"),  # noqa: F821
    (lambda V: V.total, r"s'arrête sur AttributeError"),
]


@pytest.mark.parametrize(("f", "message"), REFUSED)
def test_refused_functions(f: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        model(f)


def test_refused_names() -> None:
    def refused(name: object, message: str, text: str = TEXT + "a(V) = V") -> None:
        with pytest.raises(ValueError, match=message):
            Model(text, functions={"n_inf": by_numpy, name: by_numpy}, **VALUES)

    refused("m_inf", r"\['m_inf'\].: une fonction appelée dans les équations, reçu")
    refused("exp", "«.exp.» est réservé")
    refused("_f", "«._f.» est réservé")
    refused("tau", "«.tau.» est déjà un paramètre")
    refused("V", "«.V.» est déjà défini par les équations")
    refused("a", "«.a.» est déjà défini par les équations")
    refused("2f", "un nom de fonction")
    refused(3, "un nom de fonction")
    with pytest.raises(ValueError, match=r"Model.functions.: un dictionnaire"):
        Model(TEXT, functions=[by_numpy], **VALUES)
    with pytest.raises(ValueError, match=r"vouliez-vous dire n_inf"):
        Model(TEXT, functions={"n_inff": by_numpy}, **VALUES)
    with pytest.raises(EquationError, match=r"n_inf attend 1 argument, reçu 2"):
        model(by_math, TEXT + "x = n_inf(V, n)")
    with pytest.raises(EquationError, match=r"«.n_inf.» est une fonction"):
        model(by_math, TEXT + "x = n_inf")


def test_an_exception_during_a_run_names_the_function_and_where() -> None:
    m = model(lambda V: 1 / math.floor(abs(V + 65.5)))
    with pytest.raises(
        FunctionError, match=r"n_inf\(V = -6.*\).: .*ZeroDivisionError \(division by zero"
    ) as e:
        m.simulate(50)
    assert isinstance(e.value.__cause__, ZeroDivisionError)
    with pytest.raises(FunctionError, match=r"ZeroDivisionError"):
        m.evaluate("dn/dt", V=np.array([-80, -65.0]))
    two = Model("dx/dt = f(x, k)", functions={"f": lambda x, a: math.sqrt(a - x)}, k=0.5)
    with pytest.raises(FunctionError, match=r"f\(x = 1,5.; a = 0,5\).: .*ValueError \(math domain"):
        two.evaluate("dx/dt", x=1.5)


def test_a_nan_during_a_run_names_the_function_and_not_the_step() -> None:
    m = model(lambda V: by_math(V) if V < -60 else math.nan)
    with pytest.raises(
        SimulationError,
        match=r"n_inf\(V = -(59|60).*\) n'est pas un nombre fini à t = .*corrigez n_inf",
    ):
        m.simulate(50, I=30)
    assert np.isnan(m.evaluate("dn/dt", V=0.0))
    assert np.isfinite(m.simulate(5, I=-10)["V"]).all()


def test_a_run_that_diverges_by_itself_does_not_accuse_the_function() -> None:
    def f(x):
        return math.nan if x < -1 else float(x > 1e9)

    burst = Model("dx/dt = x*x + f(x)", functions={"f": f}, init={"x": 1})
    with pytest.raises(SimulationError, match=r"corrigez f"):
        burst.simulate(5, 0.01, start={"x": -2})
    with pytest.raises(SimulationError, match=r"réduisez dt"):
        burst.simulate(5, 0.01)


def test_a_function_that_fails_only_on_arrays_is_still_refused_in_words() -> None:
    def f(V):
        if np.size(V) == 3:
            raise RuntimeError("trois")
        return np.asarray(V) + 0.0

    m = Model("dx/dt = f(x)", functions={"f": f})
    with pytest.raises(
        FunctionError, match=r"f\(V\).: la fonction s'arrête sur RuntimeError \(trois\)"
    ):
        m.evaluate("dx/dt", x=np.zeros(3))


def test_the_gpu_is_refused() -> None:
    with pytest.raises(ValueError, match=r"simulate.device.: cpu, .*n_inf"):
        model(by_math).simulate(1, device="cuda")
