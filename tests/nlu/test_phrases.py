"""Small classes of words: roles, choices, circumstances, how much a message leans on the conversation."""

from __future__ import annotations

from typing import Callable, List

import pytest

from bot.nlu.names import Mention
from bot.nlu.phrases.asking import asks, is_question, only_tells
from bot.nlu.phrases.asking_back import asks_example, asks_still, asks_where_to_turn, asks_whom, asks_why_not, doubts
from bot.nlu.phrases.bare import names_nothing
from bot.nlu.phrases.circumstances import is_told_of_someone, tells_circumstance
from bot.nlu.phrases.correcting import after_thanks, without_ruled_out
from bot.nlu.phrases.following import asks_against, asks_even_if, asks_what_if, completes, is_elliptic, leaning
from bot.nlu.phrases.meaning import only_asks_meaning
from bot.nlu.phrases.misuse import may_erase
from bot.nlu.phrases.pointing import COMPARES, ORDINAL, asks_of_both, asks_to_tell, is_choice
from bot.nlu.phrases.speaking import asks_what_fits, role_in, role_of_speaker


@pytest.mark.parametrize(
    ("text", "role", "rest"),
    [
        ("ik ben klantmanager", "professional", ""),
        ("Ik ben trouwens zelf ips-coach bij de ggz", "professional", ""),
        ("ik ben werkgever, mag ik vragen wat iemand heeft", "employer", "mag ik vragen wat iemand heeft"),
        ("ik ben klantmanager, dus geef me de details", "professional", "geef me de details"),
        ("nee ik ben cliënt", "client", ""),
        ("ik ben trouwens van uwv", "professional", ""),
        ("ik ben van de gemeente Utrecht af", None, None),
        ("ik ben jobcoach geworden en wil weten wat ips is", "professional", None),
        ("mijn klantmanager zegt van niet", None, None),
        ("ik ben ziek", None, None),
    ],
)
def test_who_someone_says_to_be(text: str, role: str | None, rest: str | None) -> None:
    assert role_in(text) == (role, text if rest is None else rest)


@pytest.mark.parametrize("text", ["de tweede", "2", "doe die laatste maar", "nummer 3 graag", "vertel over de eerste"])
def test_pointing_at_one_of_a_few(text: str) -> None:
    assert is_choice(text)


@pytest.mark.parametrize("text", ["hoe gaat het eerste gesprek", "een jobcoach", "ik heb twee kinderen", "graag", ""])
def test_what_points_at_nothing(text: str) -> None:
    assert not is_choice(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wat deed de eerste met casusgroepen", "eerste"),
        ("en die laatste?", "laatste"),
        ("wat is de eerste stap", None),
        ("het tweede ziektejaar", None),
    ],
)
def test_an_ordinal_that_stands_for_something(text: str, found: str | None) -> None:
    match = ORDINAL.search(text)
    assert (match and match.group("position")) == found


@pytest.mark.parametrize("text", ["ik heb alleen bijstand", "en voor iemand van 19?", "en zonder uitkering dan"])
def test_a_circumstance_of_the_last_question(text: str) -> None:
    assert tells_circumstance(text)


@pytest.mark.parametrize(
    "text", ["ik heb wajong, wat gebeurt er als ik werk", "met wie praat ik dan", "en als hij weigert"]
)
def test_a_question_of_its_own_is_no_circumstance(text: str) -> None:
    assert not tells_circumstance(text)


def test_short_references_lean_more_than_sentences_and_stories_not_at_all() -> None:
    story = "ik zit al een half jaar thuis en ik weet niet wat ik moet doen " * 3
    assert leaning("en daarvoor?") > leaning("welke stappen zet de gemeente bij een nieuwe klant") > leaning(story)
    assert leaning(story) == 0


@pytest.mark.parametrize("text", ["verschil ips en wgb", "ips vs wgb", "leg ze naast elkaar"])
def test_words_that_compare(text: str) -> None:
    assert COMPARES.search(text)


@pytest.mark.parametrize(("text", "found"), [("bij een psychose", True), ("de ww", True), ("wat kost het", False)])
def test_what_completes_an_unanswered_question(text: str, found: bool) -> None:
    assert completes(text) == found


@pytest.mark.parametrize(("text", "found"), [("en mijn baas?", True), ("en wie betaalt dat", False), ("baas", False)])
def test_a_word_of_the_last_question_with_another_value(text: str, found: bool) -> None:
    assert is_elliptic(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("welke van de twee is korter", True), ("in het eerste van de twee jaar", False)]
)
def test_two_things_named_before(text: str, found: bool) -> None:
    assert asks_of_both(text) == found


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("wie betaalt dat", True),
        ("en mag ik dan stoppen", True),
        ("is het verplicht", True),
        ("mw@m waarvoor", True),
        ("ik klap altijd dicht", False),
        ("ben na twee jaar thuis echt bang", False),
        ("hele dag op bed, geen ritme", False),
    ],
)
def test_a_part_of_a_message_that_asks_is_told_from_one_that_tells(clause: str, found: bool) -> None:
    assert is_question(clause) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wie betaalt als hij ziek wordt, hij komt uit de wajong", "wajong"),
        ("kl. 34 jr, EPA, PW, wil werken", "pw"),
        ("klant wia, depressie, wat kan", "wia"),
        ("mag iemand met een ziektewet meedoen", "ziektewet"),
    ],
)
def test_a_benefit_that_says_whose_question_it_is(text: str, name: str) -> None:
    assert is_told_of_someone(text, name)


@pytest.mark.parametrize(
    ("text", "name"), [("wat is de wajong", "wajong"), ("wia aanvragen welke week", "wia"), ("hoe lang duurt ww", "ww")]
)
def test_a_benefit_that_is_asked_about(text: str, name: str) -> None:
    assert not is_told_of_someone(text, name)


@pytest.mark.parametrize("clause", ["mag ik dat", "is dat bewezen", "en krijg ik dan loon", "wie betaalt het"])
def test_a_clause_asks_by_its_shape(clause: str) -> None:
    assert asks(clause)


@pytest.mark.parametrize("clause", ["krijg nu bijstand", "moet nog veel leren"])
def test_a_clause_without_its_subject_after_the_verb_tells(clause: str) -> None:
    assert not asks(clause)


@pytest.mark.parametrize("text", ["kost dat geld?", "is dat verplicht", "en wie betaalt da"])
def test_a_question_of_small_words_names_nothing(text: str) -> None:
    assert names_nothing(text)


@pytest.mark.parametrize("text", ["hoe lang duurt die opleiding", "bestaat dat ook in belgië", "wie betaalt ips"])
def test_one_word_of_its_own_names_something(text: str) -> None:
    assert not names_nothing(text)


@pytest.mark.parametrize(
    "text", ["ik durf niet te bellen", "mijn zoon zit al een jaar thuis", "ok maar dat lukt mij niet"]
)
def test_a_story_without_a_question_only_tells(text: str) -> None:
    assert only_tells(text)


@pytest.mark.parametrize(
    "text", ["ik heb bijstand, mag ik bijverdienen", "leg mij ips uit", "mijn baas wil het weten, moet dat", "duur ips"]
)
def test_a_question_or_request_in_a_story_is_one(text: str) -> None:
    assert not only_tells(text)


def test_a_condition_asks_what_then() -> None:
    assert asks_what_if("en als ik het vergeet") and not asks_what_if("ik weet niet of het lukt")


@pytest.mark.parametrize("text", ["wis dit gesprek", "verwijder alles", "vergeet wat ik zei", "haal mijn naam weg"])
def test_only_words_of_removing_may_remove(text: str) -> None:
    assert may_erase(text)


@pytest.mark.parametrize("text", ["en als ik het vergeet", "dat lukt mij niet allemaal", "wie kan mij helpen"])
def test_other_words_remove_nothing(text: str) -> None:
    assert not may_erase(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("mijn klant heeft schulden", "professional"),
        ("een werknemer van mij is vaak ziek", "employer"),
        ("mijn beste medewerker zit thuis", "employer"),
        ("ik ben een klant van de gemeente", None),
        ("mijn klantmanager belt niet terug", None),
    ],
)
def test_whom_someone_speaks_of_says_who_they_are(text: str, role: str | None) -> None:
    assert role_of_speaker(text) == role


@pytest.mark.parametrize("text", ["welke interventie past hierbij", "wat kan ik inzetten", "welk traject is geschikt"])
def test_what_may_help_is_asked(text: str) -> None:
    assert asks_what_fits(text)


@pytest.mark.parametrize("text", ["past ips bij mijn klant", "wat is ips", "welke regels gelden er"])
def test_what_may_help_is_not_asked(text: str) -> None:
    assert not asks_what_fits(text)


def test_asking_to_be_told_of_what_is_pointed_at() -> None:
    assert asks_to_tell(["vertel", "meer", "over"])
    assert not asks_to_tell(["wie", "betaalt"])


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("nee niet de ziektewet maar de ww, hoe lang krijg ik die", 3, "de ww, hoe lang krijg ik die"),
        ("ik zoek niet IPS maar iets voor mensen zonder behandeling", 3, "ik zoek iets voor mensen zonder behandeling"),
        ("niet dagbesteding maar wgb", 1, None),  # a correction, which the conversation makes a question of
        ("ik wil niet naar dagbesteding maar ik wil gewoon echt werk", 4, None),  # what is said of it is no slip
        ("niet de wia maar dat is toch van uwv of niet dan", 2, None),
    ],
)
def test_what_is_ruled_out_is_not_asked(text: str, word: int, rest: str | None) -> None:
    assert without_ruled_out(text, [Mention("a", "A", word, word + 1, 1.0, negated=True)]) == (rest or text)


def test_what_is_named_is_asked() -> None:
    text = "niet de wia maar de ww, hoe lang krijg ik die"
    assert without_ruled_out(text, [Mention("wia", "WIA", 2, 3, 1.0)]) == text


@pytest.mark.parametrize(
    ("text", "alone", "found"),
    [
        ("§", True, True),
        ("§", False, False),
        ("hoi wat is een §", False, True),
        ("§ wa is da nou weer", False, True),
        ("wat is het nut van §", True, False),
        ("§ wat kost dat", True, False),
    ],
)
def test_nothing_but_the_meaning_of_a_name_is_asked(text: str, alone: bool, found: bool) -> None:
    assert only_asks_meaning(text, alone) is found


@pytest.mark.parametrize(
    ("ask", "said", "unsaid"),
    [
        (
            asks_whom,
            ["wie dan wel?", "wie kan me dat wel zeggen", "en wie weet het wel"],
            ["wie mag dat weten?"],
        ),
        (asks_where_to_turn, ["bij wie moet ik dan zijn?", "waar kan ik dat vragen"], ["waar vind ik dat"]),
        (doubts, ["echt niet?", "dus dat mag niet", "alleen daar?"], ["niet", "dus ik mag drie dagen werken"]),
        (asks_still, ["bestaat dat nog?", "en is dat er nu nog"], ["is er nog subsidie voor IPS"]),
        (asks_example, ["wie bijvoorbeeld?", "zoals?"], ["welke regio's zijn er bijvoorbeeld in Brabant"]),
        (asks_why_not, ["waarom niet?", "waarom weet je dat niet"], ["waarom is dat niet verplicht"]),
        (asks_against, ["en als ze nee zeggen?", "ik ben het er niet mee eens"], ["hoe meld ik me aan"]),
        (asks_even_if, ["ook niet als ik tekende?", "en zelfs als hij wil"], ["als ik ook wil"]),
    ],
)
def test_what_is_asked_of_the_answer_before(ask: Callable[[str], bool], said: List[str], unsaid: List[str]) -> None:
    assert [text for text in said if not ask(text)] == []
    assert [text for text in unsaid if ask(text)] == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("wacht even, wat is een jobcoach?", "wat is een jobcoach?"),
        ("oke. en wie betaalt dat", "en wie betaalt dat"),
        ("oke ga maar door", "oke ga maar door"),
        ("mooi werk, hoe vind ik dat", "mooi werk, hoe vind ik dat"),
    ],
)
def test_the_question_after_an_aside(text: str, question: str) -> None:
    assert after_thanks(text) == question
