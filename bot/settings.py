"""All configuration, read from the environment once, with defaults that work on one machine."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Mapping, Optional, Tuple

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from knowledge.tables import DEFAULT_URL, PROJECT

STATE = PROJECT / ".koers"

_HIGHEST_PORT = 65535

_ADDRESSES = {
    "KOERS_REDIS_URL": (r"(rediss?|unix)://\S+", "redis://machine:6379/0"),
    "KOERS_ACTIONS_URL": (r"https?://[^\s/]+/\S+", "http://machine:5055/webhook"),
    "KOERS_ALLOWED_ORIGINS": (r"https?://[^\s/;,'\"]+", "https://www.gemeente.nl"),
    "KOERS_EVENTS_URL": (r"(amqps?|postgresql|sqlite)[+a-z0-9]*://\S*", "amqp://gebruiker:wachtwoord@machine"),
    "KOERS_PUBLIC_URL": (r"https?://\S+", "https://koers.gemeente.nl"),
}
"""What an address of a variable looks like, and an example of one."""


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Settings:
    """Every setting of the assistant; each field names its environment variable."""

    port: int
    """`PORT`: the one public port."""
    host: str
    """`KOERS_HOST`: the address to listen on."""
    actions_urls: Tuple[str, ...]
    """`KOERS_ACTIONS_URL`: comma-separated webhooks of action servers, the next one is tried when one fails; empty: the
    actions run in the assistant's own process."""
    actions_host: str
    """`KOERS_ACTIONS_HOST`: the address on which an action server listens; it trusts whoever reaches it."""
    actions_port: int
    """`KOERS_ACTIONS_PORT`: the port on which an action server listens."""
    knowledge_url: str
    """`KOERS_KNOWLEDGE_URL`: SQLAlchemy URL of the knowledge base."""
    conversations_url: str
    """`KOERS_CONVERSATIONS_URL`: SQLAlchemy URL of the tracker store."""
    models_path: Path
    """`KOERS_MODELS`: the trained model, or a folder whose newest model is taken."""
    vectors_path: Path
    """`KOERS_VECTORS_PATH`: file that remembers the sentence vectors of the knowledge base."""
    retention_days: int
    """`KOERS_RETENTION_DAYS`: days after its last message that a conversation is removed."""
    private_hours: int
    """`KOERS_PRIVATE_HOURS`: hours of silence after which what was filled in about telling or not is removed."""
    records_days: int
    """`KOERS_RECORDS_DAYS`: days that judgements and unanswered questions are kept, masked and without sender."""
    max_message_length: int
    """`KOERS_MAX_MESSAGE_LENGTH`: longest message in characters that is accepted."""
    max_body_bytes: int
    """`KOERS_MAX_BODY_BYTES`: largest request body that is read."""
    messages_per_minute: int
    """`KOERS_MESSAGES_PER_MINUTE`: most messages of one sender in a minute."""
    messages_per_minute_per_address: int
    """`KOERS_MESSAGES_PER_MINUTE_PER_ADDRESS`: most messages of one network address in a minute."""
    max_open_conversations: int
    """`KOERS_MAX_OPEN_CONVERSATIONS`: most conversations of the last half hour; a new one is asked to come back."""
    allowed_origins: Tuple[str, ...]
    """`KOERS_ALLOWED_ORIGINS`: comma-separated sites that may embed the chat; empty for none but its own."""
    helpdesk: str
    """`KOERS_HELPDESK`: where someone can turn to when the assistant can't help."""
    public_url: str
    """`KOERS_PUBLIC_URL`: where people reach the website; for links from elsewhere."""
    many_keys: Tuple[str, ...]
    """`KOERS_MANY_KEYS`: one or two keys, comma-separated, that sign events of the community channel; none: off."""
    many_platform_url: str
    """`KOERS_MANY_PLATFORM_URL`: where the community's app takes comments."""
    many_platform_token: str
    """`KOERS_MANY_PLATFORM_TOKEN`: what Koers shows there."""
    many_account: str
    """`KOERS_MANY_ACCOUNT`: the id of Koers as a member of the community."""
    many_spaces: Optional[Path]
    """`KOERS_MANY_SPACES`: file with the categories of the community; none: `bot/channels/many/spaces.yml`."""
    redis_url: str
    """`KOERS_REDIS_URL`: Redis that holds the locks of conversations; needed for replicas, empty for one process."""
    events_url: str
    """`KOERS_EVENTS_URL`: queue (`amqp://`) or database that is told what happened, without words; empty for none."""
    proxies: int
    """`KOERS_PROXIES`: how many trusted proxies stand in front and add to `X-Forwarded-For`."""
    metrics_host: str
    """`KOERS_METRICS_HOST`: the address on which metrics are served."""
    metrics_port: int
    """`KOERS_METRICS_PORT`: the port on which metrics are served; 0 for none."""
    workers: int
    """`KOERS_WORKERS`: processes that look for danger and read messages; 0: the assistant does. With two cores 2."""
    stop_seconds: int
    """`KOERS_STOP_SECONDS`: how long turns in flight may go on when the assistant is told to stop."""

    @classmethod
    def from_environment(cls, environment: Optional[Mapping[str, str]] = None) -> Settings:
        """Settings from `environment` (default: the process's).

        Raises `ValueError` for a value that can't be: it names the variable, says what is possible, and holds no
        password.
        """
        values = os.environ if environment is None else environment

        def number(name: str, default: int, least: int = 1, most: Optional[int] = None) -> int:
            text = values.get(name) or str(default)
            try:
                found = int(text)
            except ValueError:
                found = least - 1
            if found < least or (most is not None and found > most):
                possible = f"van {least} tot en met {most}" if most is not None else f"van minstens {least}"
                raise ValueError(f"{name} moet een heel getal zijn {possible}, niet {text!r}. Verbeter het.")
            return found

        def several(name: str) -> Tuple[str, ...]:
            return tuple(part.strip() for part in (values.get(name) or "").split(",") if part.strip())

        def address(name: str, text: str) -> str:
            form, example = _ADDRESSES[name]
            if text and not re.fullmatch(form, text):
                raise ValueError(f"{name} is geen adres. Schrijf het zoals {example}, of laat het leeg.")
            return text

        def addresses(name: str) -> Tuple[str, ...]:
            return tuple(address(name, each) for each in several(name))

        def database(name: str, default: str) -> str:
            url = values.get(name) or default
            if not _is_database(url):
                raise ValueError(
                    f"{name} is geen adres van een database. Schrijf postgresql://gebruiker:wachtwoord@machine/koers "
                    "(met %40 voor een @ in het wachtwoord) of sqlite:////map/bestand.db, of laat het leeg."
                )
            return url

        port, spaces = number("PORT", 5005, most=_HIGHEST_PORT), values.get("KOERS_MANY_SPACES")
        public_url = address("KOERS_PUBLIC_URL", values.get("KOERS_PUBLIC_URL") or "")
        return cls(
            port=port,
            host=values.get("KOERS_HOST") or "0.0.0.0",
            actions_host=values.get("KOERS_ACTIONS_HOST") or "127.0.0.1",
            actions_port=number("KOERS_ACTIONS_PORT", 5055, most=_HIGHEST_PORT),
            knowledge_url=database("KOERS_KNOWLEDGE_URL", DEFAULT_URL),
            conversations_url=database("KOERS_CONVERSATIONS_URL", f"sqlite:///{STATE / 'conversations.db'}"),
            models_path=Path(values.get("KOERS_MODELS") or PROJECT / "models"),
            vectors_path=Path(values.get("KOERS_VECTORS_PATH") or STATE / "vectors.db"),
            retention_days=number("KOERS_RETENTION_DAYS", 30),
            private_hours=number("KOERS_PRIVATE_HOURS", 4),
            records_days=number("KOERS_RECORDS_DAYS", 365),
            max_message_length=number("KOERS_MAX_MESSAGE_LENGTH", 2000),
            max_body_bytes=number("KOERS_MAX_BODY_BYTES", 64 * 1024),
            messages_per_minute=number("KOERS_MESSAGES_PER_MINUTE", 30),
            messages_per_minute_per_address=number("KOERS_MESSAGES_PER_MINUTE_PER_ADDRESS", 1200),
            allowed_origins=addresses("KOERS_ALLOWED_ORIGINS"),
            max_open_conversations=number("KOERS_MAX_OPEN_CONVERSATIONS", 5000),
            helpdesk=values.get("KOERS_HELPDESK") or "info@samenvoordeklant.nl",
            public_url=public_url.rstrip("/") or f"http://127.0.0.1:{port}",
            many_keys=several("KOERS_MANY_KEYS"),
            many_platform_url=values.get("KOERS_MANY_PLATFORM_URL") or "",
            many_platform_token=values.get("KOERS_MANY_PLATFORM_TOKEN") or "",
            many_account=values.get("KOERS_MANY_ACCOUNT") or "koers",
            many_spaces=Path(spaces) if spaces else None,
            actions_urls=addresses("KOERS_ACTIONS_URL"),
            redis_url=address("KOERS_REDIS_URL", values.get("KOERS_REDIS_URL") or ""),
            events_url=address("KOERS_EVENTS_URL", values.get("KOERS_EVENTS_URL") or ""),
            proxies=number("KOERS_PROXIES", 0, least=0),
            metrics_host=values.get("KOERS_METRICS_HOST") or "127.0.0.1",
            metrics_port=number("KOERS_METRICS_PORT", 0, least=0, most=_HIGHEST_PORT),
            workers=number("KOERS_WORKERS", 2 if cores() > 1 else 0, least=0),
            stop_seconds=number("KOERS_STOP_SECONDS", 15, least=0),
        )


@lru_cache(maxsize=8)
def _is_database(url: str) -> bool:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return False
    # An @ in a password that isn't written as %40 makes the rest of it a part of the machine's name.
    return parsed.get_backend_name() in ("sqlite", "postgresql") and "@" not in (parsed.host or "")
