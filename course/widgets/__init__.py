"""The explorers of the notebooks, loaded when asked for: `explore_hodgkin_huxley()`, `explore_phase_plane(…)`..."""

from importlib import import_module

_WHERE = {
    "explore_ei_network": "ei_network",
    "explore_hodgkin_huxley": "hodgkin_huxley",
    "explore_bump": "bump",
    "explore_phase_plane": "phase_plane",
    "explore_fi_curve": "fi_curve",
    "explore_population": "population",
}
__all__ = [*_WHERE]


def __getattr__(name: str):
    if name not in _WHERE:
        raise AttributeError(f"course.widgets ne contient pas «\u00a0{name}\u00a0»")
    return getattr(import_module(f"course.widgets.{_WHERE[name]}"), name)
