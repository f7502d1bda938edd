"""The spaces in which members post: the regions of the knowledge base, and categories that cross regions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List

import yaml

from knowledge.queries import Knowledge

DEFAULT_FILE = Path(__file__).parent / "spaces.yml"
REGIONS, CATEGORIES = 35, 10
_ID = re.compile(r"^[a-z0-9-]{1,60}$")


class BrokenSpaces(ValueError):
    """The spaces are not as they must be: the channel must not start. The text says what to do, in Dutch."""


@dataclass(frozen=True)
class Space:
    """One place to post."""

    kind: str
    """`region` or `category`."""
    id: str
    name: str

    @property
    def is_placeholder(self) -> bool:
        """Whether the operator has yet to say what this category is called."""
        return not self.name


def read_categories(path: Path = DEFAULT_FILE) -> List[Space]:
    """The categories of the operator's file. Raises `BrokenSpaces` with all that is wrong."""
    try:
        loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenSpaces(f"{path}: niet te lezen als YAML ({type(error).__name__}).") from None
    items = loaded.get("categories") if isinstance(loaded, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BrokenSpaces(f"{path}: schrijf onder 'categories' per categorie een regel met 'id' en 'name'.")
    problems = []
    if len(items) != CATEGORIES:
        problems.append(f"er zijn {CATEGORIES} categorieën, in het bestand staan er {len(items)}.")
    spaces: List[Space] = []
    for number, item in enumerate(items, 1):
        space = Space("category", str(item.get("id") or ""), str(item.get("name") or "").strip())
        if not _ID.match(space.id):
            problems.append(f"categorie {number}: 'id' mag alleen kleine letters, cijfers en streepjes hebben.")
        elif space.id in {other.id for other in spaces}:
            problems.append(f"categorie {number}: 'id' {space.id} komt twee keer voor.")
        spaces.append(space)
    if problems:
        raise BrokenSpaces("\n  ".join([f"{path} klopt niet:", *problems]))
    return spaces


def read_regions(knowledge: Knowledge) -> List[Space]:
    """The regions of the knowledge base. Raises `BrokenSpaces` unless they are 35, and `SQLAlchemyError`."""
    names = {place.region: place.region_name for place in knowledge.places()}
    if len(names) != REGIONS:
        raise BrokenSpaces(
            f"De kennisbank kent {len(names)} arbeidsmarktregio's en er zijn er {REGIONS}. Kijk in "
            "knowledge/content/regios en voer 'make knowledge' uit."
        )
    return [Space("region", slug, name) for slug, name in sorted(names.items(), key=lambda item: item[1].casefold())]


def by_key(spaces: List[Space]) -> Dict[str, Space]:
    """Spaces by what an event calls them, such as `region/friesland`."""
    return {f"{space.kind}/{space.id}": space for space in spaces}
