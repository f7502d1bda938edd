"""Abbreviations that professionals and clients meet: understood when they are asked for, and in nobody's way."""

from __future__ import annotations

import pytest

from bot.nlu.conversation.context import Context
from bot.nlu.names import TopicLinker
from bot.nlu.phrases.meaning import asks_meaning
from bot.nlu.reader import Reader
from knowledge.queries import Snapshot

NO_CONTEXT = Context()
ABOUT_IPS = Context(topics=("ips",), last_answer="ips/wat")


@pytest.fixture(scope="module")
def linker(content: Snapshot) -> TopicLinker:
    return TopicLinker.of(content)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("W&I", "werk-en-inkomen"),
        ("w en i", "werk-en-inkomen"),
        ("w & i", "werk-en-inkomen"),
        ("samen met werk en inkomen", "werk-en-inkomen"),
        ("EPA", "epa"),
        ("EPA-cliënten", "epa"),
        ("iemand met een ernstige psychische aandoening", "epa"),
        ("CMD", "cmd"),
        ("DBC", "dbc"),
        ("dbc's", "dbc"),
        ("WMO", "wmo"),
        ("de Wmo", "wmo"),
        ("zvw", "zvw"),
        ("zorgverzekeringswet", "zvw"),
        ("ZW", "ziektewet"),
        ("RCO", "lpggz"),
        ("MW@M", "mwm"),
        ("IHW", "ihw"),
        ("f-act", "fact"),
        ("een F-ACT-team", "fact"),
        ("de ggz", "ggz"),
        ("ggz-instelling", "ggz"),
        ("het UWV", "uwv"),
        ("POH-GGZ", "poh-ggz"),
        ("mijn praktijkondersteuner", "poh-ggz"),
        ("Pw", "bijstand"),
    ],
)
def test_abbreviations_are_found_as_people_type_them(linker: TopicLinker, text: str, topic: str) -> None:
    assert topic in [mention.value for mention in linker.link(text)]


@pytest.mark.parametrize("text", ["mensen", "mijn zorgverzekeraar", "ik werk en heb een inkomen", "de gemeente"])
def test_everyday_words_are_no_abbreviations(linker: TopicLinker, content: Snapshot, text: str) -> None:
    terms = {unit.topic for unit in content.units if unit.topic_type == "term"}
    assert terms, "there are no terms: this test would prove nothing"
    assert not terms & {mention.value for mention in linker.link(text)}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("wat betekent epa", "epa/wat"),
        ("wat is een dbc", "dbc/wat"),
        ("waar staat zvw voor", "zvw/wat"),
        ("wat is wmo", "wmo/wat"),
        ("wat betekent uwv", "uwv/wat"),
        ("wat is het UWV", "uwv/wat"),
        ("waar staat w en i voor", "werk-en-inkomen/wat"),
        ("wat is W&I", "werk-en-inkomen/wat"),
        ("wat is de ggz", "ggz/wat"),
        ("wat is een poh", "poh-ggz/wat"),
        ("epa?", "epa/wat"),
        ("wat is f-act", "fact/wat"),
        ("uit welke wet betaalt mijn verzekeraar de psycholoog", "zvw/wat"),
        ("welke organisatie gaat over de werknemersverzekeringen", "uwv/wat"),
    ],
)
def test_what_an_abbreviation_means_is_told(reader: Reader, text: str, answer: str) -> None:
    understood = reader.read(text, {"ask_what_is": 1.0}, NO_CONTEXT)
    assert (understood.decision, understood.candidates[0][0]) == ("answer", answer)


@pytest.mark.parametrize("text", ["wat betekent epa", "en wat is de zvw?", "waar staat dbc eigenlijk voor"])
def test_what_it_means_is_told_in_the_middle_of_a_conversation(reader: Reader, text: str) -> None:
    understood = reader.read(text, {"ask_what_is": 1.0}, ABOUT_IPS)
    assert understood.candidates[0][2] == "wat"
    assert understood.candidates[0][1] in ("epa", "zvw", "dbc")


CIRCUMSTANCES = [
    ("wie betaalt ips, de zvw?", "ask_who_pays", "ips-financiering/wie-betaalt"),
    ("hoeveel gesprekken van ips betaalt de zorgverzekeringswet", "ask_who_pays", "ips-financiering/acht-gesprekken"),
    ("is ips alleen voor mensen met epa", "ask_for_whom", "ips/cmd"),
    ("wie betaalt de jobcoach, uwv of gemeente", "ask_who_pays", "jobcoach-uwv/betaling"),
    ("hoe meld ik me aan voor ips bij de ggz", "ask_how_to_apply", "ips/aanmelden"),
    ("wie betaalt de overleguren, kan dat via een dbc", "ask_who_pays", "financiering-samenwerking/ggz-uren"),
    ("ik heb een gesprek bij uwv, hoe bereid ik me voor", "ask_tips", "gesprek-voorbereiden/hoe"),
    ("kan ik bezwaar maken tegen uwv", "ask_may_must", "bezwaar-uwv/hoe"),
    ("cliëntondersteuner wmo wat kost dat", "ask_who_pays", "clientondersteuning/kosten"),
    ("ik loop bij de poh, kan ik ips krijgen", "ask_for_whom", "ips/ggz-nodig"),
    ("ziektewet van uwv hoe lang duurt dat", "ask_how_long", "ziektewet/duur"),
    ("mag de ggz mijn gegevens aan uwv geven", "ask_may_must", "wgb/machtiging"),
    ("is begeleiding uit de wmo te combineren met ips", "ask_may_must", "financiering-samenwerking/extra-uren"),
]


@pytest.mark.parametrize(("text", "intent", "answer"), CIRCUMSTANCES)
def test_an_abbreviation_named_along_leaves_the_answer(reader: Reader, text: str, intent: str, answer: str) -> None:
    understood = reader.read(text, {intent: 1.0}, NO_CONTEXT)
    assert (understood.decision, understood.candidates[0][0]) == ("answer", answer)


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("en betaalt de zvw dat?", "ask_who_pays", "ips-financiering/wie-betaalt"),
        ("hoe meld ik me aan bij de ggz", "ask_how_to_apply", "ips/aanmelden"),
    ],
)
def test_a_follow_up_that_names_one_still_leans_on_the_conversation(
    reader: Reader, text: str, intent: str, answer: str
) -> None:
    assert reader.read(text, {intent: 1.0}, ABOUT_IPS).candidates[0][0] == answer


def test_two_abbreviations_are_put_next_to_each_other(reader: Reader) -> None:
    text = "wat is het verschil tussen de zvw en de wmo"
    assert reader.read(text, {"ask_difference": 1.0}, NO_CONTEXT).compared == ("zvw", "wmo")


@pytest.mark.parametrize(
    "text",
    [
        "§",
        "de §",
        "wat is nou een §",
        "en wat doet het § eigenlijk",
        "waar staat § voor",
        "§ betekenis",
        "leg eens uit wat § is",
        "mijn broer is een § cliënt wat betekent dat",
        "in de brief staat § wat bedoelen ze met §",
    ],
)
def test_a_question_for_the_meaning_of_a_name(text: str) -> None:
    assert asks_meaning(text)


@pytest.mark.parametrize(
    "text", ["en bij de §", "wie betaalt dat de §", "wat kost begeleiding uit de §", "hoe groot is de groep met §"]
)
def test_a_question_for_something_else(text: str) -> None:
    assert not asks_meaning(text)
