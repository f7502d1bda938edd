"""A small messaging app to try the community channel with: a board, members, and the contract of `docs/channels.md`.

It is a program of its own with a database of its own. For demonstration and tests: there is no login.
"""
