"""Questions about one place don't get what is known of another."""

from __future__ import annotations

import pytest

from bot.nlu.homes import Homes
from bot.nlu.subjects import Subjects
from knowledge.queries import Snapshot


@pytest.fixture(scope="module")
def homes(content: Snapshot) -> Homes:
    return Homes(Subjects(content), content.places)


@pytest.mark.parametrize("text", ["heeft zaanstad een privacyprotocol", "wat staat er in het protocol van breda"])
def test_another_place_is_asked_about(homes: Homes, text: str) -> None:
    assert homes.elsewhere(text, "privacyprotocol-friesland/wat")


@pytest.mark.parametrize(
    "text, answer",
    [
        ("heeft friesland een privacyprotocol", "privacyprotocol-friesland/wat"),
        ("heeft leeuwarden een privacyprotocol", "privacyprotocol-friesland/wat"),
        ("is er ergens een privacyprotocol", "privacyprotocol-friesland/wat"),
        ("bestaat wgb ook in groningen", "wgb/regio"),
        ("kan ik in breda een jobcoach krijgen", "jobcoach-uwv/betaling"),
        ("heeft breda een jobcoach", "onbekend/antwoord"),
    ],
)
def test_an_answer_about_that_place_or_about_any_stays(homes: Homes, text: str, answer: str) -> None:
    assert not homes.elsewhere(text, answer)


def test_no_sample_is_refused(homes: Homes, content: Snapshot) -> None:
    refused = [(unit.id, text) for unit in content.units for _, text in unit.samples if homes.elsewhere(text, unit.id)]
    assert len(refused) <= 3, refused
