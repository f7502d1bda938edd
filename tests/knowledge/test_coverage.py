"""Nothing of the five documents is left out: every heading is carried by a topic that cites it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Set

import pytest
import yaml

from knowledge.check import normalised, references
from knowledge.reader import Content, iterate_answers
from knowledge.schema import Facet, TopicType

HEADINGS = Path(__file__).resolve().parents[1] / "data" / "headings.yml"
ARROW = re.compile(r"^[➔→⇒]\s*\**(.+?)\**\s*$")
CONTENTS_LINE = re.compile(r"^[-•]\s*(.+?)\s+\d+$")
OTHER_NAMES_IN_THE_CONTENTS = {
    "MMM": "MensenMetMogelijkheden",
    "LPGGZ": "Landelijk Platform GGZ",
    "Banenafpraak": "Banenafspraak",
    "Cases": "Business cases",
    "Tips": "TIPS",
    "De routekaart psychische aandoeningen en werk": "Routekaart",
}
"""How the Routekaart's own tables of contents call a heading, and how the heading itself is printed."""


class Heading(NamedTuple):
    """A heading of a document, and the topics that should carry it."""

    document: str
    part: str
    title: str
    topics: List[str]

    @property
    def places(self) -> Set[str]:
        """How an answer may write that it is from below this heading: with the part, or under the heading above."""
        titles = {self.title, self.title.split(" > ")[0], self.title.split(" > ")[-1]}
        return {normalised(title if self.part in ("", title) else f"{self.part} > {title}") for title in titles}


def read_headings() -> List[Heading]:
    documents: Dict[str, List[Dict]] = yaml.load(HEADINGS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        Heading(document, part["deel"], title, topics)
        for document, parts in documents.items()
        for part in parts
        for title, topics in part["koppen"].items()
    ]


def cited_places(content: Content) -> Iterator[tuple[str, str, str]]:
    """Topic, document and place of every citation."""
    for topic, answer, _ in iterate_answers(content.topics):
        for reference in references(answer):
            yield topic.slug, reference.source, reference.locator


@pytest.mark.parametrize("heading", read_headings(), ids=lambda heading: f"{heading.part}: {heading.title}")
def test_a_heading_is_carried_by_topics_that_cite_it(heading: Heading, content: Content) -> None:
    assert heading.topics, f"'{heading.title}' heeft geen onderwerp"
    places: Dict[str, Set[str]] = {}
    for topic, document, place in cited_places(content):
        if document == heading.document:
            places.setdefault(topic, set()).add(normalised(place))
    slugs = {topic.slug for topic in content.topics}
    assert set(heading.topics) <= slugs, f"onbekend onderwerp: {set(heading.topics) - slugs}"
    uncited = [topic for topic in heading.topics if not places.get(topic, set()) & heading.places]
    assert not uncited, f"{uncited} noemt {heading.document} niet met plaats '{heading.part} > {heading.title}'"


def test_a_place_in_a_document_is_one_of_its_headings(content: Content) -> None:
    known: Dict[str, Set[str]] = {}
    for heading in read_headings():
        known.setdefault(heading.document, set()).update(heading.places)
    unknown = {
        f"{topic}: {place}"
        for topic, document, place in cited_places(content)
        if document in known and normalised(place) not in known[document]
    }
    assert not unknown, "deze plaatsen staan niet zo in het document:\n" + "\n".join(sorted(unknown))


def test_every_heading_printed_in_the_routekaart_is_on_the_list(documents: Path) -> None:
    lines = (documents / "routekaart-2017.txt").read_text(encoding="utf-8").splitlines()
    printed = {found[1] for line in lines for pattern in (ARROW, CONTENTS_LINE) if (found := pattern.match(line))}
    printed = {OTHER_NAMES_IN_THE_CONTENTS.get(title, title) for title in printed}
    listed = {normalised(heading.title) for heading in read_headings()}
    missing = {title for title in printed if normalised(title) not in listed}
    assert len(printed) > 90
    assert not missing


@pytest.mark.parametrize("heading", read_headings(), ids=lambda heading: f"{heading.part}: {heading.title}")
def test_a_heading_on_the_list_is_printed_in_its_document(heading: Heading, content: Content, documents: Path) -> None:
    source = next(source for source in content.sources if source.slug == heading.document)
    text = normalised((documents / str(source.document)).read_text(encoding="utf-8"))
    names = [heading.title.split(" > ")[-1]]
    names += [name for name, title in OTHER_NAMES_IN_THE_CONTENTS.items() if title in names]
    assert any(normalised(name) in text for name in names)


def test_a_term_is_explained_in_the_first_sentence(content: Content) -> None:
    terms = [topic for topic in content.topics if topic.type == TopicType.TERM]
    assert len(terms) >= 8
    for topic in terms:
        first = next(answer for answer in topic.answers if answer.facet == Facet.WHAT)
        opening = normalised(f"{first.client.split('.')[0]} ")
        assert any(normalised(name) in opening for name in [*topic.abbreviations, *topic.synonyms]), topic.slug
        meaning = {normalised(part) for part in re.split(r"[()]", topic.name) if part.strip()}
        assert all(part in opening for part in meaning - {"poh ggz"}), topic.slug
