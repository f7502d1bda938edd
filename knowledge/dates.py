"""Dates as the content has them (`2017`, `2017-11`, `2017-11-03`, `ongedateerd`), written out in Dutch."""

from __future__ import annotations

from typing import Optional

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def dutch_date(date: Optional[str]) -> str:
    """`2017-11-03` as "3 november 2017", `2017-11` as "november 2017"; without a date "datum onbekend"."""
    if not date or date == "ongedateerd":
        return "datum onbekend"
    parts = date.split("-")
    if len(parts) == 1:
        return parts[0]
    month = _MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"
