"""What the rest of Koers can ask the knowledge base, on a small made-up one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from knowledge.build import build
from knowledge.queries import PROFESSIONAL, Citation, Criterion, Knowledge, Offer, Place, TopicName
from knowledge.reader import read_content
from knowledge.tables import open_database

CONTENT = """\
bron: blad
titel: Een blad
uitgever: Een uitgever
datum: 2016-08
url: https://www.blad.nl/een
---
bron: krant
titel: Een krant
uitgever: De pers
datum: 2024-03-01
officieel: nee
oud: ja
---
arbeidsmarktregio: drieland
code: AM99
naam: Drieland
ook: [de drie landen]
gemeenten:
  - gemeente: Bergdorp
    ook: [Bergen aan de beek]
  - gemeente: Daldorp
bron: blad
---
onderwerp: ips
naam: Individuele Plaatsing en Steun
soort: interventie
afkortingen: [IPS]
synoniemen: [plaatsing en steun]
omschrijvingen: [behandeling en werk tegelijk]
samenvatting: Behandeling en een gewone baan, tegelijk.
verwant: [jobcoach]
beslist: De gemeente beslist.
eerste_stap: Vraag je behandelaar.
criteria:
  - veld: uitkering
    operator: een_van
    waarde: [wia, wajong]
    uitleg: Je hebt een WIA- of Wajong-uitkering.
    bron: blad
    plaats: Hoofdstuk 2
  - veld: wil_gewone_baan
    operator: is
    waarde: ja
    uitleg: Je wilt een gewone baan.
    bron: blad
    plaats: Hoofdstuk 2
financiering:
  - id: start
    betaler: Zorgverzekeraar
    wet: Zvw
    dekt: De eerste gesprekken
    bedrag: gemiddeld acht gesprekken
    fase: start
    uitkering: [wia, bijstand]
    geldig_vanaf: 2016-08
    bron: blad
    plaats: Hoofdstuk 2
    stand: 2017-11
  - id: zoeken
    betaler: Gemeente of UWV
    dekt: Het zoeken naar werk
    fase: toeleiding
    bron: krant
    plaats: Pagina 1
    stand: 2024-03
antwoorden:
  - id: wat
    facet: wat
    vraag: Wat is IPS?
    client: Je krijgt hulp bij werk.
    professional: Modelgetrouwe aanpak.
    bronnen:
      - bron: blad
        plaats: Hoofdstuk 2
        feiten: [een, twee]
      - bron: krant
        plaats: Pagina 1
    stand: 2017-11
    wijziging:
      soort: vervangen
      stand: 2024-03
      client: Nu gaat het anders.
      professional: Sinds 2024 anders.
      bronnen:
        - bron: krant
          plaats: Pagina 3
    vervolg: [ips/duur, gesprek:openheid]
    links:
      - titel: Het blad
        url: https://www.blad.nl/een
    voorbeelden:
      haast: [wat is ips]
      straattaal: [ips wazda]
  - id: duur
    facet: duur
    vraag: Hoe lang duurt IPS?
    client: Zo lang als nodig.
    professional: Onbeperkt.
    bronnen:
      - bron: blad
        plaats: Hoofdstuk 2
    stand: 2017-11
---
onderwerp: jobcoach
naam: Jobcoach
soort: methode
samenvatting: Hulp op het werk.
regio: drieland
antwoorden:
  - id: wat
    facet: wat
    vraag: Wat doet een jobcoach?
    zelfde_als: ips/wat
    client: Die helpt op het werk.
    professional: Begeleiding op de werkplek.
    bronnen:
      - bron: blad
        plaats: Hoofdstuk 3
    stand: 2017-11
"""

BLAD = Citation("Een blad", "Een uitgever", "Hoofdstuk 2", "2016-08", "https://www.blad.nl/een", True, False)
KRANT = Citation("Een krant", "De pers", "Pagina 1", "2024-03-01", None, False, True)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder: Path = tmp_path_factory.mktemp("content")
    (folder / "alles.yml").write_text(CONTENT, encoding="utf-8")
    engine = open_database(f"sqlite:///{folder / 'knowledge.db'}")
    build(engine, read_content(folder), "een")
    return Knowledge(engine=engine)


def test_an_answer_comes_in_the_voice_for_the_role(knowledge: Knowledge) -> None:
    said = {role: knowledge.answer("ips/wat", role) for role in ("client", "professional", "employer")}
    assert {role: answer and answer.text for role, answer in said.items()} == {
        "client": "Je krijgt hulp bij werk.",
        "professional": "Modelgetrouwe aanpak.",
        "employer": "Je krijgt hulp bij werk.",
    }


def test_an_answer_says_where_it_comes_from(knowledge: Knowledge) -> None:
    answer = knowledge.answer("ips/wat")
    assert answer is not None
    assert answer.citations == (BLAD, KRANT)
    assert (answer.topic, answer.topic_name, answer.topic_type, answer.facet, answer.as_of) == (
        "ips",
        "Individuele Plaatsing en Steun",
        "interventie",
        "wat",
        "2017-11",
    )
    assert answer.links == (("Het blad", "https://www.blad.nl/een"),)


def test_an_answer_says_what_has_changed_with_its_own_sources(knowledge: Knowledge) -> None:
    client, professional = knowledge.answer("ips/wat"), knowledge.answer("ips/wat", PROFESSIONAL)
    assert client is not None and client.change is not None
    assert (client.change.kind, client.change.as_of, client.change.text) == (
        "vervangen",
        "2024-03",
        "Nu gaat het anders.",
    )
    assert [citation.locator for citation in client.change.citations] == ["Pagina 3"]
    assert professional is not None and professional.change is not None
    assert professional.change.text == "Sinds 2024 anders."


def test_an_answer_without_a_change_has_none(knowledge: Knowledge) -> None:
    answer = knowledge.answer("ips/duur")
    assert answer is not None
    assert (answer.change, answer.offers, answer.links) == (None, (), ())


def test_offers_are_questions_or_guided_conversations(knowledge: Knowledge) -> None:
    answer = knowledge.answer("ips/wat")
    assert answer is not None
    assert answer.offers == (Offer("ips/duur", "Hoe lang duurt IPS?"), Offer("gesprek:openheid", None))


def test_an_unknown_answer_is_none(knowledge: Knowledge) -> None:
    assert knowledge.answer("ips/prijs") is None
    assert list(knowledge.answers(["ips/prijs", "ips/duur"])) == ["ips/duur"]
    assert knowledge.answers([]) == {}


def test_answers_of_a_topic_come_in_the_editors_order(knowledge: Knowledge) -> None:
    assert [answer.id for answer in knowledge.answers_of("ips")] == ["ips/wat", "ips/duur"]
    assert knowledge.answers_of("onbekend") == []


def test_topics_can_be_chosen_by_type_region_or_name(knowledge: Knowledge) -> None:
    def slugs(**choice: object) -> list[str]:
        return [topic.slug for topic in knowledge.topics(**choice)]  # type: ignore[arg-type]

    assert slugs() == ["ips", "jobcoach"]
    assert slugs(type="methode") == ["jobcoach"]
    assert slugs(region="drieland") == ["jobcoach"]
    assert slugs(slugs=["ips", "bestaat-niet"]) == ["ips"]
    assert slugs(type="wet") == []


def test_a_topic_says_who_decides_and_what_to_do_first(knowledge: Knowledge) -> None:
    topic = knowledge.topic("ips")
    assert topic is not None
    assert (topic.decides, topic.first_step) == ("De gemeente beslist.", "Vraag je behandelaar.")
    assert knowledge.topic("onbekend") is None
    assert knowledge.related("ips") == ["jobcoach"]


def test_criteria_are_field_operator_and_values(knowledge: Knowledge) -> None:
    assert knowledge.criteria("ips") == [
        Criterion("ips", "uitkering", "een_van", ("wia", "wajong"), "Je hebt een WIA- of Wajong-uitkering.", BLAD),
        Criterion("ips", "wil_gewone_baan", "is", ("ja",), "Je wilt een gewone baan.", BLAD),
    ]
    assert knowledge.criteria() == knowledge.criteria("ips")
    assert knowledge.criteria("jobcoach") == []


def test_financing_can_be_asked_by_topic_and_by_payer(knowledge: Knowledge) -> None:
    start, search = knowledge.financing("ips")
    assert (start.id, start.payer, start.law, start.benefits) == (
        "ips/start",
        "Zorgverzekeraar",
        "Zvw",
        ("wia", "bijstand"),
    )
    assert (start.amount, start.period, start.valid_from, start.valid_until) == (
        "gemiddeld acht gesprekken",
        None,
        "2016-08",
        None,
    )
    assert (search.citation.title, search.benefits) == ("Een krant", ())
    assert [rule.id for rule in knowledge.financing(payer="uwv")] == ["ips/zoeken"]
    assert [rule.id for rule in knowledge.financing(payer="zorgverzekeraar")] == ["ips/start"]
    assert knowledge.financing(payer="werkgever") == []


def test_places_are_regions_and_municipalities_under_all_their_names(knowledge: Knowledge) -> None:
    assert knowledge.places() == [
        Place("Drieland", None, "drieland", "Drieland"),
        Place("de drie landen", None, "drieland", "Drieland"),
        Place("Bergdorp", "Bergdorp", "drieland", "Drieland"),
        Place("Bergen aan de beek", "Bergdorp", "drieland", "Drieland"),
        Place("Daldorp", "Daldorp", "drieland", "Drieland"),
    ]


def test_a_snapshot_holds_what_understanding_needs(knowledge: Knowledge) -> None:
    snapshot = knowledge.snapshot()
    assert snapshot.version == "een"
    assert [unit.id for unit in snapshot.units] == ["ips/wat", "ips/duur", "jobcoach/wat"]
    assert snapshot.units[0].samples == (("haast", "wat is ips"), ("straattaal", "ips wazda"))
    assert snapshot.units[0].texts == ("Je krijgt hulp bij werk.", "Modelgetrouwe aanpak.")
    assert (snapshot.units[0].region, snapshot.units[2].region) == (None, "drieland")
    assert (snapshot.units[0].same_as, snapshot.units[2].same_as) == (None, "ips/wat")
    assert TopicName("ips", "abbreviation", "IPS") in snapshot.names
    assert TopicName("ips", "description", "behandeling en werk tegelijk") in snapshot.names
    assert snapshot.places == knowledge.places()


def test_counts_are_of_rows(knowledge: Knowledge) -> None:
    counts = knowledge.counts()
    wanted = ("topic", "answer", "source", "change", "criterion", "financing", "region", "place", "sample", "citation")
    assert {name: counts[name] for name in wanted} == {
        "topic": 2,
        "answer": 3,
        "source": 2,
        "change": 1,
        "criterion": 2,
        "financing": 2,
        "region": 1,
        "place": 5,
        "sample": 2,
        "citation": 5,
    }


def test_a_database_that_is_not_there_yet_is_an_error(tmp_path: Path) -> None:
    empty = Knowledge(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(SQLAlchemyError):
        empty.version()
    with pytest.raises(SQLAlchemyError):
        empty.answer("ips/wat")
