"""What decides the code of a model, and so the name of its cached file."""

from dataclasses import dataclass

from course.dynamics.equations import Equations
from course.dynamics.lines import Definition

SCHEMES = ("rk", "exponential", "noise")


@dataclass(frozen=True)
class Spec:
    """All that decides the source: the text, the names, which parameters are driven, and the scheme."""

    equations: Equations
    parameters: tuple[str, ...]
    drives: tuple[str, ...]
    scheme: str
    spike: Definition | None
    reset: tuple[Definition, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(self.equations.derivatives)

    @property
    def held(self) -> tuple[str, ...]:
        """The variables of the spike condition: the ones a refractory period holds."""
        names = self.equations.reached(self.spike) if self.spike else set()
        return tuple(v for v in self.variables if v in names)
