"""Kinds of question, and from where it is sure which is asked and of what."""

from __future__ import annotations

EXPLAINS = frozenset({"wat", "voor_wie"})
"""Kinds that say what a thing is, or for whom."""
OF_A_THING = frozenset({"betaling", "duur", "aanmelden"})
"""Kinds that only a thing has an answer to: a price, a length, a way in."""
SURE_OF_FACET = 0.5
SURE_OF_SUBJECT = 0.5
