"""The formulas of TD11's exercises against one another, against enumeration, and against course.generative."""

import numpy as np
import pytest

from course.exercises import every_exercise
from course.exercises.compare import compare
from course.exercises.td11.conditional import conditionnelles
from course.exercises.td11.contrast import gradient_cd1
from course.exercises.td11.energy import energie, energie_libre
from course.exercises.td11.exact import gradient_exact
from course.exercises.td11.gibbs import pas_gibbs
from course.exercises.td11.machine import states
from course.exercises.td11.mean import nouveaux_poids
from course.exercises.td11.pseudo import pseudo_vraisemblance
from course.exercises.td11.sign import RULES, phases_justes
from course.exercises.td11.walk import chaine

PARTS = ("W", "a", "b")


def drawn(seed=0, spread=0.8):
    rng = np.random.default_rng(seed)
    return {"W": rng.normal(0, spread, (4, 3)), "a": rng.normal(0, spread, 4), "b": rng.normal(0, spread, 3)}


def law(m):
    """p(v, h) from the energies alone, (16, 8)."""
    p = np.exp(-np.array([[energie(v, h, **m) for h in states(3)] for v in states(4)]))
    return p / p.sum()


def test_every_law_comes_from_the_energy():
    m = drawn()
    v, h, p = states(4), states(3), law(m)
    assert np.exp(-energie_libre(v, **m)) / np.exp(-energie_libre(v, **m)).sum() == pytest.approx(p.sum(axis=1))
    up, down = conditionnelles(v, h, **m)
    assert up == pytest.approx((p @ h) / p.sum(axis=1, keepdims=True))
    assert down == pytest.approx((p.T @ v) / p.sum(axis=0)[:, None])


def test_pseudo_likelihood_is_that_of_the_marginal():
    m = drawn(1)
    v, p = states(4), law(m).sum(axis=1)
    place = {tuple(row): k for k, row in enumerate(v)}
    for row in v:
        here = p[place[tuple(row)]]
        flips = [p[place[tuple(np.abs(row - one))]] for one in np.eye(4)]
        assert pseudo_vraisemblance(row[None], **m) == pytest.approx(sum(np.log(here / (here + q)) for q in flips))


def test_the_exact_gradient_climbs_the_likelihood():
    m, x = drawn(2), states(4)[[3, 5, 5, 12]]

    def log_p(m):
        return np.mean(-energie_libre(x, **m)) - np.log(np.exp(-energie_libre(states(4), **m)).sum())

    grads = dict(zip(PARTS, gradient_exact(x, **m), strict=True))
    for name in PARTS:
        way = np.random.default_rng(3).normal(size=m[name].shape)
        up, down = (log_p({**m, name: m[name] + s * 1e-5 * way}) for s in (1, -1))
        assert (up - down) / 2e-5 == pytest.approx(np.sum(grads[name] * way), rel=1e-6)


def test_gibbs_leaves_the_law_of_the_machine_where_it_is():
    """A long walk visits each v as often as enumeration says; so does the chain of the museum."""
    m, rng = drawn(4), np.random.default_rng(5)
    p, steps = law(m).sum(axis=1), 40_000
    v = states(4)[rng.choice(16, size=steps, p=p)]
    _, after = pas_gibbs(v, **m, u_h=rng.random((steps, 3)), u_v=rng.random((steps, 4)))
    seen = np.bincount((after @ [8, 4, 2, 1]).astype(int), minlength=16) / steps
    assert np.abs(seen - p).max() < 5 * np.sqrt(p.max() / steps)
    walk = chaine(np.zeros(4), **m, u_h=rng.random((8000, 3)), u_v=rng.random((8000, 4)))
    assert walk.mean(axis=0) == pytest.approx(p @ states(4), abs=0.04)


def test_cd_1_is_the_gradient_when_the_data_are_the_machine_s_own():
    """Its expectation over the draws is then zero, as the exact gradient; on other data they point the same way."""
    m, rng = drawn(6), np.random.default_rng(7)
    own = states(4)[rng.choice(16, size=40_000, p=law(m).sum(axis=1))]
    other = np.tile(states(4)[[3, 5, 5, 12]], (10_000, 1))
    chance = {"u_h": rng.random((40_000, 3)), "u_v": rng.random((40_000, 4))}
    assert np.abs(np.concatenate([g.ravel() for g in gradient_cd1(own, **m, **chance)])).max() < 0.015
    cd, exact = (
        np.concatenate([g.ravel() for g in grads])
        for grads in (gradient_cd1(other, **m, **chance), gradient_exact(other, **m))
    )
    assert cd @ exact / np.linalg.norm(cd) / np.linalg.norm(exact) > 0.8
    assert np.linalg.norm(cd) < np.linalg.norm(exact)


def test_the_mean_step_is_the_one_of_cd_1():
    m, rng = drawn(8), np.random.default_rng(9)
    v = states(4)[rng.choice(16, 10)]
    chance = {"u_h": rng.random((10, 3)), "u_v": rng.random((10, 4))}
    _, dreamt = pas_gibbs(v, **m, **chance)
    p, q = (conditionnelles(x, np.zeros((1, 3)), **m)[0] for x in (v, dreamt))
    step = nouveaux_poids(m["W"], v, p, dreamt, q, 0.3) - m["W"]
    assert step == pytest.approx(0.3 * gradient_cd1(v, **m, **chance)[0])


def test_the_test_of_the_phases_knows_each_rule():
    assert {name for name, rule in RULES.items() if phases_justes(rule)} == {"droit"}
    assert phases_justes(gradient_exact)


def test_solutions_run_with_the_names_of_the_notebook():
    names = {"np": np, "sigmoide": lambda x: 1 / (1 + np.exp(-x)), "etats": states, "energie_libre": energie_libre}
    for one in every_exercise():
        if one.id.startswith("11."):
            exec(one.solution, names)
            own = names[one.reference.__name__]
            for draw in one.inputs(3):
                assert not compare(one.reference(**draw), own(**draw), one.tolerance)[0].wrong.any(), one.id
