"""Speed, as ratios in one run against a peer: `python -m tests.bench [case] [--brian2]`. Never part of the suite."""
