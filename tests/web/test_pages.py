"""The server-rendered pages: the knowledge base to browse, and quick answers for professionals."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from typing import Any, Tuple

import pytest
from sqlalchemy import create_engine

from bot.channels.pages import _distance, _matches, anchor, ask_address, paragraphs
from knowledge.queries import PROFESSIONAL, Answer, Knowledge, Topic
from tests.web.assistant_site import CLARIFY, CRISIS, IPS, Site


def get(address: str) -> Tuple[int, str]:
    """Status and body of a page, as a browser without JavaScript gets it."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def changed_answer(knowledge: Knowledge) -> Answer:
    """Some answer of the real knowledge base that has changed since its source was written."""
    return next(
        answer
        for topic in knowledge.topics()
        for answer in knowledge.answers_of(topic.slug)
        if answer.change is not None
    )


# ------------------------------------------------------------------------------------------------- /kennis


def test_every_topic_is_listed_under_its_type_and_every_region_is_there(site: Site, real_knowledge: Knowledge) -> None:
    status, body = get(site.address + "/kennis")
    assert status == 200
    linked = set(re.findall(r'href="/kennis/([^"/]+)"', body))
    assert {topic.slug for topic in real_knowledge.topics()} <= linked
    regions = set(re.findall(r'href="/kennis/regio/([^"/]+)"', body))
    assert regions == {place.region for place in real_knowledge.places()}


def test_every_topic_has_a_page_with_an_anchor_for_each_answer(site: Site, real_knowledge: Knowledge) -> None:
    for topic in real_knowledge.topics():
        status, body = get(f"{site.address}/kennis/{topic.slug}")
        assert status == 200, topic.slug
        identifiers = re.findall(r'<section class="antwoord" id="([^"]+)"', body)
        assert identifiers == [anchor(answer) for answer in real_knowledge.answers_of(topic.slug)]
        assert len(set(re.findall(r' id="([^"]+)"', body))) == len(re.findall(r' id="([^"]+)"', body)), topic.slug


def test_every_region_has_a_page_even_without_a_practice(site: Site, real_knowledge: Knowledge) -> None:
    for region in {place.region for place in real_knowledge.places()}:
        status, body = get(f"{site.address}/kennis/regio/{region}")
        assert status == 200
        slugs = {topic.slug for topic in real_knowledge.topics(region=region)}
        assert slugs <= set(re.findall(r'href="/kennis/([^"/]+)"', body))
        assert slugs or "staat nog niets" in body


def test_changed_answer_shows_the_present_before_the_source(site: Site, real_knowledge: Knowledge) -> None:
    answer = changed_answer(real_knowledge)
    _, body = get(f"{site.address}/kennis/{answer.topic}")
    part = body[body.index(f'id="{anchor(answer)}"') :]
    assert part.index("Nu (stand ") < part.index("In de bron (") < part.index("<summary>")


def test_professional_text_is_one_link_away(site: Site, real_knowledge: Knowledge) -> None:
    _, body = get(f"{site.address}/kennis/ips?voor=professional")
    professional = real_knowledge.answers_of("ips", PROFESSIONAL)[0].text.split("\n")[0]
    assert str(paragraphs(professional)).removesuffix("</p>") in body
    assert "rol=professional" in body


def test_search_works_without_javascript(browser: Any, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + "/kennis")
    page.get_by_label("Zoek een onderwerp").fill("jobcoach")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Jobcoach")).first.click()
    page.locator("summary").first.click()
    assert page.locator(".bronnen li").first.is_visible()
    context.close()


def test_pages_that_need_javascript_lead_to_the_one_that_does_not(site: Site) -> None:
    for path in ("/", "/snel"):
        _, body = get(site.address + path)
        without = re.search(r"<noscript>(.*?)</noscript>", body, re.DOTALL)
        assert without and "JavaScript nodig" in without[1] and 'href="/kennis"' in without[1]


def test_link_to_ask_further_fills_in_the_question_and_sends_nothing(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis/ips")
    link = page.get_by_role("link", name=re.compile("Vraag hierover door")).first
    question = link.locator(".verborgen").text_content().removeprefix(": ")
    link.click()
    page.get_by_role("button", name="Ik zoek werk").wait_for()
    assert page.get_by_label("Je vraag").input_value() == question
    assert site.messages == []


@pytest.mark.parametrize("path", ["/kennis/bestaat-niet", "/kennis/soort/bestaat-niet", "/kennis/regio/bestaat-niet"])
def test_unknown_page_says_so_and_leads_on(site: Site, path: str) -> None:
    status, body = get(site.address + path)
    assert status == 404
    assert "Deze pagina bestaat niet" in body and 'href="/kennis"' in body


def test_unreadable_knowledge_base_gives_an_honest_page_and_leaves_the_chat(
    site: Site, real_knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_knowledge, "_engine", create_engine("sqlite:////bestaat/niet.db"))
    status, body = get(site.address + "/kennis")
    assert status == 503
    assert "even niet bereikbaar" in body and "info@samenvoordeklant.nl" in body
    assert get(site.address + "/")[0] == 200


def test_what_visitors_type_in_an_address_is_escaped(site: Site) -> None:
    attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    for path in (f"/?vraag={attack}&rol={attack}", f"/snel?vraag={attack}", f"/kennis?zoek={attack}"):
        _, body = get(site.address + path)
        assert "<script>alert" not in body, path


def test_pages_allow_nothing_from_elsewhere(site: Site) -> None:
    for path in ("/", "/snel", "/kennis", "/kennis/ips"):
        with urllib.request.urlopen(site.address + path, timeout=20) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy and "unsafe" not in policy
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Set-Cookie"] is None
            loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', answer.read().decode())
        assert loaded and all(address.startswith("/static/") for address in loaded)


def test_paragraphs_make_lists_and_links_and_escape_the_rest() -> None:
    html = paragraphs("Een <b>:\n- zie https://a.nl/x?y=1&z.\n- twee\n\nSlot")
    assert html == (
        "<p>Een &lt;b&gt;:</p>\n"
        '<ul><li>zie <a href="https://a.nl/x?y=1&amp;z" rel="noopener noreferrer">https://a.nl/x?y=1&amp;z</a>.</li>'
        "<li>twee</li></ul>\n<p>Slot</p>"
    )


def test_ask_address_carries_question_and_role() -> None:
    assert ask_address("Wat is IPS?", "professional") == "/?vraag=Wat%20is%20IPS%3F&rol=professional"


def test_topics_match_when_all_words_do() -> None:
    text = "Individuele Plaatsing en Steun (IPS) Hulp bij werk."
    assert _matches(text, "ips WERK")
    assert not _matches(text, "ips subsidie")


def test_what_is_called_so_comes_before_what_only_tells_of_it() -> None:
    named = Topic("ips", "Individuele Plaatsing en Steun (IPS)", "interventie", "Hulp bij werk.", None, None, None)
    place = Topic("ips-breda", "IPS in Breda", "regiopraktijk", "Een pilot.", None, None, None)
    told = Topic("phrenos", "Phrenos", "organisatie", "Beheert IPS.", None, None, None)
    part = Topic("tips", "Tips", "tips", "Vijf tips.", None, None, None)
    unknown = Topic("grens-ips", "IPS", "grens", "Over ips.", None, None, None)
    topics = [unknown, part, told, place, named]
    assert sorted(topics, key=lambda topic: _distance(topic, "ips")) == [named, place, told, part, unknown]


def test_search_finds_a_question_that_no_topic_is_called_after(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis?zoek=proeftijd")
    assert page.get_by_role("heading", name='0 onderwerpen met "proeftijd"').is_visible()
    page.get_by_role("link", name=re.compile("proeftijd")).first.click()
    article = page.locator(":target")
    assert "proeftijd" in article.inner_text()


# --------------------------------------------------------------------------------------------------- /snel


def test_deep_link_answers_at_once_in_professional_voice_with_open_sources(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel?vraag=wie betaalt ips")
    page.get_by_text("IPS helpt je").wait_for()
    assert page.get_by_text("november 2017").is_visible()
    assert [(message["message"], message["metadata"]) for message in site.messages] == [
        ("wie betaalt ips", {"role": "professional"})
    ]


def test_keyboard_asks_again_without_a_conversation(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel")
    page.keyboard.type("wat is ips")
    page.keyboard.press("Enter")
    page.get_by_text("IPS helpt je").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    page.keyboard.type("wat is wgb")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="wat is wgb").wait_for()
    assert site.texts() == ["wat is ips", "wat is wgb"], "the slash selects what was there"
    assert site.messages[0]["sender"] != site.messages[1]["sender"]


def test_keyboard_reaches_sources_copying_and_what_to_ask_next(page: Any, context: Any, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    page.goto(site.address + "/snel")
    page.keyboard.type("wat is ips")
    page.keyboard.press("Enter")
    page.get_by_text("IPS helpt je").wait_for()
    passed = []
    for _ in range(5):
        page.keyboard.press("Tab")
        passed.append(
            page.evaluate(
                "() => { const a = document.activeElement;"
                " return ((a.shadowRoot && a.shadowRoot.activeElement) || a).textContent.trim() }"
            )
        )
        if passed[-1] == "Kopieer als tekst":
            page.keyboard.press("Enter")
            page.get_by_text("Gekopieerd.").wait_for()
    assert passed[0] == "Zoek" and passed[1].startswith("2 bronnen"), passed
    assert passed[2].startswith("Vraag en antwoord IPS-regeling"), passed
    assert passed[3:] == ["Kopieer als tekst", "Wie betaalt IPS?"]


def test_choice_under_a_quick_answer_is_asked_at_once(page: Any, site: Site) -> None:
    site.answer = lambda message, asked: [IPS] if message.startswith("/choose") else [CLARIFY]
    page.goto(site.address + "/snel?vraag=bedoel")
    page.get_by_role("button", name="Wat is WGB?").click()
    page.get_by_text("IPS helpt je").wait_for()
    assert site.texts() == ["bedoel", '/choose{"answer":"wgb/wat"}']


def test_guided_conversation_is_for_the_chat(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel?vraag=/start_disclosure")
    link = page.get_by_role("link", name="Ga verder in de chat")
    link.wait_for()
    assert link.get_attribute("href") == "/?rol=professional&vraag=%2Fstart_disclosure"
    assert page.get_by_role("button", name="Ja").count() == 0, "buttons of a conversation that isn't there"


def test_file_note_is_plain_text_with_question_answer_sources_and_date(page: Any, context: Any, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    page.goto(site.address + "/snel?vraag=wat is ips")
    page.get_by_role("button", name="Kopieer als tekst").click()
    page.get_by_text("Plak het in je verslag").wait_for()
    note = page.evaluate("() => navigator.clipboard.readText()")
    assert note.startswith("Vraag: wat is ips\n\nIPS helpt je")
    assert "Programmaraad, november 2017" in note and re.search(r"geraadpleegd op \d+ \w+ \d{4}$", note)


def test_last_questions_stay_in_the_tab_and_can_be_wiped(page: Any, context: Any, site: Site) -> None:
    page.goto(site.address + "/snel?vraag=wat is ips")
    page.get_by_role("link", name="wat is ips").wait_for()
    other = context.new_page()
    other.goto(site.address + "/snel")
    assert other.get_by_role("heading", name="Je laatste vragen").count() == 0
    page.get_by_role("button", name="Wis deze lijst").click()
    page.goto(site.address + "/snel")
    assert page.get_by_role("heading", name="Je laatste vragen").count() == 0


def test_question_in_need_is_not_kept_in_the_list(page: Any, site: Site) -> None:
    site.answer = lambda message, asked: [CRISIS]
    page.goto(site.address + "/snel?vraag=ik wil niet meer")
    page.get_by_role("link", name="Bel 113").wait_for()
    assert page.evaluate("() => sessionStorage.length") == 0


def test_question_with_data_of_a_client_is_said_and_not_kept_in_the_list(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel?vraag=ik ben Piet")
    page.get_by_text("IPS helpt je").wait_for()
    assert page.get_by_role("status").inner_text() == "Ik heb een naam weggelaten. Antwoord gevonden."
    assert page.evaluate("() => sessionStorage.length") == 0


def test_status_says_what_was_found(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel")
    for text, said in [("onbekend", "Geen antwoord gevonden."), ("bedoel je", "Wat bedoel je?"), ("x", "Antwoord")]:
        page.get_by_label("Je vraag").fill(text)
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text(said).wait_for()


def test_quick_answer_tries_again_when_the_server_is_back(page: Any, site: Site) -> None:
    site.status = 500
    page.goto(site.address + "/snel?vraag=wat is ips")
    page.get_by_role("status").get_by_text("Er gaat iets mis").wait_for()
    site.status = 200
    page.get_by_text("IPS helpt je").wait_for()
    assert page.get_by_label("Je vraag").input_value() == "wat is ips"
