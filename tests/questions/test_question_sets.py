"""The question sets are well formed, and the test half is kept apart from everything Koers learns from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = sorted(HERE.glob("*/*.jsonl"))
PERSONAS = {"client", "klantmanager", "ggz", "werkgever", "naaste", "overig"}
KINDS = {"antwoord", "buiten_bereik", "gesprek", "crisis"}
NAMES = {"client.jsonl", "professional.jsonl", "out_of_scope.jsonl", "dialogues.jsonl"}
SHORT = 30  # a follow-up such as "waar staat dat" is everybody's; only longer sentences can be copied


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def turns(case: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is said, with its expectations: the turns of a dialogue, or the one question of a case."""
    if "beurten" in case:
        yield from ((turn["zeg"], turn) for turn in case["beurten"])
    else:
        yield case["vraag"], case


def plain(text: str) -> str:
    """Words only, so that case and punctuation hide no copy."""
    return " ".join(re.findall(r"\w+", text.lower()))


def said(half: str) -> set[str]:
    return {plain(text) for path in (HERE / half).glob("*.jsonl") for case in cases(path) for text, _ in turns(case)}


def test_both_halves_hold_the_same_kinds_of_question() -> None:
    names = {half: {path.name for path in (HERE / half).glob("*.jsonl")} for half in ("dev", "test")}
    assert names["test"] == NAMES
    assert names["dev"] >= NAMES, "the development half may hold more, written later"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_case_can_be_asked_and_judged(path: Path) -> None:
    for case in cases(path):
        assert case["persona"] in PERSONAS, case["id"]
        assert "beurten" in case or case["soort"] in KINDS, case["id"]
        assert 3 <= len(case.get("beurten", [1, 2, 3])) <= 5, case["id"]
        for text, turn in turns(case):
            assert text.strip(), case["id"]
            assert turn["verwacht"] or turn["niet"] or case.get("soort") == "gesprek" or "beurten" in case, case["id"]
            for pattern in [*turn["niet"], *(alternative for group in turn["verwacht"] for alternative in group)]:
                assert pattern and re.compile(pattern, re.IGNORECASE), case["id"]
                assert not re.search(pattern, "", re.IGNORECASE), f"{case['id']}: {pattern!r} matches an empty reply"


def test_ids_are_unique() -> None:
    ids = [case["id"] for path in FILES for case in cases(path)]
    assert len(ids) == len(set(ids))


def test_no_long_question_stands_in_both_halves() -> None:
    assert {text for text in said("dev") & said("test") if len(text) > SHORT} == set()


def test_no_test_question_stands_in_the_training_material() -> None:
    files = [*(ROOT / "knowledge" / "content").rglob("*.y*ml"), *(ROOT / "bot" / "data").rglob("*.y*ml")]
    assert files, "no training material found: this test would prove nothing"
    material = " | ".join(plain(line) for path in files for line in path.read_text(encoding="utf-8").splitlines())
    assert {text for text in said("test") if len(text) > SHORT and text in material} == set()
