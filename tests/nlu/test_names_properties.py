"""What holds of the linkers for any text, with all names of the knowledge base."""

from __future__ import annotations

import time
import unicodedata
from typing import Callable, Dict, List, Set, Tuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.nlu.names import Mention, PlaceLinker, TopicLinker, tokens_of
from knowledge.queries import Snapshot

PROCESSOR_SECONDS = 0.5
"""Processor time that one text of 2,000 characters may take."""
NEUTRAL = ("gisteren", "las", "onze", "buurvrouw", "hierover", "nadat", "zulke", "vragen", "kwamen")
"""Words that are no name, nor close to one."""
_properties = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def topics(content: Snapshot) -> TopicLinker:
    return TopicLinker.of(content)


@pytest.fixture(scope="module")
def places(content: Snapshot) -> PlaceLinker:
    return PlaceLinker(content.places)


@pytest.fixture(scope="module")
def owners(content: Snapshot) -> Dict[str, Set[str]]:
    """The topics of every name that can be said, abbreviations too."""
    result: Dict[str, Set[str]] = {}
    for name in content.names:
        if name.kind != "description" and 0 < len(tokens_of(name.name)) <= 8:
            result.setdefault(name.name, set()).add(name.topic)
    return result


def found(linker: Callable[[str], List[Mention]], text: str) -> List[Tuple[str, int, int]]:
    return sorted((mention.value, mention.start, mention.end) for mention in linker(text))


@st.composite
def texts(draw: st.DrawFn, names: List[str]) -> str:
    """Names, whole or torn, between anything that can be typed."""
    torn = st.builds(lambda name, at: name[at:] + name[:at], st.sampled_from(names), st.integers(0, 9))
    piece = st.one_of(
        st.text(max_size=40), st.sampled_from(names), torn, st.sampled_from(["niet", "maar", "'", "\u202e"])
    )
    return draw(st.sampled_from([" ", "", "-", "\u200b", "\n"])).join(draw(st.lists(piece, max_size=40)))[:2000]


@_properties
@given(st.data())
def test_mentions_lie_within_the_words_in_order_and_are_names(
    content: Snapshot, topics: TopicLinker, places: PlaceLinker, data: st.DataObject
) -> None:
    text = data.draw(texts([name.name for name in content.names] + [place.name for place in content.places]))
    words = tokens_of(text)
    known = {name.topic for name in content.names}
    regions = {place.region for place in content.places}
    for linker, values in ((topics.link, known), (places.link, regions)):
        mentions = linker(text)
        assert [m.start for m in mentions] == sorted(m.start for m in mentions)
        for mention in mentions:
            assert 0 <= mention.start < mention.end <= len(words)
            assert mention.value in values
            assert 0 < mention.score <= 1
        spans = {(m.start, m.end) for m in mentions}
        assert all(one == other or one[1] <= other[0] or other[1] <= one[0] for one in spans for other in spans)


def test_every_name_is_found_between_neutral_words(topics: TopicLinker, owners: Dict[str, Set[str]]) -> None:
    missed = []
    for name, values in owners.items():
        mentions = topics.link(f"gisteren las onze buurvrouw {name} hierover vragen kwamen")
        if not values <= {mention.value for mention in mentions if mention.score == 1}:
            missed.append(name)
    assert missed == []


def test_neutral_words_hold_no_name(topics: TopicLinker) -> None:
    assert topics.link(" ".join(NEUTRAL)) == []


@_properties
@given(st.data())
def test_a_name_is_found_wherever_it_stands(
    topics: TopicLinker, owners: Dict[str, Set[str]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(owners)))
    before, after = (data.draw(st.lists(st.sampled_from(NEUTRAL), max_size=12)) for _ in range(2))
    at = len(before)
    expected = {(value, at, at + len(tokens_of(name))) for value in owners[name]}
    assert expected <= set(found(topics.link, " ".join([*before, name, *after])))


@_properties
@given(st.data())
def test_case_accents_and_width_make_no_difference(
    topics: TopicLinker, owners: Dict[str, Set[str]], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(owners)))
    text = f"las onze {name} hierover"
    accent = data.draw(st.sampled_from("\u0301\u0308\u0300\u0302"))
    at = data.draw(st.integers(0, len(text) - 1))
    accented = text[: at + 1] + accent + text[at + 1 :] if text[at].isalpha() else text
    wide = "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" or "A" <= c <= "Z" else c for c in text)
    wanted = found(topics.link, text)
    for other in (text.upper(), text.lower(), text.title(), accented, unicodedata.normalize("NFD", text), wide):
        assert found(topics.link, other) == wanted, other


def test_no_text_takes_long(content: Snapshot, topics: TopicLinker, places: PlaceLinker) -> None:
    """Words that nearly are names are compared with them all."""
    names = sorted({word for name in content.names for word in tokens_of(name.name) if len(word) >= 5})
    slow = [(name[0] + name[2] + name[1] + name[3:] + " ") * 400 for name in names[::7]]
    slow += [" ".join(name + "x" for name in names[at:])[:2000] for at in range(0, len(names), 60)]
    slow += ["a " * 1000, "é" * 2000, "x" * 2000, "jobcoach" * 250, "'" * 2000, "a'" * 1000, "ﷺ" * 2000]
    seconds = []
    for text in slow:
        began = time.process_time()
        topics.link(text[:2000])
        places.link(text[:2000])
        seconds.append((time.process_time() - began, text[:40]))
    assert max(seconds)[0] < PROCESSOR_SECONDS, max(seconds)


@_properties
@given(st.text(st.characters(), max_size=2000))
def test_any_text_is_linked_in_time(topics: TopicLinker, places: PlaceLinker, text: str) -> None:
    began = time.process_time()
    topics.link(text)
    places.link(text)
    assert time.process_time() - began < PROCESSOR_SECONDS
