"""From a place of the map to images."""

from collections.abc import Callable

import numpy as np

from course.widgets.latent.subject import Subject

STEPS = 8  # images of the path


def computation(s: Subject) -> Callable[..., dict]:
    """`compute(**values)` of the explorer."""

    def compute(**values) -> dict:
        here = np.array([values["a"], values["b"]])
        shares = np.linspace(0, 1, STEPS)[:, None]
        path = (1 - shares) * np.array(values["mark"]) + shares * here
        drawn = np.asarray(s.decode(path.astype(s.codes.dtype)))
        k, far = s.closest(here)
        return {"subject": s, "values": values, "here": here, "path": path, "drawn": drawn.reshape(-1, s.side, s.side),
                "nearest": k, "far": far}  # fmt: skip

    return compute
