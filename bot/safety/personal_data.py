"""Find and mask personal data in a message (being written)."""
