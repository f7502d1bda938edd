"""The overview as PDF: one page, real text, nothing personal outside the page itself."""

import re
import zlib

import pytest

from bot.flows.disclosure import FILE_NAME
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
