"""What a network will take in memory, known before it is built."""

import os
import sys
from pathlib import Path


def available() -> float:
    """Bytes that can still be asked for; infinite where the system does not tell."""
    if sys.platform == "linux":
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                free = 1024.0 * int(line.split()[1])
                return min(free, _allowed())
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return float("inf")


def _allowed() -> float:
    """What is left of the limit of a container."""
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        used = int(Path("/sys/fs/cgroup/memory.current").read_text())
    except (FileNotFoundError, PermissionError):
        return float("inf")
    return float("inf") if limit == "max" else max(0.0, float(limit) - used)


def refuse_memory(where: str, size: float) -> None:
    """Refuse, with the figure, what cannot fit in the memory that is left."""
    if size < 2**26:
        return
    left = available()
    if size > left:
        need, free = (f"{x / 2**30:.1f}".replace(".", ",") for x in (size, left))
        raise ValueError(
            f"{where}\u00a0: il faudrait {need}\u00a0Gio de mémoire, il en reste {free}\u00a0; "
            "réduisez les populations ou la probabilité de connexion"
        )
