"""`python -m tests.bench [case ...] [--brian2] [--json FILE]`."""

import argparse

from tests.bench.accuracy import accuracy
from tests.bench.codes import codes
from tests.bench.digits import digits
from tests.bench.distance import distances
from tests.bench.generative import generative
from tests.bench.hodgkin_huxley import batch, single
from tests.bench.integrate_and_fire import curve, explorer, noisy
from tests.bench.load import load
from tests.bench.nest import nest
from tests.bench.network import network
from tests.bench.nn import networks
from tests.bench.phase import phase
from tests.bench.plasticity import plasticity
from tests.bench.pretraining import pretraining
from tests.bench.rates import rates
from tests.bench.ring import ring
from tests.bench.spiking import spiking
from tests.bench.spiking_accuracy import spiking_accuracy, spiking_conv
from tests.bench.startup import startup
from tests.bench.table import record, show

CASES = {
    "hh": single,
    "batch": batch,
    "nn": networks,
    "phase": phase,
    "lif": curve,
    "noisy": noisy,
    "fi": explorer,
    "rates": rates,
    "ring": ring,
    "network": network,
    "nest": nest,
    "plasticity": plasticity,
    "digits": digits,
    "spiking": spiking,
    "spiking-accuracy": spiking_accuracy,
    "spiking-conv": spiking_conv,
    "generative": generative,
    "generative-distance": distances,
    "pretraining": pretraining,
    "startup": startup,
    "accuracy": accuracy,
    "codes": codes,
    "load": load,
}

parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
# minutes of learning, only when asked for
LONG = (
    "accuracy", "codes", "digits", "spiking-accuracy", "spiking-conv", "generative-distance", "pretraining", "load",
)  # fmt: skip
quick = [name for name in CASES if name not in LONG]
parser.add_argument("cases", nargs="*", default=quick, metavar="case", help=", ".join(CASES))
parser.add_argument(
    "--brian2",
    action="append_const",
    dest="peers",
    const="brian2",
    help="make its environment if need be",
)
parser.add_argument("--nest", action="append_const", dest="peers", const="nest", help="likewise")
parser.add_argument("--json", default="bench.jsonl", help="where the lines are appended")
arguments = parser.parse_args()
if unknown := set(arguments.cases) - set(CASES):
    parser.error(f"unknown case {', '.join(sorted(unknown))}; known: {', '.join(CASES)}")
rows = [row for name in arguments.cases for row in CASES[name](set(arguments.peers or ()))]
show(rows)
record(rows, arguments.json)
raise SystemExit(any(row.verdict == "TOO SLOW" and row.quiet for row in rows))
