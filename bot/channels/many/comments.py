"""A reply as a comment: short, in plain text, with sources as lines and numbered choices instead of buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Tuple
from urllib.parse import quote

from bot.channels.turn import Message
from bot.settings import Settings
from knowledge.dates import dutch_date

LONGEST = 700
"""Characters of an answer before the rest is left to the page of the knowledge base."""
LONGEST_COMMENT = 3900
"""Characters of a whole comment; the platform takes 4,000."""
_FEWEST = 200
_SOURCES = re.compile(r"\n\nBron(?:nen)?: [^\n]*\Z")
_NUMBERED = re.compile(r"^1\. ", re.MULTILINE)
_NO_CHOICE = ("/start_", "/crisis_", "/delete_")

INTRODUCTION = "Koers is een computerprogramma: het geeft informatie en beslist niets."
REMINDER = (
    "Een vriendelijke herinnering aan iedereen: zet hier geen namen of details waaraan een cliënt te herkennen is. Je "
    "kunt je bericht aanpassen of opnieuw plaatsen zonder die gegevens. Ik heb er niets van bewaard."
)
CHOOSE = "Reageer met een nummer om verder te lezen."
NO_SUCH_CHOICE = "Dat nummer staat er niet bij. Kies een nummer van 1 tot en met {last}."


def in_chat(settings: Settings) -> str:
    """What is said instead of a guided conversation: those are about one person."""
    return (
        "Daar kijk ik liever één op één naar, niet hier waar anderen meelezen. "
        f"In de chat gaan we er samen stap voor stap doorheen: {settings.public_url}/"
    )


def unknown(settings: Settings) -> str:
    """What is said when Koers was asked by name and doesn't know."""
    return (
        f"Dat weet ik niet. Misschien weet een van de leden hier het. De helpdesk denkt ook mee: {settings.helpdesk}."
    )


@dataclass(frozen=True)
class Comment:
    """What is posted, and what its numbers stand for."""

    text: str
    choices: Tuple[str, ...] = ()
    kind: str = ""
    """The kind of the first reply in it."""


def compose(messages: Sequence[Message], settings: Settings, practice: Optional[str] = None) -> Comment:
    """One comment of a turn's replies. `practice`: what is done in the region, which comes first."""
    parts: List[str] = []
    choices: List[str] = []
    kinds: List[str] = []
    for message in messages:
        custom = message.get("custom") or {}
        kind = custom.get("kind")
        if not kind:
            continue
        kinds.append(kind)
        if kind == "flow":
            return Comment(in_chat(settings), (), kind)
        if kind == "no_answer" and not custom.get("answer_id") and not custom.get("failed"):
            parts.append(unknown(settings))
            continue
        buttons = [button for button in message.get("buttons") or [] if not button["payload"].startswith(_NO_CHOICE)]
        text = _body(message["text"], custom, settings)
        parts.append(text)
        if buttons and not choices:
            if not _NUMBERED.search(text):
                parts.append("\n".join(f"{number}. {button['title']}" for number, button in enumerate(buttons, 1)))
            parts.append(CHOOSE)
            choices = [button["payload"] for button in buttons]
    if practice and "answer" in kinds:
        parts.insert(0, practice)
    whole = "\n\n".join(parts)
    if len(whole) > LONGEST_COMMENT:
        whole = shorten(whole, LONGEST_COMMENT)
    return Comment(whole, tuple(choices), kinds[0] if kinds else "")


def _body(text: str, custom: Dict[str, Any], settings: Settings) -> str:
    sources: List[Dict[str, Any]] = custom.get("sources") or []
    if sources:
        text = _SOURCES.sub("", text)
    lines = []
    if custom.get("kind") != "crisis" and len(text) > LONGEST:
        text = shorten(text)
        if custom.get("answer_id"):
            lines.append(f"Lees verder: {page(custom['answer_id'], settings)}")
    lines += [_source(source) for source in sources]
    return text + ("\n\n" + "\n".join(lines) if lines else "")


def _source(source: Dict[str, Any]) -> str:
    title = f"{source['title']}, {source['locator']}" if source.get("locator") else source["title"]
    note = ", ".join(filter(None, [source.get("publisher"), dutch_date(source.get("as_of"))]))
    return f"Bron: {title} ({note})" + (f" {source['url']}" if source.get("url") else "")


def page(answer_id: str, settings: Settings) -> str:
    """Where an answer stands in the knowledge base, in the professional's words."""
    topic, _, anchor = answer_id.partition("/")
    return f"{settings.public_url}/kennis/{quote(topic)}?voor=professional#{quote(anchor)}"


def shorten(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, up to the end of a paragraph, a line or a sentence."""
    head = text[:longest]
    for end in ("\n\n", "\n", ". "):
        at = head.rfind(end)
        if at >= _FEWEST:
            return head[: at + (1 if end == ". " else 0)].rstrip() + " [...]"
    return head.rsplit(" ", 1)[0].rstrip() + " [...]"
