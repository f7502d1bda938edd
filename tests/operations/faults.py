"""The fault table of `docs/operations.md`: the tests measure its rows, `make faults` puts them in the page."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Dict, List

from tests.assistant import PROJECT
from tests.operations.load import Load, kept_texts

PAGE = PROJECT / "docs" / "operations.md"
BEGIN, END = "<!-- faults: made by `make faults` -->\n", "<!-- end of faults -->"
COLUMNS = ("broken", "turns in that time", "honest sentence instead of an answer", "slowest turn", "lost")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}\n"


class FaultTable:
    """One row for each thing that was broken."""

    def __init__(self) -> None:
        self.rows: Dict[str, str] = {}

    def add(self, broken: str, load: Load, database: str) -> None:
        """Check what nobody may ever see or lose, and keep the figures as a row."""
        lost = 0
        for user in load.users:
            answered = [turn.text for turn in user.turns if not turn.failed]
            kept = iter(kept_texts(database, user.sender))
            lost += sum(not any(text == found for found in kept) for text in answered)
            assert not user.lost_thread(), (broken, user.lost_thread())
        for turn in load.turns:
            assert turn.status in (200, 503), (broken, turn.status, turn.body[:300])
            assert "Traceback" not in turn.body and 'File "' not in turn.body, (broken, turn.body[:300])
            assert turn.messages or turn.status == 503, (broken, turn.body[:300])
        assert lost == 0, f"{broken}: {lost} answered turns are not in the conversation any more"
        self.rows[broken] = f"| {broken} | {len(load.turns)} | {load.failed} | {load.slowest:.1f} s | nothing |"

    def write(self, path: Path) -> None:
        """Write the table as Markdown."""
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + "\n".join(self.rows.values()) + "\n", encoding="utf-8")


def names(table: str) -> List[str]:
    """What was broken, of each row of a table in Markdown."""
    return [line.split("|")[1].strip() for line in table.splitlines()[2:] if line.startswith("|")]


def main() -> int:
    """Put the table that the last test run wrote into the page."""
    table = (PROJECT / ".koers" / "faults.md").read_text(encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    pattern = re.escape(BEGIN) + ".*?" + re.escape(END)
    PAGE.write_text(re.sub(pattern, lambda _: BEGIN + table + END, page, flags=re.DOTALL), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
