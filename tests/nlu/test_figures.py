"""Figures that a question is about."""

from __future__ import annotations

import pytest

from bot.nlu.figures import Figures, figures_in
from knowledge.queries import Snapshot, Unit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("€ 8.000 per traject", "waar gaan die 8000 euro heen"),
        ("21,5 miljoen euro", "21.5 mln"),
        ("44% tegen 25%", "44 procent en 25 pct"),
        ("Stb. 2023, 131", "staatsblad 2023 131"),
        ("art. 7:629 BW", "artikel 7:629"),
        ("(artikel 10da: aanspraak)", "art 10da participatiewet"),
        ("OR 12,15 (2,81-52,63)", "or 12,15 en 2,81-52,63"),
    ],
)
def test_one_figure_in_two_spellings(one: str, other: str) -> None:
    assert figures_in(other) & figures_in(one) == figures_in(other) != set()


@pytest.mark.parametrize("text", ["ik ben 34 jaar", "sinds 2017", "week 42", "om 9 uur", "bel 0800-0113", "geen getal"])
def test_bare_whole_numbers_are_no_figures(text: str) -> None:
    assert not figures_in(text)


def test_a_figure_that_many_answers_have_says_nothing() -> None:
    units = [Unit(f"lks/{n}", "lks", "regeling", "wat", None, "Wat?", ("tot 70%",), ()) for n in range(20)]
    units.append(Unit("ips/scion", "ips", "interventie", "werking", None, "Wat?", ("44% tegen 70%",), ()))
    assert set(Figures(units).points("70 procent of 44 procent")) == {"ips/scion"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("stb 2023 131", "loondispensatie/anderen"),
        ("waar staat n=151 voor", "ips/scion"),
        ("10 miljoen voor verlenging", "ips-financiering/gemeente-regeling"),
    ],
)
def test_the_content_has_the_figures_that_are_asked_for(content: Snapshot, text: str, answer: str) -> None:
    assert answer in Figures(content.units).points(text)
