"""The file with categories: checked when Koers starts, with all that is wrong in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.many.spaces import BrokenSpaces, read_categories, read_regions
from knowledge.queries import Place


def test_the_file_that_comes_along_has_two_names_and_eight_to_fill_in() -> None:
    categories = read_categories()
    assert [space.name for space in categories if not space.is_placeholder] == ["Interventies", "Financiën"]
    assert sum(space.is_placeholder for space in categories) == 8


def test_a_broken_file_is_told_in_full(tmp_path: Path) -> None:
    path = tmp_path / "ruimtes.yml"
    path.write_text("categories:\n  - {id: geld, name: Geld}\n  - {id: geld, name: Weer}\n  - {id: Hé, name: X}\n")
    with pytest.raises(BrokenSpaces) as problem:
        read_categories(path)
    message = str(problem.value)
    assert all(
        part in message for part in (str(path), "10 categorieën", "staan er 3", "geld komt twee keer", "categorie 3")
    )


@pytest.mark.parametrize("text", ["", "categories: nee", "categories: [a, b]", "{", "- \x00"])
def test_what_is_no_list_of_categories_is_said_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ruimtes.yml"
    path.write_text(text)
    with pytest.raises(BrokenSpaces, match=r"ruimtes\.yml"):
        read_categories(path)


def test_regions_that_are_missing_are_told() -> None:
    class OneRegion:
        def places(self) -> list[Place]:
            return [Place("Drachten", "Smallingerland", "friesland", "Friesland")]

    with pytest.raises(BrokenSpaces, match="kent 1 arbeidsmarktregio"):
        read_regions(OneRegion())  # type: ignore[arg-type]
