"""The explorers of the notebooks, loaded when asked for: `explore_hodgkin_huxley()`."""

__all__ = ["explore_hodgkin_huxley"]


def __getattr__(name: str):
    if name == "explore_hodgkin_huxley":
        from course.widgets.hodgkin_huxley import explore_hodgkin_huxley

        return explore_hodgkin_huxley
    raise AttributeError(f"course.widgets ne contient pas «\u00a0{name}\u00a0»")
