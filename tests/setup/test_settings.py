"""What the settings are when nobody sets any, and what is said of one that can't be."""

from __future__ import annotations

import pytest

from bot.settings import Settings


def test_actions_and_metrics_are_only_reachable_from_the_machine_itself() -> None:
    settings = Settings.from_environment({})
    assert (settings.actions_host, settings.metrics_host) == ("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value", "possible"),
    [
        ("PORT", "vijfduizend", "van 1 tot en met 65535"),
        ("PORT", "99999", "van 1 tot en met 65535"),
        ("KOERS_METRICS_PORT", "-1", "van 0 tot en met 65535"),
        ("KOERS_RETENTION_DAYS", "0", "van minstens 1"),
        ("KOERS_PROXIES", "-1", "van minstens 0"),
        ("KOERS_WORKERS", "twee", "van minstens 0"),
        ("KOERS_KNOWLEDGE_URL", "onzin", "postgresql://"),
        ("KOERS_CONVERSATIONS_URL", "mysql://koers@machine/koers", "postgresql://"),
        ("KOERS_REDIS_URL", "http://machine", "redis://"),
        ("KOERS_ACTIONS_URL", "http://een:5055/webhook,twee", "http://machine:5055/webhook"),
        ("KOERS_EVENTS_URL", "wachtrij", "amqp://"),
        ("KOERS_PUBLIC_URL", "koers", "https://"),
        ("KOERS_ALLOWED_ORIGINS", "https://gemeente.example; script-src *", "https://www.gemeente.nl"),
    ],
)
def test_a_value_that_can_not_be_is_named_with_what_can(name: str, value: str, possible: str) -> None:
    with pytest.raises(ValueError) as raised:
        Settings.from_environment({name: value})
    assert str(raised.value).startswith(f"{name} ") and possible in str(raised.value)


def test_a_password_in_an_address_that_can_not_be_is_not_repeated() -> None:
    for name in ("KOERS_CONVERSATIONS_URL", "KOERS_REDIS_URL", "KOERS_EVENTS_URL"):
        with pytest.raises(ValueError) as raised:
            Settings.from_environment({name: "database:geheim@machine/koers"})
        assert "geheim" not in str(raised.value)


def test_an_at_sign_in_a_password_is_refused_with_how_to_write_it() -> None:
    with pytest.raises(ValueError, match="%40") as raised:
        Settings.from_environment({"KOERS_KNOWLEDGE_URL": "postgresql://koers:ge@heim@machine/koers"})
    assert "heim" not in str(raised.value)
    assert Settings.from_environment({"KOERS_KNOWLEDGE_URL": "postgresql://koers:ge%40heim@machine/koers"})
