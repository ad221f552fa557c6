"""The synapses of the literature: K(t), what a spike arrived t ms ago still does."""

import math

import numpy as np

from course import _check
from course.synapses.modes import Mode


class Kernel:
    """A formula in t [ms since the spike arrived], like `Kernel("t/50*exp(1 - t/50)", cut=100)`.

    A sum of t^j exp(at), with cos and sin, is carried from step to step by a few numbers, the traces; this is exact.
    Anything else is kept as a window of `cut` ms, summed again at each step. `reduction` says which.

    Args:
        formula: in the grammar of the equations; `t` is the time [ms].
        cut: [ms] K is 0 from there on, exactly: what the spikes bring is taken away `cut` ms after. None: never.
        parameters: the value of each other name of the formula.

    Raises:
        EquationError: the formula cannot be read: the line, a caret, the name and the rule.
        ValueError: « Kernel.cut : une coupure (ms), car cette formule ne se réduit pas à des traces, reçu None »

    >>> Kernel("exp(-t/tau)", tau=10)(np.array([-1.0, 0.0, 10.0])).round(4)
    array([0.    , 1.    , 0.3679])
    """

    modes: tuple[Mode, ...] | None
    jump = False

    def __init__(self, formula: str, cut: float | None = None, **parameters: float) -> None:
        from course.synapses.formula import modes, numeric, read, valued

        if not isinstance(formula, str):
            raise _check.refuse("Kernel.formula", 'un texte, comme "exp(-t/10)"', formula)
        values = {n: _check.number(f"Kernel.{n}", v) for n, v in parameters.items()}
        e = valued(read(formula, values), values)
        self._settle(" ".join(formula.split()), values, modes(e), cut, "Kernel")
        if self.modes is None and self.cut is None:
            rule = "une coupure (ms), car cette formule ne se réduit pas à des traces"
            raise _check.refuse("Kernel.cut", rule, cut)
        self._formula = numeric(e)
        with np.errstate(all="ignore"):
            window = np.linspace(0, self.cut or 1.0, 101)
            wrong = window[~np.isfinite(self._formula(window))]
        if len(wrong):
            raise _check.refuse(
                "Kernel.formula", f"une formule finie en t = {wrong[0]:g}\u00a0ms", formula
            )

    def _settle(
        self, text: str, values: dict, modes: tuple[Mode, ...] | None, cut: float | None, where: str
    ) -> None:
        self.text, self.values, self.modes = text, values, modes
        self.cut = None if cut is None else _check.positive(f"{where}.cut", cut, "ms")

    def _formula(self, t: np.ndarray) -> np.ndarray:
        return sum(m(t) for m in self.modes)

    def __call__(self, t: np.ndarray | float) -> np.ndarray:
        """K(t); 0 before the spike arrives and from the cut on."""
        t = np.asarray(t, float)
        with np.errstate(all="ignore"):
            value = self._formula(np.maximum(t, 0.0))
        end = math.inf if self.cut is None else self.cut
        return np.where((t >= 0) & (t < end), value, 0.0)

    @property
    def exact(self) -> bool:
        """Is it carried by traces?"""
        return self.modes is not None

    @property
    def reduction(self) -> str:
        """How it is computed, in French."""
        if not self.exact:
            return f"fenêtre de {self.cut:g}\u00a0ms".replace(".", ",")
        n = sum(m.size for m in self.modes)
        traces = f"{n} traces linéaires exactes" if n > 1 else "1 trace linéaire exacte"
        return (
            traces
            if self.cut is None
            else f"{traces}, coupure exacte à {self.cut:g}\u00a0ms".replace(".", ",")
        )

    def _repr_latex_(self) -> str:
        from course.synapses.formula import latex, read

        return f"$K(t) = {latex(read(self.text, self.values))}$"

    def _key(self) -> tuple:
        return type(self), self.text, tuple(sorted(self.values.items())), self.cut

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kernel) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        cut = "" if self.cut is None else f", cut={self.cut:g}"
        if type(self) is Kernel:
            values = "".join(f", {n}={v:g}" for n, v in self.values.items())
            return f"Kernel({self.text!r}{cut}{values})"
        return f"{type(self).__name__}({', '.join(f'{v:g}' for v in self.values.values())}{cut})"


class Exponential(Kernel):
    """exp(-t/tau): all the channels open at once, and close at a constant rate (AMPA).

    >>> Exponential(10, cut=30)
    Exponential(10, cut=30)
    """

    def __init__(self, tau: float, cut: float | None = None) -> None:
        tau = _check.positive("Exponential.tau", tau, "ms")
        self._settle(
            "exp(-t/tau)", {"tau": tau}, (Mode(-1 / tau, 0.0, (1.0,)),), cut, "Exponential"
        )


class Alpha(Kernel):
    """t/tau_peak·exp(1 - t/tau_peak): it rises, is 1 at tau_peak, and falls (GABA_A)."""

    def __init__(self, tau_peak: float, cut: float | None = None) -> None:
        tau = _check.positive("Alpha.tau_peak", tau_peak, "ms")
        modes = (Mode(-1 / tau, 0.0, (0.0, math.e / tau)),)
        self._settle("t/tau_peak*exp(1 - t/tau_peak)", {"tau_peak": tau}, modes, cut, "Alpha")


class DoubleExponential(Kernel):
    """A (exp(-t/tau_decay) - exp(-t/tau_rise)), A such that the peak is 1.

    The slopes cancel at t* = ln(tau_decay/tau_rise)·tau_rise·tau_decay/(tau_decay - tau_rise). Close times are the
    alpha function, which is their limit: `tau_rise` must be below `tau_decay`.
    """

    def __init__(self, tau_rise: float, tau_decay: float, cut: float | None = None) -> None:
        r = _check.positive("DoubleExponential.tau_rise", tau_rise, "ms")
        d = _check.positive("DoubleExponential.tau_decay", tau_decay, "ms")
        if r > 0.999 * d:
            rule = f"une montée plus brève que la descente ({d:g}\u00a0ms)\u00a0; de durées égales, c'est Alpha"
            raise _check.refuse("DoubleExponential.tau_rise", rule, tau_rise)
        peak = math.log(d / r) * r * d / (d - r)
        A = 1 / (math.exp(-peak / d) - math.exp(-peak / r))
        modes = (Mode(-1 / d, 0.0, (A,)), Mode(-1 / r, 0.0, (-A,)))
        text = "A*(exp(-t/tau_decay) - exp(-t/tau_rise))"
        self._settle(text, {"tau_rise": r, "tau_decay": d, "A": A}, modes, cut, "DoubleExponential")

    def __repr__(self) -> str:
        cut = "" if self.cut is None else f", cut={self.cut:g}"
        return f"DoubleExponential({self.values['tau_rise']:g}, {self.values['tau_decay']:g}{cut})"


class Pulse(Kernel):
    """1 during `width` ms; during one step when None, whatever the step: the weight is then a current of that step.

    Source: the « simple weights » of Programs 15 and 16 of Granier's thesis (2018). One step being shorter when dt is,
    so is what a spike brings: `VoltageJump` does not have this defect.
    """

    def __init__(self, width: float | None = None) -> None:
        self._settle("1", {}, (Mode(0.0, 0.0, (1.0,)),), width, "Pulse")

    @property
    def reduction(self) -> str:
        return "un pas" if self.cut is None else super().reduction

    def __repr__(self) -> str:
        return "Pulse()" if self.cut is None else f"Pulse({self.cut:g})"


class VoltageJump(Kernel):
    """V jumps by the weight when the spike arrives: a current so brief that only its charge counts."""

    jump = True

    def __init__(self) -> None:
        self._settle("0", {}, None, None, "VoltageJump")

    def __call__(self, t: np.ndarray | float) -> np.ndarray:
        return np.zeros(np.shape(t))

    @property
    def reduction(self) -> str:
        return "saut de potentiel"

    def _repr_latex_(self) -> str:
        return r"$V \leftarrow V + w$"

    def __repr__(self) -> str:
        return "VoltageJump()"
