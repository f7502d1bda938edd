"""Every number that Koers says stands in a recorded fact, and every recorded fact's number in its document."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Optional

import pytest

from knowledge.check import Exemption, Rules, numbers, references, untraced_numbers
from knowledge.reader import Content, iterate_answers
from knowledge.schema import Answer, Source
from tests.knowledge.documents import numbers_of, read_documents, read_numbers

COUNTED = {
    "wgb/wie-doen-mee": "5 rollen, geteld in de tekst",
    "handreiking-cmd/vijf-punten": "5 punten van een lijst",
    "handreiking-cmd/vroeg-beginnen": "5 punten van een lijst",
    "begeleiding-naar-werk/aanbevelingen": "8 punten van een lijst",
    "begeleiding-naar-werk/artikel": "8 punten van een lijst",
    "begeleiding-naar-werk/regios": "2 regio's, geteld in de tekst",
}
"""Answers whose fact counts what the document lists but doesn't count itself."""

SOURCES: Dict[str, Source] = {
    "blad": Source.parse_obj({"bron": "blad", "titel": "Een blad", "uitgever": "Iemand", "datum": "2016-08-29"}),
}


def answer(text: str, facts: Optional[List[str]] = None, change: Optional[str] = None, **fields: object) -> Answer:
    """A made-up answer that says `text` to professionals, and `change` in its change record."""
    citation = {"bron": "blad", "plaats": "Voorpagina", "feiten": facts or []}
    if change is not None:
        record = {"soort": "vervangen", "stand": "2024-03", "client": "Anders.", "professional": change}
        fields["wijziging"] = {**record, "bronnen": [citation]}
        citation = {**citation, "feiten": []}
    given = {"id": "wat", "facet": "wat", "vraag": "Wat?", "client": "Dit.", "professional": text, "stand": "2017-11"}
    return Answer.parse_obj({**given, "bronnen": [citation], **fields})


def untraced(said: Answer, exempt: Optional[List[Exemption]] = None) -> List[str]:
    return [number for _, number in untraced_numbers(said, SOURCES, exempt or [])]


def test_every_number_in_an_answer_stands_in_its_facts(content: Content, rules: Rules) -> None:
    sources = {source.slug: source for source in content.sources}
    found = [
        f"{key} > {name}: {number}"
        for _, said, key in iterate_answers(content.topics)
        for name, number in untraced_numbers(said, sources, rules.names_with_number)
    ]
    assert not found, "deze getallen staan niet in de feiten:\n" + "\n".join(found)


def test_every_number_in_a_fact_from_a_document_stands_in_that_document(content: Content) -> None:
    documents = read_numbers()
    sources = {source.slug: source for source in content.sources if source.document}
    found = [
        f"{key}: {number} ({fact})"
        for _, said, key in iterate_answers(content.topics)
        for reference in references(said)
        if reference.source in sources and key not in COUNTED
        for fact in reference.facts
        for number in numbers(fact)
        if number not in documents[str(sources[reference.source].document)]
        and number != sources[reference.source].date[:4]
    ]
    assert not found, "deze getallen staan niet in het document:\n" + "\n".join(found)


def test_every_counted_list_is_still_an_answer(content: Content) -> None:
    assert set(COUNTED) <= {key for _, _, key in iterate_answers(content.topics)}


def test_every_name_with_a_number_is_really_said(content: Content, rules: Rules) -> None:
    said = [
        text.lower()
        for _, said, _ in iterate_answers(content.topics)
        for text in (
            said.client,
            said.professional,
            *((said.change.client, said.change.professional) if said.change else ()),
        )
    ]
    unused = [name.text for name in rules.names_with_number if not any(name.text.lower() in text for text in said)]
    assert not unused, "deze uitzonderingen zijn nergens voor nodig"


def test_the_numbers_are_those_of_the_documents(documents: Path) -> None:
    assert read_numbers() == {name: numbers_of(text) for name, text in read_documents(documents).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,5 miljoen", ["3.5"]),
        ("125.000 banen: 25.000 en 100.000", ["125000", "25000", "100000"]),
        ("€ 8.000 of €1.234,50", ["8000", "1234.50"]),
        ("een 25-jarige in week 6", ["25", "6"]),
        ("31% tegenover 10 procent", ["31", "10"]),
        ("artikel 7:629 BW, lid 1", ["7", "629", "1"]),
        ("paragraaf 4.7, p. 31-32.", ["4.7", "31", "32"]),
        ("versie 2.0 van 01-03-2023", ["2.0", "1", "3", "2023"]),
        ("twee van de acht", []),
        ("https://www.voorbeeld.nl/2017/11/lijst-3.pdf en info24@voorbeeld.nl", []),
    ],
)
def test_numbers_are_read_as_the_dutch_write_them(text: str, expected: List[str]) -> None:
    assert numbers(text) == expected


def test_a_number_without_a_fact_is_found() -> None:
    assert untraced(answer("Het duurt 12 maanden.", ["1 jaar"])) == ["12"]


def test_a_number_in_a_fact_is_traced_in_any_spelling() -> None:
    assert untraced(answer("Er kwamen 125.000 banen.", ["125000 extra banen"])) == []


def test_part_of_a_number_in_a_fact_is_not_enough() -> None:
    assert untraced(answer("25 mensen", ["125 mensen", "2,5 uur"])) == ["25"]


def test_the_client_text_is_checked_as_well() -> None:
    assert untraced(answer("Niets.", client="Het kost 40 euro.")) == ["40"]


def test_a_number_in_a_change_is_traced_to_the_facts_of_the_change() -> None:
    assert untraced(answer("Niets.", ["nu 20 weken"], change="Nu 20 weken, eerst 30.")) == ["30"]


def test_the_year_of_the_answer_and_of_its_source_needs_no_fact() -> None:
    assert untraced(answer("In 2016 en 2017, niet in 2018.")) == ["2018"]


def test_the_date_of_a_source_may_be_written_out_but_its_day_is_no_free_number() -> None:
    assert untraced(answer("Op 29 augustus 2016 verscheen het.")) == []
    assert untraced(answer("Er waren 29 vragen.")) == ["29"]


def test_a_name_with_a_number_is_free_only_as_that_name() -> None:
    fit4work = Exemption(tekst="Fit4Work", reden="naam")
    assert untraced(answer("Fit4Work telt 4 stappen."), [fit4work]) == ["4"]
    assert untraced(answer("Fit4Work werkt.")) == ["4"]
