"""What the settings are when nobody sets any."""

from __future__ import annotations

from bot.settings import Settings


def test_actions_and_metrics_are_only_reachable_from_the_machine_itself() -> None:
    settings = Settings.from_environment({})
    assert (settings.actions_host, settings.metrics_host) == ("127.0.0.1", "127.0.0.1")
