"""Telling or not, on the real assistant, with nothing but a keyboard: overview, PDF, another answer, thrown away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Iterator

import pytest

from tests.assistant import Assistant
from tests.web.test_widget import ask, log, tab_to

OWN_WORDS = "dan hoef ik geen toverfluitketel te spelen"


@pytest.fixture
def page(browser: Any, assistant: Assistant) -> Iterator[Any]:
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(15000)
    page = context.new_page()
    page.goto(assistant.url + "/")
    yield page
    context.close()


def press(page: Any, button: str) -> None:
    """Tab to a button and press it."""
    page.get_by_role("button", name=button, exact=True).wait_for()
    tab_to(page, button, most=60)
    page.keyboard.press("Enter")


def say(page: Any, text: str) -> None:
    """Tab to the field, type, send."""
    tab_to(page, "vraag", most=60)
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")


def walk(page: Any) -> None:
    """From the page to a finished overview."""
    press(page, "Ik zoek werk")
    press(page, "Vertel ik het op mijn werk?")
    press(page, "Ik werk")
    log(page).get_by_text("Wat zou vertellen jou kunnen opleveren?").wait_for()
    say(page, OWN_WORDS)
    press(page, "Er wordt misschien meer op mij gelet")
    press(page, "Het kan rondgaan, en wat gezegd is haal ik niet terug")
    press(page, "Verder")
    press(page, "Een rustige plek of minder prikkels")
    press(page, "Verder")
    for question, answer in (
        ("Wat vind jij het belangrijkst?", "privacy"),
        ("Hoeveel zou je nu willen vertellen?", "een deel"),
        ("Aan wie zou je het vertellen?", "mijn leidinggevende"),
        ("Welk moment past daarbij?", "weet niet"),
        ("Met wie zou je dit kunnen voorbereiden?", "mijn zus"),
        ("Hoe zou je het zeggen", "Ik wil je iets vertellen. Heb je rustig tijd?"),
    ):
        log(page).get_by_text(question).wait_for()
        say(page, answer)
    page.get_by_role("heading", name="Mijn overzicht: vertellen of niet").wait_for()


def test_overview_is_read_saved_changed_and_thrown_away_with_a_keyboard(page: Any, assistant: Assistant) -> None:
    walk(page)
    overview = page.locator("koers-chat .document")
    assert overview.get_by_text(OWN_WORDS).count() == 1
    with page.expect_download() as started:
        press(page, "Download als pdf")
    saved = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename == "overzicht.pdf"
    assert saved.startswith(b"%PDF") and len(re.findall(rb"/Type /Page\b", saved)) == 1
    page.get_by_text("Het overzicht is gedownload als overzicht.pdf.").wait_for()

    say(page, "terug naar aan wie")
    log(page).get_by_text("Wat moet het zijn?").wait_for()
    say(page, "alleen de bedrijfsarts")
    overview.nth(1).wait_for()
    assert overview.nth(1).get_by_text("De bedrijfsarts").count() == 1
    assert overview.nth(1).get_by_text("Mijn leidinggevende").count() == 0

    press(page, "Weggooien")
    page.get_by_text("staat ook niet meer op dit scherm").wait_for()
    assert overview.count() == 0 and "toverfluitketel" not in page.content()
    assert "toverfluitketel" not in page.evaluate("() => JSON.stringify(sessionStorage)")
    kept = b"".join(path.read_bytes() for path in Path(assistant.folder).glob("conversations.db*"))
    assert b"toverfluitketel" not in kept
    ask(page, "wat is ips")
    log(page).locator("p:visible", has_text="IPS").last.wait_for()


def test_download_that_fails_says_so_and_leaves_the_overview(page: Any) -> None:
    walk(page)
    page.route("**/webhooks/website/overview", lambda route: route.fulfill(status=500, body="{}"))
    press(page, "Download als pdf")
    page.get_by_text("Downloaden lukt nu niet").wait_for()
    assert page.locator("koers-chat .document").get_by_text(OWN_WORDS).count() == 1
