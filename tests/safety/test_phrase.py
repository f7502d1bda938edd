"""A text that a phrase isn't tried on doesn't hold it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import List

import pytest

from bot.safety import signals
from bot.safety.phrase import Phrase, PhraseIndex
from bot.safety.wording import plain

SENTENCES = sorted(Path(__file__).parent.glob("*.txt"))
PHRASES: List[Phrase] = [*signals.FIGURATIVE, *signals.GREY, *(signal.pattern for signal in signals.EXPLICIT)]


def test_every_phrase_finds_and_replaces_what_its_expression_does() -> None:
    texts = {plain(line) for path in SENTENCES for line in path.read_text("utf-8").splitlines()}
    assert len(texts) > 400
    found = 0
    for phrase in PHRASES:
        for text in texts:
            match = phrase.expression.search(text)
            if match is None:
                continue
            found += 1
            assert any(piece in match.group() for piece in phrase.pieces), phrase.expression.pattern
            assert phrase.search(text) is not None
            assert phrase.sub("x", text) == phrase.expression.sub("x", text)
    assert found > 300


def test_an_index_leaves_out_no_phrase_that_may_match() -> None:
    index = PhraseIndex(PHRASES)
    for path in SENTENCES:
        for text in map(plain, path.read_text("utf-8").splitlines()):
            places = set(index.places(text))
            assert {at for at, phrase in enumerate(PHRASES) if phrase.expression.search(text)} <= places, text


def test_an_index_finds_pieces_shorter_than_three_letters() -> None:
    assert PhraseIndex([Phrase("op"), Phrase("onder"), Phrase("boven"), Phrase(r"\w*")]).places("op, boven") == [
        0,
        2,
        3,
    ]


def test_most_phrases_are_not_tried_on_an_ordinary_question() -> None:
    text = plain("Wat is een proefplaatsing en wie betaalt dat?")
    assert sum(phrase.may_be_in(text) for phrase in PHRASES) < len(PHRASES) / 4


@pytest.mark.parametrize(
    ("expression", "pieces"),
    [
        ("(?:zelfmoord|suicide)", {"zelfmoord", "suicide"}),
        (r"ik (?:wil|ga)? dood", {" dood"}),
        (r"ik (?:\w+ )?(?:spring|sprong)en", {"spr"}),
        (r"(?:een|het)? (?:\w+){0,2}", {" "}),
        (r"(?:aa|\w+)?", {""}),
        (r"(?:trein|\d+)x", {"x"}),
        (r"(?=brug)van(?!daag)", {"van"}),
    ],
)
def test_a_match_holds_one_of_the_pieces(expression: str, pieces: set) -> None:
    assert set(Phrase(expression).pieces) == pieces


def test_an_expression_that_ignores_case_is_refused() -> None:
    with pytest.raises(ValueError, match="letter by letter"):
        Phrase("(?i)dood")
    with pytest.raises(re.error):
        Phrase("(dood")
