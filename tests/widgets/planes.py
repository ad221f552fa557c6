"""Planes that several tests look at, and how an explorer is read."""

from course.dynamics import Model
from course.plot.scene import Arrows, Line, Mark, Points
from course.widgets import explore_phase_plane

VAN_DER_POL = Model("dx/dt = y\ndy/dt = mu*(1 - x**2)*y - x", init={"x": 2}, mu=1.0)
PREY = Model(
    "dx/dt = a*x - b*x*y\ndy/dt = c*x*y - d*y", init={"x": 1, "y": 1}, a=1.0, b=0.5, c=0.3, d=0.8
)
SADDLE = Model("dx/dt = k*x\ndy/dt = -y", k=1.0)
NOWHERE = Model("dx/dt = 1 + k*x**2\ndy/dt = x - y", k=1.0)
TWO_RESTS = Model("dx/dt = x - x**3 + k\ndy/dt = -y", k=0.0)
FHN_WINDOW = ((-2.5, 2.5), (-1, 2))


def fhn(**options):
    from course.neurons import fitzhugh_nagumo

    return explore_phase_plane(
        fitzhugh_nagumo, "v", "w", FHN_WINDOW, bounds={"I": (-0.5, 2)}, **options
    )


def items(explorer, panel, kind, **looks):
    """The items of a kind in a panel, whose fields are those of `looks`."""
    found = [item for item in explorer.scene.panel(panel).items if isinstance(item, kind)]
    return [
        item for item in found if all(getattr(item, name) == value for name, value in looks.items())
    ]


def line(explorer, label):
    """The curve of that name in the plane."""
    (found,) = items(explorer, "plane", Line, label=label)
    return found


def runs(explorer):
    """The curves of the runs in the plane."""
    return items(explorer, "plane", Line, width=1.7)


__all__ = [
    "Arrows", "FHN_WINDOW", "Line", "Mark", "NOWHERE", "PREY", "Points", "SADDLE", "TWO_RESTS",
    "VAN_DER_POL", "fhn", "items", "line", "runs",
]  # fmt: skip
