"""The overview of a guided conversation as a PDF: one page, real text, made in memory and kept nowhere."""

from __future__ import annotations

from typing import Any, List, Mapping, Tuple

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from matplotlib import get_data_path  # type: ignore[import-untyped]

MAX_SECTIONS = 20
MAX_LINES = 20
MAX_CHARACTERS = 600
_LAYOUTS = ((11.0, False), (10.0, False), (9.0, False), (10.0, True), (9.0, True), (8.0, True), (7.0, True))
"""Sizes of type to try, in lists or, more compact, with the lines of a section run together."""
_FONTS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_MARGIN = 18
_INK = (33, 37, 41)
_LINE = (1.4, 2.2)


class BadDocument(ValueError):
    """What should be printed is no overview."""


def render(document: Mapping[str, Any]) -> bytes:
    """The PDF of a `custom.document`: `title`, `sections` of `heading` and `lines`, `footer`.

    Everything comes from the reader's own browser, so sizes are checked. The largest type that fits one page
    is used. No author, no file name and no answers go into the metadata.
    Raises `BadDocument` when a part is missing or too large.
    """
    title, sections, footer = _checked(document)
    for size, compact in _LAYOUTS:
        pdf = _draw(title, sections, footer, size, compact)
        if pdf.page_no() == 1:
            break
    return bytes(pdf.output())


def _checked(document: Mapping[str, Any]) -> Tuple[str, List[Tuple[str, List[str]]], str]:
    if not isinstance(document, Mapping) or not isinstance(document.get("sections"), list):
        raise BadDocument("sections must be a list")
    sections = document["sections"]
    if not 0 < len(sections) <= MAX_SECTIONS:
        raise BadDocument(f"there must be 1 to {MAX_SECTIONS} sections")
    checked = []
    for section in sections:
        lines = section.get("lines") if isinstance(section, Mapping) else None
        if not isinstance(lines, list) or len(lines) > MAX_LINES:
            raise BadDocument(f"lines must be a list of at most {MAX_LINES}")
        checked.append((_text(section.get("heading")), [_text(line) for line in lines]))
    return _text(document.get("title")), checked, _text(document.get("footer", ""))


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS * 2:
        raise BadDocument(f"a text must be a string of at most {MAX_CHARACTERS * 2} characters")
    return "".join(character for character in value if character.isprintable())


def _draw(title: str, sections: List[Tuple[str, List[str]]], footer: str, size: float, compact: bool) -> FPDF:
    pdf = FPDF(format="A4")
    folder = f"{get_data_path()}/fonts/ttf"
    for style, name in _FONTS.items():
        pdf.add_font("sans", style, f"{folder}/{name}")
    pdf.set_lang("nl-NL")
    pdf.set_title(title)
    pdf.set_creator("Koers")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, _MARGIN)
    pdf.add_page()
    pdf.set_text_color(*_INK)
    height = size * 0.35 * _LINE[0]

    def write(text: str, bold: bool = False, points: float = size, indent: float = 0) -> None:
        pdf.set_font("sans", "B" if bold else "", points)
        pdf.set_x(_MARGIN + indent)
        step = points * 0.35 * _LINE[0]
        pdf.multi_cell(0, step, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    write(title, bold=True, points=size + 6)
    for heading, lines in sections:
        pdf.ln(height / _LINE[1])
        write(heading, bold=True)
        for line in ["; ".join(lines)] if compact else lines:
            write(f"• {line}" if len(lines) > 1 and not compact else line, indent=3)
    if footer:
        pdf.ln(height)
        write(footer, points=max(size - 2, 7))
    return pdf
