"""The forms in which people ask, follow up, point, correct and say who they are, one subject a module."""
