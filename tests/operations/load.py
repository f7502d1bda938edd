"""Users who go on talking while a test breaks something, and what they saw of it."""

from __future__ import annotations

import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any, Dict, List, Tuple

import sqlalchemy as sa

TOPICS = ("ips", "wgb")
"""Subjects of which "wie betaalt dat" has an answer."""

_HONEST = "Er gaat iets mis"
_PAUSE_SECONDS = 0.15


@dataclass
class Said:
    """One turn as its user saw it."""

    text: str
    status: int
    body: str
    seconds: float

    @property
    def messages(self) -> List[Dict[str, Any]]:
        """The replies; none when the reply is no list."""
        found = json.loads(self.body)
        return found if isinstance(found, list) else []

    @property
    def topics(self) -> List[str]:
        """What the reply was about."""
        return [topic for message in self.messages for topic in (message.get("custom") or {}).get("topics") or []]

    def is_about(self, topic: str) -> bool:
        """Whether the reply was about this subject or a part of it, as `ips-financiering` is of `ips`."""
        return any(found == topic or found.startswith(f"{topic}-") for found in self.topics)

    @property
    def failed(self) -> bool:
        """Whether the user got an honest sentence in place of an answer."""
        return self.status == 503 or _HONEST in self.body or "kennisbank" in self.body


def say(url: str, sender: str, text: str) -> Said:
    """Send a message as the website does."""
    body = json.dumps({"sender": sender, "message": text, "metadata": {"role": "client"}}).encode()
    request = urllib.request.Request(
        f"{url}/webhooks/website/webhook", body, {"Content-Type": "application/json", "Connection": "close"}
    )
    started = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            status, text_back = response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        status, text_back = error.code, error.read().decode()
    return Said(text, status, text_back, time.monotonic() - started)


@dataclass
class User:
    """One user who asks about a subject, then "en wie betaalt dat?", then about the next subject, and so on."""

    url: str
    sender: str = field(default_factory=lambda: secrets.token_hex(16))
    turns: List[Said] = field(default_factory=list)

    def talk(self, stop: threading.Event) -> None:
        """Go on until told to stop, and then to the end of the subject."""
        number = 0
        while number % 2 or not stop.is_set():
            topic = TOPICS[number // 2 % len(TOPICS)]
            self.turns.append(say(self.url, self.sender, "en wie betaalt dat?" if number % 2 else f"wat is {topic}"))
            number += 1
            stop.wait(_PAUSE_SECONDS)

    def lost_thread(self) -> List[Tuple[str, List[str]]]:
        """Follow-up questions that were answered about something else than the question before them."""
        pairs = zip(self.turns[::2], self.turns[1::2])
        asked = [(first.text.split()[-1], first, second) for first, second in pairs]
        return [
            (topic, second.topics)
            for topic, first, second in asked
            if not first.failed and not second.failed and not second.is_about(topic)
        ]


class Load:
    """Some users at the same time; a context manager that ends them and keeps what they saw."""

    def __init__(self, url: str, users: int = 3) -> None:
        self.users = [User(url) for _ in range(users)]
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=user.talk, args=(self._stop,)) for user in self.users]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        self.wait_for(1)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, turns: int, seconds: float = 300) -> None:
        """Wait until every user had so many turns more."""
        goals = [len(user.turns) + turns for user in self.users]
        until = time.monotonic() + seconds
        while any(len(user.turns) < goal for user, goal in zip(self.users, goals)):
            assert time.monotonic() < until, "the users got no replies any more"
            assert all(thread.is_alive() for thread in self._threads), "a user got no reply"
            self._stop.wait(0.05)

    @property
    def turns(self) -> List[Said]:
        """All turns of all users."""
        return [turn for user in self.users for turn in user.turns]

    @property
    def failed(self) -> int:
        """How many turns got an honest sentence."""
        return sum(turn.failed for turn in self.turns)

    @property
    def slowest(self) -> float:
        """Seconds of the turn that took longest."""
        return max(turn.seconds for turn in self.turns)


def kept_turns(database: str, sender: str) -> List[List[Tuple[str, Dict[str, Any]]]]:
    """The conversation as the tracker store holds it: each turn's events, from the user's message on."""
    engine = sa.create_engine(database)
    query = sa.text("SELECT type_name, data FROM events WHERE sender_id = :sender ORDER BY id")
    with engine.connect() as connection:
        rows = connection.execute(query, {"sender": sender}).all()
    engine.dispose()
    turns: List[List[Tuple[str, Dict[str, Any]]]] = []
    for type_name, data in rows:
        if type_name == "user":
            turns.append([])
        if turns:
            turns[-1].append((type_name, json.loads(data)))
    return turns


def kept_texts(database: str, sender: str) -> List[str]:
    """The user's messages in the tracker store, in order."""
    return [turn[0][1]["text"] for turn in kept_turns(database, sender)]
