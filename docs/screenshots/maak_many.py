"""Make the pictures of the demo app: start `make many-demo`, then
`PYTHONPATH=. .venv/bin/python docs/screenshots/maak_many.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.web.conftest import ARGUMENTS, CHROMIUM

FOLDER = Path(__file__).resolve().parent
QUESTION = "@koers wie betaalt IPS als iemand een bijstandsuitkering heeft?"


def main(address: str) -> None:
    """Post a question, wait for the reply, pick a choice, and draw what is seen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def page(width: int, scheme: str) -> Any:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="nl-NL")
            context.set_default_timeout(120_000)
            return context.new_page()

        wide = page(1100, "light")
        wide.goto(f"{address}/?als=klantmanager-friesland")
        wide.get_by_label("Waar").select_option("region/friesland")
        wide.get_by_label("Je bericht").fill(QUESTION)
        wide.get_by_role("button", name="Plaats").click()
        wide.locator(".reactie.koers").first.wait_for()
        if wide.get_by_text("1. ").count():
            wide.get_by_label("Je reactie").fill("1")
            wide.get_by_role("button", name="Reageer").click()
            wide.locator(".reactie.koers").nth(1).wait_for()
        wide.screenshot(path=FOLDER / "many-bericht.png", full_page=True)
        thread = wide.url
        wide.goto(f"{address}/?als=klantmanager-friesland")
        wide.screenshot(path=FOLDER / "many-bord.png")
        phone = page(375, "dark")
        phone.goto(thread)
        phone.locator(".reactie.koers").first.wait_for()
        phone.screenshot(path=FOLDER / "many-telefoon-donker.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5080")
