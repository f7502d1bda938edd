"""How much of what people typed lately is kept in memory, to save computing it again; see `docs/privacy.md`."""

TEXTS = 256
"""Texts whose vectors are: messages, and parts of them."""
WORDS = 3000
"""Words of which it is kept where their pieces or letter groups stand: about as many as those texts have. Words may be
names, and stay no longer than messages do."""
