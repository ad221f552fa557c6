"""A dynamical model is its equations, written once: what is shown, simulated and analysed derives from that text."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics import equations as eqs
from course.dynamics.given import given
from course.dynamics.lines import Definition
from course.dynamics.rules import refuse_names, refuse_unused
from course.dynamics.spec import Spec
from course.dynamics.values import Value, checked

if TYPE_CHECKING:
    from course.dynamics.trace import Trace


class Model:
    """Equations, their parameters, and what a spike is.

    Args:
        text: one definition a line, `dV/dt = (I - g_L*(V - E_L))/C : mV` (see `course.dynamics.equations`).
        init: initial value of the variables, 0 for one that is not named.
        spike: a comparison, `"V >= 30"`; a spike is its upward crossing.
        reset: assignments at a spike, `"V = c; u = u + d"`, in order.
        refractory: [ms] how long after a spike the variables of the spike condition stay where the reset left
            them; the others go on.
        functions: Python functions that the text calls. One that can be read as a formula becomes a line of `text`,
            with the values its own constants have now; another is `called` with numbers at each step, in numpy, several
            hundred times more slowly.
        positive: the parameters that must be > 0, and the variables that start nowhere below 0.
        parameters: the value of each other name; a number, an array (a neuron an entry), a function of t, or an
            input of `course.inputs`.

    Raises:
        EquationError: in French, the line, a caret, the name and the rule.
        ValueError: `Model.paramètre : règle, reçu valeur`.

    >>> decay = Model("dx/dt = -x/tau", init={"x": 1}, tau=10)
    >>> round(float(decay.simulate(10, dt=0.1)["x"][-1]), 6)
    0.367879
    """

    def __init__(
        self,
        text: str,
        *,
        init: Mapping[str, float] = MappingProxyType({}),
        spike: str | None = None,
        reset: str | None = None,
        refractory: float = 0.0,
        functions: Mapping[str, Callable] = MappingProxyType({}),
        positive: Iterable[str] = (),
        **parameters: Value,
    ) -> None:
        for name, text_ in (("spike", spike), ("reset", reset)):
            if text_ is not None and not isinstance(text_, str):
                raise _check.refuse(f"Model.{name}", "un texte", text_)
        if not isinstance(init, Mapping):
            raise _check.refuse("Model.init", "un dictionnaire, comme {'V': -65}", init)
        refuse_names(parameters)
        text, called = given(text, (spike, reset), parameters, functions)
        self._equations = eqs.parse(text, parameters, called)
        self._specs = {}
        self.positive = frozenset(positive)
        for name in self.positive - {*parameters, *self.variables}:
            raise _check.refuse("Model.positive", "des paramètres et des variables", name)
        self.parameters = MappingProxyType(self._checked("Model", parameters))
        self._spike, self._reset = self._read_spike(spike, reset)
        spiking = (*self._reset, *((self._spike,) if self._spike else ()))
        refuse_unused(self.parameters, (*self._equations.all(), *spiking))
        self.refractory = self._held_for("Model", refractory)
        for name in init:
            if name not in self.variables:
                hint = _check.nearest(name, self.variables)
                raise ValueError(f"Model.init\u00a0: il manque d{name}/dt dans les équations{hint}")
        self.init = MappingProxyType(
            {v: _check.number(f"Model.init[{v!r}]", init.get(v, 0.0)) for v in self.variables}
        )

    def _read_spike(
        self, spike: str | None, reset: str | None
    ) -> tuple[Definition | None, tuple[Definition, ...]]:
        known = {*self.variables, *self.terms, *self.parameters}
        if spike is None:
            if reset is not None:
                rule = "une remise à zéro suppose une condition spike"
                raise _check.refuse("Model.reset", rule, reset)
            return None, ()
        condition = eqs.parse_condition(spike, known, self._equations.callable)
        after = eqs.parse_reset(reset or "", self.variables, known, self._equations.callable)
        for d in (condition, *after):
            if self._equations.reached(d) & set(self.noises):
                rule = "le bruit xi n'a de valeur qu'intégré\u00a0: il ne peut figurer ici"
                raise d.line.error(rule)
        return condition, after

    @property
    def text(self) -> str:
        return self._equations.text

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(self._equations.derivatives)

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(self._equations.terms)

    @property
    def units(self) -> dict[str, str]:
        return {d.name: d.unit for d in self._equations.all()}

    @property
    def spike(self) -> str | None:
        """The condition of a spike, as text."""
        return self._spike.line.text if self._spike else None

    @property
    def reset(self) -> str | None:
        """The assignments at a spike, as text."""
        return "; ".join(d.line.text for d in self._reset) or None

    @property
    def noises(self) -> tuple[str, ...]:
        """The white noises of the equations, `xi` and its like."""
        return self._equations.noises

    @property
    def called(self) -> tuple[str, ...]:
        """The functions that stay Python; none when the whole model is formulas."""
        return tuple(self.functions)

    @property
    def functions(self) -> dict[str, Callable]:
        """Those functions by name, as `Model(functions=...)` takes them again."""
        return dict(self._equations.called)

    def with_(self, *, refractory: float | None = None, **parameters: Value) -> "Model":
        """Another model, the same but for these parameters, and for the refractory period [ms]."""
        for name in parameters:
            self.known_parameter("with_", name)
        changes = self._checked("with_", parameters)
        other = object.__new__(Model)
        other.__dict__.update(self.__dict__)
        other.__dict__["parameters"] = MappingProxyType({**self.parameters, **changes})
        if refractory is not None:
            other.__dict__["refractory"] = self._held_for("with_", refractory)
        return other

    @property
    def unbounded(self) -> "Model":
        """The same, started anywhere: an analysis looks on both sides of a state, of 0 too."""
        other = self.with_()
        other.__dict__["positive"] -= set(self.variables)
        return other

    def _checked(self, where: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
        return {n: checked(f"{where}.{n}", v, n in self.positive) for n, v in parameters.items()}

    def _held_for(self, where: str, refractory: float) -> float:
        """A refractory period, of a model that resets."""
        refractory = _check.not_negative(f"{where}.refractory", refractory, "ms")
        if refractory and not self._reset:
            rule = "une période réfractaire suppose spike et reset"
            raise _check.refuse(f"{where}.refractory", rule, refractory)
        return refractory

    def known_parameter(self, where: str, name: str) -> None:
        if name not in self.parameters:
            hint = _check.nearest(name, self.parameters)
            known = ", ".join(self.parameters)
            raise ValueError(
                f"{where}.{name}\u00a0: le modèle n'a pas ce paramètre{hint}\u00a0; il a {known}"
            )

    def spec(self, drives: tuple[str, ...], scheme: str) -> Spec:
        """What decides the generated code, for the parameters `drives` varying in time."""
        if (drives, scheme) not in self._specs:
            parts = tuple(self.parameters), drives, scheme, self._spike, self._reset
            self._specs[drives, scheme] = Spec(self._equations, *parts)
        return self._specs[drives, scheme]

    def simulate(
        self,
        T: float,
        dt: float = 0.01,
        method: str | None = None,
        start: Mapping[str, float | np.ndarray] | None = None,
        record: Iterable[str] | None = None,
        spike_time: str = "interpolated",
        rng: np.random.Generator | int | None = None,
        device: str = "cpu",
        **parameters: Value,
    ) -> "Trace":
        """Integrate the equations from t = 0 to T.

        Args:
            T, dt: duration and step [ms]; round(T/dt) steps, t = k·dt.
            method: "euler", "heun", "rk4" (the default), "exponential_euler"; "euler_maruyama" (Itô), the default
                and the only one when `xi` appears.
            start: initial values that replace `init`; arrays make a batch.
            record: variables or terms to keep, all the variables when None.
            spike_time: "interpolated" places a spike inside its step, to the order of the method, and restarts the
                state from it; "step" is the plain grid.
            rng: generator or integer seed of the noises.
            device: "cpu", or "cuda" for batches on a GPU.
            parameters: values for this run; arrays of one shape make a batch, a neuron an element.

        Raises:
            ValueError: `simulate.argument : règle, reçu valeur`, before any work.
            SimulationError: a variable is not finite any more; the time, the variable, the advice.
        """
        from course.dynamics.simulate import simulate

        return simulate(self, T, dt, method, start, record, spike_time, rng, device, parameters)

    def evaluate(self, name: str, **values: float | np.ndarray) -> np.ndarray:
        """A named term, or a derivative ("dV/dt"), at given values; names left out take `init` and the parameters.

        >>> from course.neurons import hodgkin_huxley
        >>> float(hodgkin_huxley.evaluate("alpha_n", V=-55.0))
        0.1
        """
        from course.dynamics.evaluate import evaluate

        return evaluate(self, name, values)

    def _repr_latex_(self) -> str:
        from course.dynamics.latex import latex

        return latex(self._equations)

    def __repr__(self) -> str:
        return f"<Model {', '.join(f'd{v}/dt' for v in self.variables)}>"

    def __reduce__(self) -> tuple:
        options = {"init": dict(self.init), "spike": self.spike, "reset": self.reset}
        options |= {"refractory": self.refractory, "positive": self.positive}
        return partial(Model, self.text, functions=self.functions, **options, **self.parameters), ()

    def __setattr__(self, name: str, value: object) -> None:
        if "init" in self.__dict__:
            rule = "un modèle ne change pas\u00a0; écrivez modele.with_(…)"
            raise AttributeError(f"Model.{name}\u00a0: {rule}")
        object.__setattr__(self, name, value)
