"""WCAG 2.2 AA: axe finds nothing in any state, and `bot/web/ACCESSIBILITY.md` names a test for every promise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest

from bot.channels.pages import WEB
from tests.web.assistant_site import Site

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def ask(page: Any, text: str, shown: str) -> None:
    """Type, send, and wait for what comes."""
    page.get_by_label("Je vraag").fill(text)
    page.keyboard.press("Enter")
    page.get_by_text(shown).first.wait_for()
    page.wait_for_timeout(120)  # the buttons under an answer come a moment after its text


def empty(page: Any, site: Site) -> None:
    page.goto(site.address + "/")
    page.get_by_role("button", name="Ik zoek werk").wait_for()


def answer(page: Any, site: Site) -> None:
    empty(page, site)
    ask(page, "wat is ips", "IPS helpt je")


def sources_open(page: Any, site: Site) -> None:
    answer(page, site)
    page.locator("summary").click()


def clarify(page: Any, site: Site) -> None:
    empty(page, site)
    ask(page, "bedoel je", "Bedoel je een van deze")


def changed_and_table(page: Any, site: Site) -> None:
    empty(page, site)
    ask(page, "subsidie", "De regeling is gestopt")
    ask(page, "tabel", "Dit betaalt wie")


def thumbs(page: Any, site: Site) -> None:
    answer(page, site)
    page.get_by_role("button", name="Dit hielp mij niet").click()


def themed(page: Any, site: Site) -> None:
    page.goto(site.foreign + "/thema")
    page.get_by_role("button", name="Stel je vraag").click()
    ask(page, "subsidie", "De regeling is gestopt")


def flow(page: Any, site: Site) -> None:
    empty(page, site)
    ask(page, "/start_disclosure", "Wil je dat iemand")


def overview(page: Any, site: Site) -> None:
    flow(page, site)
    for _ in range(3):
        page.get_by_role("button", name="Ja").click()
        page.wait_for_timeout(150)
    page.get_by_role("heading", name="Wat ervoor spreekt").wait_for()


def crisis(page: Any, site: Site) -> None:
    empty(page, site)
    ask(page, "ik wil niet meer", "Ik maak me zorgen")


def error(page: Any, site: Site) -> None:
    empty(page, site)
    site.status = 500
    ask(page, "een vraag", "Er gaat iets mis bij Koers")


def wiping(page: Any, site: Site) -> None:
    answer(page, site)
    page.get_by_role("button", name="Wis gesprek").click()


def busy(page: Any, site: Site) -> None:
    empty(page, site)
    site.delay = 5
    ask(page, "wat is ips", "Koers zoekt een antwoord")


def floating_closed(page: Any, site: Site) -> None:
    page.goto(site.foreign)
    page.get_by_role("button", name="Stel je vraag").wait_for()


def floating(page: Any, site: Site) -> None:
    floating_closed(page, site)
    page.get_by_role("button", name="Stel je vraag").click()
    ask(page, "wat is ips", "IPS helpt je")
    ask(page, "ik wil niet meer", "Ik maak me zorgen")


def quick(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel?vraag=wat is ips")
    page.get_by_text("IPS helpt je").wait_for()


def quick_empty(page: Any, site: Site) -> None:
    page.goto(site.address + "/snel")


def browse(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis")


def search(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis?zoek=werk")


def topic(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis/ips-financiering")
    page.locator("summary").first.click()


def region(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis/regio/groot-amsterdam")


def missing(page: Any, site: Site) -> None:
    page.goto(site.address + "/kennis/bestaat-niet")


CHAT_STATES: List[Callable[[Any, Site], None]] = [
    empty,
    answer,
    sources_open,
    clarify,
    changed_and_table,
    thumbs,
    flow,
    overview,
    crisis,
    error,
    wiping,
    busy,
    floating_closed,
    floating,
]
THEMED_STATES: List[Callable[[Any, Site], None]] = [themed]
PAGE_STATES: List[Callable[[Any, Site], None]] = [quick_empty, quick, browse, search, topic, region, missing]
STATES = CHAT_STATES + THEMED_STATES + PAGE_STATES


def violations(page: Any) -> List[Dict[str, Any]]:
    """What axe has to say, short enough to read in a test's output."""
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })",
        TAGS,
    )
    assert found["passes"], "axe did check something"
    return [
        {
            "rule": each["id"],
            "where": [str(node["target"]) + " " + node["failureSummary"] for node in each["nodes"]][:3],
        }
        for each in found["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(context: Any, page: Any, site: Site, state: Callable[..., None], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    # The foreign page is hostile on purpose; what is wrong there is not ours, so only the chat is looked at.
    state(page, site)
    if state in (floating, floating_closed):
        page.evaluate("() => document.querySelector('main').remove()")
    assert violations(page) == []


def test_axe_does_see_mistakes_inside_the_chat(page: Any, site: Site) -> None:
    empty(page, site)
    page.evaluate(
        "() => { const root = document.querySelector('koers-chat').shadowRoot;"
        " root.querySelector('label').remove(); root.querySelector('h2').style.color = '#eee' }"
    )
    assert {found["rule"] for found in violations(page)} == {"label", "color-contrast"}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_falls_off_a_screen_of_320_pixels(page: Any, site: Site, state: Callable[..., None]) -> None:
    """320 by 256 is also what is left of 1280 by 1024 at 400 % zoom."""
    page.set_viewport_size({"width": 320, "height": 256})
    state(page, site)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_field_is_reachable_at_400_percent_zoom(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    for state in (crisis, floating):
        state(page, site)
        field = page.get_by_label("Je vraag")
        field.blur()
        field.focus()
        box = field.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 256, state.__name__


def test_buttons_and_fields_are_large_enough_to_hit(page: Any, site: Site) -> None:
    small = """() => [...document.querySelector('koers-chat').shadowRoot
        .querySelectorAll('button, summary, textarea, input')]
      .filter(e => e.checkVisibility()).map(e => [e.textContent || e.id, e.getBoundingClientRect()])
      .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    for state in (sources_open, thumbs, overview, crisis, error):
        site.reset()
        state(page, site)
        assert page.evaluate(small) == [], state.__name__
        page.evaluate("() => sessionStorage.clear()")


def test_focus_is_visible_everywhere_and_not_hidden_under_the_field(page: Any, site: Site) -> None:
    sources_open(page, site)
    where = """() => { const e = document.querySelector('koers-chat').shadowRoot.activeElement; if (!e) return null;
      const box = e.getBoundingClientRect(), form = e.getRootNode().querySelector('.invoer').getBoundingClientRect();
      const inside = e.closest('.invoer');
      return { name: e.textContent || e.id, outline: parseFloat(getComputedStyle(e).outlineWidth),
               hidden: !inside && (box.top >= form.top || box.bottom <= 0) } }"""
    passed = []
    for _ in range(25):
        page.keyboard.press("Tab")
        if (found := page.evaluate(where)) is not None:
            assert found["outline"] >= 2 and not found["hidden"], found
            passed.append(found["name"])
    assert {"Kopieer", "Verstuur"} <= set(passed)


def test_nothing_moves_for_who_asked_for_less_motion(page: Any, site: Site) -> None:
    busy(page, site)
    dots = "() => document.querySelector('koers-chat').shadowRoot.querySelector('.bezig i').getAnimations().length"
    assert page.evaluate(dots) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(dots) == 1


def test_forced_colours_keep_borders(page: Any, site: Site) -> None:
    page.emulate_media(forced_colors="active")
    crisis(page, site)
    widths = page.evaluate(
        "() => [...document.querySelector('koers-chat').shadowRoot.querySelectorAll('.inhoud, .knop, .crisis')]"
        ".filter(e => e.checkVisibility()).map(e => parseFloat(getComputedStyle(e).borderTopWidth))"
    )
    assert len(widths) > 5 and min(widths) >= 1


def test_errors_are_announced_and_progress_is_polite(page: Any, site: Site) -> None:
    error(page, site)
    assert "Er gaat iets mis" in page.get_by_role("alert").inner_text()
    busy(page, site)
    assert "Koers zoekt een antwoord" in page.get_by_role("status").inner_text()


def test_screen_reader_hears_who_says_what(page: Any, site: Site) -> None:
    page.goto(site.address + "/")
    page.get_by_label("Je vraag").fill("ik ben Piet")
    page.keyboard.press("Enter")
    page.get_by_role("log").get_by_text("IPS helpt je").wait_for()
    lines = page.get_by_role("log").locator(".bericht").all_text_contents()
    assert [line.split(" ", 1)[0] for line in lines] == ["Koers:", "Jij:", "Melding:", "Koers:"]


def test_skip_link_leads_to_the_content(page: Any, site: Site) -> None:
    browse(page, site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "pagina-inhoud"


def test_every_promise_in_the_document_names_a_test_that_exists() -> None:
    document = (WEB / "ACCESSIBILITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", document))
    existing = {
        name
        for folder in (HERE, HERE.parent / "flows")
        for file in folder.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }
    assert len(named) > 15
    assert named <= existing
    rows = [line for line in document.splitlines() if line.startswith("| ") and not line.startswith("| Wat ")]
    assert [row for row in rows if "`test_" not in row and "---" not in row and "met de hand" not in row] == []
