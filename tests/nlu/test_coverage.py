"""How much of a question's words an answer knows."""

from __future__ import annotations

import pytest

from bot.nlu.coverage import Coverage
from knowledge.queries import Unit


def unit(answer: str, question: str, *samples: str) -> Unit:
    return Unit(answer, "ips", "wet", "wat", None, question, (), tuple(("haast", sample) for sample in samples))


COVERAGE = Coverage(
    [
        unit("ips/wat", "Wat is IPS?", "leg ips uit"),
        unit("ips/duur", "Hoe lang duurt IPS?", "looptijd ips"),
        unit("ips/kosten", "Wat kost IPS?", "moet ik ips betalen"),
    ]
)


def test_all_words_and_none() -> None:
    assert COVERAGE.share("looptijd IPS", "ips/duur") == pytest.approx(1)
    assert COVERAGE.share("bandenspanning fiets", "ips/duur") == 0


def test_a_rare_word_counts_more_than_one_that_all_have() -> None:
    assert COVERAGE.share("ips looptijd", "ips/duur") > 2 * COVERAGE.share("ips looptijd", "ips/wat")


def test_inflected_words_count() -> None:
    assert COVERAGE.share("betalende", "ips/kosten") == pytest.approx(1)


def test_words_may_come_from_different_samples() -> None:
    assert COVERAGE.share("leg uit wat", "ips/wat") == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "?", "ik"])
def test_a_text_without_words_is_covered_by_none(text: str) -> None:
    assert not COVERAGE.shares(text).any()


def test_an_answer_that_is_not_known_covers_nothing() -> None:
    assert COVERAGE.share("looptijd", "elders/wat") == 0
