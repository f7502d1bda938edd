"""What the report is about, read from the database of people's data: counts, thumbs and unanswered questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import sqlalchemy as sa
from sklearn.cluster import AgglomerativeClustering
from sqlalchemy.engine import Engine, make_url

from bot.nlu.encoder import Encoder

HIDDEN_BELOW = 5
"""A cell with fewer turns could be about one person, so its number is not shown."""
_SAME_SUBJECT = 0.125
"""Largest mean distance (1 - cosine) of questions that are taken together; unrelated ones are about 0.2 apart."""
_MOST_QUESTIONS = 3000


@dataclass
class Group:
    """Unanswered questions that are about the same."""

    question: str
    """The one in the middle."""
    others: List[str] = field(default_factory=list)
    first: str = ""
    last: str = ""

    @property
    def size(self) -> int:
        """How often something like it was asked."""
        return 1 + len(self.others)


Row = Tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """Rows with the names of their columns."""

    columns: Tuple[str, ...]
    rows: List[Row]

    def column(self, name: str) -> List[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def named(self, names: Mapping[str, str], *columns: str) -> Table:
        """The same, with ids in these columns replaced by what they are called."""
        places = {self.columns.index(column) for column in columns}
        rows = [
            tuple(names.get(value, value) if at in places else value for at, value in enumerate(row))
            for row in self.rows
        ]
        return Table(self.columns, rows)


@dataclass
class Figures:
    """Everything that the report shows."""

    counts: Table
    """Columns week, channel, kind, topic, facet, region and turns."""
    thumbs: Table
    """Columns day, answer, rating and comment."""
    groups: List[Group]

    @property
    def turns(self) -> int:
        """All turns of the period."""
        return sum(self.counts.column("turns"))

    def share(self, kind: str) -> float:
        """The share of turns with this kind of reply."""
        of_kind = sum(
            turns for found, turns in zip(self.counts.column("kind"), self.counts.column("turns")) if found == kind
        )
        return of_kind / self.turns if self.turns else 0.0

    def per(self, *columns: str, kind: Optional[str] = None) -> Table:
        """Turns by these columns, most first; what doesn't belong to any and what is too small to show is left out."""
        totals: Counter[Row] = Counter()
        values = zip(*(self.counts.column(column) for column in columns))
        for cell, found, turns in zip(values, self.counts.column("kind"), self.counts.column("turns")):
            if all(cell) and kind in (None, found):
                totals[cell] += turns
        shown = [(*cell, turns) for cell, turns in totals.most_common() if turns >= HIDDEN_BELOW]
        return Table((*columns, "turns"), shown)

    def disliked(self) -> Table:
        """Answers with thumbs down: how many down and up, and the words that people added (masked)."""
        found: Dict[str, Tuple[Counter[str], List[str]]] = {}
        for _, answer, rating, comment in self.thumbs.rows:
            if answer:
                ratings, comments = found.setdefault(answer, (Counter(), []))
                ratings[rating] += 1
                comments += [comment] if comment else []
        rows = [
            (answer, each["down"], each["up"], " | ".join(said))
            for answer, (each, said) in found.items()
            if each["down"]
        ]
        return Table(("answer", "down", "up", "comments"), sorted(rows, key=lambda row: (-row[1], row[0])))


def read(url: str, since: str, encoder: Encoder) -> Figures:
    """The figures since a day (`2026-01-31`). Raises `sqlalchemy.exc.SQLAlchemyError` when there is no database."""
    engine = sa.create_engine(make_url(url), future=True, hide_parameters=True)
    try:
        counts = _table(engine, "koers_count", "week", since)
        thumbs = _table(engine, "koers_feedback", "day", since)
        unanswered = _table(engine, "koers_unanswered", "day", since)
    finally:
        engine.dispose()
    questions = list(zip(unanswered.column("question"), unanswered.column("day")))
    return Figures(counts, thumbs, group(questions[-_MOST_QUESTIONS:], encoder))


_COLUMNS: Dict[str, Tuple[str, ...]] = {
    "koers_count": ("week", "channel", "kind", "topic", "facet", "region", "turns"),
    "koers_feedback": ("day", "answer", "rating", "comment"),
    "koers_unanswered": ("day", "question"),
}


def _table(engine: Engine, name: str, time: str, since: str) -> Table:
    columns = _COLUMNS[name]
    if not sa.inspect(engine).has_table(name):
        return Table(columns, [])
    table: Any = sa.table(name, *(sa.column(column) for column in columns))
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).where(table.c[time] >= since).order_by(table.c[time])).all()
    return Table(columns, [tuple(row) for row in rows])


def group(questions: Sequence[Tuple[str, str]], encoder: Encoder) -> List[Group]:
    """Pairs of question and day, put together by what they mean; the largest group first."""
    if not questions:
        return []
    texts = [text for text, _ in questions]
    vectors = encoder.encode(texts)
    labels = [0]
    if len(texts) > 1:
        clustering = AgglomerativeClustering(
            n_clusters=None, distance_threshold=_SAME_SUBJECT, affinity="cosine", linkage="average"
        )
        labels = clustering.fit_predict(vectors)
    groups = []
    for label in set(labels):
        members = [row for row, other in enumerate(labels) if other == label]
        closeness = vectors[members] @ vectors[members].mean(axis=0)
        middle = members[int(closeness.argmax())]
        days = sorted(questions[row][1] for row in members)
        others = [texts[row] for row in members if row != middle]
        groups.append(Group(texts[middle], others, days[0], days[-1]))
    return sorted(groups, key=lambda found: (-found.size, found.question))
