"""Word what `check` found, in Dutch, for the people who write the content."""

from __future__ import annotations

from typing import List, Sequence

from knowledge.check import Kind, Quality
from knowledge.reader import Problem

SHOWN = 3
"""How many findings of a kind the report shows without `--verbose`; what must never land is always shown in full."""


def short(quality: Quality) -> str:
    """A few lines for below a build: what must go, how much could be better, and how to see where."""
    lines = ["Kwaliteit van de inhoud:"]
    lines += [f"  {len(quality.of(kind)):6d} {kind.title}" for kind in _present(quality, forbidden=True)]
    if not quality.forbidden:
        lines.append("       0 zaken die er niet in mogen")
    better = sum(len(quality.of(kind)) for kind in _present(quality, forbidden=False))
    lines.append(f"  {better:6d} zaken die beter kunnen")
    lines.append("  Meer weten? python -m knowledge report")
    return "\n".join(lines)


def full(quality: Quality, verbose: bool = False) -> str:
    """All kinds of findings with their number, and where they are; everything when `verbose`."""
    lines = ["Dit mag er niet in (--strict keurt het af)"]
    for kind in Kind:
        if kind.forbidden:
            lines += _section(kind, quality.of(kind), len(quality.of(kind)))
    lines += ["", "Dit kan beter"]
    for kind in Kind:
        if not kind.forbidden and kind is not Kind.NO_ADDRESS:
            lines += _section(kind, quality.of(kind), len(quality.of(kind)) if verbose else SHOWN)
    if not quality.readability_measured:
        lines.append("       ? leesbaarheid is niet gemeten: installeer textstat (pip install textstat)")
    lines += ["", "Adressen"]
    lines.append(f"  {quality.sources_with_address:6d} bronnen met een heel adres")
    missing = quality.of(Kind.NO_ADDRESS)
    lines += _section(Kind.NO_ADDRESS, missing, len(missing) if verbose else 0)
    lines.append(f"  {quality.links:6d} links bij antwoorden")
    if not verbose:
        lines += ["", "Alles zien? python -m knowledge report --verbose"]
    return "\n".join(lines)


def _present(quality: Quality, forbidden: bool) -> List[Kind]:
    return [kind for kind in Kind if kind.forbidden == forbidden and kind is not Kind.NO_ADDRESS and quality.of(kind)]


def _section(kind: Kind, problems: Sequence[Problem], shown: int) -> List[str]:
    lines = [f"  {len(problems):6d} {kind.title}"]
    lines += [f"           {problem}" for problem in problems[:shown]]
    if 0 < shown < len(problems):
        lines.append(f"           ... en nog {len(problems) - shown}")
    return lines
