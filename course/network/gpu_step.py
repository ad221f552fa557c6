"""A step of the state of a group by each method, on torch tensors: the same formulas as `lanes`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

    from course.network.gpu_group import Group

_TABLEAU = {
    "heun": ((0.0, 1.0), (0, 2), (1 / 2, 1 / 2)),
    "rk4": ((0.0, 0.5, 0.5, 1.0), (0, 1, 1, 2), (1 / 6, 1 / 3, 1 / 3, 1 / 6)),
}


def moved(group: "Group", t: "torch.Tensor", live: "torch.Tensor") -> list["torch.Tensor"]:
    """The state a step later, by the method; `live` is 0 where V is held."""
    x, h, f = group.x, group.dt, group.f.f
    n = len(x)

    def held(d: tuple) -> list["torch.Tensor"]:
        return [v * live if i in group.held else v for i, v in enumerate(d)]

    if group.method == "semi_implicit":
        s = list(x)
        for i in range(n):
            rate = f(t, *s, *group.at(0), *group.c)[i]
            s[i] = s[i] + h * (rate * live if i in group.held else rate)
        return s
    if group.method in _TABLEAU:
        nodes, stages, weights = _TABLEAU[group.method]
        found: list[list[torch.Tensor]] = []
        for at, stage in zip(nodes, stages, strict=True):
            y = [a + at * h * d for a, d in zip(x, found[-1], strict=True)] if found else x
            found.append(held(f(t + at * h, *y, *group.at(stage), *group.c)))
        return [
            x[i] + h * sum(w * d[i] for w, d in zip(weights, found, strict=True)) for i in range(n)
        ]
    result = f(t, *x, *group.at(0), *group.c)
    d = held(result[:n])
    if group.method == "exponential_euler":
        return [a + h * b * group.f.phi1(j * h) for a, b, j in zip(x, d, result[n:], strict=True)]
    s = [a + h * b for a, b in zip(x, d, strict=True)]
    for (v, noise), b in zip(getattr(group.f, "NOISE", ()), result[n:], strict=True):
        s[v] = s[v] + b * group.white[noise] * (live if v in group.held else 1.0)
    return s
