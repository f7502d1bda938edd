"""Masking of personal data: what must go, what must stay readable, and how often an ordinary question changes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.safety.personal_data import Masker, notice
from knowledge.reader import read_content

MOST_CHANGED = 0.005
KNOWLEDGE = [
    "Ferry Koster onderzocht het en Jaap van Weeghel van Phrenos ook. Marieke van Keeken gaf tips.",
    "De tips zijn van Dorien Verhoeven. GGZ Breburg werkt met IPS, Harrie en Howie the Harp. Bel 013 123 4567.",
    "De gemeente betaalt het werk en de behandeling van je klant, niet het register. Een Wajonger ook.",
]
PLACES = ["Utrecht", "Den Haag", "Zuid-Kennemerland en IJmond", "Bergen op Zoom"]


@pytest.fixture(scope="module")
def masker() -> Masker:
    return Masker(KNOWLEDGE, PLACES)


@pytest.mark.parametrize(
    "text, masked",
    [
        ("mijn bsn is 111222333", "mijn bsn is [bsn]"),
        ("burgerservicenummer: 1112.22.333, kan dat", "burgerservicenummer: [bsn], kan dat"),
        ("mijn nummer 111 222 333", "mijn nummer [bsn]"),
        ("bsn 123456789 klopt niet", "bsn [bsn] klopt niet"),
        ("bel 06-12345678 maar", "bel [telefoonnummer] maar"),
        ("06 12 34 56 78", "[telefoonnummer]"),
        ("0031612345678 of +31 (0)6 1234 5678", "[telefoonnummer] of [telefoonnummer]"),
        ("030-1234567", "[telefoonnummer]"),
        ("mijn belgische nummer is +32 475 12 34 56", "mijn belgische nummer is [telefoonnummer]"),
        ("mail jan.jansen+werk@gmail.com!", "mail [e-mailadres]!"),
        ("ik woon op 1234 AB", "ik woon op [postcode]"),
        ("1234ab 12 is het", "[postcode] is het"),
        ("postcode 2011 ab", "postcode [postcode]"),
        ("ik woon op Kerkstraat 12a", "ik woon op [adres]"),
        ("ik woon aan de lange haven 12 in Schiedam", "ik woon aan de [adres] in Schiedam"),
        ("rekening NL91 ABNA 0417 1643 00", "rekening [rekeningnummer]"),
        ("BE68539007547034", "[rekeningnummer]"),
        ("klant geb. 14-03-1987 zoekt werk", "klant geb. [geboortedatum] zoekt werk"),
        ("geboren op 3 mei 1990", "geboren op [geboortedatum]"),
        ("geboortedatum: 3/4/88", "geboortedatum: [geboortedatum]"),
        ("klantnummer 12345678", "klantnummer [nummer]"),
        ("dossiernr. 2024-00123 loopt", "dossiernr. [nummer] loopt"),
        ("cliëntnummer: A123456", "cliëntnummer: [nummer]"),
    ],
)
def test_masks_what_has_a_form_of_its_own(masker, text, masked):
    assert masker(text).text == masked


@pytest.mark.parametrize(
    "text, masked",
    [
        ("ik heet jan de vries en ben ziek", "ik heet [naam] en ben ziek"),
        ("mijn naam is Fatima El Amrani, kan ik IPS doen", "mijn naam is [naam], kan ik IPS doen"),
        ("IK HEET JAN JANSEN EN IK WIL WERKEN", "IK HEET [naam] EN IK WIL WERKEN"),
        ("Ik ben Karin Smit van de gemeente Utrecht", "Ik ben [naam] van de gemeente Utrecht"),
        ("ik ben fatima en ik wil werken", "ik ben [naam] en ik wil werken"),
        ("dhr. Jansen wil werken", "dhr. [naam] wil werken"),
        ("mevr. de Boer en dhr van dalen", "mevr. [naam] en dhr [naam]"),
        ("meneer yilmaz belt", "meneer [naam] belt"),
        ("mevrouw A.B. de Wit-Jansen heeft een psychose", "mevrouw [naam] heeft een psychose"),
        ("mijn klant Mohamed krijgt bijstand", "mijn klant [naam] krijgt bijstand"),
        ("mijn klant j. pietersen zoekt werk", "mijn klant [naam] zoekt werk"),
        ("Mijn cliënt heet Szymon Wozniak en is ziek", "Mijn cliënt heet [naam] en is ziek"),
        ("mijn collega Sandra vraagt het", "mijn collega [naam] vraagt het"),
        ("mijn zoon Daan (14-03-2001) is ziek", "mijn zoon [naam] ([geboortedatum]) is ziek"),
        ("Pieter van der Berg heeft een depressie", "[naam] heeft een depressie"),
        ("jan jansen heeft schizofrenie", "[naam] heeft schizofrenie"),
        ("Piet heeft schizofrenie", "[naam] heeft schizofrenie"),
        ("Kan Aysel Kaymak meedoen met IPS?", "Kan [naam] meedoen met IPS?"),
        ("Met vriendelijke groet, Henk Bakker", "Met vriendelijke groet, [naam]"),
    ],
)
def test_masks_names_and_leaves_the_question_readable(masker, text, masked):
    assert masker(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "bel 113 of 0800-0113, bij gevaar 112",
        "088 0767 000, 0900-1450 en 020-311 3888 zijn van 113, Korrelatie en MIND",
        "de helpdesk: info@samenvoordeklant.nl, helpdesk.impuls@samenvoordeklant.nl, hoofdzaakwerk@divosa.nl",
        "het nummer 013 123 4567 staat in de kennisbank",
        "in 2015 en 2017 was ik ziek, 2000 eu per maand, in 2023 WW gehad",
        "125.000 mensen, 20 miljoen, € 4.200,50 en 35%",
        "123456789 is geen geldig nummer",
        "van 14-03-2024 tot 1 mei 2025 was ik ziek",
        "onderweg 3 uur over de snelweg 12 km, traject van 1200 uur",
        "wat deed Ferry Koster, en wat zegt Jaap van Weeghel?",
        "welke tips gaf mevrouw Verhoeven en wie is die vrouw dorien verhoeven",
        "IPS bij GGZ Breburg in Bergen op Zoom of Den Haag",
        "wie is Harrie en wat is Howie the Harp",
        "mijn naam is niet belangrijk",
        "hoe kan ik zien of mijn naam is opgenomen in het register",
        "mijn klant wil werken en mijn collega is ziek",
        "mevrouw is ziek, meneer wil werken",
        "ik ben erg moe en ik ben Wajonger",
        "Mag mijn baas dat vragen? Waarom Mag Dat Niet Van De Bedrijfsarts",
        "hoi Koers, wat kan jij",
        "dossier 2017 of klant 2018",
    ],
)
def test_leaves_what_is_public_or_ordinary(masker, text):
    assert masker(text).text == text


def test_found_names_every_kind_once():
    masked = Masker()("ik heet Fatima, mijn collega Sandra, 06-12345678")
    assert masked.found == ("naam", "telefoonnummer")
    assert Masker()("wat is IPS").found == ()


def test_a_name_of_the_knowledge_base_stays():
    assert Masker()("Kan Aysel Kaymak meedoen?").found == ("naam",)
    assert Masker(["Aysel Kaymak"])("Kan Aysel Kaymak meedoen?").found == ()


def test_spacy_is_asked_only_about_words_that_may_be_a_name():
    asked = []

    def people(text):
        asked.append(text)
        return ["Szymon"]

    masker = Masker(KNOWLEDGE, PLACES, people=people)
    assert masker("hoe kom ik aan werk in Utrecht").found == ()
    assert masker("Wat doet Phrenos en wie is Ferry Koster").found == ()
    assert asked == []
    assert masker("past IPS bij Szymon?").text == "past IPS bij [naam]?"
    assert len(asked) == 1


def test_the_project_s_own_spacy_pipeline_sees_people():
    assert Masker(KNOWLEDGE, PLACES)("Gisteren vertelde Annelotte dat ze wil werken").found == ("naam",)


def test_notice_says_in_one_sentence_what_and_why():
    assert notice(()) == ""
    assert notice(("naam",)) == (
        "Ik heb een naam in je bericht onleesbaar gemaakt, want die heb ik niet nodig om je te helpen."
    )
    assert "een naam, een telefoonnummer en een adres" in notice(("adres", "naam", "telefoonnummer"))


def test_hardly_any_ordinary_question_changes():
    content = read_content()
    texts, questions = [], []
    for topic in content.topics:
        texts += [topic.name, topic.summary, *topic.synonyms, *topic.descriptions]
        for answer in topic.answers:
            texts += [answer.question, answer.client, answer.professional]
            questions += [sample for samples in answer.samples.values() for sample in samples]
    places = [region.name for region in content.regions]
    places += [municipality.name for region in content.regions for municipality in region.municipalities]
    masker = Masker(texts, places, people=lambda text: [])
    changed = [question for question in questions if masker(question).found]
    assert len(questions) > 1000
    assert len(changed) <= MOST_CHANGED * len(questions), changed[:20]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="0123456789 .-+aAbBvanJ@()[]\n'", max_size=300))
@example("\ue000")
def test_never_fails_and_masking_twice_changes_nothing_more(text):
    masker = Masker(people=lambda text: [])
    once = masker(text)
    assert bool(once.found) == (once.text != text)
    assert len(once.text) <= 8 * len(text) + 20
    again = masker(once.text)
    assert len(again.text) <= 8 * len(once.text) + 20


@pytest.mark.parametrize(
    "piece",
    ["a", "1 ", "0", "van ", "A. ", "Jan ", "jan de ", "1234 a", "Aa-", "a@a.", "ik heet ", "straat 1", "NL12", "("],
)
def test_a_long_message_takes_no_time_to_speak_of(piece):
    masker = Masker(people=lambda text: [])
    started = time.perf_counter()
    masker((piece * 2000)[:2000])
    assert time.perf_counter() - started < 1


def test_the_sentences_of_the_rounds_lose_their_data_and_keep_the_rest() -> None:
    content = read_content()
    texts = [text for topic in content.topics for text in (topic.name, *topic.synonyms)]
    masker = Masker(
        [*KNOWLEDGE, *texts],
        [
            place
            for region in content.regions
            for place in (region.name, *(each.name for each in region.municipalities))
        ],
    )
    wrong = []
    for line in (Path(__file__).parent / "personal_data.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, data, kept = line.split("|")
        masked = masker(text).text.lower()
        left = [word for word in data.split(";") if word and word.lower() in masked]
        lost = [word for word in kept.split(";") if word and word.lower() not in masked]
        if left or lost:
            wrong.append((masked, left, lost))
    assert wrong == []
