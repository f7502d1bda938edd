"""The community channel: Koers as a member of a closed messaging app, see `docs/channels.md`."""
