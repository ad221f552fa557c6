"""What an epoch leaves behind."""

import numpy as np


class History:
    """One number an epoch in each list: those named when it is made, then `seconds`.

    >>> h = History("loss"); h.add(loss=2.0, seconds=0.5); h.loss, len(h)
    ([2.0], 1)
    """

    def __init__(self, *names: str) -> None:
        self.names = (*names, "seconds")
        for name in self.names:
            setattr(self, name, [])

    def add(self, **values: float) -> None:
        for name in self.names:
            if name in values:
                getattr(self, name).append(float(values[name]))

    def __len__(self) -> int:
        return len(self.seconds)

    def __repr__(self) -> str:
        if not len(self):
            return "History(aucune époque)"
        last = ", ".join(f"{name} {getattr(self, name)[-1]:.4g}" for name in self.names[:-1] if getattr(self, name))
        epochs = f"{len(self)} époque{'s' * (len(self) > 1)}, {np.sum(self.seconds):.1f}\u00a0s"
        return f"History({epochs}\u00a0; à la fin\u00a0: {last})".replace(".", ",")
