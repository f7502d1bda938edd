"""What a user can ask about their own data: what is kept, and to have it removed."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.replies import Reply
from bot.settings import Settings

Events = List[Dict[str, Any]]


class ActionForget(Action):
    """Have this conversation removed: the channel does it, right after this reply."""

    def name(self) -> str:
        """As rules name it."""
        return "action_forget"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Confirms; `custom.command` tells the channel to remove the conversation."""
        Reply(
            "Ik heb dit gesprek gewist: alles wat je hier typte is verwijderd en komt niet terug. "
            "Je kunt gewoon een nieuwe vraag stellen.",
            "smalltalk",
            extra={"command": "forget"},
        ).send(dispatcher)
        return [AllSlotsReset()]


class ActionStoredData(Action):
    """Tell what is kept of this conversation, and for how long."""

    def name(self) -> str:
        """As rules name it."""
        return "action_stored_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Names what is there; shows no text back."""
        settings = Settings.from_environment()
        days, hours = settings.retention_days, settings.private_hours
        region = tracker.get_slot("region")
        known = ["wat je in dit gesprek typte en wat ik antwoordde"]
        if region:
            known.append(f"de regio waar je naar vroeg ({region})")
        Reply(
            f"Ik bewaar dit gesprek hoogstens {days} dagen, zonder je naam. Nu bewaar ik: {' en '.join(known)}. "
            "Gegevens zoals telefoonnummers en namen maak ik eerst onleesbaar. "
            "Wat je invult over vertellen of niet, gooi ik weg zodra we daarmee klaar zijn, "
            f"en anders na {hours} uur. "
            'Wil je het nu weg hebben? Typ dan "wis mijn gesprek", dan verwijder ik alles meteen.',
            "smalltalk",
            buttons=[{"title": "Wis mijn gesprek", "payload": "/delete_conversation"}],
        ).send(dispatcher)
        return []
