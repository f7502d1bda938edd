"""The training data of the kinds of question, and the set apart that they are measured with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List

import yaml

from bot.nlu.understanding import QUESTION_INTENTS

ROOT = Path(__file__).parents[2]
ENOUGH = 40
SHORT = 30  # a shorter question is everybody's


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def training() -> Dict[str, List[str]]:
    """The examples of each intent, over all files."""
    found: Dict[str, List[str]] = {}
    for path in sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            found.setdefault(block["intent"], []).extend(lines)
    return found


def apart() -> Dict[str, List[str]]:
    return yaml.safe_load(Path(__file__).with_name("intents.yml").read_text(encoding="utf-8"))


def test_every_kind_of_question_has_enough_different_examples() -> None:
    examples = training()
    few = {intent: len({plain(text) for text in examples.get(intent, [])}) for intent in QUESTION_INTENTS}
    assert {intent: count for intent, count in few.items() if count < ENOUGH} == {}


def test_the_set_apart_covers_every_kind_of_question() -> None:
    assert set(apart()) >= QUESTION_INTENTS


def test_the_set_apart_shares_no_sentence_with_what_is_learned_from() -> None:
    learned = {plain(text) for texts in training().values() for text in texts}
    assert {text for texts in apart().values() for text in texts if plain(text) in learned} == set()


def test_the_set_apart_shares_no_long_sentence_with_the_sample_questions() -> None:
    samples = set()
    for path in (ROOT / "knowledge" / "content").rglob("*.y*ml"):
        samples.update(plain(text) for text in re.findall(r'"([^"]+)"', path.read_text(encoding="utf-8")))
    assert len(samples) > 10_000, "the samples weren't found: this test would prove nothing"
    texts = [text for group in apart().values() for text in group if len(text) > SHORT]
    assert [text for text in texts if plain(text) in samples] == []
