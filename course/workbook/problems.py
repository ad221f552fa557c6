"""What stops a construction, in words: every fault of a file at once, each with its file and its cell."""


class BuildError(Exception):
    """The faults found, one French sentence each; `problems` holds them separately."""

    def __init__(self, problems: list[str] | str):
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))
