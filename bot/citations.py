"""Where an answer comes from: its citations as text below a reply, and as records of the channel's contract."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

from knowledge.dates import dutch_date
from knowledge.queries import Answer, Citation


def source_line(citation: Citation) -> str:
    """A source as a line of text."""
    place = f"{citation.title}, {citation.locator}" if citation.locator else citation.title
    note = f"{citation.publisher}, {dutch_date(citation.date)}"
    if not citation.official:
        note += ", geen officiële bron"
    return f"{place} ({note})"


def source_lines(citations: Sequence[Citation]) -> str:
    """Sources as they stand below a reply."""
    label = "Bron" if len(citations) == 1 else "Bronnen"
    return f"{label}: " + "; ".join(source_line(citation) for citation in citations)


def source_records(citations: Sequence[Citation]) -> List[Dict[str, Any]]:
    """Sources as the channel's contract has them."""
    return [
        {
            "title": citation.title,
            "locator": citation.locator,
            "url": citation.url,
            "as_of": citation.date,
            "publisher": citation.publisher,
            "official": citation.official,
            "possibly_outdated": citation.old,
        }
        for citation in citations
    ]


def unique_citations(answer: Answer) -> List[Citation]:
    """The sources of an answer, those of its change first."""
    return list(dict.fromkeys([*(answer.change.citations if answer.change else ()), *answer.citations]))
