"""The chat on somebody else's site, with the real assistant: what a browser asks first must be answered too."""

from __future__ import annotations

from typing import Any

from tests.assistant import Assistant

SITE = "https://gemeente.example"


def test_a_site_of_the_settings_gets_an_answer_in_its_widget(browser: Any, assistant: Assistant) -> None:
    line = f'<script src="{assistant.url}/static/koers.js" data-rol="client" defer></script>'
    html = f'<!doctype html><html lang="nl"><title>Gemeente</title>{line}<h1>Werk en inkomen</h1></html>'
    # The assistant of a test is on this machine, which a browser lets a site reach with permission only.
    context = browser.new_context(locale="nl-NL", permissions=["local-network-access"])
    context.set_default_timeout(20000)
    try:
        page = context.new_page()
        page.route(f"{SITE}/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{SITE}/werk")
        page.get_by_role("button", name="Stel je vraag").click()
        page.get_by_label("Je vraag").fill("Wat is IPS?")
        page.get_by_role("button", name="Verstuur").click()
        page.get_by_role("log").get_by_text("Individuele Plaatsing en Steun").wait_for()
        assert page.get_by_role("alert").inner_text() == ""
    finally:
        context.close()
