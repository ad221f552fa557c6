"""Every declared exercise is itself an exercise: right ways pass, wrong ones are refused, ideas are named."""

import inspect
import linecache

import numpy as np
import pytest

from course.exercises import Exercise, every_exercise
from course.exercises.answer import to_go_on
from course.exercises.judge import judge
from tests.exercises import demo

ALL = [*every_exercise(), *demo.EXERCISES]
FUNCTIONS = [exercise for exercise in ALL if exercise.samples]


def each(cases, name):
    return [pytest.param(exercise, k, id=f"{exercise.id}-{name}{k + 1}")
            for exercise in ALL for k in range(len(cases(exercise)))]


def answer(exercise: Exercise, way):
    """A way of answering as a student gives it: the function itself, or the value."""
    return way if exercise.samples else to_go_on(way())


def by_id(exercises):
    return [pytest.param(exercise, id=exercise.id) for exercise in exercises]


@pytest.mark.parametrize("exercise", by_id(ALL))
def test_the_reference_passes(exercise):
    verdict = judge(exercise, answer(exercise, exercise.reference))
    assert verdict.passed, verdict


@pytest.mark.parametrize("exercise", by_id(ALL))
def test_the_declaration_is_complete(exercise):
    assert len(exercise.alternatives) >= 5
    assert len(exercise.mutants) >= 3
    assert exercise.misconceptions
    assert exercise.hints


@pytest.mark.parametrize(("exercise", "k"), each(lambda exercise: exercise.alternatives, "façon"))
def test_another_right_way_passes(exercise, k):
    verdict = judge(exercise, answer(exercise, exercise.alternatives[k]))
    assert verdict.passed, verdict


@pytest.mark.parametrize(("exercise", "k"), each(lambda exercise: exercise.misconceptions, "idée"))
def test_a_misconception_is_named_by_its_own_sentence(exercise, k):
    known = exercise.misconceptions[k]
    verdict = judge(exercise, answer(exercise, known.function))
    assert (verdict.status, verdict.idea) == ("presque", known.sentence), verdict


@pytest.mark.parametrize(("exercise", "k"), each(lambda exercise: exercise.mutants, "mutant"))
def test_a_mutant_is_refused(exercise, k):
    verdict = judge(exercise, answer(exercise, exercise.mutants[k]))
    assert verdict.status in ("presque", "pas encore"), verdict


@pytest.mark.parametrize("exercise", by_id(ALL))
def test_the_stub_is_still_to_do(exercise):
    if not exercise.samples:
        assert judge(exercise, None).status == "à faire"
        return
    assert judge(exercise, untouched(exercise, "...  # À compléter")).status == "à faire"
    assert judge(exercise, untouched(exercise, "pass")).status == "à faire"
    if exercise.stub:
        assert judge(exercise, exercise.stub).status == "à faire"


@pytest.mark.parametrize("exercise", by_id(FUNCTIONS))
def test_every_parameter_is_drawn(exercise):
    rng = np.random.default_rng(1)
    first, second = exercise.samples(rng), exercise.samples(rng)
    assert set(first) == set(exercise.parameters)
    fixed = [name for name in first if isinstance(first[name], (int, float, np.ndarray))
             and np.array_equal(first[name], second[name])]
    assert set(fixed) <= set(exercise.constant)


@pytest.mark.parametrize("exercise", by_id(FUNCTIONS))
def test_a_function_that_ignores_a_parameter_is_refused(exercise):
    first = exercise.inputs()[0]
    for name in set(exercise.parameters) - set(exercise.constant):
        def ignores(_name=name, **inputs):
            return exercise.reference(**{**inputs, _name: first[_name]})
        verdict = judge(exercise, with_signature(exercise, ignores))
        assert verdict.status in ("presque", "pas encore", "erreur"), (name, verdict)


@pytest.mark.parametrize("exercise", by_id(FUNCTIONS))
def test_a_function_without_one_of_the_parameters_is_refused(exercise):
    for name in exercise.parameters:
        def lacks(_name=name, **inputs):
            return exercise.reference(**inputs, **{_name: 1.0})
        verdict = judge(exercise, with_signature(exercise, lacks, without=name))
        assert verdict.status == "pas encore", (name, verdict)
        assert "argument" in verdict.sentence


def with_signature(exercise, function, without=""):
    """`function` seen as taking the parameters of the statement."""
    parameters = [p for p in inspect.signature(exercise.reference).parameters.values() if p.name != without]

    def student(*args, **kwargs):
        return function(**inspect.Signature(parameters).bind(*args, **kwargs).arguments)

    student.__signature__ = inspect.Signature(parameters)
    return student


def untouched(exercise, body):
    """The function of the lab before anybody wrote in it, with its source, as in a notebook."""
    lines = [f"def stub({', '.join(exercise.parameters)}):\n", '    """À vous."""\n', f"    {body}\n"]
    name = f"<carnet {exercise.id} {body}>"
    linecache.cache[name] = (sum(map(len, lines)), None, lines, name)
    names = {}
    exec(compile("".join(lines), name, "exec"), names)
    return names["stub"]
