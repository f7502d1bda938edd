"""`make bench`: compare, print the tables and put them in `docs/performance.md`. `make soak`: ten minutes of use.

The comparison takes about twelve minutes: both bots are trained, started and talked to one after the other.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Tuple

from tests.assistant import PROJECT
from tests.benchmark import encoders
from tests.benchmark.bots import Running, koers, starter
from tests.benchmark.processes import Usage, usage
from tests.benchmark.users import Measured, one_conversation, talk

USERS = (1, 8, 32, 100)
SECONDS = 25.0
PAUSE = 2.0
"""Mean seconds between a reply and the same user's next message."""
LENGTHS = (10, 100, 500)
PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: made by `make bench` -->\n", "<!-- end of figures -->"
SOAK_BEGIN, SOAK_END = "<!-- soak: made by `make soak` -->\n", "<!-- end of soak -->"
STAGES = ("recall", "look", "understand", "act", "keep")


@dataclass
class Figures:
    """What was measured of one bot."""

    name: str
    train_seconds: float
    ready_seconds: float
    levels: Dict[int, Measured] = field(default_factory=dict)
    """By number of users at the same time."""
    busy: Measured = field(default_factory=Measured)
    """Eight users who never pause: all that the bot can do."""
    lengths: Dict[int, float] = field(default_factory=dict)
    """Median milliseconds of a turn, by the number of turns before it."""
    used: Usage = field(default_factory=lambda: Usage(0, 0, 0, 0))
    cpu_per_1000: float = 0.0
    network_per_1000: float = 0.0
    stored_per_1000: float = 0.0
    grown_per_1000: float = 0.0
    """Megabytes of memory that 1,000 turns added."""
    profile: Dict[str, float] = field(default_factory=dict)
    """Mean milliseconds of a turn's parts, with one user."""
    encoding: Dict[str, float] = field(default_factory=dict)
    """Milliseconds that the sentence vectors of the same texts take, by engine; empty for a bot without them."""


def measure(running: Running, seconds: float) -> Figures:
    """All figures of one bot."""
    figures = Figures(running.name, running.train_seconds, running.ready_seconds)
    bot = running.bot
    talk(bot, 2, min(5, seconds), 0)
    before, stored = usage(running.process), running.stored_bytes
    counted = stage_totals(running.metrics_port)
    figures.busy = talk(bot, 1, min(8, seconds), 0)
    figures.profile = profile(counted, stage_totals(running.metrics_port))
    figures.busy = talk(bot, 8, seconds, 0)
    for users in USERS:
        figures.levels[users] = talk(bot, users, seconds, PAUSE)
        print(f"  {running.name}: {users} gebruiker(s) gemeten", file=sys.stderr, flush=True)
    after = usage(running.process)
    all_turns = [figures.busy, *figures.levels.values()]
    thousands = sum(len(each.times) for each in all_turns) / 1000
    figures.used = after
    figures.cpu_per_1000 = (after.cpu_seconds - before.cpu_seconds) / thousands
    figures.network_per_1000 = sum(each.sent + each.received for each in all_turns) / thousands
    figures.stored_per_1000 = (running.stored_bytes - stored) / thousands
    figures.grown_per_1000 = (after.megabytes - before.megabytes) / thousands
    figures.lengths = one_conversation(bot, max(LENGTHS), LENGTHS)
    figures.encoding = encoders.milliseconds(bot.texts) if running.metrics_port else {}
    return figures


def stage_totals(port: int) -> Dict[str, Tuple[float, float]]:
    """Seconds and number, by part of a turn, of all turns until now; nothing for a bot that doesn't count them."""
    if not port:
        return {}
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        text = response.read().decode()
    found: Dict[str, Tuple[float, float]] = {}
    patterns = {stage: rf'koers_stage_seconds_{{}}{{{{stage="{stage}"}}}} (\S+)' for stage in STAGES}
    patterns["whole"] = r'koers_turn_seconds_{}{{channel="website"}} (\S+)'
    for name, pattern in patterns.items():
        total, number = (re.search(pattern.format(each), text) for each in ("sum", "count"))
        if total and number:
            found[name] = (float(total[1]), float(number[1]))
    return found


def profile(before: Dict[str, Tuple[float, float]], after: Dict[str, Tuple[float, float]]) -> Dict[str, float]:
    """Milliseconds of each part per turn; what is left of the whole is Rasa's and the server's own work."""
    if "whole" not in after:
        return {}
    turns = after["whole"][1] - before.get("whole", (0, 0))[1]
    parts = {name: (total - before.get(name, (0, 0))[0]) / turns * 1000 for name, (total, _) in after.items() if turns}
    whole = parts.pop("whole", 0.0)
    return {**parts, "rest": whole - sum(parts.values()), "whole": whole}


def tables(theirs: Figures, ours: Figures) -> str:
    """The figures side by side, in Markdown."""
    rows: List[Tuple[str, str, float, float]] = [
        ("training", "s", theirs.train_seconds, ours.train_seconds),
        ("ready for the first answer", "s", theirs.ready_seconds, ours.ready_seconds),
        ("memory of all processes, afterwards", "MB", theirs.used.megabytes, ours.used.megabytes),
        ("turns a second, 8 users without pauses", "/s", theirs.busy.rate, ours.busy.rate),
    ]
    for users in USERS:
        first, second = theirs.levels[users], ours.levels[users]
        label = f"{users} user{'s' if users > 1 else ''} with pauses"
        rows.append((f"p50, {label}", "ms", first.quantile(0.5), second.quantile(0.5)))
        rows.append((f"p95, {label}", "ms", first.quantile(0.95), second.quantile(0.95)))
    rows += [
        ("processor time per 1,000 turns", "s", theirs.cpu_per_1000, ours.cpu_per_1000),
        ("messages and replies per 1,000 turns", "kB", theirs.network_per_1000 / 1000, ours.network_per_1000 / 1000),
        ("kept on disk per 1,000 turns", "kB", theirs.stored_per_1000 / 1000, ours.stored_per_1000 / 1000),
        ("memory added per 1,000 turns", "MB", theirs.grown_per_1000, ours.grown_per_1000),
    ]
    for length in LENGTHS:
        rows.append((f"turn {length} of one conversation, median", "ms", theirs.lengths[length], ours.lengths[length]))
    lines = [f"| figure | {theirs.name} | {ours.name} | ratio |", "| --- | --- | --- | --- |"]
    for label, unit, one, other in rows:
        ratio = f"{other / one:.2f}" if one > 0 and other >= 0 else ""
        lines.append(f"| {label} | {one:.1f} {unit} | {other:.1f} {unit} | {ratio} |")
    errors = [sum(level.errors for level in each.levels.values()) for each in (theirs, ours)]
    lines.append(f"| turns without a reply | {errors[0]} | {errors[1]} | |")
    lines += ["", *goals(theirs, ours), "", "| part of a turn of Koers | ms |", "| --- | --- |"]
    lines += [f"| {name} | {milliseconds:.1f} |" for name, milliseconds in ours.profile.items()]
    return "\n".join(lines) + "\n"


def goals(theirs: Figures, ours: Figures) -> List[str]:
    """What we aim at, and whether this run reached it, in Markdown."""
    p95 = [each.levels[32].quantile(0.95) for each in (ours, theirs)]
    aims = [
        ("turns a second, 8 users without pauses", ours.busy.rate / theirs.busy.rate, "at least", 4.0),
        ("p95, 32 users with pauses", p95[0] / p95[1], "at most", 0.5),
        ("memory of all processes", ours.used.megabytes / theirs.used.megabytes, "at most", 1.0),
        ("ready for the first answer", ours.ready_seconds / theirs.ready_seconds, "at most", 0.5),
        ("training", ours.train_seconds / theirs.train_seconds, "at most", 0.25),
        ("turn 500 of a conversation next to its turn 100", ours.lengths[500] / ours.lengths[100], "at most", 1.1),
    ]
    turn = ours.levels[1].quantile(0.5)
    for engine, encoding in ours.encoding.items():
        aims.append((f"p50 of a turn, 1 user, next to {engine} ({encoding:.1f} ms)", turn / encoding, "at most", 2.0))
    lines = ["| goal, Koers next to the starter, or as named | aim | measured | reached |", "| --- | --- | --- | --- |"]
    for label, ratio, side, bound in aims:
        reached = ratio >= bound if side == "at least" else ratio <= bound
        lines.append(f"| {label} | {side} {bound:g} | {ratio:.2f} | {'yes' if reached else 'no'} |")
    return lines


def put_in_page(text: str, begin: str = BEGIN, end: str = END) -> None:
    """Replace the figures of `docs/performance.md` between two marks."""
    page = PAGE.read_text(encoding="utf-8")
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    PAGE.write_text(re.sub(pattern, lambda _: begin + text + end, page, flags=re.DOTALL), encoding="utf-8")


def compare(seconds: float) -> int:
    """Measure both bots, print the tables and put them in the page."""
    with tempfile.TemporaryDirectory() as folder:
        print("De startbot van 'rasa init' trainen en meten...", file=sys.stderr, flush=True)
        (Path(folder) / "starter").mkdir()
        with starter(Path(folder) / "starter") as running:
            theirs = measure(running, seconds)
        print("Koers trainen en meten...", file=sys.stderr, flush=True)
        (Path(folder) / "koers").mkdir()
        with koers(Path(folder) / "koers") as running:
            ours = measure(running, seconds)
    text = tables(theirs, ours)
    print(text, end="")
    put_in_page(text)
    return 0


def soak(minutes: float, users: int) -> int:
    """Use Koers for some minutes and put the figures in the page.

    The exit status is 1 when memory, files or connections grow, or a turn fails.
    """
    with ExitStack() as stack:
        running = stack.enter_context(koers(Path(stack.enter_context(tempfile.TemporaryDirectory())), train=False))
        talk(running.bot, users, 60, 1.0)
        samples: List[Usage] = [usage(running.process)]
        turns, errors = 0, 0
        lines = ["| minute | turns | errors | MB | files | connections |", "| --- | --- | --- | --- | --- | --- |"]
        for minute in range(max(2, round(minutes)) + 1):
            if minute:
                measured = talk(running.bot, users, 60, 1.0)
                turns, errors = turns + len(measured.times), errors + measured.errors
                samples.append(usage(running.process))
            now = samples[-1]
            lines.append(
                f"| {minute} | {turns} | {errors} | {now.megabytes:.0f} | {now.open_files} | {now.connections} |"
            )
            print(lines[-1], flush=True)
    first = samples[0]
    growth = max(each.megabytes for each in samples) / first.megabytes - 1
    files = max(each.open_files for each in samples) - first.open_files
    connections = max(each.connections for each in samples) - first.connections
    lines += ["", f"At most {growth:+.1%} memory, {files:+d} files, {connections:+d} connections; {errors} errors."]
    print(lines[-1])
    put_in_page("\n".join(lines) + "\n", SOAK_BEGIN, SOAK_END)
    return int(growth > 0.05 or files > 5 or connections > 5 or errors > 0)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["compare", "soak"], default="compare")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="compare: of each number of users")
    parser.add_argument("--minutes", type=float, default=10, help="soak: how long, after a minute of warming up")
    parser.add_argument("--users", type=int, default=10, help="soak: how many at the same time")
    options = parser.parse_args()
    return soak(options.minutes, options.users) if options.what == "soak" else compare(options.seconds)


if __name__ == "__main__":
    sys.exit(main())
