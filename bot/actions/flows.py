"""Guided conversations: one action for each, and one place that decides what a message in the middle means."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Dict, List, Mapping, Optional, Sequence, Type, Union

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.answer import ActionAnswer, ActionChoose, ActionNotUnderstood, give
from bot.actions.followups import ActionMoreDetail, ActionRepeat, ActionSimpler, ActionSource
from bot.actions.library import ask, knowledge
from bot.actions.privacy import ActionForget, ActionStoredData
from bot.actions.records import DECIDES, from_record
from bot.actions.replies import Reply, answer_reply, choose_button, unavailable
from bot.actions.role import ActionRole
from bot.actions.turn import role_of, text_of, understanding_of, voice_of
from bot.citations import source_lines, source_records
from bot.flows import words
from bot.flows.engine import Flow, Heard, State
from bot.flows.library import DISCLOSURE, ELIGIBILITY, FINANCING, FlowLibrary
from bot.nlu.names import tokens_of
from bot.nlu.phrases.asking_back import asks_who_decides
from bot.nlu.phrases.bare import names_nothing
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
_CONTROLS = frozenset({words.STOP, words.BACK, words.SKIP, words.RESULT, words.RESUME, words.HUMAN}) | {
    "delete_conversation",
    "ask_stored_data",
}
"""Intents that a guided conversation obeys."""
_ANSWERED_ASIDE = frozenset(ACTIONS) - {"gibberish"}
_ASIDES = frozenset(RESPONSES) - {"affirm", "deny", "dont_know", "correct_topic", "out_of_scope", "ask_human"}
"""Intents that interrupt it: they are answered as outside of it, and then the open question is put again."""
_FEELINGS = frozenset({"insult", "frustration", "compliment_or_filler", "vent"})
_LONGEST_ASIDE, _LONGEST_FEELING = 8, 4
"""Words of an aside like "pff wat een gedoe" where any text may be the answer; a longer one is that answer."""
_CERTAIN = 0.45
_NO_FLOW = "utter_no_flow"
_MAX_BUTTON_TITLE = 70
_LONGEST_ECHO = 60
"""Characters of someone's own words that are said back to them."""


@lru_cache(maxsize=1)
def flow_library() -> FlowLibrary:
    """The guided conversations of the knowledge base of the settings."""
    return FlowLibrary(knowledge())


def today() -> str:
    """The date, for rules that depend on it; they never look at a clock themselves."""
    return datetime.date.today().isoformat()


@dataclass(frozen=True)
class _Said:
    """The user's message of this turn."""

    text: str
    """What was typed; empty for a button."""
    intent: str
    confidence: float
    decision: str
    topics: Sequence[str]
    entities: Mapping[str, str]

    @classmethod
    def of(cls, tracker: Tracker) -> _Said:
        message, text = tracker.latest_message or {}, text_of(tracker)
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


@dataclass
class _Turn:
    """A message to a guided conversation, with all that answering it takes."""

    flow: Flow
    state: State
    said: _Said
    dispatcher: CollectingDispatcher
    tracker: Tracker
    domain: DomainDict

    async def run(self, action: Union[Type[Action], Type[FlowAction]]) -> Events:
        """Let another action answer the message."""
        return await action().run(self.dispatcher, self.tracker, self.domain)

    def respond(self, response: str) -> None:
        """Send one of the domain's responses."""
        self.dispatcher.utter_message(response=response)


class FlowAction:
    """A guided conversation: starts it, and handles every message as long as it is active.

    It bears the name of its form in domain.yml, so it takes the place of Rasa's own form action
    and gets all messages while that form is the active loop. Interruptions are handled here, once.
    It is no `Action` itself, since Rasa registers every class that is.
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
        active = (tracker.active_loop or {}).get("name")
        helps = active is None and _shows_helper(tracker)
        flow = await ask(flow_library().get, self.slug, PROFESSIONAL if helps else voice_of(tracker))
        if flow is None:
            unavailable().send(dispatcher)
            return self._closed()
        state = State.from_dict(tracker.get_slot("flow_answers"))
        turn = _Turn(flow, state, _Said.of(tracker), dispatcher, tracker, domain)
        if active == self.form:
            return await self._continue(turn)
        role = [SlotSet("role", "professional")] if helps else []
        return role + await self._start(turn)

    async def _start(self, turn: _Turn) -> Events:
        """Begin, or go on with what was left open, knowing what the conversation told before."""
        flow, said, tracker = turn.flow, turn.said, turn.tracker
        resumes = said.intent == words.RESUME and tracker.get_slot("flow") == self.slug
        if said.intent == self.start_intent and self.instead:
            topics = said.topics
            if words.points_back(said.text) and not set(topics) - BENEFITS:
                # "is dat ook iets voor mij, met bijstand?" asks it of what was spoken of
                topics = (tracker.get_slot("topics") or [])[:1] or topics
            unknown = [topic for topic in topics if not flow.is_about(topic)]
            if unknown and len(unknown) == len(topics):
                events = await self._tell_instead(turn, unknown)
                if events:
                    return events
        if resumes and turn.state.asked and not turn.state.finished:
            return await self._next(turn, lead="terug_bij")
        turn.state = State(topics=self._subjects(turn))
        for text in _earlier_texts(tracker):
            flow.take(turn.state, flow.hear(turn.state, text).values)
        region = understanding_of(tracker).get("region") or tracker.get_slot("region")
        if region:
            flow.take(turn.state, {step.id: [region] for step in flow.content.steps if step.kind == "plaats"})
        lost = f"{flow.say('opnieuw')} " if self.is_private and resumes else ""
        return await self._next(turn, opening=lost + flow.opening(turn.state), begins=True)

    async def _tell_instead(self, turn: _Turn, topics: Sequence[str]) -> Events:
        """The answer that there is on one of these topics, of which the flow knows nothing; no events without one."""
        # a benefit or a disorder is whose question it is: "ik heb bijstand, wat past bij mij?"
        topic = next((topic for topic in topics if topic not in BENEFITS), None)
        answers = (await ask(knowledge().answers_of, topic, voice_of(turn.tracker)) or []) if topic else []
        answer = next((answer for answer in answers if answer.facet == self.instead_facet), None)
        if answer is None or answer.topic_type == DISORDER:
            return []
        reply = answer_reply(answer)
        reply.text = turn.flow.say(self.instead, naam=answer.topic_name) + "\n\n" + reply.text
        reply.buttons = [{"title": turn.flow.say("ook_algemeen"), "payload": f"/{self.start_intent}"}]
        reply.send(turn.dispatcher)
        return [
            SlotSet("last_answers", [answer.id]),
            SlotSet("topics", [answer.topic]),
            ActiveLoop(None),
            FollowupAction("action_listen"),
        ]

    @staticmethod
    def _subjects(turn: _Turn) -> List[str]:
        """What the conversation is about: what the message names, or what it points back at."""
        flow, said = turn.flow, turn.said
        if words.asks_which(said.text):
            return []
        named = [topic for topic in said.topics if flow.is_about(topic)] or flow.topics_in(said.text)
        # "ja", to what an answer about a topic offered, is about that topic
        leans = said.intent == "affirm" or words.points_back(said.text)
        if named or said.is_button or not leans:
            return named
        return [topic for topic in turn.tracker.get_slot("topics") or [] if flow.is_about(topic)][:1]

    async def _continue(self, turn: _Turn) -> Events:
        """What a message in the middle means; the first that fits counts."""
        flow, state, said = turn.flow, turn.state, turn.said
        if said.intent == ANSWER_INTENT:
            return await self._pressed(turn)
        step = flow.open_step(state)
        heard = flow.hear(state, said.text) if said.text else Heard({})
        answers_step = step is not None and step.id in heard.values and not heard.own_words
        command = words.command(said.text) if said.text else None
        if command == words.RESUME and state.finished:
            command = None
        if answers_step and heard.whole and command is None:
            return await self._answered(turn, heard)
        if command is None and not answers_step and said.means(*_CONTROLS):
            command = said.intent
        if command is not None:
            return await self._obey(turn, command, heard)
        other = _FLOW_OF_INTENT.get(said.intent)
        told = heard.own_words and not words.is_question(said.text) and words.named_flow(said.text) is None
        if other is not None and said.means(said.intent) and not told and (not answers_step or said.topics):
            return await self._switch(turn, other)
        if asks_who_decides(said.text) and names_nothing(said.text) and len(state.topics) == 1:
            reply = await ask(from_record, knowledge(), state.topics[0], DECIDES, voice_of(turn.tracker))
            if reply is not None:
                reply.send(turn.dispatcher)
                return await self._again(turn)
        if not heard.values and step is not None and words.only_picks(said.text):
            return await self._not_understood(turn)
        if self._is_question(said, heard, step):
            return [*await turn.run(ActionAnswer), *await self._again(turn)]
        chooses = said.intent == "choose_option" and step is not None
        if said.means(*_ANSWERED_ASIDE) and not answers_step and not chooses:
            return [*await turn.run(ACTIONS[said.intent]), *await self._again(turn)]
        if said.means(*_ASIDES) and not answers_step and not self._is_own_story(said, heard):
            turn.respond(RESPONSES[said.intent])
            return self._open(state) if said.intent == "ask_helpline_number" else await self._again(turn)
        if heard.values:
            return await self._answered(turn, heard)
        if state.finished:
            return await self._outside(turn)
        return await self._not_understood(turn)

    @staticmethod
    def _is_own_story(said: _Said, heard: Heard) -> bool:
        """Whether what sounds like an aside is the answer, at a question that is answered in own words."""
        if heard.own_words and said.intent == "ask_capabilities" and len(tokens_of(said.text)) > 1:
            return not words.is_question(said.text)
        longest = _LONGEST_FEELING if said.intent in _FEELINGS else _LONGEST_ASIDE
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

    async def _pressed(self, turn: _Turn) -> Events:
        """A button of this or of an earlier question; one of another conversation changes nothing."""
        flow, state, entities = turn.flow, turn.state, turn.said.entities
        name, value = entities.get("flow_step", ""), entities.get("flow_value", "")
        if flow.takes(name, value):
            flow.pick(state, name, value)
        aside = None if name in state.asked[:-1] else flow.aside(state, name)
        return await self._next(turn, opening=aside)

    async def _answered(self, turn: _Turn, heard: Heard) -> Events:
        """Take what was answered, say back what wasn't asked, and go on."""
        flow, state = turn.flow, turn.state
        step = flow.open_step(state)
        new = {name: values for name, values in heard.values.items() if state.answers.get(name) != values}
        others = {name: values for name, values in new.items() if step is None or name != step.id}
        flow.take(state, heard.values)
        told = flow.told(State(answers=others))
        asides = [flow.aside(state, name) for name in new]
        if heard.own_words and step is not None and step.kind == "meerkeuze":
            # Any words can be such an answer: who meant something else sees where they went.
            told = f"\u201c{_shortened(heard.values[step.id][0])}\u201d"
        opening = [flow.say("genoteerd", bekend=told) if told else None, *asides]
        return await self._next(turn, opening="\n\n".join(text for text in opening if text))

    async def _obey(self, turn: _Turn, command: str, heard: Heard) -> Events:
        """Follow a command: end it, tell or erase what is kept, explain, skip, go back, show the outcome or go on."""
        flow, state = turn.flow, turn.state
        if command == words.WHY:
            Reply(flow.say("waarom"), "flow", extra={"flow": self.slug}).send(turn.dispatcher)
            return await self._again(turn)
        if command == words.KEEP:
            return await self._finish(turn, opening=flow.say("bewaren"))
        if command == words.STOP:
            extra: Dict[str, Any] = {"flow": self.slug, "flow_step": None}
            if self.is_private:
                extra["command"] = "forget_flow"
            Reply(flow.say("gestopt"), "flow", extra=extra).send(turn.dispatcher)
            return self._closed()
        if command == words.HUMAN:
            turn.respond(RESPONSES[command])
            return self._closed()
        if command == "delete_conversation":
            return [*self._closed(), *await turn.run(ActionForget)]
        if command == "ask_stored_data":
            await turn.run(ActionStoredData)
            return await self._again(turn)
        # "verder" is what the button below several choices is called.
        if command == words.SKIP or (command == words.RESUME and state.picked):
            flow.skip(state)
            return await self._next(turn)
        if command == words.BACK:
            changed = {name: values for name, values in heard.values.items() if name in state.answers and values}
            if changed:
                return await self._answered(turn, Heard(changed))
            went = flow.back(state, turn.said.text)
            return await self._next(turn, lead="gewijzigd" if went else "begin")
        if command == words.RESULT:
            flow.take(state, {} if heard.own_words else heard.values)
            return await self._finish(turn)
        topics = [topic for topic in turn.said.topics if flow.is_about(topic)]
        if topics and topics != state.topics:
            state.topics = topics
            return await self._next(turn, opening=flow.opening(state))
        return await self._next(turn, lead="terug_bij")

    async def _switch(self, turn: _Turn, other: str) -> Events:
        """Another conversation is asked for, or the same one about something else: what was told stays known."""
        flow, state = turn.flow, turn.state
        if other == self.slug:
            answers = {name: values for name, values in state.answers.items() if values}
            turn.state = State(topics=self._subjects(turn) or state.topics, answers=answers)
            flow.take(turn.state, flow.hear(State(), turn.said.text).values)
            return await self._next(turn, opening=flow.opening(turn.state))
        return await turn.run(FLOWS[other])

    async def _again(self, turn: _Turn) -> Events:
        """After an interruption: the open question once more, or nothing when there is none."""
        if turn.state.finished:
            return self._closed()
        if turn.flow.open_step(turn.state) is None:
            return self._open(turn.state)
        return await self._next(turn, lead="terug_bij")

    async def _not_understood(self, turn: _Turn) -> Events:
        """Ask in other words once, then go on without an answer."""
        flow, state = turn.flow, turn.state
        step = flow.open_step(state)
        if not state.retried:
            state.retried = True
            if step is not None:
                self._put(turn, step, flow.question(step, state, retry=True))
                return self._open(state)
        flow.skip(state)
        return await self._next(turn, lead="nog_niet_begrepen")

    async def _outside(self, turn: _Turn) -> Events:
        """Close the conversation, and handle the message as if it had never been going on."""
        intent, closed = turn.said.intent, self._closed()
        if intent in ACTIONS:
            return [*closed, *await turn.run(ACTIONS[intent])]
        if intent in RESPONSES:
            turn.respond(RESPONSES[intent])
            return closed
        if intent in QUESTION_INTENTS or not intent:
            return [*closed, *await turn.run(ActionAnswer)]
        turn.respond(_NO_FLOW)
        return closed

    async def _next(
        self, turn: _Turn, opening: Optional[str] = None, lead: Optional[str] = None, begins: bool = False
    ) -> Events:
        """The next question, or the outcome; `opening` goes before it, `lead` is a sentence around it.

        `begins` marks the first reply of a conversation, so that a widget knows what to throw away with it.
        """
        flow, state = turn.flow, turn.state
        step = flow.advance(state)
        if step is None:
            return await self._finish(turn, opening)
        text = flow.question(step, state)
        if lead:
            text = flow.say(lead, vraag=text)
        if opening:
            text = f"{opening}\n\n{text}"
        self._put(turn, step, text, begins)
        return self._open(state)

    def _put(self, turn: _Turn, step: FlowStep, text: str, begins: bool = False) -> None:
        """Send a step's question with its buttons."""
        flow, state, texts = turn.flow, turn.state, turn.flow.content.texts
        buttons = [_answer_button(step.id, option.value, option.title) for option in flow.options(step, state)]
        skip = "knop_verder" if state.picked else "knop_weet_niet"
        buttons.append({"title": texts[skip], "payload": f"/{words.SKIP}"})
        if len(state.asked) > 1:
            buttons.append({"title": texts["knop_terug"], "payload": f"/{words.BACK}"})
        buttons.append({"title": texts["knop_stop"], "payload": f"/{words.STOP}"})
        extra = {"flow": self.slug, "flow_step": step.id, **({"flow_begins": True} if begins else {})}
        Reply(text, "flow", buttons=buttons, topics=list(state.topics), extra=extra).send(turn.dispatcher)

    async def _finish(self, turn: _Turn, opening: Optional[str] = None) -> Events:
        """Show the outcome. Answers are kept for one message more, so that one can still be changed."""
        flow, state = turn.flow, turn.state
        outcome = flow.outcome(state, today())
        text = outcome.text
        if outcome.citations:
            one_a_title = {citation.title: citation for citation in outcome.citations}
            text += f"\n\n{source_lines(list(one_a_title.values()))}"
        interim = flow.open_step(state)
        extra: Dict[str, Any] = {"flow": self.slug, "flow_step": interim.id if interim else None}
        extra["outcome"] = dict(outcome.verdicts)
        for part, value in (("table", outcome.table), ("document", outcome.document)):
            if value is not None:
                extra[part] = value
        Reply(
            f"{opening}\n\n{text}" if opening else text,
            "flow",
            buttons=await self._offers(flow, outcome.topics),
            topics=list(outcome.topics),
            sources=source_records(outcome.citations),
            extra=extra,
        ).send(turn.dispatcher)
        if interim is not None:
            return await self._next(turn, lead="terug_bij")
        state.finished = True
        topics = [SlotSet("topics", list(outcome.topics))] if len(outcome.topics) == 1 else []
        return [*topics, *self._open(state)]

    async def _offers(self, flow: Flow, topics: Sequence[str]) -> List[Dict[str, str]]:
        """Buttons below the outcome: back to the answers, and how to apply for what was found."""
        buttons = [{"title": flow.content.texts["knop_terug"], "payload": f"/{words.BACK}"}]
        for topic in topics[:2]:
            answers = await ask(knowledge().answers_of, topic) or []
            for answer in [a for a in answers if a.facet in ("aanmelden", "wat")][:1]:
                buttons.append(choose_button(answer.id, answer.question[:_MAX_BUTTON_TITLE]))
        return buttons

    def _open(self, state: State) -> Events:
        """Wait for the next message to this conversation."""
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
    """The check "Past dit bij mij?"."""

    slug, form, start_intent = ELIGIBILITY, "eligibility_form", "start_eligibility"
    instead, instead_facet = "geen_criteria", "voor_wie"


class FinancingForm(FlowAction, Action):
    """The finder "Wie betaalt wat?"."""

    slug, form, start_intent = FINANCING, "financing_form", "start_financing"
    instead, instead_facet = "geen_regels", "betaling"


class DisclosureForm(FlowAction, Action):
    """The decision aid "Vertellen of verzwijgen?"."""

    slug, form, start_intent = DISCLOSURE, "disclosure_form", "start_disclosure"
    is_private = True

    async def _offers(self, flow: Flow, topics: Sequence[str]) -> List[Dict[str, str]]:
        """Change an answer, or throw it all away."""
        return [
            {"title": flow.say("knop_veranderen"), "payload": f"/{words.BACK}"},
            {"title": flow.say("knop_weggooien"), "payload": f"/{words.STOP}"},
        ]


FLOWS: Dict[str, Type[FlowAction]] = {
    action.slug: action for action in (EligibilityForm, FinancingForm, DisclosureForm)
}
_FLOW_OF_INTENT = {action.start_intent: slug for slug, action in FLOWS.items()}


class ActionResumeFlow(Action):
    """Outside a guided conversation: go on with, or begin again, the last one; or the one that is named."""

    def name(self) -> str:
        """As rules name it."""
        return "action_resume_flow"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Says so when there was none."""
        slug = words.named_flow(text_of(tracker)) or tracker.get_slot("flow")
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
        for action in FLOWS.values():
            if f"/{action.start_intent}" in payloads:
                return await action().run(dispatcher, tracker, domain)
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
    latest = text_of(tracker)
    if latest and not latest.startswith("/") and (not texts or texts[-1] != latest):
        texts.append(latest)
    return [text for text in texts[-20:] if words.tells_of_someone(text)]
