"""A real browser in front of the real pages. Without Chromium these tests are skipped, with one line that says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, Iterator, List

import pytest

from bot.settings import Settings
from knowledge.build import build
from knowledge.queries import Knowledge
from knowledge.reader import read_content
from knowledge.tables import open_database
from tests.web.assistant_site import Site

CHROMIUM = os.environ.get("KOERS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def real_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """The knowledge base as the editors have written it."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('web') / 'knowledge.db'}")
    build(engine, read_content(), "test")
    knowledge = Knowledge(engine=engine)
    yield knowledge
    knowledge.close()


@pytest.fixture(scope="session")
def running_site(real_knowledge: Knowledge) -> Iterator[Site]:
    site = Site(real_knowledge, Settings.from_environment({}))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def site(running_site: Site) -> Site:
    running_site.reset()
    return running_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright is er niet (pip install playwright)")
    if not Path(CHROMIUM).exists():
        _missing("Chromium is er niet (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def _missing(what: str) -> None:
    """CI must run these tests; elsewhere they may be missed."""
    line = f"{what}: de browsertests zijn overgeslagen."
    if os.environ.get("CI"):
        pytest.fail(line)
    pytest.skip(line)


@pytest.fixture
def context(browser: Any, site: Site) -> Iterator[Any]:
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def requests_elsewhere(context: Any, site: Site) -> List[str]:
    """Every address outside the assistant's own and the foreign test site that the browser asks for."""
    elsewhere: List[str] = []

    def note(request: Any) -> None:
        if not request.url.startswith((site.address, site.foreign, "data:", "blob:")):
            elsewhere.append(request.url)

    context.on("request", note)
    return elsewhere


@pytest.fixture
def page(context: Any) -> Any:
    """An empty page whose script errors end up in `page.mistakes`."""
    page = context.new_page()
    page.mistakes = []
    page.on("pageerror", lambda error: page.mistakes.append(str(error)))
    page.on(
        "console", lambda message: page.mistakes.append(message.text) if "Content Security" in message.text else None
    )
    return page
