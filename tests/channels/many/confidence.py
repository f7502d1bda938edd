"""`python -m tests.channels.many.confidence`: how often Koers would speak unasked, and be right, at each confidence.

Questions are those of `tests/questions/dev`; what members say to each other is in `chatter.txt`.
"""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Dict, List, Tuple

from rasa.core.utils import AvailableEndpoints

from bot.agent import load
from bot.channels.many.manners import SURE, asks_what_koers_may_know
from bot.channels.turn import Turns
from bot.safety.personal_data import Masker
from bot.settings import Settings
from knowledge.queries import PROFESSIONAL, Knowledge
from knowledge.tables import PROJECT

QUESTIONS = PROJECT / "tests" / "questions" / "dev"
CHATTER = Path(__file__).parent / "chatter.txt"
LEVELS = (0.22, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def cases(name: str) -> List[Dict[str, Any]]:
    """The questions of a set."""
    return [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text().splitlines() if line.strip()]


def is_right(case: Dict[str, Any], answer: str) -> bool:
    """Whether an answer passes, by the rules of `tests/questions/README.md`."""
    if any(re.search(pattern, answer, re.IGNORECASE) for pattern in case["niet"]):
        return False
    return all(any(re.search(option, answer, re.IGNORECASE) for option in group) for group in case["verwacht"])


async def measure() -> None:
    """Print one line per level of confidence."""
    agent = await load(PROJECT / "models", AvailableEndpoints())
    app: Any = SimpleNamespace(ctx=SimpleNamespace(agent=agent, mask=Masker()))
    turns = Turns("many", Settings.from_environment(), is_private=False)
    knowledge = Knowledge()

    async def confidence(text: str) -> float:
        return await turns.confidence(text, app) if asks_what_koers_may_know(text) else 0.0

    async def judged(case: Dict[str, Any]) -> Tuple[float, bool]:
        parsed = await agent.parse_message(case["vraag"])
        candidates = (parsed.get("understanding") or {}).get("candidates")
        answer = knowledge.answer(candidates[0]["id"], PROFESSIONAL) if candidates else None
        text = f"{answer.text} {answer.change.text if answer.change else ''}" if answer else ""
        return await confidence(case["vraag"]), is_right(case, text)

    asked = [await judged(case) for case in cases("professional") if case["soort"] == "antwoord"]
    outside = [await confidence(case["vraag"]) for case in cases("out_of_scope")]
    chatter = [await confidence(text) for text in CHATTER.read_text().splitlines()]
    print(f"{len(asked)} questions of professionals, {len(outside)} out of scope, {len(chatter)} remarks among members")
    print("confidence  speaks  of those right  speaks out of scope  speaks among members")
    for level in LEVELS:
        spoken = [right for sure, right in asked if sure >= level]
        share = sum(spoken) / len(spoken) if spoken else 0.0
        mark = "  <- SURE" if level == SURE else ""
        print(
            f"{level:10.2f} {len(spoken):3d}/{len(asked)} {sum(spoken):3d} = {share:6.2f} "
            f"{sum(sure >= level for sure in outside):14d}/{len(outside)} "
            f"{sum(sure >= level for sure in chatter):16d}/{len(chatter)}{mark}"
        )
    knowledge.close()


if __name__ == "__main__":
    asyncio.run(measure())
