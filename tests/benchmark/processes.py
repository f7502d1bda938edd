"""What a bot's processes use, read from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Set

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """Of a process and all its children together."""

    megabytes: float
    """Proportional set size: memory that processes share counts once."""
    cpu_seconds: float
    open_files: int
    connections: int
    """Open sockets, among the open files."""


def _parents() -> Dict[int, int]:
    """The parent of each process that there is now."""
    parents: Dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    return parents


def children(parent: int) -> Set[int]:
    """The processes that a process started itself."""
    return {process for process, its in _parents().items() if its == parent}


def family(root: int) -> Set[int]:
    """A process and all that it started, directly or not."""
    parents = _parents()
    found = {root}
    while True:
        more = {process for process, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def _target(link: Path) -> str:
    """What an open file is; empty when it was closed meanwhile."""
    try:
        return os.readlink(link)
    except OSError:
        return ""


def cpu_seconds(root: int) -> float:
    """Processor time that the process `root` and its children have used so far, of all their threads."""
    ticks = 0
    for process in family(root):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def usage(root: int) -> Usage:
    """What the process `root` and its children use now."""
    kilobytes, files, sockets = 0, 0, 0
    for process in family(root):
        folder = Path(f"/proc/{process}")
        try:
            rollup = (folder / "smaps_rollup").read_text()
            targets = [_target(link) for link in (folder / "fd").iterdir()]
        except OSError:
            continue
        kilobytes += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        files += len(targets)
        sockets += sum(target.startswith("socket:") for target in targets)
    return Usage(kilobytes / 1024, cpu_seconds(root), files, sockets)
