"""`python -m knowledge`: check the content and build the knowledge base.

check    say what is wrong with the content, build nothing
build    check, build when something changed, and print what it holds (default)
"""

from __future__ import annotations

import argparse
import sys
from typing import List

from knowledge.build import build, current_version
from knowledge.queries import Knowledge
from knowledge.reader import Problem, fingerprint, read_content
from knowledge.tables import open_database


def main(arguments: List[str]) -> int:
    """Run the command; the exit status is 1 when the content has mistakes."""
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    parser.add_argument("command", nargs="?", choices=["check", "build"], default="build")
    parser.add_argument("--force", action="store_true", help="build also when nothing changed")
    options = parser.parse_args(arguments)
    if options.command == "check":
        return _report(read_content().problems)
    engine = open_database()
    version = fingerprint()
    if current_version(engine) == version and not options.force:
        print(f"De kennisbank is bij (versie {version}).")
        return 0
    content = read_content()
    if content.problems:
        status = _report(content.problems)
        print("Er is niets gebouwd; de vorige kennisbank blijft in gebruik.", file=sys.stderr)
        return status
    build(engine, content, version)
    counts = Knowledge(engine=engine).counts()
    shown = {
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
    }
    print(f"Kennisbank gebouwd (versie {version}).")
    for name, table in shown.items():
        print(f"  {counts[table]:6d} {name}")
    return 0


def _report(problems: List[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} fout(en) in de kennisbank.", file=sys.stderr)
        return 1
    print("De inhoud van de kennisbank klopt.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
