"""Whatever a student, an author and an editor do, and in whatever order, no character of the student is lost."""

import re
from collections import Counter

import hypothesis.strategies as st
import nbformat
from hypothesis import given, settings

from course.workbook import salvage
from course.workbook.maj import merge as merging
from course.workbook.maj.merge import merge
from tests.workbook.lab_edits import AUTHOR, STUDENT, Hand, done, page, saved, small_lab

NUMBER = st.integers(0, 60)


def edits(kinds, most):
    return st.lists(st.tuples(st.sampled_from(kinds), NUMBER, NUMBER), max_size=most)


# one round: the student works, the file is cut or not, the course publishes a version
ROUND = st.tuples(edits(STUDENT, 6), edits(AUTHOR, 4), st.one_of(st.just(1.0), st.just(1.0), st.floats(0.05, 1)))


def lines_of(cells) -> Counter:
    return Counter(line.rstrip() for one in cells for line in one["source"].split("\n"))


def words_of(text: str) -> list[str]:
    return re.findall(r"z\d+z", text)


def keeps_their_order(short: list[str], long: list[str]) -> bool:
    left = iter(long)
    return all(word in left for word in short)


@settings(max_examples=2000, deadline=None, derandomize=True, database=None)
@given(rounds=st.lists(ROUND, min_size=1, max_size=2), known=st.booleans())
def test_no_character_is_lost(rounds, known):
    hand, course, base = Hand(), small_lab(), small_lab()
    theirs = base
    for student, author, cut in rounds:
        theirs, course = done(theirs, student, hand), done(course, author, hand)
        text = saved(theirs, indent=None)
        text = text[: int(len(text) * cut)]
        mine = salvage.read(text.encode())
        if mine is None:  # nothing is left of the file: it is not touched
            assert not words_of(text)
            return
        result = merge(page(base) if known else None, mine, page(course)).page
        after = "\n".join(one["source"] for one in result.cells)
        assert set(words_of(text)) <= set(words_of(after))
        if mine.whole:
            theirs_alone = lines_of(theirs)
            for line in lines_of(base):
                theirs_alone.pop(line, None)
            assert theirs_alone <= lines_of(result.cells)
            for one in theirs:
                words = words_of(one["source"])
                assert any(keeps_their_order(words, words_of(other["source"])) for other in result.cells)
        ids = [one["id"] for one in result.cells]
        assert len(set(ids)) == len(ids)
        again = merge(page(course), page(result.cells), page(course))
        assert [one["source"] for one in again.page.cells] == [one["source"] for one in result.cells]
        assert {what for what, _ in again.done} <= {merging.ABSENT, merging.ORPHAN}
        theirs, base = result.cells, course
    nbformat.validate(nbformat.reads(result.written(), as_version=4))
