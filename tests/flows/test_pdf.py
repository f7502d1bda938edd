"""The overview as PDF: one page, real text, nothing personal outside the page itself."""

import re
import zlib

import pytest

from bot.flows.disclosure import FILE_NAME
from bot.flows.engine import MAX_FREE_TEXT
from bot.flows.pdf import MAX_SECTIONS, BadDocument, render


def _full(weighing):
    talk = weighing()
    for text in (
        "ik solliciteer",
        "allemaal",
        "allemaal",
        "allemaal",
        "allemaal",
        "een deel",
        "allemaal",
        "binnenkort",
    ):
        talk.answers(text)
    talk.answers("allemaal").answers("Ik heet Geheimpje en ik ben vaak moe, daarom werk ik graag rustig. " * 4)
    return talk.ends().document


def _objects_outside_streams(pdf: bytes) -> bytes:
    return re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)


def test_the_fullest_overview_fits_one_page(weighing):
    assert len(re.findall(rb"/Type /Page\b", render(_full(weighing)))) == 1


def test_long_stories_at_every_step_still_fit_one_page_and_end_in_dots(weighing):
    story = "Wat ik hierover wil zeggen is een heel verhaal, want er komt nogal wat bij kijken. " * 10
    talk = weighing().answers("ik solliciteer")
    for _ in range(4):
        talk.answers(story)
    document = (
        talk.answers("een deel").answers(story).answers("binnenkort").answers(story).answers(story).ends().document
    )
    assert len(re.findall(rb"/Type /Page\b", render(document))) == 1
    own = [line for section in document["sections"] for line in section["lines"] if line.startswith("Wat ik hierover")]
    assert len(own) == 7 and all(line.endswith("…") and len(line) <= MAX_FREE_TEXT for line in own)


def test_what_does_not_fit_one_page_goes_on_at_the_next(weighing):
    sections = [{"heading": f"Kop {number}", "lines": ["woord " * 150] * 2} for number in range(12)]
    pdf = render({"title": "Overzicht", "sections": sections})
    assert len(re.findall(rb"/Type /Page\b", pdf)) > 1
    assert _tags(pdf).count("H2") == 12


def _tags(pdf: bytes):
    """The structure elements in reading order."""
    return [tag.decode() for tag in re.findall(rb"/S /(\w+)", pdf) if tag != b"Transparency"]


def test_headings_paragraphs_and_lists_are_tagged(weighing):
    document = _full(weighing)
    pdf = render({**document, "sections": document["sections"][:3]})
    tags = _tags(pdf)
    assert tags[:4] == ["Document", "H1", "H2", "P"] and tags.count("H2") == 3
    items = sum(len(section["lines"]) for section in document["sections"][1:3])
    assert tags.count("L") == 2 and tags.count("LI") == tags.count("LBody") == items
    assert b"/MarkInfo <</Marked true>>" in pdf and b"/DisplayDocTitle true" in pdf and b"/StructParents 0" in pdf


def test_no_text_stands_outside_the_tags(weighing):
    pdf = render(_full(weighing))
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL):
        drawn = zlib.decompress(stream) if stream[:1] == b"x" else b""
        if b"BDC" not in drawn:
            continue
        numbers = [int(number) for number in re.findall(rb"/MCID (\d+)", drawn)]
        assert numbers == list(range(len(numbers)))
        outside = re.sub(rb"BDC.*?EMC", b"", drawn, flags=re.DOTALL)
        assert b"Tj" in drawn or b"TJ" in drawn
        assert b"Tj" not in outside and b"TJ" not in outside
        return
    raise AssertionError("no page has marked content")


def test_text_can_be_read_by_a_screen_reader(weighing):
    pdf = render(_full(weighing))
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL)
    assert any(
        b"Tj" in zlib.decompress(stream) or b"TJ" in zlib.decompress(stream) for stream in streams if stream[:1] == b"x"
    )
    assert b"/ToUnicode" in pdf and b"nl-NL" in pdf


def test_nothing_personal_in_name_or_metadata(weighing):
    document = _full(weighing)
    outside = _objects_outside_streams(render(document))
    assert b"Geheimpje" not in outside and "Geheimpje".encode("utf-16-be") not in outside
    assert document["file_name"] == FILE_NAME == "overzicht.pdf"


@pytest.mark.parametrize(
    "document",
    [None, {}, {"title": "x", "sections": []}, {"title": 1, "sections": [{"heading": "a", "lines": []}]},
     {"title": "x", "sections": [{"heading": "a", "lines": ["b"]}] * (MAX_SECTIONS + 1)},
     {"title": "x", "sections": [{"heading": "a", "lines": ["b" * 5000]}]}],
)  # fmt: skip
def test_anything_else_is_refused(document):
    with pytest.raises(BadDocument):
        render(document)


def test_characters_of_other_scripts_do_not_break_it():
    assert render({"title": "ë €", "sections": [{"heading": "😀", "lines": ["مرحبا \x00 ok"]}]}).startswith(b"%PDF")
