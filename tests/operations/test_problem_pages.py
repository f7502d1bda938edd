"""An address that isn't there: a person gets a page with a way on, a program gets data."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Optional, Tuple

import pytest

from tests.assistant import Assistant

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(url: str, accept: str, body: Optional[bytes] = None) -> Tuple[int, str, str]:
    """Status, content type and text of what should be refused."""
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(urllib.request.Request(url, body, {"Accept": accept}), timeout=10)
    answer = raised.value
    return answer.code, answer.headers["Content-Type"], answer.read().decode()


def test_a_browser_gets_a_page_with_a_way_on(assistant: Assistant) -> None:
    status, kind, page = ask(f"{assistant.url}/bestaat/niet", BROWSER)
    assert status == 404 and kind.startswith("text/html")
    assert '<html lang="nl">' in page and "<h1>Deze pagina bestaat niet</h1>" in page
    content = page[page.index("<main") : page.index("</main>")]
    assert all(f'href="{place}"' in content for place in ("/", "/kennis", "mailto:info@samenvoordeklant.nl"))


def test_a_page_of_a_problem_is_as_shut_off_as_every_other_page(assistant: Assistant) -> None:
    request = urllib.request.Request(f"{assistant.url}/<script>", headers={"Accept": BROWSER})
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request, timeout=10)
    assert "default-src 'self'" in raised.value.headers["Content-Security-Policy"]
    assert "script" not in raised.value.read().decode().partition("<main")[2]


def test_a_browser_that_sends_what_an_address_does_not_take_gets_a_page_too(assistant: Assistant) -> None:
    status, kind, page = ask(f"{assistant.url}/kennis", BROWSER, b"")
    assert status == 405 and kind.startswith("text/html") and "Dit adres werkt anders" in page


@pytest.mark.parametrize("accept", ["*/*", "application/json"])
def test_a_program_gets_data(assistant: Assistant, accept: str) -> None:
    status, kind, text = ask(f"{assistant.url}/bestaat/niet", accept)
    assert status == 404 and kind == "application/json"
    assert json.loads(text) == {"error": "http_404", "message": "Deze pagina bestaat niet."}
