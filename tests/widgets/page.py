"""The part of the page: it opens, answers pictures, presses keys, moves the pointer."""


class Page:
    """Speaks to a canvas through the very messages of its JavaScript, and keeps what it is sent."""

    def __init__(self, explorer, monkeypatch, answers: bool = True):
        self.explorer, self.answers, self.messages = explorer, answers, []
        monkeypatch.setattr(explorer.toile, "send", self._sent)
        self.say({"event": "size", "columns": 900}, {"event": "ready"})

    def _sent(self, message: dict, buffers: list = ()) -> None:
        self.messages.append((message, buffers))

    def say(self, *events: dict) -> None:
        """One message of the page, then its answers to the pictures."""
        self.explorer.toile._handle_custom_msg({"events": list(events)}, [])
        if self.answers:
            self.answer()

    def answer(self) -> None:
        """The page has drawn all that it was sent, and what comes of saying so."""
        said = 0
        while (sent := self._frames()) and sent[-1]["number"] != said:
            said = sent[-1]["number"]
            self.explorer.toile._handle_custom_msg({"events": [{"event": "drawn", "number": said}]}, [])

    def keys(self, *keys: str) -> None:
        """Each key, alone in its message; « Maj+x » with the shift key."""
        for key in keys:
            self.say({"event": "key", "key": key.removeprefix("Maj+"), "shift": key.startswith("Maj+")})

    def drag(self, panel: str, *points: tuple[float, float]) -> None:
        """Pointer down on the first point, moved along the others, up on the last."""
        phases = ["down", *["move"] * (len(points) - 1), "up"]
        for phase, (x, y) in zip(phases, [*points, points[-1]], strict=True):
            self.say({"event": "pointer", "phase": phase, "panel": panel, "x": x, "y": y})

    @property
    def pictures(self) -> list[dict]:
        """The pictures received, the last one answered."""
        if self.answers:
            self.answer()
        return self._frames()

    def _frames(self) -> list[dict]:
        return [message for message, _ in self.messages if "frame" in message]
