"""A notebook run cell by cell in its own process; each answer is judged at the moment when it is checked.

As in the lab, what follows an exercise goes on with the student's function when it passed, with the course's when it
did not; but the course's stays here, and is called through the pipe.
"""

import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercises.declare import Exercise
from course.exercises.guard import Guard
from course.exercises.judge import judge
from course.exercises.verdict import ERROR, NOT_YET, PASSED, STATUSES, TO_DO, Verdict
from course.grading.cells import Cell
from course.grading.inside.pipe import Closed, Late
from course.grading.inside.values import decoded, encoded
from course.grading.lending import Lending
from course.grading.process import Limits, Process
from course.grading.remote import Interrompu, raised, remote

PATIENCE = 3.0  # seconds more than the limit that the process sets itself
STARTS = 6  # a notebook that ends its process again and again is left there
ROUND_TRIPS = 6  # times the limit of a check: calls cost the pipe's time too, and the process counts its own
TRIES = 5  # checks of one answer that are judged: copies, drafts; the best one counts
CALLED = "Votre fonction appelle la solution du cours au lieu de calculer\u00a0: elle ne compte pas."
SOLUTION = "solution appelée"
# what a message that nobody here wrote makes of the one who reads it
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, MemoryError)


class Session:
    """One notebook, from its first cell to its last; `verdicts` holds what was concluded, by exercise.

    Args:
        start: makes the notebook's process.
        seed: of the inputs' draws, different for each notebook.
        withheld: exercises whose solution is not lent, see `lending`.
    """

    def __init__(
        self, cells: list[Cell], exercises: dict[str, Exercise], limits: Limits, seed: int,
        start: Callable[[Limits], Process] = Process, withheld: frozenset[str] = frozenset(),
    ):
        self.cells, self.exercises, self.limits, self.seed = cells, exercises, limits, seed
        self.verdicts: dict[str, Verdict] = {}
        self.late = False  # the whole notebook took too long
        self.faults: dict[int, dict] = {}  # number of a cell -> what stopped it
        self._start = start
        self._process: Process | None = None
        self._given: list[Callable] = []  # functions of ours, by number
        self._tries: dict[str, int] = {}
        self._solutions = Lending(exercises, withheld)
        self.helped: set[str] = set()  # exercises passed after their solution was lent

    def run(self, names: dict[str, str]) -> None:
        """Run all the cells, then have checked what the notebook did not check itself.

        Args:
            names: exercise -> the name that its answer bears in the course's own lab.
        """
        skipped: set[int] = set()
        self._end = time.monotonic() + self.limits.total
        for _ in range(STARTS):
            try:
                self._once(skipped, names)
                return
            except (Closed, Late):
                if time.monotonic() > self._end:
                    self.late = True
                    return
            finally:
                if self._process:
                    self._process.end()

    def _once(self, skipped: set[int], names: dict[str, str]) -> None:
        self._given.clear()
        self._process = self._start(self.limits)
        self._process.ready()
        for cell in self.cells:
            if cell.number in skipped:
                continue
            skipped.add(cell.number)  # taken back once it ended: what kills the process is not run again
            ask = {"do": "run", "source": cell.source, "name": cell.name, "limit": self.limits.cell}
            said = self._talk(ask, "ran", self.limits.cell + PATIENCE)
            skipped.discard(cell.number)
            if "error" in said or said.get("late"):
                self.faults[cell.number] = said
        for id, name in names.items():
            if id not in self.verdicts and name:
                self._talk({"do": "examine", "id": id, "name": name}, "examined", PATIENCE)

    def _talk(self, ask: dict, until: str, seconds: float) -> dict:
        """Ask the process, and serve what it asks meanwhile."""
        pipe = self._process.pipe
        pipe.send(ask)
        while True:
            said = pipe.receive(max(min(seconds, self._end - time.monotonic()), 0))
            kind = said.get("is")
            if kind == until:
                return said
            try:
                self._serve(kind, said)
            except UNREADABLE as problem:
                raise Closed from problem  # no message of ours

    def _serve(self, kind: Any, said: dict) -> None:
        if kind == "check":
            self._process.pipe.send(self._checked(said))
        elif kind == "recall":
            self._process.pipe.send({"do": "judged", "onward": self._encoded(self._solutions.onward(said["id"]))})
        elif kind == "asked":
            self._process.pipe.send(self._answered(said))
        else:
            raise Closed

    def _checked(self, said: dict) -> dict:
        id = said["id"]
        if id not in self.exercises or self._solutions.judging:
            return {"do": "judged", "passed": False}
        exercise = self.exercises[id]
        before = self.verdicts.get(id)
        self._tries[id] = self._tries.get(id, 0) + 1
        only = exercise.samples is None and before and before.status != TO_DO  # a value is not guessed twice
        final = before and (before.passed or only or self._tries[id] > TRIES)
        if not final:
            answer = decoded(said["answer"], lambda key: self._remote(key, said, exercise))
            verdict = self._judged(exercise, answer)
            if before is None or STATUSES.index(verdict.status) < STATUSES.index(before.status):
                self.verdicts[id] = verdict
                if verdict.passed and id in self._solutions.lent:
                    self.helped.add(id)
        if not self._process.alive:
            raise Closed
        passed = self.verdicts[id].passed
        onward = {} if passed else {"onward": self._encoded(self._solutions.onward(id))}
        return {"do": "judged", "passed": passed, **onward}

    def _judged(self, exercise: Exercise, answer: Any) -> Verdict:
        self._solutions.judging = exercise.id
        self._solutions.called.discard(exercise.id)
        try:
            verdict = judge(exercise, answer, self._seed_of(exercise), ROUND_TRIPS)
        except Exception as problem:  # an answer that the judge does not know how to read
            verdict = Verdict(
                ERROR, "Cette réponse n'a pas pu être examinée\u00a0: relisez-la à la main.",
                trace=f"{type(problem).__name__}: {problem}"[:300],
            )
        finally:
            self._solutions.judging = ""
        if exercise.id in self._solutions.called and verdict.passed:
            return Verdict(NOT_YET, CALLED, idea=SOLUTION)
        return verdict if verdict.function is None else Verdict(PASSED, verdict.sentence, notes=verdict.notes)

    def _seed_of(self, exercise: Exercise) -> int:
        """Another one at each check: what was seen in a first draw is worth nothing in the next."""
        return random.Random(f"{self.seed} {exercise.id} {self._tries[exercise.id]}").randrange(2**32)

    def _remote(self, key: Any, said: dict, exercise: Exercise) -> Callable:
        limit = exercise.time_limit

        def call(args: tuple, kwargs: dict) -> Any:
            if not self._process.alive:
                raise Interrompu("le programme du carnet s'est arrêté")
            ask = {
                "do": "call", "function": key, "limit": limit, "args": [self._encoded(x) for x in args],
                "kwargs": {name: self._encoded(x) for name, x in kwargs.items()},
            }
            try:
                reply = self._talk(ask, "returned", limit + PATIENCE)
            except Closed:
                self._process.end()
                raise Interrompu("le programme du carnet s'est arrêté") from None
            except BaseException:  # the time limit: the process is in the middle of a call, nothing more comes of it
                self._process.end()
                raise
            print(str(reply.get("printed", ""))[:400], end="")
            raised(reply)
            return decoded(reply.get("value"), lambda other: self._remote(other, {}, exercise))

        return remote(call, said if isinstance(key, int) else {})

    def _encoded(self, x: Any) -> Any:
        def number(function: Callable) -> int:
            self._given.append(function)
            return len(self._given) - 1

        return encoded(x, number)

    def _answered(self, said: dict) -> dict:
        """A function of ours, called by the notebook: one of a draw, or a solution that stands in."""
        function = self._given[said["key"]]
        args = [decoded(x, self._odd) for x in said["args"]]
        kwargs = {name: decoded(x, self._odd) for name, x in said["kwargs"].items()}
        outcome = Guard(10.0).run(lambda: function(*args, **kwargs)) if not self._solutions.judging else None
        try:
            with np.errstate(all="ignore"):
                value = function(*args, **kwargs) if outcome is None else outcome.value
            if outcome is not None and (outcome.error or outcome.late):
                raise outcome.error or TimeoutError("trop long")
        except Exception as error:
            return {"do": "answered", "error": type(error).__name__, "message": str(error)[:200]}
        return {"do": "answered", "value": self._encoded(value)}

    def _odd(self, key: Any) -> Callable:
        """A function of the notebook given to a function of ours: not called."""

        def refused(*_: Any, **__: Any) -> None:
            raise TypeError("une fonction du carnet ne peut pas être appelée d'ici")

        return refused
