"""Learning that ran away."""


class Diverged(RuntimeError):
    """The weights, or the loss, are no longer numbers; the last good weights are back in the model."""

    def __init__(self, epoch: int, lr: float, what: str = "la perte") -> None:
        said = f"{what} n'est plus un nombre à l'époque {epoch}, avec lr = {lr:g}".replace(".", ",")
        super().__init__(f"fit\u00a0: {said}\u00a0; les derniers bons poids sont remis. Essayez un pas lr plus petit.")
        self.epoch, self.lr = epoch, lr
