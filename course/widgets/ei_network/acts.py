"""What one does in the explorer of two populations, as changes of the values."""

from collections.abc import Callable

from course.widgets.ei_network.subject import BOUNDS, STEPS
from course.widgets.phase_plane import analysis
from course.widgets.phase_plane.subject import Subject
from course.widgets.stroke import Stroke

KEPT = 4  # runs
OSCILLATION = {"I_E": 12.0, "I_I": 0.0, "w_EE": 0.1, "w_EI": -0.1, "w_IE": 0.1, "w_II": 0.0, "parameter": "I_E"}
PARADOX = {"I_E": 15.0, "I_I": 0.0, "w_EE": 0.03, "w_EI": -0.05, "w_IE": 0.05, "w_II": 0.0, "parameter": "I_I",
           "shown": "r_I"}  # fmt: skip


def parameters(s: Subject, values: dict) -> dict[str, float]:
    """Those of the model, as the sliders have them."""
    return {n: values.get(n, float(x)) for n, x in s.model.parameters.items()}


def settle(values: dict) -> dict:
    """The cursor stays inside the run; the map has two different parameters."""
    second = values["second"]
    if second == values["parameter"]:
        second = next(name for name in ("w_EE", "I_E") if name != values["parameter"])
    return values | {"t": min(values["t"], float(values["T"])), "second": second}


def beside(s: Subject) -> Callable[[dict], dict]:
    """A run from 1 % above each fixed point."""

    def act(values: dict) -> dict:
        found = analysis.points(s, tuple(parameters(s, values).items()))
        return {"starts": tuple((1.01 * p["r_E"], 1.01 * p["r_I"]) for p in found)[:KEPT]}

    return act


def stepped(name: str, value: float) -> float:
    (low, high), step = BOUNDS[name], STEPS[name]
    return round(min(high, max(low, low + step * round((value - low) / step))), 6)


def pen(s: Subject) -> Callable[[dict, Stroke], dict]:
    """A click in the plane launches; on the diagram it says the parameter, on the map both."""

    def changes(values: dict, stroke: Stroke) -> dict:
        event, name = stroke.now, values["parameter"]
        match event["panel"]:
            case "diagram":
                return {name: stepped(name, event["x"])}
            case "map":
                second = values["second"]
                return {name: stepped(name, event["x"]), second: stepped(second, event["y"])}
            case "plane" if event["phase"] == "up":
                start = tuple(round(max(0.0, event[axis]), 1) for axis in "xy")
                return {"starts": (*values["starts"], start)[-KEPT:]}
        return {}

    return changes
