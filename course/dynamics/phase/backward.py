"""The same flow with time reversed: what repels attracts."""

from course.dynamics.model import Model


def backward(model: Model) -> Model:
    """`model` with every derivative negated, and no spike.

    >>> backward(Model("dx/dt = -x/tau", tau=10)).text
    'dx/dt = -(-x/tau)'
    """
    equations = model.spec((), "rk").equations
    lines = []
    for v, d in equations.derivatives.items():
        right = d.line.text.partition("=")[2].partition(":")[0].strip()
        lines.append(f"d{v}/dt = -({right})")
    lines += [
        d.line.text for group in (equations.terms, equations.functions) for d in group.values()
    ]
    used = set().union(*(equations.reached(d) for d in equations.all()))
    parameters = {n: value for n, value in model.parameters.items() if n in used}
    called = {n: f for n, f in equations.called.items() if n in used}
    return Model("\n".join(lines), init=dict(model.init), functions=called, **parameters)
