"""Whether an answer is about what was asked, apart from which answer is the best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.nlu.doubt import BOUNDARY, LEAST, Doubt
from knowledge.queries import Unit


def unit(answer: str, question: str, text: str, *samples: str) -> Unit:
    return Unit(
        answer, answer.split("/")[0], "wet", "wat", None, question, (text,), tuple(("haast", s) for s in samples)
    )


DOUBT = Doubt(
    [
        unit(
            "wia/wat",
            "Wat is de WIA?",
            "Een uitkering na twee jaar ziekte.",
            "wat houdt de wia in",
            "wia uitleg",
        ),
        unit("ips/wat", "Wat is IPS?", "Hulp vanuit de ggz bij een baan.", "leg ips uit", "ips betekenis"),
        unit("ips/duur", "Hoe lang duurt IPS?", "De steun duurt lang.", "looptijd ips"),
    ]
)


def certainty(text: str, answer: str = "wia/wat", outside: float = 0.0) -> float:
    return DOUBT.certainty(text, answer, (0.7, 0.1), 0.05, 0.7, outside)


def test_words_that_the_answer_doesnt_know_raise_doubt() -> None:
    assert certainty("wat houdt de wia in") > certainty("krijg ik een hypotheek met een wia van de rabobank")


def test_questions_that_look_like_ones_from_outside_raise_doubt() -> None:
    assert certainty("wat houdt de wia in", outside=-4.0) > certainty("wat houdt de wia in", outside=4.0)


@pytest.mark.parametrize(
    "text",
    [
        "hoeveel euro is de wia",
        "wat is het telefoonnummer van de wia",
        "heb je een 06-nummer bij de wia",
        "schrijf een brief over de wia",
        "wil je mijn wia aanvraag nakijken",
        "hoe heet de klantmanager van de wia",
        "op welke datum begint de wia",
        "in welk jaar begon de wia",
        "bezoekadres wia",
        "caseloadnorm wia",
    ],
)
def test_what_the_answer_cannot_give_is_doubted(text: str) -> None:
    assert certainty(text) < LEAST


def test_certainty_is_a_probability() -> None:
    for text in ("", "?", "wia " * 100, "ips"):
        assert 0 <= certainty(text) <= 1


def test_an_amount_that_is_told_is_not_asked() -> None:
    assert certainty("ik krijg 300 euro naast de wia") > certainty("hoeveel euro krijg ik naast de wia")


@pytest.mark.parametrize("text", ["moet ik salaris geven met de wia", "mijn man verdient genoeg, krijg ik wia"])
def test_pay_that_is_told_of_is_not_asked(text: str) -> None:
    assert certainty(text) > LEAST


@pytest.mark.parametrize("text", ["wat verdient iemand met wia", "salaris wia", "wia in euro's"])
def test_pay_that_is_asked_is_doubted(text: str) -> None:
    assert certainty(text) < LEAST


def test_who_pays_answers_what_it_costs() -> None:
    coach = [
        unit("coach/wat", "Wat doet een coach?", text, "wat doet de coach") for text in ("Hij helpt.", "Hij is gratis.")
    ]
    asked = ("wat kost de coach", "coach/wat", (0.7, 0.1), 0.05, 0.7, 0.0)
    assert Doubt(coach[:1]).certainty(*asked) < LEAST < Doubt(coach[1:]).certainty(*asked)


def test_a_percentage_is_an_amount() -> None:
    doubt = Doubt([unit("lks/wat", "Wat is loonkostensubsidie?", "Tot 70% van het minimumloon.", "uitleg subsidie")])
    assert doubt.certainty("subsidie hoe hoog", "lks/wat", (0.7, 0.1), 0.05, 0.7, 0.0) > LEAST


def test_a_call_that_is_told_of_asks_no_number() -> None:
    assert certainty("een telefoontje over de wia") > LEAST


@pytest.mark.parametrize(
    "text",
    [
        "hoe is de wia in belgië geregeld",
        "de wia bij ons in Duitsland?",
        "kosten wia vergeleken engeland",
        "wia voor zzp",
        "krijg ik als zelfstandige wia",
    ],
)
def test_another_country_or_no_employer_makes_it_another_question(text: str) -> None:
    assert DOUBT.misses(text, "wia/wat") is not None


@pytest.mark.parametrize(
    "text",
    [
        "ik kom uit polen, wat is de wia",
        "kan ik zelfstandig wonen met wia",
        "is ips in amerika bedacht",
        "komt de wia uit engeland",
        "wat is wia",
    ],
)
def test_a_country_of_origin_or_another_sense_of_a_word_misses_nothing(text: str) -> None:
    assert DOUBT.misses(text, "wia/wat") is None


def test_an_answer_that_says_it_misses_nothing() -> None:
    abroad = Doubt([unit("grens/buitenland", "Vraag over België", "Regels van België ken ik niet.", "wia in belgië")])
    assert abroad.misses("wia in belgië", "grens/buitenland") is None


def test_a_year_is_no_amount() -> None:
    dated = Doubt([unit("wia/wat", "Wat is de WIA?", "Een uitkering. Stand 2025.", "hoeveel euro is de wia")])
    stated = Doubt([unit("wia/wat", "Wat is de WIA?", "Een uitkering van 1500 euro.", "hoeveel euro is de wia")])
    asked = ("hoeveel euro is de wia", "wia/wat", (0.7, 0.1), 0.05, 0.7, 0.0)
    assert dated.certainty(*asked) < stated.certainty(*asked)


@pytest.mark.parametrize("text", ["hoeveel deelnemers had ips", "aantal mensen ips"])
def test_a_count_is_doubted_where_no_number_is_written(text: str) -> None:
    counted = Doubt([unit("ips/duur", "Hoe lang duurt IPS?", "In 2017 waren er 22 deelnemers.", "looptijd ips")])
    asked = (text, "ips/duur", (0.7, 0.1), 0.05, 0.7, 0.0)
    assert DOUBT.certainty(*asked) < counted.certainty(*asked)


def test_a_count_is_no_share() -> None:
    shared = Doubt([unit("ips/duur", "Hoe lang duurt IPS?", "In 2017 vond 44% werk.", "looptijd ips")])
    counted = Doubt([unit("ips/duur", "Hoe lang duurt IPS?", "In 2017 waren er 22 deelnemers.", "looptijd ips")])
    asked = ("welk percentage haalt ips", "ips/duur", (0.7, 0.1), 0.05, 0.7, 0.0)
    assert counted.certainty(*asked) < LEAST < shared.certainty(*asked)


def test_times_and_dates_in_an_answer_count_nothing() -> None:
    timed = Doubt([unit("ips/duur", "Hoe lang duurt IPS?", "Twaalf maanden, sinds 1 juli 2017.", "looptijd ips")])
    assert timed.certainty("hoeveel deelnemers had ips", "ips/duur", (0.7, 0.1), 0.05, 0.7, 0.0) < LEAST


def test_figures_of_a_year_stand_in_its_sentence() -> None:
    asked = ("hoeveel trajecten pilot ips in 2024", *PILOT)
    assert pilot("Loopt tot in 2024. In 2017 waren er vier trajecten.").certainty(*asked) < LEAST
    assert pilot("In 2024 waren er vier trajecten.").certainty(*asked) > LEAST


def test_how_long_something_takes_is_no_count() -> None:
    assert certainty("hoeveel weken duurt ips", "ips/duur") > certainty("hoeveel mensen doen ips", "ips/duur")


GUESSED = Doubt([replace(unit("grens/besluit", "Krijg ik het?", "Dat weet ik niet."), facet=BOUNDARY)])


@pytest.mark.parametrize(
    "text",
    [
        "gaat de gemeente mijn cursus goedkeuren",
        "zal uwv instemmen met mijn plan",
        "keurt de keuringsarts mij goed",
        "is dat te veel voor mij, denk je",
        "nemen ze mijn zoon aan met zijn autisme",
    ],
)
def test_a_guess_makes_boundaries_likelier(text: str) -> None:
    assert GUESSED.expected(text).keys() == {"grens/besluit"}


@pytest.mark.parametrize(
    "text",
    [
        "wie keurt een proefplaatsing goed",
        "toch gaat ze elke dag naar kantoor, is dat wel goed voor haar",
        "wat moet ik doen als ze mij afkeuren",
        "denk je na over werk",
    ],
)
def test_who_decides_and_what_happens_is_no_guess(text: str) -> None:
    assert not GUESSED.expected(text)


PILOT = ("ips-pilot/lessen", (0.7, 0.1), 0.05, 0.7, 0.0)


def pilot(text: str) -> Doubt:
    return Doubt(
        [unit("ips-pilot/lessen", "Wat leerde de pilot IPS?", text, "lessen pilot ips", "trajecten pilot ips")]
    )


@pytest.mark.parametrize(
    "text",
    [
        "pilot ips contact",
        "contactpersoon pilot ips",
        "wie is de wethouder van de pilot ips",
        "hoeveel trajecten ips dit jaar",
        "wat vindt de vakbond van de pilot ips",
        "standpunt minister pilot ips",
        "hoeveel ips-trajecten in 2024",
        "wie zit er in de stuurgroep van de pilot ips",
        "wat is het budget van de pilot ips",
        "wat was de begroting van de pilot ips",
        "wat is het salaris in de pilot ips",
        "welk percentage van de pilot ips vond werk",
        "wat is het slagingspercentage van de pilot ips",
        "wat is de wachttijd voor de pilot ips",
        "hoe lang moet ik wachten op de pilot ips",
        "hoe scoorde de pilot ips",
        "welk rapportcijfer kreeg de pilot ips",
        "hoeveel plekken zijn er vrij in de pilot ips",
        "hoeveel fte zit er op de pilot ips",
        "wie is de baas van de pilot ips",
        "hoe oud moet je zijn voor de pilot ips",
        "zet de pilot ips om in gewone taal",
    ],
)
def test_a_person_an_address_or_figures_of_another_year_are_doubted(text: str) -> None:
    assert pilot("In 2017 waren er vier trajecten.").certainty(text, *PILOT) < LEAST


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("pilot ips contact", "Bel 0800-1234567 over de pilot."),
        ("wie is de wethouder van de pilot ips", "De wethouder zorg leidde de pilot."),
        ("aantal trajecten pilot ips 2024", "In 2024 waren er vier trajecten."),
        ("mijn contactpersoon wil weten wat de pilot ips leerde", "In 2017 waren er vier trajecten."),
        ("hoe laat ik zien wat de pilot ips leerde", "In 2017 waren er vier trajecten."),
        ("lessen pilot ips 2024", "In 2017 waren er vier trajecten."),
        ("wat vindt de vakbond van de pilot ips", "De vakbond was tevreden."),
        ("wat is de wachttijd voor de pilot ips", "Uiterlijk 8 weken na de aanvraag."),
        ("hoe oud moet je zijn voor de pilot ips", "Vanaf 18 jaar."),
        ("ik sta op de wachtlijst, wat leerde de pilot ips", "In 2017 waren er vier trajecten."),
        ("kan mijn percentage omhoog na de pilot ips", "In 2017 waren er vier trajecten."),
    ],
)
def test_what_is_written_or_only_told_is_not_doubted(text: str, written: str) -> None:
    assert pilot(written).certainty(text, *PILOT) > LEAST


BOUNDED = Doubt(
    [
        unit("ww/duur", "Hoe lang duurt de WW?", "Minstens drie maanden.", "looptijd uitkering ww", "baby en ww"),
        replace(
            unit("grens/schulden", "Hoe kom ik van mijn schulden af?", "De gemeente.", "wsnp", "hoe werkt de wsnp"),
            facet=BOUNDARY,
        ),
        replace(
            unit("grens/kind", "Vraag over kinderen", "De SVB.", "oppas voor mijn baby", "baby", "kleuter in belgië"),
            facet=BOUNDARY,
        ),
    ]
)


def test_a_word_that_only_a_boundary_knows_makes_it_that_boundary() -> None:
    missed = BOUNDED.misses("hoe lang duurt de wsnp uitkering", "ww/duur")
    assert missed and BOUNDED.has("grens/schulden", missed) and not BOUNDED.has("grens/kind", missed)


@pytest.mark.parametrize(
    "text",
    [
        "hoe lang duurt de ww",
        "ww en een baby",
        "ik heb een kleuter, hoe lang duurt de ww",
        "na mijn scheiding kwam ik in de wsnp terecht en nu ben ik ook nog mijn baan kwijt, hoe lang duurt de ww",
    ],
)
def test_words_of_others_and_of_stories_make_it_no_other_question(text: str) -> None:
    assert BOUNDED.misses(text, "ww/duur") is None


def test_a_boundary_never_loses_from_a_word_of_another() -> None:
    assert BOUNDED.misses("wsnp en een baby", "grens/kind") is None


@pytest.mark.parametrize(
    "text",
    ["hoe lang duurt een moratorium", "ioaw hoe lang duurt dat", "wie betaalt de begrafenis", "wat kost een visum?"],
)
def test_a_thing_that_the_answer_never_names_is_doubted(text: str) -> None:
    assert certainty(text, "ips/duur") < LEAST


@pytest.mark.parametrize(
    "text", ["hoe lang duurt ips", "hoe lang duurt ibs", "looptijd ips", "hoe lang duurt die steun"]
)
def test_its_name_or_a_slip_in_it_is_not(text: str) -> None:
    assert certainty(text, "ips/duur") > LEAST


def test_what_an_answer_lacks_is_a_figure_that_is_asked() -> None:
    assert DOUBT.lacks("en hoeveel mensen", "ips/wat") and DOUBT.lacks("hoeveel euro is dat", "ips/wat")
    assert not DOUBT.lacks("en voor welke mensen", "ips/wat")
