"""The website's pages: the chat (`/`), quick answers (`/snel`) and the browsable knowledge base (`/kennis`).

All are rendered on the server. `/kennis` works without JavaScript, so that every answer can be read, printed and
linked to by anyone. The pages only read the knowledge base.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Tuple, Union
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.requests import ROLES
from bot.citations import unique_citations
from bot.nlu.doubt import BOUNDARY
from bot.nlu.names import tokens_of
from bot.settings import Settings
from knowledge.dates import dutch_date
from knowledge.queries import CLIENT, PROFESSIONAL, Answer, Knowledge, Topic

WEB = Path(__file__).resolve().parent.parent / "web"

TYPE_NAMES = {
    "interventie": "Interventies",
    "methode": "Methodes",
    "regeling": "Regelingen en geld",
    "rechten": "Rechten en plichten",
    "wet": "Wetten",
    "aandoening": "Aandoeningen",
    "begrip": "Begrippen",
    "term": "Woorden en afkortingen",
    "instrument": "Instrumenten",
    "tips": "Tips",
    "organisatie": "Organisaties",
    "document": "Documenten",
    "regiopraktijk": "Praktijk in de regio",
    "grens": "Wat Koers niet beantwoordt",
}
"""How the types of topics are called on the page, in the order in which they are listed."""

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")

Fields = Dict[str, Any]


_MOST_QUESTIONS = 20
"""Most questions that a search shows."""


class NotFound(Exception):
    """There is no such page of the knowledge base."""


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page to show; programs that ask for data don't name HTML."""
    return "text/html" in request.headers.get("accept", "")


def problem_page(settings: Settings) -> Callable[[int], HTTPResponse]:
    """A page, by HTTP status, that says what is wrong with an address and where someone can go from there."""
    render = partial(_render, _environment(), _headers(settings), settings)
    said = {
        404: ("Deze pagina bestaat niet", "Het adres is misschien veranderd of verkeerd getypt."),
        500: ("Er gaat iets mis", "Probeer het over een paar minuten opnieuw."),
    }

    def page(status: int) -> HTTPResponse:
        title, text = said.get(status) or ("Dit adres werkt anders", "Koers kan hier geen pagina laten zien.")
        return render("melding.html", status, title=title, text=text)

    return page


def pages(knowledge: Knowledge, settings: Settings) -> Blueprint:
    """The routes of the pages; the static files under `/static` are served by whoever registers them."""
    blueprint = Blueprint("pages")
    search = QuestionSearch(knowledge)
    render = partial(_render, _environment(), _headers(settings), settings)
    problem = problem_page(settings)

    @blueprint.get("/")
    async def chat(request: Request) -> HTTPResponse:
        role = request.args.get("rol")
        return render("chat.html", question=_question(request, settings), role=role if role in ROLES else None)

    @blueprint.get("/snel")
    async def quick(request: Request) -> HTTPResponse:
        return render("snel.html", question=_question(request, settings))

    async def shown(template: str, read: Callable[[], Fields]) -> HTTPResponse:
        """A page of the knowledge base, or one that says honestly why it isn't there."""
        try:
            return render(template, **await asyncio.get_running_loop().run_in_executor(None, read))
        except NotFound:
            return problem(404)
        except SQLAlchemyError:
            text = f"Probeer het over een paar minuten opnieuw. Blijft het zo? Stuur je vraag naar {settings.helpdesk}."
            return render("melding.html", 503, title="De kennisbank is even niet bereikbaar", text=text)

    @blueprint.get("/kennis")
    async def index(request: Request) -> HTTPResponse:
        words = (request.args.get("zoek") or "")[:100].strip()
        return await shown("kennis.html", partial(_index, knowledge, search, words))

    @blueprint.get("/kennis/soort/<type_name:str>")
    async def of_type(_: Request, type_name: str) -> HTTPResponse:
        return await shown("lijst.html", partial(_of_type, knowledge, type_name))

    @blueprint.get("/kennis/regio/<region:str>")
    async def of_region(_: Request, region: str) -> HTTPResponse:
        return await shown("lijst.html", partial(_of_region, knowledge, region))

    @blueprint.get("/kennis/<slug:str>")
    async def topic(request: Request, slug: str) -> HTTPResponse:
        voice = PROFESSIONAL if request.args.get("voor") == PROFESSIONAL else CLIENT
        return await shown("onderwerp.html", partial(_topic, knowledge, slug, voice))

    return blueprint


# ---------------------------------------------------------------------------------------- what the pages show


@dataclass(frozen=True)
class Question:
    """An answer as a search finds it."""

    id: str
    topic: str
    question: str
    text: str


class QuestionSearch:
    """Finds the answers that have certain words; what is searched is read once for each version of the content."""

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge
        self._version: Optional[str] = None
        self._questions: List[Question] = []

    def find(self, words: str) -> List[Question]:
        """Answers with all the words, those that have them in the question first.

        Raises `sqlalchemy.exc.SQLAlchemyError` when the knowledge base can't be read.
        """
        version = self._knowledge.version()
        if version != self._version:
            units = self._knowledge.snapshot().units
            # what isn't known comes last
            known_first = sorted(units, key=lambda unit: unit.facet == BOUNDARY)
            self._questions = [Question(unit.id, unit.topic, unit.question, unit.texts[0]) for unit in known_first]
            self._version = version
        asked = [each for each in self._questions if _matches(each.question, words)]
        told = [each for each in self._questions if _matches(f"{each.question} {each.text}", words)]
        return list(dict.fromkeys([*asked, *told]))[:_MOST_QUESTIONS]


def _index(knowledge: Knowledge, search: QuestionSearch, words: str) -> Fields:
    topics = knowledge.topics()
    if words:
        found = [topic for topic in topics if _matches(f"{topic.name} {topic.summary}", words)]
        found.sort(key=lambda topic: _distance(topic, words))
        return {"words": words, "found": found, "questions": search.find(words), "groups": [], "regions": {}}
    groups = [(kind, [topic for topic in topics if topic.type == kind]) for kind in TYPE_NAMES]
    groups = [group for group in groups if group[1]]
    return {"words": "", "found": [], "questions": [], "groups": groups, "regions": _regions(knowledge)}


def _matches(text: str, words: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words.casefold().split())


def _distance(topic: Topic, words: str) -> Tuple[bool, int]:
    """How far a topic is from what is looked for: its own name, words of its name, of its summary, parts of words."""
    said = tokens_of(words)
    named, told = tokens_of(topic.name), tokens_of(topic.summary)
    before, _, inside = topic.name.partition("(")
    if said in (tokens_of(before), tokens_of(inside), tokens_of(topic.slug)):
        near = 0
    elif set(said) <= set(named):
        near = 1
    else:
        near = 2 if set(said) <= {*named, *told} else 3
    return topic.type == BOUNDARY, near


def _regions(knowledge: Knowledge) -> Dict[str, str]:
    names = {place.region: place.region_name for place in knowledge.places()}
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _of_type(knowledge: Knowledge, type_name: str) -> Fields:
    if type_name not in TYPE_NAMES:
        raise NotFound
    return {"title": TYPE_NAMES[type_name], "intro": None, "topics": knowledge.topics(type=type_name), "question": None}


def _of_region(knowledge: Knowledge, region: str) -> Fields:
    places = [place for place in knowledge.places() if place.region == region]
    if not places:
        raise NotFound
    name = places[0].region_name
    municipalities = sorted({place.municipality for place in places if place.municipality}, key=str.casefold)
    return {
        "title": f"Arbeidsmarktregio {name}",
        "intro": f"Gemeenten in deze regio: {', '.join(municipalities)}." if municipalities else None,
        "topics": knowledge.topics(region=region),
        "question": f"Wat gebeurt er in de regio {name}?",
    }


def _topic(knowledge: Knowledge, slug: str, voice: str) -> Fields:
    topic = knowledge.topic(slug)
    if topic is None:
        raise NotFound
    related = {other.slug: other for other in knowledge.topics(slugs=knowledge.related(slug))}
    return {
        "topic": topic,
        "voice": voice,
        "answers": knowledge.answers_of(slug, voice),
        "criteria": knowledge.criteria(slug),
        "financing": knowledge.financing(slug),
        "related": [related[other] for other in knowledge.related(slug) if other in related],
        "region_name": _regions(knowledge).get(topic.region) if topic.region else None,
    }


def _question(request: Request, settings: Settings) -> str:
    return (request.args.get("vraag") or "").strip()[: settings.max_message_length]


# ------------------------------------------------------------------------------------------------- rendering


def _render(
    environment: Environment, headers: Dict[str, str], settings: Settings, name: str, status: int = 200, **fields: Any
) -> HTTPResponse:
    body = environment.get_template(name).render(settings=settings, **fields)
    return response.html(body, status=status, headers=headers)


def _headers(settings: Settings) -> Dict[str, str]:
    """Nothing from elsewhere, no referrer to elsewhere, and only known sites may frame the pages."""
    framers = " ".join(["'self'", *settings.allowed_origins])
    policy = f"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {framers}"
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(paragraphs=paragraphs, date=dutch_date, ask=ask_address, anchor=anchor)
    environment.globals.update(
        type_names=TYPE_NAMES, static=_static_addresses(), citations=unique_citations, anchor=anchor
    )
    return environment


def _static_addresses() -> Dict[str, str]:
    """Addresses of the static files; a new content gives a new address, so that no browser keeps an old one."""
    return {
        file.name: f"/static/{file.name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:10]}"
        for file in sorted((WEB / "static").iterdir())
        if file.is_file()
    }


def anchor(answer: Union[Answer, Question]) -> str:
    """Where an answer stands on its topic's page: the editor's own id, which never changes."""
    return answer.id.split("/", 1)[1]


def ask_address(question: str, role: Optional[str] = None) -> str:
    """The chat with this question filled in."""
    fields = {"vraag": question, **({"rol": role} if role else {})}
    return "/?" + urlencode(fields, quote_via=quote)


def paragraphs(text: str) -> Markup:
    """Plain text of the knowledge base as HTML: paragraphs, lists and links, everything else escaped."""
    blocks: List[str] = []
    for block in re.split(r"\n{2,}", text.strip()):
        for is_list, group in groupby(block.split("\n"), lambda line: line.startswith("- ")):
            if is_list:
                blocks.append("<ul>" + "".join(f"<li>{_linked(line[2:])}</li>" for line in group) + "</ul>")
            else:
                blocks.append("<p>" + "<br>".join(_linked(line) for line in group) + "</p>")
    return Markup("\n".join(blocks))


def _linked(text: str) -> str:
    parts: List[str] = []
    end = 0
    for match in _LINK.finditer(text):
        address = escape(match.group())
        parts.append(str(escape(text[end : match.start()])))
        parts.append(f'<a href="{address}" rel="noopener noreferrer">{address}</a>')
        end = match.end()
    return "".join([*parts, str(escape(text[end:]))])
