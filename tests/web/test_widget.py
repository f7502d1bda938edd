"""The chat in a real browser: whole conversations, the keyboard, things that go wrong, other people's sites."""

from __future__ import annotations

import gzip
import time
from typing import Any, List

import pytest

from bot.channels.pages import WEB
from tests.web.assistant_site import IPS, OVERVIEW, STEPS, Site, button, reply

MAX_WIDGET = 40 * 1024


def open_chat(page: Any, site: Site) -> Any:
    """The chat's page; gives the field to type in."""
    page.goto(site.address + "/")
    return page.get_by_label("Je vraag")


def ask(page: Any, text: str) -> None:
    """Type and send."""
    page.get_by_label("Je vraag").fill(text)
    page.keyboard.press("Enter")


def log(page: Any) -> Any:
    return page.get_by_role("log")


def focused(page: Any) -> str:
    """What has the focus inside the chat: its text or its id."""
    return page.evaluate(
        "() => { const a = document.querySelector('koers-chat').shadowRoot.activeElement;"
        " return a ? (a.id || a.textContent.trim()) : '' }"
    )


def tab_to(page: Any, wanted: str, most: int = 30) -> None:
    """Press Tab until `wanted` has the focus, as someone without a mouse does."""
    seen: List[str] = []
    for _ in range(most):
        seen.append(focused(page))
        if seen[-1] == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came at {wanted!r}; it passed {seen}.")


# ------------------------------------------------------------------------------------------- conversations


def test_start_button_sets_the_role_and_offers_questions(page: Any, site: Site) -> None:
    open_chat(page, site)
    page.get_by_role("button", name="Ik begeleid mensen naar werk").click()
    page.get_by_role("button", name="Wie betaalt IPS?").click()
    log(page).get_by_text("IPS helpt je").wait_for()
    assert site.messages[0]["metadata"] == {"role": "professional"}
    assert len(site.messages[0]["sender"]) == 32


def test_answer_folds_its_sources_and_says_what_may_be_outdated(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    sources = log(page).locator("details")
    sources.wait_for()
    assert "mogelijk verouderd" in sources.locator("summary").inner_text()
    assert not page.get_by_text("Programmaraad").is_visible()
    sources.locator("summary").click()
    assert "november 2017" in sources.inner_text() and "geen officiële bron" in sources.inner_text()
    link = page.get_by_role("link", name="Vraag en antwoord IPS-regeling")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "Bronnen:" not in log(page).inner_text()


def test_options_of_a_clarifying_question_are_buttons_and_not_said_twice(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "bedoel je")
    page.get_by_role("button", name="2. Wat is WGB?").click()
    log(page).get_by_text("IPS helpt je").wait_for()
    assert log(page).get_by_text("Wat is WGB?").count() == 1, "only the person's own choice"
    assert site.texts() == ["bedoel je", '/choose{"answer":"wgb/wat"}']


def test_changed_answer_tells_what_holds_now_first(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "subsidie")
    stands = log(page).locator(".stand")
    stands.first.wait_for()
    assert stands.all_inner_texts() == ["Nu:", "In de bron (2017):"]


def test_more_detail_and_simpler_take_turns_at_the_last_answer_only(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    page.get_by_role("button", name="Meer details").click()
    page.get_by_role("button", name="Leg makkelijker uit").click()
    page.get_by_role("button", name="Meer details").wait_for()
    assert site.texts() == ["wat is ips", "Meer details graag.", "Leg dat makkelijker uit."]
    assert page.get_by_role("button", name="Leg makkelijker uit").count() == 0


def test_thumb_is_sent_at_once_and_a_word_may_follow(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    page.get_by_role("button", name="Dit hielp mij niet").click()
    page.get_by_label("Wil je er iets bij zeggen?").fill("te kort")
    page.keyboard.press("Enter")
    page.get_by_text("Bedankt voor je reactie.").wait_for()
    for _ in range(20):
        if len(site.feedback) == 2:
            break
        page.wait_for_timeout(50)
    assert [(each["answer_id"], each["rating"], each["comment"]) for each in site.feedback] == [
        ("ips/wat", "down", ""),
        ("ips/wat", "down", "te kort"),
    ]
    assert page.get_by_role("button", name="Dit hielp mij niet").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Dit hielp mij", exact=True).click()
    with page.expect_response("**/feedback"):
        page.get_by_role("button", name="Dit hielp mij niet").click()
    names = {each["name"] for each in site.feedback}
    assert len(names) == 1 and site.messages[0]["sender"] not in names, "one judgement, of nobody in particular"


def test_words_about_two_answers_have_a_field_each(page: Any, site: Site) -> None:
    open_chat(page, site)
    for number in range(2):
        ask(page, f"vraag {number}")
        page.get_by_role("button", name="Dit hielp mij niet").nth(number).click()
    fields = page.get_by_label("Wil je er iets bij zeggen?")
    fields.nth(1).fill("te lang")
    assert [field.input_value() for field in fields.all()] == ["", "te lang"]


def test_danger_in_the_word_after_a_thumb_brings_the_crisis_card(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    page.get_by_role("button", name="Dit hielp mij niet").click()
    page.get_by_label("Wil je er iets bij zeggen?").fill("ik wil niet meer leven")
    page.keyboard.press("Enter")
    page.get_by_text("Ik maak me zorgen om je.").wait_for()
    assert page.get_by_role("region", name="Direct hulp").is_visible()


def test_copy_gives_text_with_sources(page: Any, context: Any, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    open_chat(page, site)
    ask(page, "wat is ips")
    page.get_by_role("button", name="Kopieer").click()
    page.get_by_role("button", name="Gekopieerd").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("IPS helpt je") and "november 2017, mogelijk verouderd" in copied


def test_table_becomes_cards_on_a_phone_and_stays_a_table_for_a_screen_reader(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    open_chat(page, site)
    ask(page, "tabel")
    page.get_by_role("cell", name="De eerste gesprekken").wait_for()
    assert page.get_by_role("rowheader", name="Gemeente").count() == 1
    assert page.get_by_role("row").nth(1).evaluate("row => getComputedStyle(row).display") == "block"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


# ------------------------------------------------------------------------------------------- keyboard, focus


def test_what_a_table_says_is_not_said_beside_it_and_its_words_stay_whole(page: Any, site: Site) -> None:
    rows = [["Behandeling erbij", "ja, bij de ggz", "nee"], ["Hoe lang", "twaalf maanden", "langdurige ondersteuning"]]
    text = "WGB en IPS naast elkaar.\n" + "\n".join(f"{a}:\n- WGB: {b}\n- IPS: {c}" for a, b, c in rows)
    compared = reply(text, table={"columns": ["", "WGB", "IPS"], "rows": rows}, answer_id="wgb/verschil")
    site.answer = lambda message, asked: [compared]
    open_chat(page, site)
    ask(page, "verschil tussen wgb en ips")
    table = log(page).get_by_role("table")
    table.wait_for()
    assert log(page).get_by_text("twaalf maanden").count() == 1
    header = table.get_by_role("rowheader", name="Hoe lang")
    wider = "th => { const d = document.createRange(); d.selectNodeContents(th); return d.getClientRects().length }"
    assert header.evaluate(wider) <= 2, "a line for each word at most"


def test_table_that_is_too_wide_is_opened_by_who_wants_it(page: Any, site: Site) -> None:
    columns = ["Betaler", "Wet/regeling", "Dekt", "Bedrag/limiet", "Periode", "Voorwaarden", "Geldig", "Stand"]
    rows = [["Zorgverzekeraar", "Zorgverzekeringswet", "De eerste gesprekken", "acht", "", "", "nu", "november 2017"]]
    site.answer = lambda message, asked: [reply("- Zorgverzekeraar", table={"columns": columns, "rows": rows})]
    open_chat(page, site)
    ask(page, "wie betaalt wat")
    summary = log(page).get_by_text("Bekijk als tabel")
    summary.wait_for()
    assert not page.get_by_role("table").is_visible()
    summary.click()
    assert page.get_by_role("columnheader", name="Stand").bounding_box()["height"] < 50, "one line"
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "the page itself doesn't scroll"


def test_keyboard_alone_goes_from_page_to_a_finished_disclosure_overview(page: Any, site: Site) -> None:
    open_chat(page, site)
    tab_to(page, "Ik zoek werk")
    page.keyboard.press("Enter")
    tab_to(page, "Vertel ik het op mijn werk?")
    page.keyboard.press("Enter")
    for step in STEPS:
        log(page).get_by_text(step).wait_for()
        tab_to(page, "Ja")
        page.keyboard.press("Space")
    page.get_by_role("heading", name="Wat ervoor spreekt").wait_for()
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    tab_to(page, "Druk af")
    page.keyboard.press("Enter")
    assert page.evaluate("() => window.printed") is True
    assert site.texts() == ["/start_disclosure", "/affirm", "/affirm", "/affirm"]


def test_own_line_has_the_focus_after_a_button_so_that_tab_leads_to_what_is_new(page: Any, site: Site) -> None:
    open_chat(page, site)
    page.get_by_role("button", name="Ik zoek werk").click()
    assert focused(page) == "Jij: Ik zoek werk"
    page.keyboard.press("Tab")
    assert focused(page) == "Wat is IPS?"


def test_typing_keeps_the_focus_in_the_field(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    log(page).get_by_text("IPS helpt je").wait_for()
    assert focused(page) == "vraag"


def test_floating_chat_opens_closes_with_escape_and_returns_the_focus(page: Any, site: Site) -> None:
    page.goto(site.foreign)
    page.keyboard.press("Tab")
    assert focused(page) == "Stel je vraag"
    page.keyboard.press("Enter")
    assert focused(page) == "vraag"
    page.keyboard.press("Escape")
    assert focused(page) == "Stel je vraag"
    assert not page.get_by_role("dialog").is_visible()


def test_replies_are_announced_and_a_restored_conversation_is_not(page: Any, site: Site) -> None:
    open_chat(page, site)
    page.wait_for_function(
        "() => document.querySelector('koers-chat').shadowRoot.querySelector('[role=log]').ariaLive === 'polite'"
    )
    # Note, from before the widget runs, what the log says of itself whenever a line comes in.
    page.add_init_script(
        """const append = Element.prototype.append;
        Element.prototype.append = function (...nodes) {
          if (this.role === 'log') (window.lives ||= []).push(this.ariaLive);
          return append.apply(this, nodes);
        }"""
    )
    ask(page, "wat is ips")
    log(page).get_by_text("IPS helpt je").wait_for()
    page.reload()
    log(page).get_by_text("IPS helpt je").wait_for()
    assert set(page.evaluate("() => window.lives")) == {"off"}
    ask(page, "nog een")
    page.wait_for_function("() => window.lives.at(-1) === 'polite'")


# ------------------------------------------------------------------------------------- memory of the tab


def test_reload_keeps_conversation_sender_and_typed_text(page: Any, site: Site) -> None:
    field = open_chat(page, site)
    ask(page, "wat is ips")
    log(page).get_by_text("IPS helpt je").wait_for()
    field.fill("halve zin")
    page.reload()
    log(page).get_by_text("IPS helpt je").wait_for()
    assert page.get_by_label("Je vraag").input_value() == "halve zin"
    page.get_by_role("button", name="Wie betaalt IPS?").click()
    log(page).get_by_text("IPS helpt je").nth(1).wait_for()
    assert site.messages[0]["sender"] == site.messages[1]["sender"]
    assert page.evaluate("() => localStorage.length + document.cookie.length") == 0


def test_reload_before_the_answer_gives_the_question_back(page: Any, site: Site) -> None:
    open_chat(page, site)
    site.delay = 3
    ask(page, "wie betaalt dat")
    log(page).get_by_text("wie betaalt dat").wait_for()
    page.reload()
    page.get_by_text("Je vorige vraag had nog geen antwoord").wait_for()
    assert page.get_by_label("Je vraag").input_value() == "wie betaalt dat"


def test_wiping_cleans_the_screen_at_once_tells_the_server_and_starts_anew(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "mijn geheim")
    log(page).get_by_text("IPS helpt je").wait_for()
    site.delay = 1
    page.get_by_role("button", name="Wis gesprek").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    assert "mijn geheim" not in log(page).inner_text()
    assert "mijn geheim" not in page.evaluate("() => JSON.stringify(sessionStorage)")
    page.wait_for_timeout(1300)
    site.delay = 0
    ask(page, "nieuw")
    log(page).get_by_text("IPS helpt je").wait_for()
    assert site.texts() == ["mijn geheim", "/delete_conversation", "nieuw"]
    first, wiped, new = (message["sender"] for message in site.messages)
    assert first == wiped != new


def test_wiping_asks_first(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    page.get_by_role("button", name="Wis gesprek").click()
    page.get_by_role("button", name="Nee, ga terug").click()
    assert log(page).get_by_text("wat is ips").count() == 1
    assert focused(page) == "Wis gesprek"


def test_forget_command_in_the_conversation_wipes_the_screen_too(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "mijn geheim")
    log(page).get_by_text("IPS helpt je").wait_for()
    ask(page, "/delete_conversation")
    log(page).get_by_text("Het gesprek is gewist").wait_for()
    assert "mijn geheim" not in log(page).inner_text()


def test_two_tabs_are_two_conversations_and_a_copied_tab_shares_one(page: Any, context: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "een")
    log(page).get_by_text("IPS helpt je").wait_for()
    other = context.new_page()
    open_chat(other, site)
    ask(other, "twee")
    log(other).get_by_text("IPS helpt je").wait_for()
    assert site.messages[0]["sender"] != site.messages[1]["sender"]
    stored = page.evaluate("() => JSON.stringify({...sessionStorage})")
    copy = context.new_page()
    copy.add_init_script(f"Object.assign(sessionStorage, {stored})")
    open_chat(copy, site)
    ask(copy, "drie")
    log(page).get_by_text("drie").wait_for()
    assert site.messages[2]["sender"] == site.messages[0]["sender"]


def test_two_hundred_messages_stay_quick_and_survive_a_reload(page: Any, site: Site) -> None:
    open_chat(page, site)
    page.evaluate(
        """(reply) => {
          const key = 'koers:' + location.origin;
          const saved = JSON.parse(sessionStorage[key]);
          for (let n = 0; n < 100; n++) {
            saved.regels.push({van: 'jij', tekst: 'vraag ' + n}, {van: 'koers', antwoord: reply});
          }
          sessionStorage[key] = JSON.stringify(saved);
        }""",
        {"text": IPS["text"], "custom": IPS["custom"]},
    )
    page.reload()
    log(page).get_by_text("vraag 99").wait_for()
    started = time.monotonic()
    ask(page, "de laatste")
    log(page).get_by_text("IPS helpt je").nth(100).wait_for()
    assert time.monotonic() - started < 2
    page.reload()
    log(page).get_by_text("de laatste").wait_for()
    assert log(page).locator(".bericht").count() > 200


# ------------------------------------------------------------------------------------------------ crisis


def test_crisis_card_stays_in_sight_with_large_links(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    open_chat(page, site)
    ask(page, "ik wil niet meer")
    card = page.get_by_role("region", name="Direct hulp")
    card.wait_for()
    said = log(page).locator(".crisisbericht").get_by_role("link")
    assert [call.get_attribute("href") for call in said.all()] == ["tel:113", "tel:08000113", "tel:112"]
    for number in range(4):
        ask(page, f"vraag {number}")
        log(page).get_by_text("IPS helpt je").nth(number).wait_for()
    page.reload()
    log(page).get_by_text("vraag 3").scroll_into_view_if_needed()
    links = card.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == [
        "tel:113",
        "tel:08000113",
        "https://www.113.nl/",
        "tel:112",
    ]
    for link in links.all():
        box = link.bounding_box()
        assert box["height"] >= 44 and 0 <= box["y"] < 700
    assert card.evaluate("card => getComputedStyle(card).position") == "sticky"


def test_whom_to_call_stands_below_the_field_until_the_card_says_it_larger(page: Any, site: Site) -> None:
    page.goto(site.foreign)
    page.get_by_role("button", name="Stel je vraag").click()
    calls = page.locator(".invoer").get_by_role("link")
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:113", "tel:112"]
    for number in range(3):
        ask(page, f"vraag {number}")
        log(page).get_by_text("IPS helpt je").nth(number).wait_for()
    assert all(call.is_visible() for call in calls.all())
    ask(page, "ik wil niet meer")
    page.get_by_role("region", name="Direct hulp").wait_for()
    assert not any(call.is_visible() for call in calls.all())


def test_answer_has_room_on_a_small_phone_even_under_the_crisis_card(page: Any, site: Site) -> None:
    page.goto(site.foreign)
    page.get_by_role("button", name="Stel je vraag").click()
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        tops = [page.get_by_role("button", name=name).bounding_box()["y"] for name in ("Wis gesprek", "Sluit de chat")]
        assert tops[0] == tops[1], "the buttons above the chat share one line"
    ask(page, "ik wil niet meer")
    page.get_by_role("region", name="Direct hulp").wait_for()
    # Long choices below an answer scroll with it; they took its place.
    site.answer = lambda message, asked: [{**IPS, "buttons": [button("Een vraag van twee regels? " * 2, "x")] * 4}]
    ask(page, "wat is ips")
    answer = log(page).get_by_text("IPS helpt je")
    answer.wait_for()
    box, field = answer.bounding_box(), page.get_by_label("Je vraag").bounding_box()
    assert box["y"] > 0 and box["y"] + box["height"] < field["y"] and field["y"] + field["height"] < 640
    assert page.locator(".verloop").bounding_box()["height"] >= 640 / 3


def test_what_koers_is_is_said_once(page: Any, site: Site) -> None:
    open_chat(page, site)
    ask(page, "wat is ips")
    log(page).get_by_text("IPS helpt je").wait_for()
    said = log(page).inner_text()
    assert said.count("geen mens") == 1 and "Ik beslis niets" in said and "Typ hier geen namen" not in said


# --------------------------------------------------------------------------------------- when things go wrong


@pytest.mark.parametrize("status", [400, 413, 429, 503])
def test_message_that_nobody_read_names_who_to_call(page: Any, site: Site, status: int) -> None:
    open_chat(page, site)
    site.status = status
    ask(page, "het gaat niet goed met mij")
    links = page.get_by_role("alert").get_by_role("link")
    links.first.wait_for()
    assert [link.get_attribute("href") for link in links.all()] == ["tel:113", "tel:08000113", "tel:112"]


def test_server_that_answers_500_is_said_and_tried_again_and_the_text_is_kept(page: Any, site: Site) -> None:
    field = open_chat(page, site)
    site.status = 500
    ask(page, "wie betaalt ips")
    page.get_by_role("alert").get_by_text("Er gaat iets mis bij Koers").wait_for()
    assert field.input_value() == "wie betaalt ips"
    assert log(page).get_by_text("wie betaalt ips").count() == 0
    site.status = 200
    log(page).get_by_text("IPS helpt je").wait_for()
    assert field.input_value() == ""
    assert log(page).get_by_text("wie betaalt ips").count() == 1
    assert page.get_by_role("alert").inner_text() == ""


def test_retries_back_off_and_stop_when_the_text_is_changed(page: Any, site: Site) -> None:
    page.clock.install()
    field = open_chat(page, site)
    site.status = 503
    ask(page, "een vraag")
    page.get_by_role("alert").get_by_text("Er gaat iets mis").wait_for()
    waits = []
    for expected in (2, 3, 4):
        waited = 0
        while len(site.messages) < expected and waited < 60_000:
            page.clock.run_for(200)
            page.wait_for_timeout(20)
            waited += 200
        waits.append(waited)
    assert waits == sorted(waits) and waits[2] >= 2 * waits[0]
    field.fill("een andere vraag")
    page.clock.run_for(120_000)
    page.wait_for_timeout(100)
    assert len(site.messages) == 4
    assert page.get_by_role("alert").inner_text() == ""


def test_offline_is_said_and_the_message_goes_when_the_network_is_back(page: Any, context: Any, site: Site) -> None:
    field = open_chat(page, site)
    context.set_offline(True)
    ask(page, "wat is ips")
    page.get_by_role("alert").get_by_text("Je hebt geen internet").wait_for()
    assert field.input_value() == "wat is ips" and site.messages == []
    context.set_offline(False)
    log(page).get_by_text("IPS helpt je").wait_for()
    assert site.texts() == ["wat is ips"]


def test_button_that_fails_is_offered_again(page: Any, site: Site) -> None:
    field = open_chat(page, site)
    ask(page, "wat is ips")
    page.get_by_role("button", name="Wie betaalt IPS?").wait_for()
    site.answer = lambda message, asked: "<html>proxy</html>"
    page.get_by_role("button", name="Wie betaalt IPS?").click()
    page.get_by_role("alert").get_by_text("dat ik niet kan lezen").wait_for()
    assert page.get_by_role("button", name="Wie betaalt IPS?").is_visible()
    assert field.input_value() == "", "a payload never shows up in the field"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(429, "Wacht een minuut"), (413, "Je bericht is te lang"), (400, "kan dit bericht niet verwerken")],
)
def test_every_refusal_has_its_own_sentence_and_keeps_the_text(
    page: Any, site: Site, status: int, sentence: str
) -> None:
    field = open_chat(page, site)
    site.status = status
    ask(page, "mijn vraag")
    page.get_by_role("alert").get_by_text(sentence).wait_for()
    assert field.input_value() == "mijn vraag"
    page.wait_for_timeout(1500)
    assert len(site.messages) == 1, "a refused message isn't sent again by itself"


def test_slow_network_shows_that_it_works_and_gives_up_honestly(page: Any, site: Site) -> None:
    page.clock.install()
    open_chat(page, site)
    site.delay = 2
    ask(page, "wat is ips")
    page.clock.run_for(300)
    page.get_by_text("Koers zoekt een antwoord").wait_for()
    page.clock.run_for(8000)
    page.get_by_text("Dit duurt langer dan normaal").wait_for()
    page.clock.run_for(23_000)
    page.get_by_role("alert").get_by_text("Het antwoord komt niet").wait_for()
    assert page.get_by_role("button", name="Probeer nu opnieuw").is_visible()


def test_options_that_a_flow_lists_in_its_text_are_only_buttons(page: Any, site: Site) -> None:
    site.answer = lambda message, asked: [
        reply(
            "Waar sta je nu?\n\n1. Ik werk\n2. Ik ben ziek",
            "flow",
            [button("Ik werk", "1"), button("Ik ben ziek", "2")],
        )
    ]
    open_chat(page, site)
    ask(page, "start")
    page.get_by_role("button", name="Ik werk").wait_for()
    assert log(page).get_by_text("Waar sta je nu?").count() == 1
    assert log(page).get_by_text("Ik werk").count() == 0


def test_double_send_is_one_message(page: Any, site: Site) -> None:
    field = open_chat(page, site)
    site.delay = 0.5
    ask(page, "wat is ips")
    ask(page, "wat is ips")
    page.get_by_text("Ik ben nog bezig met je vorige vraag").wait_for()
    assert field.input_value() == "wat is ips"
    log(page).get_by_text("IPS helpt je").wait_for()
    assert site.texts() == ["wat is ips"]


def test_markup_in_messages_and_replies_is_text(page: Any, site: Site) -> None:
    attack = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    site.answer = lambda message, asked: [
        reply(
            attack,
            buttons=[button(attack, "x")],
            sources=[{"title": attack, "url": "javascript:window.hacked=1", "as_of": "2020"}],
        )
    ]
    open_chat(page, site)
    ask(page, attack)
    log(page).get_by_text("<script>window.hacked = 1</script>").first.wait_for()
    log(page).locator("summary").click()
    assert page.evaluate("() => window.hacked") is None
    assert log(page).locator("script, img, a[href^=javascript]").count() == 0
    assert site.texts() == [attack]


def test_message_of_ten_thousand_characters_is_not_sent_and_not_lost(page: Any, site: Site) -> None:
    field = open_chat(page, site)
    ask(page, "a" * 10_000)
    page.get_by_role("alert").get_by_text("Je bericht is te lang: 10.000 tekens").wait_for()
    assert len(field.input_value()) == 10_000 and site.messages == []
    field.fill("a" * 1_900)
    page.get_by_text("Nog 100 tekens.").wait_for()


def test_flood_of_emoji_stays_inside_the_page(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    site.answer = lambda message, asked: [reply("🤯" * 500)]
    open_chat(page, site)
    ask(page, "😀" * 2000)
    log(page).get_by_text("🤯").wait_for()
    assert len(site.messages) == 1, "2000 emoji are 2000 characters, as the server counts"
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


# ------------------------------------------------------------------------------------ on other people's pages


def test_chat_works_on_a_strict_and_hostile_site(page: Any, site: Site, requests_elsewhere: List[str]) -> None:
    page.goto(site.foreign)
    page.get_by_role("button", name="Stel je vraag").click()
    ask(page, "wat is ips")
    answer = log(page).get_by_text("IPS helpt je")
    answer.wait_for()
    style = answer.evaluate("e => { const s = getComputedStyle(e); return [s.fontSize, s.color, s.letterSpacing] }")
    assert style == ["17px", "rgb(27, 37, 48)", "normal"], "the site's CSS doesn't reach the chat"
    heading = page.get_by_role("heading", name="Gemeente").evaluate("e => getComputedStyle(e).color")
    assert heading == "rgb(51, 51, 51)", "nor the chat's the site"
    assert page.mistakes == [] and requests_elsewhere == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chat_takes_over_the_theme_of_a_site_that_asks_for_it(page: Any, site: Site, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site.foreign + "/thema")
    button = page.get_by_role("button", name="Stel je vraag")
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(81, 21, 239)"
    button.click()
    assert page.get_by_label("Je vraag").evaluate("e => getComputedStyle(e).color") == "rgb(0, 26, 64)"


def test_printing_the_overview_prints_nothing_else_of_the_site(page: Any, site: Site) -> None:
    site.answer = lambda message, asked: [OVERVIEW]
    page.goto(site.foreign)
    page.get_by_role("button", name="Stel je vraag").click()
    ask(page, "klaar")
    page.evaluate("() => { window.print = () => {} }")
    page.get_by_role("button", name="Druk af").click()
    page.emulate_media(media="print")
    printed = page.locator("koers-afdruk")
    assert printed.get_by_text("Je weet niet hoe je baas reageert.").is_visible()
    assert not page.get_by_role("heading", name="Gemeente").is_visible()
    assert not page.locator("koers-chat").is_visible()
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert printed.count() == 0 and page.get_by_role("heading", name="Gemeente").is_visible()


def test_overview_is_not_said_twice(page: Any, site: Site) -> None:
    site.answer = lambda message, asked: [OVERVIEW]
    open_chat(page, site)
    ask(page, "klaar")
    page.get_by_role("heading", name="Vertel ik het op mijn werk?").wait_for()
    assert log(page).get_by_text("Je weet niet hoe je baas reageert.").count() == 1
    assert log(page).get_by_text("Je kunt het afdrukken.").count() == 1


def test_widget_is_small() -> None:
    assert len(gzip.compress((WEB / "static" / "koers.js").read_bytes(), 9)) < MAX_WIDGET


def test_first_paint_is_within_a_second(page: Any, site: Site, requests_elsewhere: List[str]) -> None:
    open_chat(page, site).wait_for()
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    assert page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime") < 1000
    assert requests_elsewhere == [] and page.mistakes == []
