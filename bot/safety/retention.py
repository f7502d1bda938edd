"""Remove old conversations (being written)."""
