"""`course.nn` beside torch on as many threads: an epoch of 784-256-10, and a convolution both ways.

Both see the same arrays in the same order, and draw a permutation; torch takes its usual path (`nn.Sequential`,
`F.cross_entropy`, `optim.SGD`), its gradients set to None between two steps.
"""

import numpy as np

from course import nn
from tests.bench.measure import best
from tests.bench.table import Row


def networks(peers: set[str]) -> list[Row]:
    return [epoch(), *convolutions()]


def epoch(n: int = 10_000, batch: int = 64) -> Row:
    import torch

    rng = np.random.default_rng(0)
    x, y = rng.random((n, 784), np.float32), rng.integers(0, 10, n)
    net = nn.Sequential(nn.Linear(784, 256, rng=rng), nn.ReLU(), nn.Linear(256, 10, rng=rng))
    sgd, loss = nn.SGD(net.parameters(), 0.1), nn.CrossEntropyLoss()

    def ours():
        nn.fit(net, (x, y), loss=loss, optimizer=sgd, epochs=1, batch_size=batch, rng=rng, progress=False)

    T = torch.nn
    other = T.Sequential(T.Linear(784, 256), T.ReLU(), T.Linear(256, 10))
    step = torch.optim.SGD(other.parameters(), 0.1)
    tx, ty = torch.from_numpy(x), torch.from_numpy(y)

    def theirs():
        for rows in torch.randperm(n).split(batch):
            value = T.functional.cross_entropy(other(tx[rows]), ty[rows])
            step.zero_grad()
            value.backward()
            step.step()

    seconds, quiet = best(ours, runs=3)
    peer, quiet_too = best(theirs, runs=3)
    note = f"{torch.get_num_threads()} threads"
    return Row("nn", "784-256-10, 10 000 images, torch", seconds, seconds / peer, 1.0, quiet and quiet_too, note=note)


def convolutions() -> list[Row]:
    import torch

    rows = []
    for n, c_in, side, c_out, size in ((64, 1, 28, 16, 3), (64, 16, 14, 32, 3), (64, 8, 28, 16, 5)):
        rng = np.random.default_rng(0)
        x = rng.normal(size=(n, c_in, side, side)).astype(np.float32)
        conv = nn.Conv2d(c_in, c_out, size, rng=rng)
        g = rng.normal(size=conv(x).shape).astype(np.float32)

        def ours(conv=conv, x=x, g=g):
            conv(x)
            conv.zero_grad()
            conv.backward(g)

        other = torch.nn.Conv2d(c_in, c_out, size)
        tx, tg = torch.tensor(x, requires_grad=True), torch.tensor(g)

        def theirs(other=other, tx=tx, tg=tg):
            tx.grad = None
            other.zero_grad()
            other(tx).backward(tg)

        seconds, quiet = best(ours, runs=3)
        peer, quiet_too = best(theirs, runs=3)
        name = f"Conv2d({c_in}, {c_out}, {size}), {n} × {side}², torch"
        rows.append(Row("nn", name, seconds, seconds / peer, 4.0, quiet and quiet_too))
    return rows
