"""An explorer that goes on by itself: each picture that the page has shown calls the next one."""

import math

from course.widgets.explorer import Explorer
from course.widgets.oja.compute import STEPS


class Player(Explorer):
    """While `values["play"]`, presents `values["pace"]` points a picture; a page that is closed stops it."""

    def _event(self, event: dict) -> None:
        super()._event(event)
        if event["event"] == "drawn" and event["number"] == self._latest.sent and self.values["play"]:
            self.go_on()

    def go_on(self) -> None:
        """A few presentations more, until the last one, or until no rule has anything left to learn."""
        step = min(STEPS, self.values["step"] + self.values["pace"])
        arrays = self.compute(**(self.values | {"step": step}))
        if all(walk["ended"] for walk in arrays["walks"]):
            step = max(len(walk["w"]) - 1 for walk in arrays["walks"])
            return self.change({"step": step, "play": False}, "play")
        return self.change({"step": step, "play": step < STEPS}, "play")

    def do(self, verb) -> None:
        """« Repartir d'ici » needs the weights, which no control holds."""
        if verb.key != "d":
            return super().do(verb)
        x, y = self.compute(**self.values)["walks"][0]["w"][-1]
        there = {"norm": math.hypot(x, y), "start": math.degrees(math.atan2(y, x)), "step": 0, "play": False}
        notice = "Le w d'ici est le w de départ." if self.values["step"] else "Ce sont déjà les poids de départ."
        return self.change(there if self.values["step"] else {}, verb.meaning, notice)
