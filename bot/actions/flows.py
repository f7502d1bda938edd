"""Guided conversations: one action for each, and one place that decides what a message in the middle means."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Dict, List, Mapping, Optional, Sequence, Type

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.answer import ActionAnswer, ActionChoose, ActionNotUnderstood, give
from bot.actions.followups import ActionMoreDetail, ActionRepeat, ActionSimpler, ActionSource
from bot.actions.library import ask, knowledge
from bot.actions.privacy import ActionForget, ActionStoredData
from bot.actions.replies import Reply, answer_reply, choose_button, dutch_date, source_line, source_records, unavailable
from bot.actions.role import ActionRole
from bot.actions.turn import role_of, understanding_of, voice_of
from bot.flows import words
from bot.flows.engine import Flow, Heard, State
from bot.flows.library import DISCLOSURE, ELIGIBILITY, FINANCING, FlowLibrary
from bot.nlu.names import tokens_of
from bot.nlu.subjects import BENEFITS, DISORDER
from bot.nlu.understanding import QUESTION_INTENTS
from knowledge.queries import PROFESSIONAL, FlowStep

Events = List[Dict[str, Any]]

ANSWER_INTENT = "flow_answer"
RESPONSES: Dict[str, str] = {
    "greet": "utter_greet",
    "thank": "utter_thank",
    "goodbye": "utter_goodbye",
    "ask_are_you_human": "utter_not_human",
    "ask_capabilities": "utter_capabilities",
    "ask_how_are_you": "utter_how_are_you",
    "insult": "utter_insult",
    "frustration": "utter_frustration",
    "compliment_or_filler": "utter_filler",
    "vent": "utter_vent",
    "speak_english": "utter_english",
    "other_language": "utter_other_language",
    "out_of_scope": "utter_out_of_scope",
    "ask_human": "utter_human",
    "ask_helpline_number": "utter_helpline_number",
    "affirm": "utter_affirm",
    "deny": "utter_deny",
    "dont_know": "utter_dont_know",
    "correct_topic": "utter_correct_topic",
}
"""What is said to an intent outside a guided conversation; a test compares it with bot/data/rules.yml."""
ACTIONS: Dict[str, Type[Action]] = {
    "choose": ActionChoose,
    "choose_option": ActionChoose,
    "ask_source": ActionSource,
    "ask_simpler": ActionSimpler,
    "ask_more_detail": ActionMoreDetail,
    "repeat_answer": ActionRepeat,
    "ask_stored_data": ActionStoredData,
    "delete_conversation": ActionForget,
    "state_role": ActionRole,
    "gibberish": ActionNotUnderstood,
}
"""Likewise, for intents that an action answers."""
_ASIDES = frozenset(RESPONSES) - {
    "affirm",
    "deny",
    "dont_know",
    "correct_topic",
    "out_of_scope",
    "ask_human",
}
_FEELINGS = frozenset({"insult", "frustration", "compliment_or_filler", "vent"})
_LONGEST_FEELING = 4
"""Words of an aside like "pff wat een gedoe" where any text may be the answer; a longer one is that answer."""
_CERTAIN = 0.45
_NO_FLOW = "utter_no_flow"
_MAX_BUTTON_TITLE = 70
_LONGEST_ECHO = 60
"""Characters of someone's own words that are said back to them."""


@lru_cache(maxsize=1)
def flow_library() -> FlowLibrary:
    """The guided conversations of the knowledge base of the settings."""
    return FlowLibrary(knowledge(), dutch_date)


def today() -> str:
    """The date, for rules that depend on it; they never look at a clock themselves."""
    return datetime.date.today().isoformat()


@dataclass(frozen=True)
class _Said:
    """The user's message of this turn."""

    text: str
    intent: str
    confidence: float
    decision: str
    topics: Sequence[str]
    entities: Mapping[str, str]

    @classmethod
    def of(cls, tracker: Tracker) -> _Said:
        message = tracker.latest_message or {}
        text = str(message.get("text") or "")
        found = understanding_of(tracker)
        intent = message.get("intent") or {}
        return cls(
            text="" if text.startswith("/") else text,
            intent=str(intent.get("name") or ""),
            confidence=float(intent.get("confidence") or 0.0),
            decision="button" if text.startswith("/") else str(found["decision"]),
            topics=list(found.get("topics") or []),
            entities={str(e.get("entity")): str(e.get("value")) for e in message.get("entities", [])},
        )

    @property
    def is_button(self) -> bool:
        return self.decision == "button"

    def means(self, *intents: str) -> bool:
        """Whether the message is one of these conversational intents, with enough certainty."""
        return self.intent in intents and (self.is_button or self.confidence >= _CERTAIN)


class FlowAction:
    """A guided conversation: starts it, and handles every message as long as it is active.

    It bears the name of its form in domain.yml, so it takes the place of Rasa's own form action
    and gets all messages while that form is the active loop. Interruptions are handled here, once.
    """

    slug = ""
    form = ""
    start_intent = ""
    is_private = False
    """Whether nothing of it stays when it ends; its form is then in `bot.safety.private_flows.PRIVATE_FORMS`."""
    instead, instead_facet = "", ""
    """For a topic that the flow has nothing on: the sentence that says so, and the facet that is answered instead."""

    def name(self) -> str:
        """As rules name it."""
        return self.form

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """One turn."""
        said = _Said.of(tracker)
        active = (tracker.active_loop or {}).get("name")
        helps = active is None and _shows_helper(tracker)
        flow = await ask(flow_library().get, self.slug, PROFESSIONAL if helps else voice_of(tracker))
        if flow is None:
            unavailable().send(dispatcher)
            return self._closed()
        state = State.from_dict(tracker.get_slot("flow_answers"))
        if active != self.form:
            role = [SlotSet("role", "professional")] if helps else []
            return role + await self.start(flow, said, dispatcher, tracker, domain)
        return await self._continue(flow, state, said, dispatcher, tracker, domain)

    async def start(
        self, flow: Flow, said: _Said, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        """Begin, or go on with what was left open, knowing what the conversation told before."""
        resumes = said.intent == words.RESUME and tracker.get_slot("flow") == self.slug
        if said.intent == self.start_intent and self.instead:
            unknown = [topic for topic in said.topics if not flow.is_about(topic)]
            if unknown and len(unknown) == len(said.topics):
                events = await self._tell_instead(flow, unknown, dispatcher, tracker)
                if events:
                    return events
        if resumes:
            state = State.from_dict(tracker.get_slot("flow_answers"))
            if state.asked and not state.finished:
                return await self._next(flow, state, dispatcher, lead="terug_bij")
        state = State(topics=self.subjects(flow, said, tracker))
        for text in _earlier_texts(tracker):
            flow.take(state, flow.hear(state, text).values)
        region = (understanding_of(tracker).get("region")) or tracker.get_slot("region")
        if region and any(step.kind == "plaats" for step in flow.content.steps):
            flow.take(state, {step.id: [region] for step in flow.content.steps if step.kind == "plaats"})
        lost = f"{flow.say('opnieuw')} " if self.is_private and resumes else ""
        return await self._next(flow, state, dispatcher, opening=lost + flow.opening(state), begins=True)

    async def _tell_instead(
        self, flow: Flow, topics: Sequence[str], dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> Events:
        # a benefit or a disorder is whose question it is: "ik heb bijstand, wat past bij mij?"
        topic = next((topic for topic in topics if topic not in BENEFITS), None)
        answers = (await ask(knowledge().answers_of, topic, voice_of(tracker)) or []) if topic else []
        answer = next((answer for answer in answers if answer.facet == self.instead_facet), None)
        if answer is None or answer.topic_type == DISORDER:
            return []
        reply = answer_reply(answer)
        reply.text = flow.say(self.instead, naam=answer.topic_name) + "\n\n" + reply.text
        reply.buttons = [{"title": flow.say("ook_algemeen"), "payload": f"/{self.start_intent}"}]
        reply.send(dispatcher)
        return [
            SlotSet("last_answers", [answer.id]),
            SlotSet("topics", [answer.topic]),
            ActiveLoop(None),
            FollowupAction("action_listen"),
        ]

    def subjects(self, flow: Flow, said: _Said, tracker: Tracker) -> List[str]:
        """What the conversation is about: what the message names, or what it points back at."""
        if words.asks_which(said.text):
            return []
        named = [topic for topic in said.topics if flow.is_about(topic)] or flow.topics_in(said.text)
        if named or said.is_button or not words.points_back(said.text):
            return named
        return [topic for topic in tracker.get_slot("topics") or [] if flow.is_about(topic)][:1]

    async def _continue(
        self,
        flow: Flow,
        state: State,
        said: _Said,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> Events:
        step = flow.open_step(state)
        command = words.command(said.text) if said.text else None
        if command == words.RESUME and state.finished:
            command = None
        heard = flow.hear(state, said.text) if said.text else Heard({})
        answers_step = step is not None and step.id in heard.values and not heard.own_words
        if said.intent == ANSWER_INTENT:
            return await self._pressed(flow, state, said, dispatcher)
        if answers_step and heard.whole and command is None:
            return await self._answered(flow, state, heard, dispatcher)
        if command is None and not answers_step and said.means(*_CONTROLS):
            command = said.intent
        if (
            command is None
            and said.intent in ("delete_conversation", "ask_stored_data", "ask_human")
            and said.is_button
        ):
            command = said.intent
        if command is not None:
            return await self._obey(command, flow, state, heard, said, dispatcher, tracker, domain)
        other = _FLOW_OF_INTENT.get(said.intent)
        told = heard.own_words and not words.is_question(said.text) and words.named_flow(said.text) is None
        if other is not None and said.means(said.intent) and not told and (not answers_step or said.topics):
            return await self._switch(other, flow, state, said, dispatcher, tracker, domain)
        if self._is_question(said, heard, step):
            events = await ActionAnswer().run(dispatcher, tracker, domain)
            return events + await self._again(flow, state, dispatcher)
        chooses = said.intent == "choose_option" and step is not None
        if (
            said.intent in ACTIONS
            and said.intent != "gibberish"
            and not chooses
            and (said.is_button or (said.confidence >= _CERTAIN and not answers_step))
        ):
            events = await ACTIONS[said.intent]().run(dispatcher, tracker, domain)
            return events + await self._again(flow, state, dispatcher)
        if said.means(*_ASIDES) and not answers_step and not self._is_own_story(said, heard):
            dispatcher.utter_message(response=RESPONSES[said.intent])
            if said.intent == "ask_helpline_number":
                return self._open(state)
            return await self._again(flow, state, dispatcher)
        if heard.values:
            return await self._answered(flow, state, heard, dispatcher)
        if state.finished:
            return await _outside(said, dispatcher, tracker, domain, self._closed())
        return await self._not_understood(flow, state, dispatcher)

    @staticmethod
    def _is_own_story(said: _Said, heard: Heard) -> bool:
        """Whether what sounds like an aside is the answer, at a question that is answered in own words."""
        longest = _LONGEST_FEELING if said.intent in _FEELINGS else 8
        return heard.own_words and len(tokens_of(said.text)) > longest

    @staticmethod
    def _is_question(said: _Said, heard: Heard, step: Optional[FlowStep]) -> bool:
        """Whether a message asks something, rather than answering the open step, perhaps in own words."""
        if said.is_button or heard.whole:
            return False
        if step is not None and step.id in heard.values and not words.asks_outright(said.text):
            answer_is_near = heard.own_words and step.kind != "vrij" and said.decision == "answer"
            return "?" in said.text and (answer_is_near or not heard.own_words)
        if said.intent in QUESTION_INTENTS and said.decision in ("answer", "clarify", "unknown"):
            if words.is_question(said.text):
                return True
            # Without the form of a question it is one only when it names something that there is an answer about.
            return said.decision == "answer" and said.confidence >= _CERTAIN and not heard.values and bool(said.topics)
        return words.is_question(said.text) and not heard.values and said.intent not in _ASIDES

    async def _pressed(self, flow: Flow, state: State, said: _Said, dispatcher: CollectingDispatcher) -> Events:
        """A button of this or of an earlier question; one of another conversation changes nothing."""
        name, value = said.entities.get("flow_step", ""), said.entities.get("flow_value", "")
        if flow.takes(name, value):
            flow.pick(state, name, value)
        aside = None if name in state.asked[:-1] else flow.aside(state, name)
        return await self._next(flow, state, dispatcher, opening=aside)

    async def _answered(self, flow: Flow, state: State, heard: Heard, dispatcher: CollectingDispatcher) -> Events:
        step = flow.open_step(state)
        new = {name: values for name, values in heard.values.items() if state.answers.get(name) != values}
        others = {name: values for name, values in new.items() if step is None or name != step.id}
        flow.take(state, heard.values)
        told = flow.told(State(answers=others))
        asides = [flow.aside(state, name) for name in new]
        if heard.own_words and step is not None and step.kind == "meerkeuze":
            # Any words can be such an answer: who meant something else sees where they went.
            told = f"\u201c{_shortened(heard.values[step.id][0])}\u201d"
        lead = [flow.say("genoteerd", bekend=told) if told else None, *asides]
        lead_text = "\n\n".join(text for text in lead if text)
        return await self._next(flow, state, dispatcher, opening=lead_text)

    async def _obey(
        self,
        command: str,
        flow: Flow,
        state: State,
        heard: Heard,
        said: _Said,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> Events:
        if command == words.STOP:
            extra: Dict[str, Any] = {"flow": self.slug, "flow_step": None}
            if self.is_private:
                extra["command"] = "forget_flow"
            Reply(flow.say("gestopt"), "flow", extra=extra).send(dispatcher)
            return self._closed()
        if command == words.HUMAN:
            dispatcher.utter_message(response=RESPONSES[command])
            return self._closed()
        if command == "delete_conversation":
            return [*self._closed(), *await ActionForget().run(dispatcher, tracker, domain)]
        if command == "ask_stored_data":
            await ActionStoredData().run(dispatcher, tracker, domain)
            return await self._again(flow, state, dispatcher)
        # "verder" is what the button below several choices is called.
        if command == words.SKIP or (command == words.RESUME and state.picked):
            flow.skip(state)
            return await self._next(flow, state, dispatcher)
        if command == words.BACK:
            changed = {name: values for name, values in heard.values.items() if name in state.answers and values}
            if changed:
                return await self._answered(flow, state, Heard(changed), dispatcher)
            went = flow.back(state, said.text)
            return await self._next(flow, state, dispatcher, lead="gewijzigd" if went else "begin")
        if command == words.RESULT:
            flow.take(state, {} if heard.own_words else heard.values)
            return await self._finish(flow, state, dispatcher)
        topics = [topic for topic in said.topics if flow.is_about(topic)]
        if topics and topics != state.topics:
            state.topics = topics
            return await self._next(flow, state, dispatcher, opening=flow.opening(state))
        return await self._next(flow, state, dispatcher, lead="terug_bij")

    async def _switch(
        self,
        other: str,
        flow: Flow,
        state: State,
        said: _Said,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> Events:
        """Another conversation is asked for, or the same one about something else: what was told stays known."""
        action = FLOWS[other]
        if action is type(self):
            topics = self.subjects(flow, said, tracker)
            changed = State(topics=topics or state.topics, answers={n: v for n, v in state.answers.items() if v})
            flow.take(changed, flow.hear(State(), said.text).values)
            return await self._next(flow, changed, dispatcher, opening=flow.opening(changed))
        wanted = await ask(flow_library().get, other, voice_of(tracker))
        if wanted is None:
            unavailable().send(dispatcher)
            return self._closed()
        return await action().start(wanted, said, dispatcher, tracker, domain)

    async def _again(self, flow: Flow, state: State, dispatcher: CollectingDispatcher) -> Events:
        """After an interruption: the open question once more, or nothing when there is none."""
        if state.finished or flow.open_step(state) is None:
            return self._closed() if state.finished else self._open(state)
        return await self._next(flow, state, dispatcher, lead="terug_bij")

    async def _not_understood(self, flow: Flow, state: State, dispatcher: CollectingDispatcher) -> Events:
        if not state.retried:
            state.retried = True
            step = flow.open_step(state)
            if step is not None:
                self._put(flow, step, state, flow.question(step, state, retry=True), dispatcher)
                return self._open(state)
        flow.skip(state)
        return await self._next(flow, state, dispatcher, lead="nog_niet_begrepen")

    async def _next(
        self,
        flow: Flow,
        state: State,
        dispatcher: CollectingDispatcher,
        opening: Optional[str] = None,
        lead: Optional[str] = None,
        begins: bool = False,
    ) -> Events:
        """The next question, or the outcome; `opening` goes before it, `lead` is a sentence around it.

        `begins` marks the first reply of a conversation, so that a widget knows what to throw away with it.
        """
        step = flow.advance(state)
        if step is None:
            return await self._finish(flow, state, dispatcher, opening)
        text = flow.question(step, state)
        if lead:
            text = flow.say(lead, vraag=text)
        if opening:
            text = f"{opening}\n\n{text}"
        self._put(flow, step, state, text, dispatcher, begins)
        return self._open(state)

    def _put(
        self,
        flow: Flow,
        step: FlowStep,
        state: State,
        text: str,
        dispatcher: CollectingDispatcher,
        begins: bool = False,
    ) -> None:
        buttons = [_answer_button(step.id, option.value, option.title) for option in flow.options(step, state)]
        if state.picked:
            buttons.append({"title": flow.content.texts["knop_verder"], "payload": f"/{words.SKIP}"})
        else:
            buttons.append({"title": flow.content.texts["knop_weet_niet"], "payload": f"/{words.SKIP}"})
        if len(state.asked) > 1:
            buttons.append({"title": flow.content.texts["knop_terug"], "payload": f"/{words.BACK}"})
        buttons.append({"title": flow.content.texts["knop_stop"], "payload": f"/{words.STOP}"})
        extra = {"flow": self.slug, "flow_step": step.id, **({"flow_begins": True} if begins else {})}
        Reply(text, "flow", buttons=buttons, topics=list(state.topics), extra=extra).send(dispatcher)

    async def _finish(
        self, flow: Flow, state: State, dispatcher: CollectingDispatcher, opening: Optional[str] = None
    ) -> Events:
        """Show the outcome. Answers are kept for one message more, so that one can still be changed."""
        outcome = flow.outcome(state, today())
        text = outcome.text
        if outcome.citations:
            lines = list({citation.title: source_line(citation) for citation in outcome.citations}.values())
            text += ("\n\nBron: " if len(lines) == 1 else "\n\nBronnen: ") + "; ".join(lines)
        buttons = await self.offers(flow, state, outcome.topics)
        interim = flow.open_step(state)
        extra: Dict[str, Any] = {"flow": self.slug, "flow_step": interim.id if interim else None}
        extra["outcome"] = dict(outcome.verdicts)
        for part, value in (("table", outcome.table), ("document", outcome.document)):
            if value is not None:
                extra[part] = value
        if opening:
            text = f"{opening}\n\n{text}"
        Reply(
            text,
            "flow",
            buttons=buttons,
            topics=list(outcome.topics),
            sources=source_records(outcome.citations),
            extra=extra,
        ).send(dispatcher)
        if interim is not None:
            return await self._next(flow, state, dispatcher, lead="terug_bij")
        state.finished = True
        topics = [SlotSet("topics", list(outcome.topics))] if len(outcome.topics) == 1 else []
        return [*topics, *self._open(state)]

    async def offers(self, flow: Flow, state: State, topics: Sequence[str]) -> List[Dict[str, str]]:
        """Buttons below the outcome: back to the answers, and how to apply for what was found."""
        buttons = [{"title": flow.content.texts["knop_terug"], "payload": f"/{words.BACK}"}]
        for topic in topics[:2]:
            answers = await ask(knowledge().answers_of, topic) or []
            for answer in [a for a in answers if a.facet in ("aanmelden", "wat")][:1]:
                buttons.append(choose_button(answer.id, answer.question[:_MAX_BUTTON_TITLE]))
        return buttons

    def _open(self, state: State) -> Events:
        step = state.asked[-1] if state.asked and state.asked[-1] not in state.answers else None
        return [
            ActiveLoop(self.form),
            SlotSet("flow", self.slug),
            SlotSet("flow_step", step),
            SlotSet("flow_answers", state.to_dict()),
            FollowupAction("action_listen"),
        ]

    def _closed(self) -> Events:
        """The end: only which conversation it was is remembered, so that it can be asked for again."""
        return [
            ActiveLoop(None),
            SlotSet("flow", self.slug),
            SlotSet("flow_step", None),
            SlotSet("flow_answers", None),
            FollowupAction("action_listen"),
        ]


class EligibilityForm(FlowAction, Action):
    """ "Past dit bij mij?"."""

    slug, form, start_intent = ELIGIBILITY, "eligibility_form", "start_eligibility"
    instead, instead_facet = "geen_criteria", "voor_wie"


class FinancingForm(FlowAction, Action):
    """ "Wie betaalt wat?"."""

    slug, form, start_intent = FINANCING, "financing_form", "start_financing"
    instead, instead_facet = "geen_regels", "betaling"


class DisclosureForm(FlowAction, Action):
    """ "Vertellen of verzwijgen?"."""

    slug, form, start_intent = DISCLOSURE, "disclosure_form", "start_disclosure"
    is_private = True

    async def offers(self, flow: Flow, state: State, topics: Sequence[str]) -> List[Dict[str, str]]:
        """Change an answer, or throw it all away."""
        return [
            {"title": flow.say("knop_veranderen"), "payload": f"/{words.BACK}"},
            {"title": flow.say("knop_weggooien"), "payload": f"/{words.STOP}"},
        ]


FLOWS: Dict[str, Type[FlowAction]] = {
    action.slug: action for action in (EligibilityForm, FinancingForm, DisclosureForm)
}
_FLOW_OF_INTENT = {action.start_intent: slug for slug, action in FLOWS.items()}
_CONTROLS = (
    words.STOP,
    words.BACK,
    words.SKIP,
    words.RESULT,
    words.RESUME,
    words.HUMAN,
    "delete_conversation",
    "ask_stored_data",
)


class ActionResumeFlow(Action):
    """Outside a guided conversation: go on with, or begin again, the last one; or the one that is named."""

    def name(self) -> str:
        """As rules name it."""
        return "action_resume_flow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Says so when there was none."""
        text = str((tracker.latest_message or {}).get("text") or "")
        slug = words.named_flow(text) or tracker.get_slot("flow")
        if slug not in FLOWS:
            dispatcher.utter_message(response=_NO_FLOW)
            return []
        return await FLOWS[slug]().run(dispatcher, tracker, domain)


class ActionAcceptOffer(Action):
    """ "Ja graag" to what the last answer offered: a guided conversation, or else the first question below it."""

    def name(self) -> str:
        """As rules name it."""
        return "action_accept_offer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Without an offer in the last reply there is nothing to accept."""
        payloads = _offered(tracker)
        for slug, action in FLOWS.items():
            if f"/{action.start_intent}" in payloads:
                helps = _shows_helper(tracker)
                flow = await ask(flow_library().get, slug, PROFESSIONAL if helps else voice_of(tracker))
                if flow is not None:
                    role = [SlotSet("role", "professional")] if helps else []
                    return role + await action().start(flow, _Said.of(tracker), dispatcher, tracker, domain)
        answer_id = next((payload.split('"')[3] for payload in payloads if payload.startswith("/choose{")), None)
        answer = await ask(knowledge().answer, answer_id, voice_of(tracker)) if answer_id else None
        if answer is None:
            dispatcher.utter_message(response=RESPONSES["affirm"])
            return []
        return give(answer, dispatcher)


def _offered(tracker: Tracker) -> List[str]:
    """The payloads of the buttons of the last reply, when that was an answer."""
    last: Dict[str, Any] = next((event for event in reversed(tracker.events) if event.get("event") == "bot"), {})
    data = last.get("data") or {}
    if (data.get("custom") or {}).get("kind") != "answer":
        return []
    return [str(button.get("payload") or "") for button in data.get("buttons") or []]


async def _outside(
    said: _Said, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict, closed: Events
) -> Events:
    """Handle a message as if no guided conversation were going on, after closing one."""
    if said.intent in ACTIONS:
        return [*closed, *await ACTIONS[said.intent]().run(dispatcher, tracker, domain)]
    if said.intent in RESPONSES:
        dispatcher.utter_message(response=RESPONSES[said.intent])
        return closed
    if said.intent in QUESTION_INTENTS or not said.intent:
        return [*closed, *await ActionAnswer().run(dispatcher, tracker, domain)]
    dispatcher.utter_message(response=_NO_FLOW)
    return closed


def _answer_button(step: str, value: str, title: str) -> Dict[str, str]:
    payload = json.dumps({"flow_step": step, "flow_value": value}, separators=(",", ":"))
    return {"title": title, "payload": f"/{ANSWER_INTENT}{payload}"}


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_ECHO else text[:_LONGEST_ECHO].rsplit(" ", 1)[0] + "…"


def _shows_helper(tracker: Tracker) -> bool:
    """Whether, of someone who didn't say who they are, the last messages speak of a client."""
    return role_of(tracker) is None and any(words.speaks_as_helper(text) for text in _earlier_texts(tracker)[-2:])


def _earlier_texts(tracker: Tracker) -> List[str]:
    """What the user told of the person so far, this message included."""
    texts = [
        str(event.get("text") or "")
        for event in tracker.events
        if event.get("event") == "user" and not str(event.get("text") or "").startswith("/")
    ]
    latest = str((tracker.latest_message or {}).get("text") or "")
    if latest and not latest.startswith("/") and (not texts or texts[-1] != latest):
        texts.append(latest)
    return [text for text in texts[-20:] if words.tells_of_someone(text)]
