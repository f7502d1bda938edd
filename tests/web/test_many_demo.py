"""The demo app of the community channel in a real browser, with the real assistant as its member."""

from __future__ import annotations

from typing import Any, Iterator
from urllib.parse import urlencode

import pytest

from tests.channels.many.community import PATIENCE, Community
from tests.web.test_accessibility import violations


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="nl-NL", viewport={"width": 375, "height": 740}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.mistakes = []
    page.on("pageerror", lambda error: page.mistakes.append(str(error)))
    yield page
    context.close()


def board(community: Community, member: str) -> str:
    return f"{community.url}/?{urlencode({'als': member})}"


def has_no_faults(page: Any) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    assert page.mistakes == []


def test_a_member_posts_and_sees_the_reply_come_in(community: Community, page: Any) -> None:
    member = community.member("friesland")
    page.goto(board(community, member))
    has_no_faults(page)
    page.get_by_label("Waar").select_option("region/friesland")
    page.get_by_label("Je bericht").fill("@koers wat is IPS precies?")
    page.get_by_role("button", name="Plaats").click()
    page.get_by_role("heading", name="Bericht van Een lid").wait_for()
    reply = page.locator(".reactie.koers")
    reply.get_by_text("Bron:").first.wait_for()
    assert "(computerprogramma)" in reply.inner_text() and "1. " in reply.inner_text()
    page.get_by_label("Je reactie").fill("1")
    page.get_by_role("button", name="Reageer").click()
    page.locator(".reactie.koers").nth(1).wait_for()
    has_no_faults(page)
    page.get_by_role("button", name="Verwijder dit bericht").click()
    page.get_by_role("heading", name="Berichten", exact=True).wait_for()
    assert page.get_by_text("wat is IPS precies?").count() == 0


def test_a_member_sees_the_posts_of_the_chosen_regions_only(community: Community, page: Any) -> None:
    here, there = community.member("friesland"), community.member("zeeland")
    post = community.board.write(here, "region", "friesland", "Alleen voor wie Friesland koos.")
    page.goto(board(community, there))
    assert page.get_by_text("Alleen voor wie Friesland koos.").count() == 0
    answer = page.goto(f"{community.url}/bericht/{post}?{urlencode({'als': there})}")
    assert answer.status == 404 and page.get_by_role("heading", name="Dit is er niet").count() == 1
    has_no_faults(page)
    page.goto(board(community, there))
    page.get_by_text("Je regio's en je lidmaatschap").click()
    page.get_by_label("Friesland").check()
    has_no_faults(page)
    page.get_by_role("button", name="Bewaar mijn regio's").click()
    page.get_by_text("Alleen voor wie Friesland koos.").first.wait_for()


def test_what_a_member_writes_is_text_and_never_code(community: Community, page: Any) -> None:
    member = community.member()
    text = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
    post = community.board.write(member, "category", "interventies", text)
    page.goto(f"{community.url}/bericht/{post}?{urlencode({'als': member})}")
    page.locator("#reacties").wait_for(state="attached")
    community.board.comment(member, post, text)
    page.locator(".reactie").get_by_text("<img src=x").wait_for()
    assert page.locator("main img, main script").count() == 0 and page.mistakes == []
