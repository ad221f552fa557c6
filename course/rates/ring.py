"""A ring of populations: neighbours excite each other, all inhibit all, and a bump of activity remembers an angle."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics import Model
from course.dynamics.circular import Circular
from course.dynamics.coupled import simulate_coupled
from course.dynamics.request import checked_run
from course.rates.ring_angles import checked_angle, checked_arc, wrapped
from course.rates.ring_run import Cue, RingRun
from course.rates.ring_text import equations

if TYPE_CHECKING:
    from collections.abc import Callable

    from course.rates.ring_diffusion import Diffusion


class RingAttractor:
    """n populations whose preferred directions θ_i = 360 i/n go round a circle.

        τ dr_i/dt = Φ(I + s_i + cues + η_i) - r_i          s_i = (1/n) Σ_j J(θ_i - θ_j) r_j

    Args:
        n: number of units, 8 at least.
        J0, J1: strengths of the coupling [unit of current/Hz]: J(φ) = J0 + J1 cos φ, or, with a width,
            J(φ) = J0 + J1 exp(-φ²/2 width²). A J0 below 0 is an inhibition of all by all.
        width: [degrees] of the Gaussian profile, 1 to 180, or None for the cosine.
        I: the current that all units receive, in arbitrary units.
        tau: [ms]; r_max [Hz], kappa, I_half: the transfer function of `course.rates.transfer`.
        sigma: standard deviation of a noisy current η_i of correlation time tau_noise [ms] (Ornstein-Uhlenbeck),
            independent from one unit to another.
        heterogeneity: standard deviation of a current drawn once for each unit, by `rng`.
        lesion: (centre, width) [degrees] of an arc whose units are silent.
        Phi: a Python function of the current in the place of the transfer function.

    Raises:
        ValueError: « RingAttractor.n : un nombre entier d'unités, 8 au moins, reçu 4 ».

    Leaves out: the neurons and their spikes, the synapses' own time course, the two separate populations, excitatory
    and inhibitory, which J sums up; the noise of unit i does not depend on its rate.

    Source: Ben-Yishai, Bar-Or & Sompolinsky, PNAS 92 (1995) 3844-3848 for J0 + J1 cos; Compte, Brunel,
    Goldman-Rakic & Wang, Cerebral Cortex 10 (2000) 910-923 for the memory. The values are this course's choice: rest
    and bump are both stable, so that the ring is silent until a cue comes, then remembers it.

    >>> ring = RingAttractor()
    >>> run = ring.simulate(1000, Cue(90))
    >>> round(float(run.angle[-1]), 3), round(float(run.r[0].max())), round(float(run.r[-1].max()))
    (90.0, 9, 491)
    """

    def __init__(
        self,
        n: int = 128,
        J0: float = -0.2,
        J1: float = 0.4,
        width: float | None = None,
        I: float = 2.0,
        *,
        tau: float = 20.0,
        r_max: float = 500.0,
        kappa: float = 0.2,
        I_half: float = 10.0,
        sigma: float = 0.0,
        tau_noise: float = 5.0,
        heterogeneity: float = 0.0,
        lesion: tuple[float, float] | None = None,
        rng: int = 0,
        Phi: "Callable[[float], float] | None" = None,
    ) -> None:
        where = "RingAttractor"
        if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 8:
            raise _check.refuse(f"{where}.n", "un nombre entier d'unités, 8 au moins", n)
        if width is not None:
            width = _check.positive(f"{where}.width", width, "degrés")
            if not 1 <= width <= 180:
                raise _check.refuse(
                    f"{where}.width", "une largeur de 1 à 180 degrés, ou None", width
                )
        if lesion is not None:
            lesion = checked_arc("RingAttractor.lesion", lesion)
        if isinstance(rng, bool) or not isinstance(rng, int | np.integer) or rng < 0:
            raise _check.refuse(f"{where}.rng", "une graine entière, positive ou nulle", rng)
        if Phi is not None and not callable(Phi):
            raise _check.refuse(f"{where}.Phi", "une fonction du courant", Phi)
        self.given = {
            "n": int(n),
            "J0": _check.number(f"{where}.J0", J0),
            "J1": _check.number(f"{where}.J1", J1),
            "width": width,
            "I": _check.number(f"{where}.I", I),
            "tau": _check.positive(f"{where}.tau", tau, "ms"),
            "r_max": _check.positive(f"{where}.r_max", r_max, "Hz"),
            "kappa": _check.positive(f"{where}.kappa", kappa),
            "I_half": _check.number(f"{where}.I_half", I_half),
            "sigma": _check.not_negative(f"{where}.sigma", sigma),
            "tau_noise": _check.positive(f"{where}.tau_noise", tau_noise, "ms"),
            "heterogeneity": _check.not_negative(f"{where}.heterogeneity", heterogeneity),
            "lesion": lesion,
            "rng": int(rng),
            "Phi": Phi,
        }

    def with_(self, **given: object) -> "RingAttractor":
        """Another ring, the same but for these arguments."""
        for name in given:
            _check.one_of("with_", name, self.given)
        return RingAttractor(**{**self.given, **given})

    def __repr__(self) -> str:
        about = ", ".join(f"{k}={v!r}" for k, v in self.given.items() if v not in (None, 0.0))
        return f"RingAttractor({about})"

    # -- what it is made of

    @property
    def n(self) -> int:
        return self.given["n"]

    @cached_property
    def theta(self) -> np.ndarray:
        """Preferred directions [degrees], from 0."""
        return 360 * np.arange(self.n) / self.n

    def profile(self, phi: float | np.ndarray) -> np.ndarray:
        """J at the distance phi [degrees]."""
        return self.given["J0"] + self.given["J1"] * wrapped(phi, self.given["width"])

    @cached_property
    def coupling(self) -> Circular:
        """The coupling s of the text."""
        return Circular("r", self.profile(self.theta) / self.n)

    @cached_property
    def alive(self) -> np.ndarray:
        """0 for the units of the lesion, 1 for the others."""
        if self.given["lesion"] is None:
            return np.ones(self.n)
        centre, width = self.given["lesion"]
        away = np.abs((self.theta - centre + 180) % 360 - 180)
        return np.where(away <= width / 2, 0.0, 1.0)

    @cached_property
    def current(self) -> np.ndarray:
        """I, and what heterogeneity adds to it in each unit."""
        frozen = np.random.default_rng(self.given["rng"]).standard_normal(self.n)
        return self.given["I"] + self.given["heterogeneity"] * frozen

    @cached_property
    def model(self) -> Model:
        """The equations, without a cue."""
        return self.model_with(0)

    @cached_property
    def quiet(self) -> "RingAttractor":
        """The same ring without noise."""
        return self.with_(sigma=0.0)

    def model_with(self, cues: int) -> Model:
        """The equations, with room for so many cues: `cue_1*on_1` is a place times a time."""
        noisy, Phi = self.given["sigma"] > 0, self.given["Phi"]
        names = ["tau"] + ["sigma", "tau_noise"] * noisy
        names += [] if Phi else ["r_max", "kappa", "I_half"]
        return equations(noisy, cues, Phi).with_(
            s=self.coupling,
            I=self.current,
            alive=self.alive,
            **{name: self.given[name] for name in names},
        )

    # -- what it does

    def simulate(
        self,
        T: float,
        *cues: Cue,
        dt: float = 1.0,
        every: int = 1,
        trials: int | None = None,
        start: np.ndarray | None = None,
        rng: np.random.Generator | int | None = None,
    ) -> RingRun:
        """The ring from t = 0 to T.

        Args:
            T, dt: duration and step [ms]; RK4, Euler-Maruyama when sigma > 0.
            cues: what is shown, in any order; a distractor is a cue that comes later.
            every: one state in `every` is kept.
            trials: how many repetitions run together, each with its own noise; one, without that axis, when None.
            start: rates [Hz] at t = 0, (unit,) or (trial, unit); rest when None.
            rng: generator or seed of the noise.

        Raises:
            ValueError: « RingAttractor.simulate.T : … », before any work.
        """
        for cue in cues:
            if not isinstance(cue, Cue):
                raise _check.refuse("RingAttractor.simulate.cues", "des Cue(angle, …)", cue)
        for name, value in (("every", every), ("trials", 1 if trials is None else trials)):
            if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
                raise _check.refuse(f"RingAttractor.simulate.{name}", "un entier positif", value)
        shape = (self.n,) if trials is None else (trials, self.n)
        rng = np.random.default_rng(rng)
        rates = np.full(shape, self.rest()) * self.alive if start is None else start
        begin = {"r": np.broadcast_to(np.asarray(rates, float), shape)}
        if self.given["sigma"] > 0:
            begin["eta"] = self.given["sigma"] * rng.standard_normal(shape)
        shown = {}
        for k, cue in enumerate(cues, 1):
            shown |= {f"cue_{k}": cue.over(self.theta), f"on_{k}": cue.window}
        model = self.model_with(len(cues))
        run = checked_run(model, T, dt, None, begin, ["r"], "step", rng, "cpu", shown, every)
        trace = simulate_coupled(run, int(every))
        return RingRun(trace.t, trace["r"], self.theta, cues)

    def rest(self) -> float:
        """The rate [Hz] of the ring at rest, uniform: the lowest r = Φ(I + J̄ r), J̄ the mean of J."""
        from course.rates.ring_theory import rest

        return rest(self)

    def bump(self, angle: float = 180.0) -> np.ndarray | None:
        """The stationary bump around an angle [degrees]: rates [Hz] (unit,), or None when none holds there."""
        from course.rates.ring_theory import bump

        return bump(self, checked_angle("RingAttractor.bump.angle", angle))

    def diffusion_theory(self) -> float | None:
        """How fast the variance of the remembered angle grows [degrees²/s]; see `course.rates.ring_diffusion`."""
        from course.rates.ring_theory import diffusion_theory

        return diffusion_theory(self)

    def diffusion(
        self, T: float = 2000.0, trials: int = 50, dt: float = 1.0, rng: int | None = 0
    ) -> "Diffusion":
        """Many trials from the same bump: where each has gone, and the variance; see `course.rates.ring_diffusion`."""
        from course.rates.ring_diffusion import diffusion

        return diffusion(self, T, trials, dt, rng)
