"""Danger in what parents, partners, friends and colleagues ask comes before any answer for them."""

from __future__ import annotations

import pytest

from bot.safety.crisis import assess

DANGER = [
    "mijn zoon zit de hele dag op zijn kamer, wil geen hulp en zegt dat hij dood wil, wie kan ik bellen",
    "mag ik mee naar de gemeente met mijn vader, hij ziet het leven niet meer zitten na zijn ontslag",
    "mijn man zit in de ziektewet en zegt dat we beter af zijn zonder hem",
    "krijg ik te horen wat de psycholoog weet, mijn dochter heeft een afscheidsbrief geschreven",
    "mijn partner dreigt zichzelf wat aan te doen als de uitkering stopt",
    "mijn beste vriend neemt afscheid van iedereen en geeft zijn spullen weg",
    "een collega zei vandaag dat hij er een eind aan wil maken, hoe steun ik hem",
    "mijn zus wil geen hulp en heeft al haar pillen opgespaard",
    "mijn zoon slaapt al dagen niet en hoort stemmen die zeggen dat hij moet springen",
    "mijn vriendin snijdt zichzelf sinds ze haar baan kwijt is",
    "ons kind wil niet meer leven door die keuring van het uwv",
    "mijn dochter eet niet meer en zegt dat ze wil verdwijnen",
    "mijn zoon wil er niet meer zijn als hij weer moet werken",
    "mijn man slaat mij als ik over zijn werk begin",
]
ORDINARY = [
    "mijn zoon zit de hele dag op zijn kamer en wil geen hulp, wie kan ik bellen",
    "mag ik mee naar de gemeente met mijn vader",
    "krijg ik te horen wat de psycholoog van mijn dochter weet",
    "hoe steun ik een collega die weer begint na een burn-out",
    "mijn vriend heeft wajong en komt bij mij wonen",
    "mijn vrouw durft haar klantmanager niet te bellen",
    "mijn baas slaat mij over bij promotie",
]


@pytest.mark.parametrize("text", DANGER)
def test_danger_of_someone_else_is_seen_in_the_middle_of_a_question(text: str) -> None:
    assert assess(text).tier in ("explicit", "grey")


@pytest.mark.parametrize("text", ORDINARY)
def test_the_same_questions_without_danger_are_only_questions(text: str) -> None:
    assert assess(text).tier == "none"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("suïcidale uitspraken klant tijdens intake", "other"),
        ("suïcidale gedachten bij medewerker, wat doe ik", "other"),
        ("zelfmoordpoging klant gisteren", "other"),
        ("suïcidale gedachten, mijn man weet niks", "self"),
        ("wil dood, mijn collega snapt me niet", "self"),
    ],
)
def test_a_telegram_is_about_the_client_that_it_names(text: str, about: str) -> None:
    verdict = assess(text)
    assert (verdict.tier, verdict.about) == ("explicit", about)
