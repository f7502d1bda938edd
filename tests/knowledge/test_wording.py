"""The wording is our own: no run of ten words of a document, except names, titles and fixed items of lists."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterator, List, Set, Tuple

import pytest
import yaml

from knowledge.check import texts
from knowledge.reader import Content, iterate_answers
from tests.knowledge.documents import RUN, copied_runs, read_documents, read_hashes, shingles

EXCEPTIONS = Path(__file__).resolve().parents[1] / "data" / "wording-exceptions.yml"
OURS = "Wie op maandag begint met een wandeling naar het werk, komt op dinsdag vaak weer terug."


def read_exceptions() -> List[str]:
    groups: Dict[str, List[str]] = yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8"))
    return [phrase for phrases in groups.values() for phrase in phrases]


def said(content: Content) -> Iterator[Tuple[str, str]]:
    """Everything that Koers can say from the knowledge base: pairs of place and text."""
    for topic in content.topics:
        yield topic.slug, topic.summary
        yield from ((topic.slug, criterion.explanation) for criterion in topic.criteria)
        for rule in topic.financing:
            yield topic.slug, rule.covers
            yield topic.slug, rule.conditions or ""
    for flow in content.flows:
        for spoken in flow.texts.values():
            yield flow.slug, f"{spoken.client} | {spoken.professional}"
        for step in flow.steps:
            yield flow.slug, f"{step.client} | {step.professional}"
        yield from ((flow.slug, option.title) for step in flow.steps for option in step.options)
    for _, answer, key in iterate_answers(content.topics):
        yield key, answer.question
        yield from ((f"{key} > {name}", text) for name, text in texts(answer))


@pytest.fixture(scope="module")
def documents_hashes() -> Set[str]:
    return read_hashes()


def test_nothing_is_copied_from_the_documents(content: Content, documents_hashes: Set[str]) -> None:
    exceptions = read_exceptions()
    copied = [
        f"{place}: {run}" for place, text in said(content) for run in copied_runs(text, documents_hashes, exceptions)
    ]
    assert not copied, "schrijf dit in eigen woorden:\n" + "\n".join(copied)


def test_every_exception_is_needed(content: Content, documents_hashes: Set[str]) -> None:
    exceptions = read_exceptions()
    suspects = [text for _, text in said(content) if copied_runs(text, documents_hashes)]
    allowed = [copied_runs(text, documents_hashes, exceptions) for text in suspects]
    for phrase in exceptions:
        others = [other for other in exceptions if other != phrase]
        assert [copied_runs(text, documents_hashes, others) for text in suspects] != allowed, f"'{phrase}' mag weg"


@pytest.mark.parametrize("case", [OURS, OURS.upper(), OURS.replace(",", "\n-"), f"Zo gaat het vaker. {OURS}"])
def test_a_copied_sentence_is_seen_in_any_dress(case: str) -> None:
    assert copied_runs(case, shingles([OURS]))


def test_a_copy_is_shown_whole_and_once() -> None:
    words = "wie op maandag begint met een wandeling naar het werk komt op"
    assert copied_runs(f"Let op: {words} woensdag.", shingles([OURS])) == [words]


def test_nine_words_are_not_a_copy() -> None:
    assert copied_runs(" ".join(OURS.split()[: RUN - 1]), shingles([OURS])) == []


def test_a_sentence_in_other_words_is_not_a_copy() -> None:
    assert (
        copied_runs("Op maandag wandelen naar het werk maakt terugkomen op dinsdag makkelijker.", shingles([OURS]))
        == []
    )


def test_a_name_does_not_count_as_copied_and_does_not_hide_what_follows() -> None:
    known = shingles([OURS])
    assert copied_runs(OURS, known, ["met een wandeling naar het werk"]) == []
    assert copied_runs(OURS, known, ["Wie op maandag"]) == [
        "begint met een wandeling naar het werk komt op dinsdag vaak weer terug"
    ]


def test_the_hashes_are_those_of_the_documents(documents: Path, documents_hashes: Set[str]) -> None:
    assert documents_hashes == shingles(read_documents(documents).values())
