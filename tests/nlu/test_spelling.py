"""Mistyped and shortened words are read as they are meant, names and real words as they stand."""

from __future__ import annotations

import pytest

from bot.nlu.names import Mention
from bot.nlu.spelling import Spelling

OFTEN = ["wat is dat eigenlijk", "mijn uitkering houden", "de vergoeding van een huis"] * 30
SPELLING = Spelling([*OFTEN, "ik wil koken"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wta is dat egenlijk", "wat is dat eigenlijk"),
        ("uitkrering houdn?", "uitkering houden?"),
        ("def ips, aanvr jobcoach", "definitie ips, aanvragen jobcoach"),
    ],
)
def test_mistakes_and_shortened_words_are_mended(typed: str, meant: str) -> None:
    assert SPELLING.mended(typed, []) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "ik wil koken",  # a rare word that somebody has used
        "vraag het aan Eigenlik",  # a name
        "xyz@wta.nl en 06-12345",
        "uitkeringen",  # an ending, no mistake
        "wta" * 40,
        "",
    ],
)
def test_what_is_no_mistake_stays(typed: str) -> None:
    assert SPELLING.mended(typed, []) == typed


def test_a_misspelt_name_is_mended() -> None:
    name = Mention("klantmanager", "klantmanager", 1, 2, 0.8)
    assert SPELLING.mended("wat klantmanger doet", [name]) == "wat klantmanager doet"


def test_the_name_of_a_topic_stays() -> None:
    assert SPELLING.mended("wta eigenlik", [Mention("wta", "WTA", 0, 1, 1.0)]) == "wta eigenlijk"
