"""Every submission of the corpus gets the marks that it deserves."""

import pytest

from course.grading import sandbox, tables
from tests.grading.conftest import corpus

boxed = pytest.mark.skipif(not sandbox.at_hand(), reason="no Landlock, or not x86-64: no sandbox here")
CASES = corpus()


def test_the_corpus_is_large_and_its_names_differ():
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@boxed
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name[:30])
def test_marks(graded, case):
    row = graded.rows[tables.neutral(case.name)]
    found = {one["id"]: one for one in graded.records.get(case.name, {"exercices": ()})["exercices"]}
    seen = {id: (one["statut"], one["phrase"], one["idee"]) for id, one in found.items() if one["statut"] != "à faire"}
    assert row["total automatique"] == tables.decimal(case.points), (row["remarque"], seen)
    assert case.said in row["remarque"]
    for id, (status, said) in case.status.items():
        one = found[id]
        assert status in ("", one["statut"]), seen
        assert said in one["phrase"] + one["idee"], seen
