"""What makes content good, measured: each rule on made-up content, and what must never land on the real content."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional

import pytest
from pydantic import ValidationError

from knowledge import report
from knowledge.check import Finding, Jargon, Kind, Quality, Rules, check, names_topic, prose
from knowledge.reader import Content, Problem
from knowledge.schema import Answer, Source, Topic

TODAY = date(2026, 11, 22)
GOOD_SAMPLES = ["hoe werkt dat", "wie betaalt mij dan", "is er iets voor mij"]

RULES: Dict[str, Any] = {
    "grenzen": {
        "woorden_client": 20,
        "leesbaarheid_client": 50,
        "verouderd_na_jaren": 5,
        "voorbeelden_minstens": 3,
        "een_op_de_zoveel_zonder_naam": 3,
    },
    "facetten": {"interventie": ["wat", "contact of aanmelden"]},
    "verboden": [{"tekst": ["je moet", "je hebt recht op"], "liever": "noem wie beslist"}],
    "kapotte_adressen": [{"tekst": "samenvoordekant.nl", "reden": "er ontbreken letters"}],
    "namen_met_getal": [{"tekst": "Fit4Work", "reden": "naam"}],
    "jargon": [{"woord": "re-integratie", "ook": ["re-integreren"], "uitleg": ["terug naar werk"]}],
}


def answer(slug: str = "wat", **fields: Any) -> Answer:
    """A good answer, but for what `fields` say."""
    given = {
        "id": slug,
        "facet": "wat",
        "vraag": f"Wat is ips ({slug})?",
        "client": "Je krijgt hulp bij werk.",
        "professional": "Hulp bij werk.",
        "bronnen": [{"bron": "blad", "plaats": "Voorpagina", "feiten": ["hulp bij werk"]}],
        "stand": "2025-01",
        "voorbeelden": {"haast": [f"{sample} {slug}" for sample in GOOD_SAMPLES]},
    }
    return Answer.parse_obj({**given, **fields})


def source(slug: str, **fields: Any) -> Source:
    return Source.parse_obj({"bron": slug, **fields})


def content_with(*answers: Answer, sources: Optional[List[Source]] = None, **topic: Any) -> Content:
    """Content with one topic that holds `answers`."""
    given = {"onderwerp": "ips", "naam": "Plaatsing en steun", "afkortingen": ["IPS"], "soort": "begrip"}
    made = Topic.parse_obj({**given, "samenvatting": "Hulp.", "antwoorden": [], **topic})
    made.answers = list(answers)
    blad = source("blad", titel="Blad", uitgever="Iemand", datum="2025-01", url="https://blad.nl")
    places = {f"ips/{made_answer.id}": ("ips.yml", 10) for made_answer in answers}
    return Content(sources=sources or [blad], topics=[made], places={"ips": ("ips.yml", 1), **places})


def judge(judged: Content, **rules: Any) -> Quality:
    return check(judged, Rules.parse_obj({**RULES, **rules}), TODAY)


def found(judged: Content, kind: Kind) -> List[str]:
    return [problem.message for problem in judge(judged).of(kind)]


def test_the_content_holds_nothing_that_must_never_land(content: Content, rules: Rules) -> None:
    assert [str(finding.problem) for finding in check(content, rules, TODAY).forbidden] == []


def test_good_content_has_no_findings() -> None:
    assert judge(content_with(answer())).findings == []


def test_a_finding_names_file_and_line() -> None:
    [finding] = judge(content_with(answer(client="Je moet bellen."))).findings
    assert finding == Finding(
        Kind.COMMAND, Problem("ips.yml", 10, "ips/wat > client: hier staat 'je moet'. Liever: noem wie beslist.")
    )


@pytest.mark.parametrize("text", ["Je hebt recht op hulp.", "Dan hoor je: je moet het doen."])
def test_a_client_is_never_commanded_or_promised(text: str) -> None:
    assert len(found(content_with(answer(client=text)), Kind.COMMAND)) == 1


def test_a_word_that_only_looks_forbidden_is_fine() -> None:
    assert found(content_with(answer(client="Je moeten doen wat je wilt.")), Kind.COMMAND) == []


def test_a_professional_may_read_what_a_client_may_not() -> None:
    assert found(content_with(answer(professional="Cliënt: 'je moet'.")), Kind.COMMAND) == []


def test_the_client_text_of_a_change_is_judged_too() -> None:
    change = {"soort": "vervangen", "stand": "2026", "client": "Je moet bellen.", "professional": "Bellen."}
    judged = content_with(answer(wijziging={**change, "bronnen": [{"bron": "blad", "plaats": "Voorpagina"}]}))
    assert found(judged, Kind.COMMAND) == [
        "ips/wat > wijziging > client: hier staat 'je moet'. Liever: noem wie beslist."
    ]


def test_a_change_needs_a_source_of_its_own() -> None:
    change = {"soort": "vervangen", "stand": "2026", "client": "Anders.", "professional": "Anders."}
    judged = content_with(answer(wijziging=change))
    assert found(judged, Kind.NO_SOURCE) == ["ips/wat > wijziging > bronnen: er staat geen bron bij."]


def test_a_number_must_stand_in_the_facts() -> None:
    judged = content_with(answer(client="Het duurt 12 weken."))
    assert found(judged, Kind.UNTRACED) == ["ips/wat > client: '12' staat niet in de feiten. Voeg toe of haal weg."]


def test_a_long_client_text_is_counted_in_words() -> None:
    assert found(content_with(answer(client="werk " * 20)), Kind.LONG) == []
    assert found(content_with(answer(client="werk " * 21)), Kind.LONG) == [
        "ips/wat > client: 21 woorden, hoogstens 20."
    ]


def test_a_hard_text_is_found_and_a_plain_one_is_not() -> None:
    hard = "Arbeidsongeschiktheidsverzekeringsmaatschappijen coördineren reïntegratieverantwoordelijkheden."
    assert len(found(content_with(answer(client=hard)), Kind.HARD)) == 1
    assert found(content_with(answer(client="Je praat eerst met je arts. Dan zoek je samen werk.")), Kind.HARD) == []


def test_names_titles_and_short_list_items_do_not_make_a_text_hard() -> None:
    text = "Vraag het Kenniscentrum Phrenos naar 'Empowerment':\n- huisvesting\n- werk vinden dat goed past"
    assert " ".join(prose(text).split()) == "Vraag het naam naar naam: werk vinden dat goed past."


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Je begint met re-integratie.", False),
        ("Re-integreren doe je samen.", False),
        ("Je begint met re-integratie (weer gaan werken).", True),
        ("Je gaat weer werken (re-integratie).", True),
        ("Re-integratie is: weer gaan werken.", True),
        ("Dat heet re-integratie.", True),
        ("Hulp om terug naar werk te gaan: bij re-integratie denkt UWV mee.", True),
        ("Lees 'Handboek re-integratie' eens.", True),
        ("Een re-integratiecoach helpt je.", True),
    ],
)
def test_jargon_needs_a_word_of_explanation(text: str, explained: bool) -> None:
    jargon = Jargon(woord="re-integratie", ook=["re-integreren"], uitleg=["terug naar werk"])
    assert jargon.unexplained_in(text) is not explained


def test_an_abbreviation_is_only_jargon_in_capitals() -> None:
    jargon = Jargon(woord="EPA", uitleg=["ernstige psychische"])
    assert jargon.unexplained_in("Dit is voor EPA.")
    assert not jargon.unexplained_in("Dit is voor epa.")
    assert not jargon.unexplained_in("EPA: ernstige psychische aandoening.")


def test_a_name_that_holds_jargon_is_a_name() -> None:
    jargon = Jargon(woord="stigma", namen=["Samen Sterk zonder Stigma"])
    assert not jargon.unexplained_in("Dat deed Samen Sterk zonder Stigma.")
    assert jargon.unexplained_in("Samen Sterk zonder Stigma deed iets aan stigma in bedrijven.")


def test_a_topic_needs_answers_to_what_people_ask_of_its_kind() -> None:
    judged = content_with(answer(), soort="interventie")
    assert found(judged, Kind.MISSING_FACET) == [
        "ips (interventie) heeft geen antwoord met facet contact of aanmelden."
    ]
    assert found(content_with(answer(), answer("hoe", facet="contact"), soort="interventie"), Kind.MISSING_FACET) == []


def test_a_link_answers_where_something_is() -> None:
    rules = {"facetten": {"begrip": ["vindplaats"]}}
    links = [{"titel": "Blad", "url": "https://blad.nl"}]
    assert len(judge(content_with(answer()), **rules).of(Kind.MISSING_FACET)) == 1
    assert judge(content_with(answer(links=links)), **rules).of(Kind.MISSING_FACET) == []


@pytest.mark.parametrize(
    ("as_of", "old"), [("2020", True), ("2021-10", True), ("2021-11", False), ("ongedateerd", False)]
)
def test_an_answer_without_a_change_grows_old(as_of: str, old: bool) -> None:
    assert bool(found(content_with(answer(stand=as_of)), Kind.OLD)) is old


def test_an_old_answer_with_a_change_is_not_old() -> None:
    change = {"soort": "onzeker", "stand": "2026", "client": "Onbekend.", "professional": "Onbekend."}
    judged = content_with(answer(stand="2017", wijziging={**change, "bronnen": [{"bron": "blad", "plaats": "Kop"}]}))
    assert found(judged, Kind.OLD) == []


def test_samples_are_needed_enough_and_varied() -> None:
    assert len(found(content_with(answer(voorbeelden={})), Kind.NO_SAMPLES)) == 1
    assert found(content_with(answer(voorbeelden={"haast": ["hoe dan", "en nu"]})), Kind.FEW_SAMPLES) == [
        "ips/wat: 2 voorbeeldvragen, minstens 3."
    ]
    named = {"haast": ["wat is ips", "ips uitleg", "plaatsing en steun?", "wat doe je dan"]}
    assert found(content_with(answer(voorbeelden=named)), Kind.NAMED_SAMPLES) == [
        "ips/wat: 1 van de 4 voorbeeldvragen zonder naam."
    ]


@pytest.mark.parametrize(
    ("sample", "named"), [("wat is IPS?", True), ("Plaatsing en steun, hoe", True), ("wat zijn tips", False)]
)
def test_a_sample_names_the_topic_by_whole_words(sample: str, named: bool) -> None:
    [topic] = content_with(answer()).topics
    assert names_topic(sample, topic) is named


def test_a_sample_stands_under_one_answer_only() -> None:
    twice = {"haast": ["Hoe dan?", "een ander ding", "nog iets"]}
    also = {"haast": ["hoe dan", "wat is ips (wat)", "iets eigens"]}
    judged = content_with(answer(voorbeelden=twice), answer("hoe", voorbeelden=also))
    assert found(judged, Kind.DUPLICATE_SAMPLE) == [
        "ips/hoe: 'hoe dan' staat ook bij ips/wat.",
        "ips/hoe: 'wat is ips (wat)' staat ook bij ips/wat.",
    ]


def test_a_broken_address_is_found_in_texts_links_and_sources() -> None:
    broken = "https://samenvoordekant.nl/x"
    links = [{"titel": "Samen", "url": broken}]
    sources = [source("blad", titel="Blad", uitgever="Iemand", datum="2025", url=broken)]
    judged = content_with(answer(professional=f"Zie {broken}.", links=links), sources=sources)
    assert [message.split(":")[0] for message in found(judged, Kind.BROKEN_ADDRESS)] == [
        "ips/wat > links",
        "ips/wat > professional",
        "blad",
    ]


def test_sources_are_counted_by_use_and_address() -> None:
    sources = [
        source("blad", titel="Blad", uitgever="Iemand", datum="2025", url="https://blad.nl"),
        source("boek", titel="Boek", uitgever="Iemand", datum="2025"),
    ]
    links = [{"titel": "Blad", "url": "https://blad.nl"}]
    quality = judge(content_with(answer(links=links), sources=sources))
    assert (quality.sources_with_address, quality.links) == (1, 1)
    assert [problem.message.split(":")[0] for problem in quality.of(Kind.UNUSED_SOURCE)] == ["boek"]
    assert [problem.message for problem in quality.of(Kind.NO_ADDRESS)] == ["boek: Boek (Iemand)."]


def test_without_textstat_the_report_says_that_readability_was_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "textstat", None)
    quality = judge(content_with(answer()))
    assert not quality.readability_measured
    assert "leesbaarheid is niet gemeten" in report.full(quality)


def test_rules_with_an_unknown_facet_are_refused() -> None:
    with pytest.raises(ValidationError, match="prijs"):
        Rules.parse_obj({**RULES, "facetten": {"interventie": ["wat", "contact of prijs"]}})


def test_the_report_shows_all_that_must_go_and_some_of_what_could_be_better() -> None:
    commands = [answer(f"a{number}", client="Je moet bellen.", stand="2017") for number in range(5)]
    shown = report.full(judge(content_with(*commands)))
    assert shown.count("hier staat 'je moet'") == 5
    assert shown.count("er staat geen wijziging bij") == report.SHOWN
    assert "... en nog 2" in shown
    assert report.full(judge(content_with(*commands)), verbose=True).count("er staat geen wijziging bij") == 5


def test_the_short_report_counts() -> None:
    assert report.short(judge(content_with(answer(client="Je moet bellen.", stand="2017")))).splitlines() == [
        "Kwaliteit van de inhoud:",
        "       1 geboden of beloften in een tekst voor cliënten",
        "       1 zaken die beter kunnen",
        "  Meer weten? python -m knowledge report",
    ]
    assert "       0 zaken die er niet in mogen" in report.short(judge(content_with(answer())))
