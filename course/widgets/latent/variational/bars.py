"""The two parts of the ELBO, end to end, a bar for each β; the KL, a cell for each number of the code."""

import numpy as np

from course.plot.french import decimal, short
from course.plot.scene import Axis, Item, Line, Mark, Panel

BEFORE, AFTER = 0.34, 0.3  # room for the texts, in shares of the longest bar
THICK, THIN = 14.0, 7.0  # pixels
LOWER = 0.075  # of the panel's height: a text stands above its place
GAP = 0.006  # between two cells


def bars(arrays: dict) -> tuple[Panel, ...]:
    """What the reconstruction costs and what the code costs make -ELBO."""
    f, now = arrays["family"], arrays["values"]["beta"]
    names = [f"β = {short(beta)}".replace(" ", "\u00a0") for beta in f.betas]
    costs = [[-law.elbo.reconstruction, law.elbo.kl] for law in f.laws]
    cells = [law.shares[law.ranks].tolist() for law in f.laws]
    said = [decimal(cost) for cost in costs[now]]
    legend = [(f"reconstruction {said[0]}", "vermillion"), (f"KL {said[1]}", "blue")]
    return (rows("elbo", "−ELBO (nats par image)", names, costs, legend, now),
            rows("kl", "KL, nombre par nombre (nats)", names, cells, [("", "blue"), ("", "sky")], now))  # fmt: skip


def rows(name: str, title: str, names: list[str], parts: list[list[float]], looks: list[tuple[str, str]],
         now: int) -> Panel:  # fmt: skip
    """Horizontal bars, the first one at the top, of parts end to end; that of the present model is the thickest."""
    n, most = len(names), max(sum(row) for row in parts)
    items: list[Item] = []
    for k, (text, row) in enumerate(zip(names, parts, strict=True)):
        y, (width, ink) = n - k - 0.5, (THICK, "ink") if k == now else (THIN, "grey")
        ends = np.cumsum([0.0, *row])
        for i, (left, right) in enumerate(zip(ends, ends[1:], strict=False)):
            label, colour = looks[i % len(looks)]
            right = max(left, right - GAP * most)
            items.append(Line((left, right), (y, y), label if k == now else "", colour, "solid", width))
        items += [Mark(-BEFORE * most, y - LOWER * n, text, ink),
                  Mark(float(ends[-1]), y - LOWER * n, decimal(ends[-1]), ink)]  # fmt: skip
    ends = (-BEFORE * most, (1 + AFTER) * most), (0.0, float(n))
    return Panel(name, *(Axis("", "", end, (), shown=False) for end in ends), tuple(items), title, 3)
