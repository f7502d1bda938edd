"""The report as a page with plots, in one file that can be sent on, and as CSV files."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Mapping

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.figure import Figure

from bot.operations.reports.figures import HIDDEN_BELOW, Figures, Table

KINDS = {
    "answer": "antwoord",
    "clarify": "vraag terug",
    "no_answer": "geen antwoord",
    "handover": "doorverwezen",
    "smalltalk": "praatje",
    "flow": "gesprek met stappen",
    "crisis": "crisistekst",
}
_MOST_BARS = 20
_MOST_CELLS = 12
_COLOR = "#1d5f8a"
_COLORS = ("#1d5f8a", "#e0a030", "#b03a2e", "#6c7a89", "#8cb369", "#7d5ba6", "#d35d90", "#444444")


def write(figures: Figures, folder: Path, since: date, names: Mapping[str, str]) -> Path:
    """Write `rapport.html` and the CSV files; the page's path. `names`: what topics and regions are called."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = figures.per("topic").named(names, "topic")
    regions = figures.per("region").named(names, "region")
    by_region = figures.per("region", "topic").named(names, "region", "topic")
    weeks = figures.per("week", "kind")
    missing = figures.per("topic", kind="no_answer").named(names, "topic")
    disliked = figures.disliked()
    groups = [(each.size, each.question, each.first, each.last, " | ".join(each.others)) for each in figures.groups]
    tables = {
        "onderwerpen": topics,
        "regios": regions,
        "onderwerpen-per-regio": by_region,
        "soorten-per-week": weeks,
        "onderwerpen-per-week": figures.per("week", "topic").named(names, "topic"),
        "geen-antwoord-bij-onderwerp": missing,
        "onbeantwoorde-vragen": Table(("keer", "vraag", "eerst", "laatst", "ook"), groups),
        "duim-omlaag": disliked,
    }
    for name, table in tables.items():
        _write_csv(table, folder / f"{name}.csv")
    plots = {
        "weken": _stacked(weeks),
        "onderwerpen": _bars(topics, "topic"),
        "regios": _bars(regions, "region"),
        "kaart": _grid(by_region),
    }
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("rapport.html").render(
        figures=figures,
        since=since,
        today=date.today(),
        kinds=KINDS,
        plots=plots,
        topics=topics,
        missing=missing,
        disliked=disliked,
        files=sorted(tables),
        hidden=HIDDEN_BELOW,
    )
    path = folder / "rapport.html"
    path.write_text(page, encoding="utf-8")
    return path


def _write_csv(table: Table, path: Path) -> None:
    # With this mark at its beginning a spreadsheet reads the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows([_harmless(value) for value in row] for row in table.rows)


def _harmless(value: object) -> object:
    """A spreadsheet must not take a question for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _svg(figure: Figure) -> Markup:
    written = io.StringIO()
    figure.savefig(written, format="svg", bbox_inches="tight", metadata={"Date": None})
    text = written.getvalue()
    return Markup(text[text.index("<svg") :])


def _stacked(weeks: Table) -> Markup:
    if not weeks.rows:
        return Markup("")
    turns = {(week, kind): number for week, kind, number in weeks.rows}
    names = sorted({week for week, _ in turns})
    figure = Figure(figsize=(9, 3.2))
    axes = figure.subplots()
    below = [0] * len(names)
    for color, kind in zip(_COLORS * 2, sorted({kind for _, kind in turns})):
        values = [turns.get((week, kind), 0) for week in names]
        axes.bar(names, values, bottom=below, label=KINDS.get(kind, kind), color=color)
        below = [low + value for low, value in zip(below, values)]
    axes.set_ylabel("beurten")
    axes.set_xlabel("week die begint op")
    axes.tick_params(axis="x", rotation=45)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    return _svg(figure)


def _bars(table: Table, column: str) -> Markup:
    if not table.rows:
        return Markup("")
    names, turns = table.column(column)[:_MOST_BARS][::-1], table.column("turns")[:_MOST_BARS][::-1]
    figure = Figure(figsize=(9, 0.6 + 0.26 * len(names)))
    axes = figure.subplots()
    axes.bar_label(axes.barh(names, turns, color=_COLOR), padding=3)
    axes.set_xlabel("beurten")
    return _svg(figure)


def _grid(by_region: Table) -> Markup:
    if not by_region.rows:
        return Markup("")
    turns = {(region, topic): number for region, topic, number in by_region.rows}
    # The rows come with most turns first, so the first names are the largest.
    regions = list(dict.fromkeys(region for region, _ in turns))[:_MOST_CELLS]
    topics = list(dict.fromkeys(topic for _, topic in turns))[:_MOST_CELLS]
    values = [[turns.get((region, topic), 0) for topic in topics] for region in regions]
    figure = Figure(figsize=(9, 1.6 + 0.3 * len(regions)))
    axes = figure.subplots()
    axes.imshow(values, cmap="Blues", aspect="auto", vmin=0)
    axes.set_xticks(range(len(topics)), topics, rotation=45, ha="right")
    axes.set_yticks(range(len(regions)), regions)
    most = max(map(max, values))
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            color = "white" if value > most / 2 else "black"
            axes.text(column, row, value or "", ha="center", va="center", color=color)
    return _svg(figure)
