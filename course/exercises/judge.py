"""From a student's function to a verdict; nothing is shown or recorded here, and nothing it does escapes.

    inputs drawn -> results, guarded -> compared with the reference -> its properties, or why it is wrong
"""

from typing import Any

import numpy as np

from course.exercises import diagnose, places, slips
from course.exercises.answer import judge_answer
from course.exercises.attempt import Attempt, better, changed, kept
from course.exercises.calling import (
    Convention,
    Inputs,
    WrongArguments,
    convention,
    copied,
    elementwise,
)
from course.exercises.compare import Mismatch, Part, compare, like
from course.exercises.declare import Exercise
from course.exercises.french import listed, plural, sentence
from course.exercises.guard import Guard, Outcome
from course.exercises.invariants import Invariant
from course.exercises.stopped import stopped_verdict
from course.exercises.untouched import state
from course.exercises.verdict import ALMOST, NOT_YET, PASSED, TO_DO, Verdict

UNTOUCHED = "Cet exercice attend votre réponse."
FAR = 1e4  # a factor beyond it is more than a unit forgotten: « Pas encore » and not « Presque »


def judge(exercise: Exercise, answer: Any, seed: int | None = None, patience: float = 1.0) -> Verdict:
    """The verdict on a student's function (or value, for an exercise without inputs).

    Args:
        seed: of the inputs' draws, instead of the declared one (grading draws its own).
        patience: times the exercise's limit, where a call takes longer for a reason that is not the student's.

    Raises:
        KeyboardInterrupt: a real Ctrl-C, nothing else.
    """
    if exercise.samples is None:
        return judge_answer(exercise, answer)
    if answer is None or answer is Ellipsis:
        return Verdict(TO_DO, UNTOUCHED)
    if not callable(answer):
        return Verdict(
            NOT_YET, "`check` attend la fonction elle-même : son nom, sans parenthèses ni arguments."
        )
    written = state(answer)
    try:
        way = convention(answer, exercise.parameters)
    except WrongArguments as problem:
        return Verdict(TO_DO, UNTOUCHED) if written == "vide" else Verdict(NOT_YET, str(problem))
    return _Examination(exercise, exercise.inputs(seed), Guard(patience * exercise.time_limit), written).conclude(way)


class _Examination:
    """The draws, the reference's results on them, and the budget of time of one check."""

    def __init__(self, exercise: Exercise, inputs: list[Inputs], guard: Guard, written: str) -> None:
        self.exercise, self.inputs, self.guard, self.written = exercise, inputs, guard, written
        self.expected = [exercise.reference(**copied(draw)) for draw in inputs]
        self.modified: list[str] = []

    def conclude(self, way: Convention) -> Verdict:
        attempt = self._attempt(way)
        if not attempt.stop and all(output is None or output is Ellipsis for output in attempt.outputs):
            return self._nothing()
        if self._is_stub(attempt):
            return Verdict(TO_DO, UNTOUCHED)
        for other in self._other_ways(way):
            if attempt.right or (attempt.stop and attempt.stop.late):
                break
            attempt = better(attempt, self._attempt(other))
        if attempt.stop:
            return stopped_verdict(self.exercise, attempt.stop, self._draw(attempt), self.written)
        return self._passing(attempt) if attempt.right else self._wrong(attempt)

    def _attempt(self, way: Convention) -> Attempt:
        attempt = Attempt(way)

        def every_draw() -> None:
            for draw in self.inputs:
                given = copied(draw)
                attempt.outputs.append(kept(way(given)))
                if not self.modified:
                    self.modified = [name for name in draw if changed(draw[name], given[name])]

        outcome = self.guard.run(every_draw)
        if outcome.late or outcome.error is not None:
            attempt.stop = outcome
            return attempt
        try:
            attempt.parts = [self._compare(a, b) for a, b in zip(self.expected, attempt.outputs, strict=True)]
        except Mismatch as problem:
            attempt.mismatch = str(problem)
        return attempt

    def _compare(self, expected: Any, obtained: Any) -> list[Part]:
        exercise = self.exercise
        return compare(expected, obtained, exercise.tolerance, exercise.absolute, exercise.outputs)

    def _other_ways(self, way: Convention) -> list[Convention]:
        """Element by element when the reference works so; numbers as arrays of one element."""
        ways = []
        mapped = all(elementwise(*pair) for pair in zip(self.inputs, self.expected, strict=True))
        if mapped and not self.exercise.vectorised:
            ways.append(Convention(way.function, way.positional, way.keywords, one_by_one=True))
        if any(isinstance(x, (int, float, np.number)) for x in self.inputs[0].values()):
            ways.append(Convention(way.function, way.positional, way.keywords, as_arrays=True))
        return ways

    def _is_stub(self, attempt: Attempt) -> bool:
        stub = self.exercise.stub
        if stub is None or attempt.stop:
            return False
        try:
            return not any(
                part.wrong.any()
                for draw, output in zip(self.inputs, attempt.outputs, strict=True)
                for part in self._compare(stub(**copied(draw)), output)
            )
        except Mismatch:
            return False

    def _nothing(self) -> Verdict:
        if self.guard.printed.strip():
            return Verdict(
                NOT_YET,
                "Votre fonction affiche un résultat et ne le rend pas : `print` montre, `return` rend.",
            )
        if self.written == "écrite":
            return Verdict(NOT_YET, "Votre fonction calcule et ne rend rien : il manque un `return`.")
        return Verdict(TO_DO, UNTOUCHED)

    def _draw(self, attempt: Attempt) -> Inputs:
        return self.inputs[min(len(attempt.outputs), len(self.inputs) - 1)]

    def _broken(self, attempt: Attempt) -> str | Verdict | None:
        """The sentence of the first broken property, or the verdict when the function stopped there."""
        for invariant in self.exercise.invariants:
            for k in range(1 if invariant.once else len(self.inputs)):
                outcome = self._tried(invariant, attempt, k)
                if outcome.late or outcome.error is not None:
                    return stopped_verdict(self.exercise, outcome, self.inputs[k], self.written)
                if outcome.value:
                    return outcome.value
        return None

    def _tried(self, invariant: Invariant, attempt: Attempt, k: int) -> Outcome:
        draw, expected = self.inputs[k], self.expected[k]
        running = []

        def call(**changes: Any) -> Any:
            running.append(changes)
            output = attempt.way(copied({**draw, **changes}))
            running.pop()
            return like(expected, output)

        outcome = self.guard.run(lambda: invariant.broken(call, draw, like(expected, attempt.outputs[k])))
        if outcome.error is not None and not running:
            raise outcome.error  # the property's own failure, not the student's
        return outcome

    def _passing(self, attempt: Attempt) -> Verdict:
        """The values are right; the properties may still break at points that were not drawn."""
        broken = self._broken(attempt)
        if isinstance(broken, Verdict):
            return broken
        if broken:
            return Verdict(ALMOST, broken, idea=broken, notes=self._notes(attempt))
        values = sum(np.size(part.expected) for compared in attempt.parts for part in compared)
        sets = plural(len(self.inputs), "jeu de paramètres", "jeux de paramètres")
        said = f"Vérifié pour {plural(values, 'valeur')} et {sets}."
        if self.exercise.invariants:
            said += f" Le résultat {listed([invariant.sentence for invariant in self.exercise.invariants])}."
        onward = attempt.way.adapted(self.exercise.reference)
        return Verdict(PASSED, said, notes=self._notes(attempt), function=onward)

    def _wrong(self, attempt: Attempt) -> Verdict:
        """The first reason found: a known idea, the wrong kind of thing, NaN, a parameter, a factor, a property."""
        exercise, inputs, notes = self.exercise, self.inputs, self._notes(attempt)
        idea = diagnose.misconception(exercise, inputs, attempt.outputs)
        if idea:
            seen = places.example(exercise, inputs, attempt.parts) if attempt.parts else ""
            return Verdict(ALMOST, f"{seen} {sentence(idea)}".strip(), idea=idea, notes=notes)
        if attempt.mismatch:
            pair = any(type(a) is tuple is not type(b) for a, b in zip(attempt.outputs, self.expected, strict=True))
            comma = slips.decimal_comma(attempt.way.function) if pair else ""
            return Verdict(NOT_YET, f"{attempt.mismatch} {comma}".strip(), notes=notes)
        table = places.table(exercise, inputs, attempt.parts)
        undefined = diagnose.not_a_number(inputs, attempt.parts)
        if undefined:
            return Verdict(NOT_YET, undefined, table=table, notes=notes)
        fickle = self.guard.run(lambda: diagnose.fickle(inputs[0], attempt.way)).value
        if fickle:
            return Verdict(NOT_YET, fickle, idea=fickle, table=table, notes=notes)
        ratio = diagnose.factor(attempt.parts)
        unused = "" if ratio else self.guard.run(lambda: diagnose.unused(exercise, inputs, attempt.way)).value
        named = unused or diagnose.of_factor(ratio) or self._broken(attempt)
        if isinstance(named, str):
            near = unused or (ratio and 1 / FAR < abs(ratio) < FAR)
            return Verdict(ALMOST if near else NOT_YET, named, idea=named, table=table, notes=notes)
        return Verdict(
            NOT_YET, "Certaines valeurs diffèrent de celles qu'on attend.", table=table, notes=notes
        )

    def _notes(self, attempt: Attempt) -> tuple[str, ...]:
        notes = []
        if self.modified:
            names = listed([f"`{name}`" for name in self.modified])
            notes.append(
                f"Votre fonction modifie {names}, qu'elle reçoit : travaillez sur une copie, `.copy()`."
            )
        if attempt.way.one_by_one and attempt.right:
            notes.append(
                "Votre fonction prend un nombre à la fois ; pour un tableau, la suite l'appelle "
                "élément par élément."
            )
        if self.guard.printed.strip():
            notes.append("Votre fonction affiche du texte à chaque appel ; il n'est pas montré ici.")
        return tuple(notes)
