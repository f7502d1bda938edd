"""Placeholder for the content report."""
