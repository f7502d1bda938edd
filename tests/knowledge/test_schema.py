"""An editor who makes a mistake reads in which file and line it is, what is wrong and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, List

import pytest

from knowledge.reader import Content, read_content
from knowledge.schema import RECORD_TYPES

SOURCE = """\
bron: blad
titel: Een blad
uitgever: Een uitgever
datum: 2020-05-04
url: https://www.blad.nl/een
"""

TOPIC = """\
onderwerp: fietsen
naam: Fietsen naar werk
soort: regeling
samenvatting: Met de fiets naar je werk.
verwant: []
criteria:
  - veld: uitkering
    operator: een_van
    waarde: [wia, wajong]
    uitleg: Je hebt een WIA- of Wajong-uitkering.
    bron: blad
    plaats: Voorpagina
financiering:
  - id: vergoeding
    betaler: Werkgever
    dekt: De kilometers
    fase: werk
    uitkering: [wia]
    bron: blad
    plaats: Voorpagina
    stand: 2020-05
antwoorden:
  - id: wat
    facet: wat
    vraag: Wat is fietsen naar werk?
    client: Je fietst naar je werk.
    professional: Woon-werkverkeer per fiets.
    bronnen:
      - bron: blad
        plaats: Voorpagina
        feiten: ["woon-werkverkeer per fiets"]
    stand: 2020-05
    vervolg: [gesprek:openheid]
    voorbeelden:
      haast: [hoe zit het met de fiets]
    links:
      - titel: Een blad
        url: https://www.blad.nl/een
"""

ANSWER = TOPIC[TOPIC.index("  - id: wat") :]
FACETS = (
    "wat, voor_wie, aanmelden, betaling, werking, verloop, duur, betrokkenen, contact, vindplaats, cijfers, tips, "
    "mag_moet, waarom, herkomst, ervaringen, verschil, lijst, grens"
)
VOICES = (
    "haast, verhaal, tweede_taal, spelfouten, dialect, straattaal, telegram, formeel, aanname, naaste, werkgever, "
    "trefwoord, omschrijving"
)

Write = Callable[..., Path]


def problems(content: Content) -> List[str]:
    return [str(problem) for problem in content.problems]


def read_topic(write: Write, text: str) -> List[str]:
    """What is wrong when `text` is the topic file beside a good source."""
    return problems(read_content(write(bron=SOURCE, fietsen=text)))


def line_of(text: str, line: str) -> int:
    """The number of the line of `text` that holds `line`."""
    return next(number for number, found in enumerate(text.splitlines(), start=1) if line in found)


def test_content_without_mistakes_has_no_problems(write: Write) -> None:
    content = read_content(write(bron=SOURCE, fietsen=TOPIC))
    assert problems(content) == []
    assert [topic.slug for topic in content.topics] == ["fietsen"]
    assert content.topics[0].answers[0].facet == "wat"


MISTAKES = [
    pytest.param(
        "    client: Je fietst naar je werk.\n",
        "",
        "  - id: wat",
        "veld 'client' ontbreekt in antwoorden > 1. Voeg een regel 'client: ...' toe.",
        id="a field is missing",
    ),
    pytest.param(
        "verwant: []",
        "verwand: []",
        "verwand: []",
        "veld 'verwand' kennen we niet. Bedoel je 'verwant'?",
        id="a field is misspelt",
    ),
    pytest.param(
        "verwant: []",
        "xyzzy: 3",
        "xyzzy: 3",
        "veld 'xyzzy' kennen we niet. Haal het weg, of kijk in knowledge/README.md hoe het heet.",
        id="a field is unknown",
    ),
    pytest.param(
        "facet: wat",
        "facet: hoe",
        "facet: hoe",
        f"antwoorden > 1 > facet: 'hoe' kennen we niet. Kies uit: {FACETS}.",
        id="the facet is unknown",
    ),
    pytest.param(
        "soort: regeling",
        "soort: subsidie",
        "soort: subsidie",
        "soort: 'subsidie' kennen we niet. Kies uit: interventie, methode, regeling, instrument, wet, organisatie, "
        "document, begrip, term, regiopraktijk, tips, aandoening, rechten, grens.",
        id="the type is unknown",
    ),
    pytest.param(
        "haast: [hoe",
        "snel: [hoe",
        "      snel: [hoe",
        f"antwoorden > 1 > voorbeelden: 'snel' kennen we niet. Kies uit: {VOICES}.",
        id="the voice is unknown",
    ),
    pytest.param(
        "    stand: 2020-05\n    vervolg",
        "    stand: mei 2020\n    vervolg",
        "    stand: mei 2020",
        "antwoorden > 1 > stand: 'mei 2020' is geen datum. Schrijf 2017, 2017-11, 2017-11-01 of ongedateerd.",
        id="a date is no date",
    ),
    pytest.param(
        "    stand: 2020-05\n    vervolg",
        "    stand: 2020-13\n    vervolg",
        "    stand: 2020-13",
        "antwoorden > 1 > stand: '2020-13' is geen datum. Schrijf 2017, 2017-11, 2017-11-01 of ongedateerd.",
        id="a month doesn't exist",
    ),
    pytest.param(
        "url: https://www.blad.nl/een",
        "url: www.blad.nl",
        "url: www.blad.nl",
        "antwoorden > 1 > links > 1 > url: 'www.blad.nl' is geen heel adres. "
        "Laat het weg, of schrijf het voluit met https:// ervoor.",
        id="an address is half",
    ),
    pytest.param(
        "url: https://www.blad.nl/een",
        "url: https://www.bla d.nl",
        "url: https://www.bla d.nl",
        "antwoorden > 1 > links > 1 > url: 'https://www.bla d.nl' is geen heel adres. "
        "Laat het weg, of schrijf het voluit met https:// ervoor.",
        id="an address holds a space",
    ),
    pytest.param(
        "onderwerp: fietsen",
        "onderwerp: Fietsen naar werk",
        "onderwerp: Fietsen naar werk",
        "onderwerp: 'Fietsen naar werk' kan geen korte naam zijn. Gebruik kleine letters, cijfers en streepjes.",
        id="a short name isn't short",
    ),
    pytest.param(
        "vraag: Wat is fietsen naar werk?",
        f"vraag: Wat is {'heel ' * 16}ver fietsen?",
        "vraag: Wat is heel",
        "antwoorden > 1 > vraag: de vraag is 99 tekens lang. Houd het op 90: hij moet op een knop passen.",
        id="the question doesn't fit on a button",
    ),
    pytest.param(
        "client: Je fietst naar je werk.",
        "client: ''",
        "client: ''",
        "antwoorden > 1 > client is leeg of geen tekst. Vul het in, of haal de regel weg.",
        id="a text is empty",
    ),
    pytest.param(
        "client: Je fietst naar je werk.",
        "client: [Je fietst, naar je werk]",
        "client: [Je fietst",
        "antwoorden > 1 > client is leeg of geen tekst. Vul het in, of haal de regel weg.",
        id="a list where a text should be",
    ),
    pytest.param(
        "verwant: []",
        "verwant: wandelen",
        "verwant: wandelen",
        "verwant moet een lijst zijn. Zet elk stuk op een eigen regel met '- ' ervoor.",
        id="a text where a list should be",
    ),
    pytest.param(
        "    links:\n      - titel: Een blad\n        url: https://www.blad.nl/een\n",
        "    links:\n      - https://www.blad.nl\n",
        "      - https://www.blad.nl",
        "antwoorden > 1 > links > 1 moet uit velden bestaan, zoals 'naam: waarde'.",
        id="a text where fields should be",
    ),
    pytest.param(
        TOPIC[TOPIC.index("    bronnen:") : TOPIC.index("    stand: 2020-05\n    vervolg")],
        "",
        "  - id: wat",
        "antwoorden > 1: er staat geen bron bij. Voeg 'bronnen' toe: zonder bron vertelt Koers het niet.",
        id="an answer has no source",
    ),
    pytest.param(
        "    stand: 2020-05\n    vervolg",
        "    vervolg",
        "  - id: wat",
        "antwoorden > 1: 'stand' ontbreekt. Schrijf van wanneer de informatie is, bijvoorbeeld 2017-11.",
        id="an answer has no date",
    ),
    pytest.param(
        "vervolg: [gesprek:openheid]",
        "vervolg: [openheid]",
        "vervolg: [openheid]",
        "antwoorden > 1 > vervolg > 1: 'openheid' is geen vervolg. "
        "Schrijf onderwerp/id, of kies uit: gesprek:openheid, gesprek:check, gesprek:financiering.",
        id="a follow-up has another form",
    ),
    pytest.param(
        "    stand: 2020-05\n    vervolg",
        "    zelfde_als: wandelen\n    stand: 2020-05\n    vervolg",
        "zelfde_als: wandelen",
        "antwoorden > 1 > zelfde_als: 'wandelen' is geen antwoord. Schrijf onderwerp/id.",
        id="the same answer has another form",
    ),
    pytest.param(
        "veld: uitkering",
        "veld: leeftijd",
        "veld: leeftijd",
        "criteria > 1 > veld: veld 'leeftijd' kennen we niet. Kies uit: ggz_behandeling, ggz_soort, ernst, uitkering, "
        "regio, wil_gewone_baan, binnen_een_jaar, in_dienst, blijvende_beperking.",
        id="a criterion tests an unknown field",
    ),
    pytest.param(
        "waarde: [wia, wajong]",
        "waarde: [wia, pensioen]",
        "  - veld: uitkering",
        "criteria > 1: waarde 'pensioen' kan niet bij veld 'uitkering'. "
        "Kies uit: ziektewet, wia, wajong, ww, bijstand, geen.",
        id="a criterion compares with an unknown value",
    ),
    pytest.param(
        "operator: een_van",
        "operator: tussen",
        "operator: tussen",
        "criteria > 1 > operator: 'tussen' kennen we niet. Kies uit: is, een_van, geen_van.",
        id="a criterion compares in an unknown way",
    ),
    pytest.param(
        "fase: werk",
        "fase: ooit",
        "fase: ooit",
        "financiering > 1 > fase: fase 'ooit' kennen we niet. "
        "Kies uit: start, toeleiding, werk, behandeling, werkgever, samenwerking.",
        id="a financing rule has an unknown phase",
    ),
    pytest.param(
        "uitkering: [wia]",
        "uitkering: [aow]",
        "uitkering: [aow]",
        "financiering > 1 > uitkering > 1: uitkering 'aow' kennen we niet. "
        "Kies uit: ziektewet, wia, wajong, ww, bijstand, geen.",
        id="a financing rule is for an unknown benefit",
    ),
    pytest.param(
        "samenvatting: Met de fiets naar je werk.",
        "samenvatting: Met de fiets.\nsamenvatting: Naar je werk.",
        "samenvatting: Naar je werk.",
        "veld 'samenvatting' staat er twee keer. Voeg ze samen of haal er een weg.",
        id="a field stands there twice",
    ),
    pytest.param(
        "verwant: []",
        "verwant: [wandelen]",
        "onderwerp: fietsen",
        "verwant onderwerp 'wandelen' bestaat niet. Voeg hem toe, of haal de verwijzing weg.",
        id="a related topic doesn't exist",
    ),
    pytest.param(
        "      - bron: blad\n        plaats",
        "      - bron: bladd\n        plaats",
        "  - id: wat",
        "bron 'bladd' bestaat niet. Bedoel je: blad?",
        id="a source is misspelt",
    ),
    pytest.param(
        "vervolg: [gesprek:openheid]",
        "vervolg: [fietsen/watt]",
        "  - id: wat",
        "vervolg 'fietsen/watt' bestaat niet. Bedoel je: fietsen/wat?",
        id="a follow-up is misspelt",
    ),
    pytest.param(
        "    stand: 2020-05\n    vervolg",
        "    zelfde_als: fietsen/watt\n    stand: 2020-05\n    vervolg",
        "  - id: wat",
        "antwoord (zelfde_als) 'fietsen/watt' bestaat niet. Bedoel je: fietsen/wat?",
        id="the same answer is misspelt",
    ),
    pytest.param(
        "verwant: []",
        "regio: nergens",
        "onderwerp: fietsen",
        "regio 'nergens' bestaat niet. Voeg hem toe, of haal de verwijzing weg.",
        id="a region doesn't exist",
    ),
    pytest.param(
        "onderwerp: fietsen",
        "item: fietsen",
        "item: fietsen",
        f"hier staat niet wat dit is. Begin met een van: {', '.join(repr(f'{key}:') for key in RECORD_TYPES)}.",
        id="a record doesn't say what it is",
    ),
    pytest.param(
        "naam: Fietsen naar werk",
        "naam: Fietsen: naar werk",
        "naam: Fietsen: naar werk",
        "dit is geen geldige YAML (mapping values are not allowed in this context). "
        "Kijk of het inspringen klopt, en zet tekst met een dubbele punt tussen aanhalingstekens.",
        id="a colon is not between quotes",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "at", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(write: Write, right: str, wrong: str, at: str, message: str) -> None:
    assert TOPIC.count(right) == 1, "the mistake must be made in one place"
    text = TOPIC.replace(right, wrong)
    assert read_topic(write, text) == [f"fietsen.yml, regel {line_of(text, at)}: {message}"]


def test_a_misspelt_field_that_is_needed_is_both_unknown_and_missing(write: Write) -> None:
    text = TOPIC.replace("soort: regeling", "sort: regeling")
    assert read_topic(write, text) == [
        "fietsen.yml, regel 1: veld 'soort' ontbreekt. Voeg een regel 'soort: ...' toe.",
        "fietsen.yml, regel 3: veld 'sort' kennen we niet. Bedoel je 'soort'?",
    ]


def test_two_unknown_voices_are_named_together(write: Write) -> None:
    text = TOPIC.replace("haast: [hoe zit het met de fiets]", "snel: [fiets]\n      traag: [fietsen]")
    assert read_topic(write, text) == [
        f"fietsen.yml, regel {line_of(text, 'snel:')}: antwoorden > 1 > voorbeelden: 'snel', 'traag' kennen we niet. "
        f"Kies uit: {VOICES}."
    ]


def test_two_answers_with_the_same_id(write: Write) -> None:
    assert read_topic(write, TOPIC + ANSWER.replace("Wat is", "Hoe is")) == [
        f"fietsen.yml, regel {line_of(TOPIC, 'antwoorden:')}: antwoorden: id 'wat' staat er twee keer. "
        "Geef elk antwoord een eigen id."
    ]


def test_two_topics_with_the_same_name(write: Write) -> None:
    other = TOPIC.replace("Wat is", "Hoe is")
    assert problems(read_content(write(a=TOPIC, b=other, bron=SOURCE))) == [
        "b.yml, regel 1: onderwerp 'fietsen' bestaat al (a.yml, regel 1). Kies een andere korte naam."
    ]


def test_two_sources_with_the_same_name(write: Write) -> None:
    assert problems(read_content(write(bron=f"{SOURCE}---\n{SOURCE}"))) == [
        "bron.yml, regel 7: bron 'blad' bestaat al (bron.yml, regel 1). Kies een andere korte naam."
    ]


def test_two_answers_to_the_same_question(write: Write) -> None:
    text = TOPIC + ANSWER.replace("id: wat", "id: hoe").replace("Wat is fietsen", "wat is Fietsen")
    line = len(TOPIC.splitlines()) + 1
    assert read_topic(write, text) == [
        f"fietsen.yml, regel {line}: de vraag 'wat is Fietsen naar werk?' staat ook bij fietsen/wat. "
        "Maak ze verschillend."
    ]


def test_a_file_that_is_not_utf8(write: Write) -> None:
    folder = write(bron=SOURCE)
    (folder / "latin.yml").write_bytes("naam: Café".encode("latin-1"))
    assert problems(read_content(folder)) == [
        "latin.yml, regel 1: dit bestand is geen UTF-8. Sla het opnieuw op als UTF-8."
    ]


def test_a_mistake_in_the_second_record_of_a_file_is_named_with_its_own_line(write: Write) -> None:
    text = f"{SOURCE}---\n{TOPIC.replace('facet: wat', 'facet: hoe')}"
    [problem] = read_content(write(alles=text)).problems
    assert (problem.file, problem.line) == ("alles.yml", line_of(text, "facet: hoe"))


def test_all_mistakes_of_all_files_are_named_at_once(write: Write) -> None:
    wrong = TOPIC.replace("soort: regeling", "soort: subsidie").replace("facet: wat", "facet: hoe")
    found = read_content(write(bron=SOURCE.replace("2020-05-04", "gisteren"), fietsen=wrong, leeg="- 1\n")).problems
    assert [(problem.file, problem.line) for problem in found] == [
        ("bron.yml", 4),
        ("fietsen.yml", line_of(wrong, "soort: subsidie")),
        ("fietsen.yml", line_of(wrong, "facet: hoe")),
        ("leeg.yml", 1),
    ]


def test_numbers_and_words_such_as_nee_stay_text(write: Write) -> None:
    text = TOPIC.replace("Je fietst naar je werk.", "nee").replace("Woon-werkverkeer per fiets.", "2020-05-04")
    [topic] = read_content(write(bron=SOURCE, fietsen=text)).topics
    assert (topic.answers[0].client, topic.answers[0].professional) == ("nee", "2020-05-04")


def test_a_boundary_needs_no_source(write: Write) -> None:
    text = TOPIC.replace("facet: wat", "facet: grens").replace("    stand: 2020-05\n    vervolg", "    vervolg")
    bare = text[: text.index("    bronnen:")] + text[text.index("    vervolg:") :]
    assert read_topic(write, bare) == []
