"""The overview of a guided conversation as a tagged PDF: one page, made in memory and kept nowhere.

fpdf2 tags images and outlines only. The classes below give it tags for text too: headings, paragraphs and lists.
"""

from __future__ import annotations

from contextlib import contextmanager
from math import ceil
from typing import Any, Iterator, List, Mapping, Optional, Sequence, Tuple

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from matplotlib import get_data_path

MAX_SECTIONS = 20
MAX_LINES = 20
MAX_CHARACTERS = 600
_LAYOUTS = ((11.0, False), (10.0, False), (9.0, False), (10.0, True), (9.0, True), (8.0, True), (7.0, True))
"""Sizes of type to try, in lists or, more compact, with the lines of a section run together."""
_FONTS = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_MARGIN = 18
_INDENT = 3
_BREAKING = 1.15
_POINT = 0.35
"""Millimetres in a point."""
_INK = (27, 37, 48)
_ACCENT = (21, 79, 125)
_LINE = (1.4, 2.2)


class BadDocument(ValueError):
    """The document isn't an overview."""


def render(document: Mapping[str, Any]) -> bytes:
    """The PDF of a `custom.document`: `title`, `sections` of `heading` and `lines`, `footer`.

    Everything comes from the reader's own browser, so sizes are checked. The largest type that fits one page
    is used. No author, no file name and no answers go into the metadata.
    Raises `BadDocument` when a part is missing or too large.
    """
    title, sections, footer = _checked(document)
    for size, compact in _LAYOUTS:
        pdf = _draw(title, sections, footer, size, compact, one_page=(size, compact) != _LAYOUTS[-1])
        if pdf is not None:
            return bytes(pdf.output())
    raise AssertionError("the last layout takes as many pages as it needs")


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


class _Group(StructElem):
    """A structure element that holds others, such as a list; what it holds is on the page where it begins."""

    __slots__ = ("_first_page",)

    @property
    def pg(self) -> Any:
        """The page of the element; fpdf2 sets it on elements at the top of the tree only."""
        return self._first_page

    @pg.setter
    def pg(self, page: Any) -> None:
        self._first_page = page
        for kid in self.k if page is not None else ():
            kid.pg = page


class _StructureTree(StructureTreeBuilder):
    """fpdf2's tree of tags, with elements inside elements and a tag of choice."""

    def __init__(self) -> None:
        super().__init__()
        self.tag = "/P"
        self._inside: StructElem = self.doc_struct_elem

    def add_marked_content(self, page_number: int, *_: Any, **given: Any) -> Tuple[StructElem, int]:
        """The element that was made, under the group that is open."""
        given["struct_type"] = self.tag
        element, parents = super().add_marked_content(page_number, **given)
        self.doc_struct_elem.k.pop()
        element.p = self._inside
        self._inside.k.append(element)
        return element, parents

    @contextmanager
    def group(self, tag: str, page: int) -> Iterator[None]:
        """Elements that are made within it are its children."""
        around = self._inside
        self._inside = _Group(struct_type=tag, parent=around, kids=[], page_number=page)
        around.k.append(self._inside)
        yield
        self._inside = around

    def next_mcid_for_page(self, page_number: int) -> int:
        """Numbers count per page, wherever in the tree the elements are."""
        parents = self.spid_per_page_number.get(page_number)
        return 0 if parents is None else len(self.struct_tree_root.parent_tree.nums[parents])

    def __iter__(self) -> Iterator[Any]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from _below(self.doc_struct_elem)


def _below(element: StructElem) -> Iterator[StructElem]:
    for kid in element.k:
        if isinstance(kid, StructElem):
            yield kid
            yield from _below(kid)


class _Page:
    """An A4 on which every text is written with its tag, so that a screen reader knows headings and lists."""

    def __init__(self, title: str, size: float):
        self._size = size
        self._tree = _StructureTree()
        self.pdf = FPDF(format="A4")
        self.pdf.struct_builder = self._tree
        folder = f"{get_data_path()}/fonts/ttf"
        for style, name in _FONTS.items():
            self.pdf.add_font("sans", style, f"{folder}/{name}")
        self.pdf.set_lang("nl-NL")
        self.pdf.set_title(title)
        self.pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.pdf.set_creator("Koers")
        self.pdf.set_margin(_MARGIN)
        self.pdf.set_auto_page_break(True, _MARGIN)
        self.pdf.add_page()

    def write(
        self, tag: str, text: str, points: float = 0.0, indent: float = 0.0, ink: Tuple[int, int, int] = _INK
    ) -> None:
        """One paragraph, whole on one page."""
        pdf, points = self.pdf, points or self._size
        pdf.set_font("sans", "B" if tag in ("/H1", "/H2") else "", points)
        pdf.set_text_color(*ink)
        height = points * _POINT * _LINE[0]
        # Broken off at words, a text takes a little more than its width; a tag can't go on at the next page.
        lines = ceil(pdf.get_string_width(text) * _BREAKING / (pdf.epw - indent)) + 1
        if pdf.will_page_break(lines * height):
            pdf.add_page()
        pdf.set_x(_MARGIN + indent)
        with self._marked(tag):
            pdf.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def write_list(self, lines: Sequence[str]) -> None:
        """A list with its marks."""
        with self._tree.group("/L", self.pdf.page):
            for line in lines:
                with self._tree.group("/LI", self.pdf.page):
                    self.write("/LBody", f"• {line}", indent=_INDENT)

    def space(self, lines: float) -> None:
        """White space."""
        self.pdf.ln(lines * self._size * _POINT * _LINE[0])

    @contextmanager
    def _marked(self, tag: str) -> Iterator[None]:
        self._tree.tag = tag
        with self.pdf._marked_sequence():
            yield


def _draw(
    title: str, sections: List[Tuple[str, List[str]]], footer: str, size: float, compact: bool, one_page: bool
) -> Optional[FPDF]:
    """None as soon as it turns out that `one_page` isn't enough."""
    page = _Page(title, size)
    page.write("/H1", title, size + 7, ink=_ACCENT)
    for heading, lines in sections:
        if one_page and page.pdf.page > 1:
            return None
        page.space(1 / _LINE[1])
        page.write("/H2", heading)
        if compact or len(lines) == 1:
            page.write("/P", "; ".join(lines), indent=_INDENT)
        else:
            page.write_list(lines)
    if footer:
        page.space(1)
        page.write("/P", footer, max(size - 2, 7))
    return None if one_page and page.pdf.page > 1 else page.pdf
