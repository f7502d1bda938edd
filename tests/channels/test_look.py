"""Danger is looked for before anything else, and nothing that is done besides keeps it from being told."""

from __future__ import annotations

from typing import List

from bot.channels.turn import look
from bot.safety.crisis import EXPLICIT, GREY, NONE
from bot.safety.personal_data import Masked, Masker


class _Broken(Masker):
    def __call__(self, text: str) -> Masked:
        raise RuntimeError(text)


class _Counting(Masker):
    def __init__(self) -> None:
        super().__init__()
        self.asked: List[str] = []

    def __call__(self, text: str) -> Masked:
        self.asked.append(text)
        return super().__call__(text)


def test_a_masker_that_fails_hides_no_danger() -> None:
    looked = look(_Broken(), "ik zie het allemaal niet meer zitten")
    assert (looked.verdict.tier, looked.masked) == (GREY, None)
    assert look(_Broken(), "wat is ips").verdict.tier == NONE


def test_the_crisis_text_waits_for_no_masker() -> None:
    mask = _Counting()
    assert look(mask, "ik ga mezelf vannacht van kant maken").verdict.tier == EXPLICIT
    assert mask.asked == []


def test_an_ordinary_message_is_masked_as_it_is_looked_at() -> None:
    looked = look(Masker(), "ik heet Jan Jansen, wat is ips")
    assert looked.masked is not None and "Jansen" not in looked.masked.text
    assert looked.vectors, "reading needs them too"
