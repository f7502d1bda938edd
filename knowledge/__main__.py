"""`python -m knowledge`: check the content, build the knowledge base, report how good the content is.

check    say what is wrong with the content, build nothing
build    check, build when something changed, and print what it holds (default)
report   measure the quality of the content: what must not be there, and what could be better
"""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Dict, List

from knowledge import report
from knowledge.build import build, current_version
from knowledge.check import check, read_rules
from knowledge.queries import Knowledge
from knowledge.reader import CONTENT, Problem, fingerprint, read_content
from knowledge.tables import open_database

COUNTED = {
    "onderwerpen": "topic",
    "antwoorden": "answer",
    "voorbeeldvragen": "sample",
    "bronnen": "source",
    "bronverwijzingen": "citation",
    "wijzigingen": "change",
    "criteria": "criterion",
    "financieringsregels": "financing",
    "regio's": "region",
    "plaatsnamen": "place",
    "gesprekken": "flow",
}
"""What a build counts aloud, and the table that holds it."""


def main(arguments: List[str]) -> int:
    """Run the command; the exit status is 1 when the content has mistakes, or holds what `--strict` refuses."""
    parser = argparse.ArgumentParser(
        prog="python -m knowledge", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=["check", "build", "report"], default="build")
    parser.add_argument("--force", action="store_true", help="build also when nothing changed")
    parser.add_argument("--strict", action="store_true", help="fail on what must never land; build nothing then")
    parser.add_argument("--verbose", action="store_true", help="report: show every finding")
    parser.add_argument("--content", type=Path, default=CONTENT, help="another folder with content")
    options = parser.parse_args(arguments)
    if options.command == "build":
        return _build(options.content, options.force, options.strict)
    content = read_content(options.content)
    if options.command == "check" or content.problems:
        return _say_problems(content.problems)
    quality = check(content, read_rules(), date.today())
    print(report.full(quality, options.verbose))
    return 1 if options.strict and quality.forbidden else 0


def _build(folder: Path, force: bool, strict: bool) -> int:
    engine = open_database()
    version = fingerprint(folder)
    if current_version(engine) == version and not force and not strict:
        print(f"De kennisbank is bij (versie {version}).")
        _say_counts(Knowledge(engine=engine).counts())
        return 0
    content = read_content(folder)
    if content.problems:
        status = _say_problems(content.problems)
        print("Er is niets gebouwd; de vorige kennisbank blijft in gebruik.", file=sys.stderr)
        return status
    quality = check(content, read_rules(), date.today())
    if strict and quality.forbidden:
        for finding in quality.forbidden:
            print(finding.problem, file=sys.stderr)
        print("Dit mag er niet in. Er is niets gebouwd; de vorige kennisbank blijft in gebruik.", file=sys.stderr)
        return 1
    build(engine, content, version)
    print(f"Kennisbank gebouwd (versie {version}).")
    _say_counts(Knowledge(engine=engine).counts())
    print(report.short(quality))
    return 0


def _say_counts(counts: Dict[str, int]) -> None:
    for name, table in COUNTED.items():
        print(f"  {counts[table]:6d} {name}")


def _say_problems(problems: List[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} fout(en) in de kennisbank.", file=sys.stderr)
        return 1
    print("De inhoud van de kennisbank klopt.")
    return 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `... report | head` ends quietly
    sys.exit(main(sys.argv[1:]))
