"""`make eval`: ask a running assistant the question sets and print how many replies pass.

The sets are `tests/questions/` (their `test` half is only measured, never used to improve) and, where the
checkout has `../shared/eval/dev` beside it, the shared dev sets. The form of a set and what passes are in
`tests/questions/README.md`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterable, List, Sequence

from tests.assistant import PROJECT, Assistant, Conversation, Turn

ROLES = {"client": "client", "klantmanager": "professional", "ggz": "professional", "werkgever": "employer"}
REFUSALS = {"no_answer", "handover", "smalltalk"}
SHARED = PROJECT.parent / "shared" / "eval" / "dev"
OWN = PROJECT / "tests" / "questions"


@dataclass
class Score:
    """How one case went: 1 passes, 0.5 asks which is meant, 0 fails; and the turn that was worst."""

    case: str
    kind: str
    value: float
    said: str
    reply: str


def visible_text(messages: Any) -> str:
    """Everything the user sees of a turn: texts, button titles, sources and links."""
    if isinstance(messages, str):
        return messages
    if isinstance(messages, dict):
        hidden = ("recipient_id", "payload", "kind", "id", "slug")
        return "\n".join(visible_text(value) for key, value in messages.items() if key not in hidden)
    if isinstance(messages, list):
        return "\n".join(visible_text(item) for item in messages)
    return ""


def judge(kind: str, expected: Sequence[Sequence[str]], forbidden: Sequence[str], turn: Turn) -> float:
    """The value of one reply."""
    reply = visible_text(turn.messages)
    if not reply.strip() or any(re.search(pattern, reply, re.IGNORECASE) for pattern in forbidden):
        return 0.0
    clarifies = "clarify" in turn.kinds
    if kind == "buiten_bereik":
        return 1.0 if REFUSALS.intersection(turn.kinds) else 0.5 if clarifies else 0.0
    if all(any(re.search(option, reply, re.IGNORECASE) for option in group) for group in expected):
        return 1.0
    return 0.5 if clarifies and kind == "antwoord" else 0.0


def run_case(case: Dict[str, Any], conversation: Conversation, times: List[float]) -> Score:
    """Ask one case; a dialogue is worth its worst turn."""
    dialogue = "beurten" in case
    kind = "dialoog" if dialogue else case["soort"]
    worst = Score(case["id"], kind, 1.1, "", "")
    for part in case["beurten"] if dialogue else [{**case, "zeg": case["vraag"]}]:
        started = time.perf_counter()
        turn = conversation.says(part["zeg"])
        times.append((time.perf_counter() - started) * 1000)
        value = judge(part.get("soort", kind), part.get("verwacht", []), part.get("niet", []), turn)
        if value < worst.value:
            worst = Score(case["id"], kind, value, part["zeg"], turn.text)
    return worst


def run_set(path: Path, assistant: Assistant, times: List[float]) -> List[Score]:
    """Ask all cases of a set, each in a conversation of its own."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [run_case(case, assistant.conversation(ROLES.get(case.get("persona", ""))), times) for case in cases]


def report(name: str, scores: Iterable[Score], show_failures: bool) -> None:
    """Print one line per kind of question, and the failures when asked for."""
    groups: Dict[str, List[Score]] = defaultdict(list)
    for score in scores:
        groups[score.kind].append(score)
    for kind, group in sorted(groups.items()):
        passed = sum(score.value == 1 for score in group)
        soft = sum(score.value for score in group) / len(group)
        print(f"{name:42s} {kind:14s} {passed:3d}/{len(group):<3d} = {passed / len(group):.3f} (soft {soft:.3f})")
        for score in group if show_failures else ():
            if score.value < 1:
                print(f"   {score.case} [{score.value}] {score.said[:150]!r}")
                print("      " + repr(" ".join(score.reply.split())[:260]))


def main(arguments: List[str]) -> int:
    """Start an assistant of its own and ask all sets, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--show-failures", action="store_true")
    options = parser.parse_args(arguments)
    paths = options.sets or sorted(OWN.glob("*/*.jsonl"))
    if not options.sets and SHARED.is_dir():
        paths += sorted(SHARED.glob("*.jsonl"))
    elif not options.sets:
        print("../shared/eval is not beside this checkout: its dev sets are skipped.")
    times: List[float] = []
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(Path(folder))
        built = assistant.knowledge()
        if built.returncode:
            print(built.stderr, file=sys.stderr)
            return 2
        try:
            assistant.start()
            for path in paths:
                name = "/".join(path.parts[-2:])
                report(name, run_set(path, assistant, times), options.show_failures)
        finally:
            assistant.stop()
    if times:
        times.sort()
        print(f"turns {len(times)}  p50 {times[len(times) // 2]:.0f} ms  p95 {times[int(len(times) * 0.95)]:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
