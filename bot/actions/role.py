"""When someone says who they are: "ik ben klantmanager"."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.replies import Reply
from bot.actions.turn import understanding_of

_TEXTS = {
    "professional": "Goed om te weten. U krijgt nu de versie voor professionals: met wet, cijfers en bron.",
    "employer": "Goed om te weten. U krijgt nu de versie voor werkgevers en professionals: met wet en bron.",
    "client": "Goed om te weten. Ik geef je voortaan antwoorden in gewone taal.",
}


class ActionRole(Action):
    """Say which kind of answers follow from now on."""

    def name(self) -> str:
        """As rules name it."""
        return "action_role"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> List[Dict[str, Any]]:
        """Offers the last answer again, in the words for this role."""
        role = understanding_of(tracker)["role"] or "client"
        buttons = []
        if tracker.get_slot("last_answers"):
            buttons.append({"title": "Laatste antwoord opnieuw", "payload": "/repeat_answer"})
        Reply(f"{_TEXTS[role]} Stel gerust een vraag.", "smalltalk", buttons=buttons).send(dispatcher)
        return [SlotSet("role", role)]
