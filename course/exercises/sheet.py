"""What a student holds: `exercise("01.2")`, to check, to ask a hint, to see the solution."""

import inspect
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from course.exercises import progress
from course.exercises.answer import to_go_on
from course.exercises.card import Card, show
from course.exercises.declare import Exercise
from course.exercises.french import typeset
from course.exercises.guard import notebook_shell
from course.exercises.judge import judge
from course.exercises.recall import program, recalled, written_out
from course.exercises.verdict import ALMOST, ERROR, NOT_YET, PASSED, TO_DO, Verdict

# icon, word, colour (at least 3:1 on white and on JupyterLab's dark grey; the theme's own orange is not)
LOOKS = {
    PASSED: ("✓", "Réussi.", "#2e8540"),
    ALMOST: ("≈", "Presque.", "#c05c00"),
    NOT_YET: ("✗", "Pas encore.", "#d0342c"),
    ERROR: ("!", "Erreur.", "#d0342c"),
    TO_DO: ("○", "À faire.", "#1976d2"),
}
INFO = LOOKS[TO_DO][2]


_handed: dict[str, Any] = {}  # what stood in for an answer that had not passed, by exercise
_verdicts: dict[str, Verdict] = {}  # what the last check of this kernel concluded, by exercise


def required(id: str) -> None:
    """What follows a check that nbgrader marks: silent when it passed in this kernel.

    Raises:
        AssertionError: what the check said, or that there was none.
    """
    verdict = _verdicts.get(id)
    if verdict is None:
        raise AssertionError(f"Exercice {id}\u00a0: il n'a pas été vérifié.")
    if not verdict.passed:
        raise AssertionError(f"Exercice {id}, {verdict.status}\u00a0: {typeset(verdict.sentence)}")


class Sheet:
    """One exercise, as a student uses it."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def check(self, answer: Any = None) -> Any:
        """Say where the answer stands, record it, and return what the lab goes on with.

        The student's function (or value) when it passed, the reference otherwise. Never raises,
        except for a real Ctrl-C.
        """
        if self._is_stand_in(answer):
            kind = self._kind()
            self._say(
                f"Votre {kind} d'abord.",
                f"Ce nom désigne la {kind} de référence depuis la vérification "
                "précédente. Exécutez la cellule où vous écrivez la vôtre, puis celle-ci.",
                remarks=self._stale_remark(),
            )
            return answer
        try:
            verdict = judge(self.exercise, answer)
        except Exception as problem:  # our own failure must never stop a student's notebook
            verdict = _failed(problem)
        onward = verdict.function if verdict.passed else self._reference(answer)
        _verdicts[self.exercise.id] = verdict
        _handed[self.exercise.id] = None if verdict.passed else onward
        kept = {"source": program(answer)} if verdict.passed and self.exercise.samples else {}
        notice = progress.record(self.exercise.id, statut=verdict.status, **kept)
        show(self._card(verdict, notice))
        return onward

    def recall(self) -> Any:
        """The student's own function from another notebook when it passed there, the course's otherwise.

        Says which one; nothing is recorded.
        """
        entry = self._entry()
        own = recalled(self.exercise, entry.get("source") or "")
        if own is not None:
            self._say("Reprise.", "La suite du TD utilise votre fonction.")
            return own
        why = "Vous n'avez pas encore réussi cet exercice" if entry.get("statut") != PASSED else (
            "Votre fonction n'a pas pu être relue (exécutez de nouveau sa vérification)"
        )
        self._say("Reprise.", f"{why} : la suite du TD utilise la fonction du cours.")
        return written_out(self.exercise)

    def hint(self) -> None:
        """Show one more hint at each call."""
        hints = self.exercise.hints
        if not hints:
            self._say("Pas d'indice.", "Cet exercice n'a pas d'indice : relisez l'énoncé à voix haute.")
            return
        seen = min(self._entry().get("indices", 0) + 1, len(hints))
        notice = progress.record(self.exercise.id, indices=seen)
        remarks = [f"Indice {k} : {hint}" for k, hint in enumerate(hints[: seen - 1], 1)]
        if seen == len(hints):
            remarks.append(f"C'est le dernier. Après un essai : `{self._call('solution')}`.")
        self._say(f"Indice {seen} sur {len(hints)}.", hints[seen - 1], remarks=[*remarks, notice])

    def solution(self) -> None:
        """Show the reference, once an answer has been tried."""
        if not self._entry().get("essais", 0):
            first = "La solution s'ouvre après une première vérification de votre réponse, même fausse."
            self._say("Un essai d'abord.", first, remarks=self._hint_remark())
            return
        notice = progress.record(self.exercise.id, solution=True)
        self._say("Solution.", "Une façon de faire parmi d'autres :", self._source(), [notice])

    def _say(self, word: str, sentence: str, code: str = "", remarks: Sequence[str] = ()) -> None:
        show(Card("→", word, self._subject(), INFO, [sentence], code=code, remarks=[r for r in remarks if r]))

    def _repr_html_(self) -> str:
        return self._title_card()._repr_html_()

    def __repr__(self) -> str:
        return str(self._title_card())

    def _title_card(self) -> Card:
        icon, word, color = LOOKS.get(self._entry().get("statut"), LOOKS[TO_DO])
        verbs = (
            f"`{self._call('check', 'votre_réponse')}`, `{self._call('hint')}`, `{self._call('solution')}`."
        )
        return Card(icon, word, self._subject(), color, [verbs])

    def _card(self, verdict: Verdict, notice: str) -> Card:
        icon, word, color = LOOKS[verdict.status]
        whose = f"votre {self._kind()}" if verdict.passed else f"la {self._kind()} de référence"
        onward = f"La suite du TD utilise {whose}."
        hint = [] if verdict.passed else self._hint_remark()
        remarks = [*self._stale_remark(), *verdict.notes, onward, *hint, notice]
        said = [verdict.sentence]
        return Card(
            icon, word, self._subject(), color, said, verdict.table, verdict.trace, [r for r in remarks if r]
        )

    def _hint_remark(self) -> list[str]:
        return [f"Indice : `{self._call('hint')}`."] if self.exercise.hints else []

    def _stale_remark(self) -> list[str]:
        """After a cell that Python could not read, the name still holds what it held before."""
        shell = notebook_shell()
        last = getattr(shell, "last_execution_result", None)
        if not isinstance(getattr(last, "error_before_exec", None), SyntaxError):
            return []
        return [
            "La cellule exécutée juste avant celle-ci contient une erreur de syntaxe : rien n'en a été "
            f"retenu, et cette réponse porte sur l'ancienne {self._kind()}. Corrigez-la, puis exécutez "
            "les deux cellules."
        ]

    def _call(self, verb: str, argument: str = "") -> str:
        return f'exercise("{self.exercise.id}").{verb}({argument})'

    def _subject(self) -> str:
        return f"Exercice {self.exercise.id}, {self.exercise.title}"

    def _entry(self) -> dict[str, Any]:
        return progress.read()["exercices"].get(self.exercise.id, {})

    def _kind(self) -> str:
        return "valeur" if self.exercise.samples is None else "fonction"

    def _reference(self, answer: Any) -> Any:
        """What stands in for the answer; a value is a new object, told apart from one that the student types."""
        if self.exercise.samples is not None:
            return self.exercise.reference
        try:
            value = to_go_on(self.exercise.reference())
        except Exception:  # our own failure: the notebook goes on with what there is
            return answer
        return np.asarray(value)[()] if isinstance(value, (bool, int, float, str)) else value

    def _is_stand_in(self, answer: Any) -> bool:
        """True when the check cell alone is run again: the name holds what the last check put there."""
        stand_in = _handed.get(self.exercise.id)
        return stand_in is not None and answer is stand_in

    def _source(self) -> str:
        if self.exercise.solution:
            return textwrap.dedent(self.exercise.solution).strip()
        try:
            return textwrap.dedent(inspect.getsource(inspect.unwrap(self.exercise.reference))).strip()
        except (OSError, TypeError):  # a compiled reference
            return inspect.getdoc(self.exercise.reference) or "(fonction compilée)"


def _failed(problem: Exception) -> Verdict:
    return Verdict(
        ERROR,
        "Le vérificateur n'a pas su examiner cette réponse ; la faute n'est pas la vôtre. "
        "Montrez ces lignes à votre enseignant.",
        trace=f"{type(problem).__name__}: {problem}"[:300],
    )
