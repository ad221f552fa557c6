"""One row a measure, a table for the eye, JSON lines for the record."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """`ratio` = ours/peer, to stay under `limit`; with `absolute` the limit is on the seconds themselves."""

    case: str
    what: str
    seconds: float
    ratio: float | None = None
    limit: float | None = None
    quiet: bool = True
    absolute: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return ""
        return "ok" if (self.seconds if self.absolute else self.ratio) <= self.limit else "TOO SLOW"


def show(rows: list[Row]) -> None:
    print(f"{'case':15} {'what':42} {'time':>11} {'ours/peer':>10} {'limit':>6}")
    for r in rows:
        time = f"{r.seconds * 1e3:.2f} ms"
        ratio = "" if r.ratio is None else f"{r.ratio:.3f}"
        limit = "" if r.limit is None else f"{r.limit:g}"
        disturbed = "" if r.quiet else " (disturbed)"
        print(
            f"{r.case:15} {r.what:42} {time:>11} {ratio:>10} {limit:>6} {r.verdict}{disturbed} {r.note}"
        )


def record(rows: list[Row], path: str) -> None:
    with open(path, "a", encoding="utf-8") as f:
        f.writelines(json.dumps({**asdict(r), "verdict": r.verdict}) + "\n" for r in rows)
