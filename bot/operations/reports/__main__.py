"""`python -m bot.operations.reports`: write the editors' report and say where it is."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Dict, List, Optional

from sqlalchemy.exc import SQLAlchemyError

from bot.nlu.encoder import shared_encoder
from bot.operations.reports import figures, page
from bot.settings import STATE, Settings
from knowledge.queries import Knowledge


def names_of(knowledge: Knowledge) -> Dict[str, str]:
    """What topics and regions are called, by id; empty when the knowledge base can't be read."""
    try:
        topics = {topic.slug: topic.name for topic in knowledge.topics()}
        return {**topics, **{place.region: place.region_name for place in knowledge.places()}}
    except SQLAlchemyError:
        return {}


def main(arguments: Optional[List[str]] = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bot.operations.reports", description="Maak het rapport.")
    parser.add_argument("--dagen", type=int, default=90, help="over zoveel dagen terug (nu: %(default)s)")
    parser.add_argument("--map", type=Path, default=STATE / "report", help="waar het komt (nu: %(default)s)")
    options = parser.parse_args(arguments)
    settings = Settings.from_environment()
    since = date.today() - timedelta(days=options.dagen)
    try:
        found = figures.read(settings.conversations_url, since.isoformat(), shared_encoder())
    except SQLAlchemyError as error:
        print(f"De gegevens zijn niet bereikbaar ({type(error).__name__}).", file=sys.stderr)
        return 1
    path = page.write(found, options.map, since, names_of(Knowledge(settings.knowledge_url)))
    print(f"Rapport over {found.turns} beurten: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
