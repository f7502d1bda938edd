"""Make the pictures in this folder from a running assistant:
`PYTHONPATH=. .venv/bin/python docs/screenshots/maak.py http://127.0.0.1:5005`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict

from playwright.sync_api import sync_playwright

from tests.web.conftest import ARGUMENTS, CHROMIUM

FOLDER = Path(__file__).resolve().parent
PHONE = {"width": 375, "height": 740}
DESKTOP = {"width": 1100, "height": 760}


def main(address: str) -> None:
    """Draw every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def page(viewport: Dict[str, int], scheme: str) -> Any:
            context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="nl-NL")
            return context.new_page()

        def ask(on: Any, text: str, kind: str = ".bericht:not(.jij):not(.melding)") -> None:
            before = on.locator(kind).count()
            on.get_by_label("Je vraag").fill(text)
            on.keyboard.press("Enter")
            on.locator(kind).nth(before).wait_for()
            on.wait_for_timeout(300)

        start = page(PHONE, "light")
        start.goto(address + "/")
        start.get_by_role("button", name="Ik zoek werk").wait_for()
        start.screenshot(path=FOLDER / "begin-telefoon.png")
        ask(start, "ik wil er niet meer zijn", ".crisisbericht")
        start.screenshot(path=FOLDER / "crisis-telefoon.png")

        client = page(DESKTOP, "light")
        client.goto(address + "/?rol=client")
        ask(client, "wat is een jobcoach")
        client.locator("summary").last.click()
        client.screenshot(path=FOLDER / "antwoord-licht.png")

        dark = page(PHONE, "dark")
        dark.goto(address + "/?rol=client")
        ask(dark, "wat is een jobcoach")
        dark.screenshot(path=FOLDER / "antwoord-donker-telefoon.png")

        for viewport, scheme, name in ((PHONE, "light", "overzicht-telefoon"), (DESKTOP, "dark", "overzicht-donker")):
            weighing = page(viewport, scheme)
            weighing.goto(address + "/?rol=client")
            for text in ("/start_disclosure", "ik solliciteer", "1 en 3", "2", "rust", "privacy", "een deel"):
                ask(weighing, text)
            for text in ("mijn leidinggevende", "als ik de baan heb", "mijn behandelaar", "Ik werk graag rustig."):
                ask(weighing, text)
            weighing.locator(".document .acties").scroll_into_view_if_needed()
            weighing.screenshot(path=FOLDER / f"{name}.png")

        quick = page(DESKTOP, "light")
        quick.goto(address + "/snel?vraag=wie betaalt ips")
        quick.get_by_role("button", name="Kopieer als tekst").wait_for()
        quick.screenshot(path=FOLDER / "snel.png")

        knowledge = page(DESKTOP, "dark")
        knowledge.goto(address + "/kennis/ips")
        knowledge.screenshot(path=FOLDER / "kennis-donker.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5005")
