"""The actions of the guided conversations: what a message in the middle of one does, on the real knowledge base."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List, Optional

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

import bot.actions.answer
import bot.actions.flows
import bot.actions.library
from bot.actions.flows import ACTIONS, FLOWS, RESPONSES, ActionAcceptOffer, ActionResumeFlow, EligibilityForm
from bot.nlu.understanding import QUESTION_INTENTS
from knowledge.queries import Knowledge
from knowledge.tables import PROJECT


class Chat:
    """Messages to one action, with the slots and the active loop as Rasa would keep them."""

    def __init__(self, role: str = "client"):
        self.slots: Dict[str, Any] = {}
        self.loop: Optional[str] = None
        self.role = role
        self.history: List[Dict[str, Any]] = []
        self.replies: List[Dict[str, Any]] = []
        self.events: List[Dict[str, Any]] = []

    def say(self, text: str, intent: str = "", action: Any = None, **understood: Any) -> Chat:
        confidence = understood.pop("confidence", 0.9 if intent else 0.0)
        entities = understood.pop("entities", [])
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "entities": entities,
            "understanding": {"decision": "conversation", "candidates": [], **understood},
            "metadata": {"role": self.role},
        }
        self.history.append({"event": "user", "text": text})
        loop = {"name": self.loop} if self.loop else {}
        tracker = Tracker("x" * 32, self.slots, message, self.history, False, None, loop, "action_listen")
        action = action or next((f for f in FLOWS.values() if f.form == self.loop), EligibilityForm)()
        dispatcher = CollectingDispatcher()
        self.events = asyncio.run(action.run(dispatcher, tracker, {}))
        for event in self.events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.loop = event["name"]
            elif event["event"] == "reset_slots":
                self.slots = {}
        self.replies = dispatcher.messages
        return self

    def press(self, title: str) -> Chat:
        payload = next(b["payload"] for m in self.replies for b in m["buttons"] if b["title"] == title)
        intent, _, values = payload[1:].partition("{")
        given = yaml.safe_load("{" + values) if values else {}
        return self.say(payload, intent, entities=[{"entity": name, "value": value} for name, value in given.items()])

    @property
    def kinds(self) -> List[str]:
        return [message["custom"]["kind"] if message["custom"] else message["response"] for message in self.replies]

    @property
    def step(self) -> Optional[str]:
        return self.slots.get("flow_step")


@pytest.fixture
def chat(engine, library, monkeypatch):
    knowledge = Knowledge(engine=engine)
    for module in (bot.actions.flows, bot.actions.answer, bot.actions.library):
        monkeypatch.setattr(module, "knowledge", lambda: knowledge)
    monkeypatch.setattr(bot.actions.flows, "flow_library", lambda: library)
    return Chat


QUESTION = {
    "intent": "ask_what_is",
    "decision": "answer",
    "candidates": [{"id": "fact/wat", "topic": "fact", "facet": "wat", "confidence": 0.9}],
}


def test_check_from_start_to_outcome(chat):
    talk = chat().say("past ips bij mij denk je?", "start_eligibility", topics=["ips"])
    assert (talk.loop, talk.step, talk.kinds) == ("eligibility_form", "wil_gewone_baan", ["flow"])
    talk.say("ja graag", "affirm")
    assert talk.step == "ggz_soort"
    talk.say("ja bij een FACT-team", "ask_who_is_involved", decision="answer", candidates=[{"id": "fact/wat"}])
    assert talk.replies[0]["custom"]["outcome"] == {"ips": "past"}
    talk.say("bedankt", "thank")
    assert talk.kinds == ["utter_thank"]
    assert talk.loop is None and talk.slots["flow_answers"] is None


def test_a_question_in_the_middle_is_answered_and_the_open_question_is_put_again(chat):
    talk = chat().say("past ips bij mij", "start_eligibility", topics=["ips"]).say("ja")
    talk.say("wat is een fact team eigenlijk?", **QUESTION)
    assert talk.kinds == ["answer", "flow"]
    assert talk.replies[0]["custom"]["answer_id"] == "fact/wat"
    assert talk.step == "ggz_soort" and talk.loop == "eligibility_form"


def test_stop_empties_the_answers_and_resume_starts_again_about_what_is_named(chat):
    talk = chat().say("doe de check", "start_eligibility").say("ja")
    talk.say("stop maar, deze check hoeft nu niet", "stop_flow")
    assert talk.loop is None and talk.slots["flow_answers"] is None and talk.step is None
    talk.say("toch maar weer die check van daarnet, voor WGB", "resume_flow", ActionResumeFlow(), topics=["wgb"])
    assert talk.loop == "eligibility_form" and talk.replies[0]["custom"]["topics"] == ["wgb"]


def test_after_silence_the_conversation_goes_on_where_it_was(chat):
    talk = chat().say("past wgb bij mij", "start_eligibility", topics=["wgb"]).say("ja")
    talk.loop = None  # what Rasa's new session does: slots stay, the loop doesn't
    talk.say("waar waren we", "resume_flow", ActionResumeFlow())
    assert talk.step == "ggz_soort" and talk.slots["flow_answers"]["answers"] == {"wil_gewone_baan": ["ja"]}


def test_wish_for_a_human_hands_over_and_stops(chat):
    talk = chat().say("doe de check", "start_eligibility")
    talk.say("dit vind ik te persoonlijk, ik praat liever met een mens", "skip_step")
    assert talk.kinds == ["utter_human"] and talk.loop is None


def test_interim_outcome_then_the_open_question_again(chat):
    talk = chat().say("past wgb bij mij", "start_eligibility", topics=["wgb"])
    talk.say("en, lijkt het te passen?", "flow_result")
    assert talk.kinds == ["flow", "flow"]
    assert talk.replies[0]["custom"]["outcome"] == {"wgb": "misschien"}
    assert talk.step == "wil_gewone_baan"


def test_what_is_not_understood_is_asked_once_more_and_then_skipped(chat):
    talk = chat().say("past ips bij mij", "start_eligibility", topics=["ips"])
    first = talk.replies[0]["text"]
    talk.say("flurp", "gibberish")
    assert talk.step == "wil_gewone_baan" and talk.replies[0]["text"] != first
    talk.say("flurp", "gibberish")
    assert talk.step == "ggz_soort"


def test_what_was_told_before_is_not_asked(chat):
    talk = chat()
    talk.history.append({"event": "user", "text": "ik zit in de wia en woon in den bosch"})
    talk.say("past wgb bij mij", "start_eligibility", topics=["wgb"])
    assert talk.slots["flow_answers"]["answers"] == {"uitkering": ["wia"], "regio": ["noordoost-brabant"]}


def test_buttons_answer_and_a_foreign_button_changes_nothing(chat):
    talk = chat().say("past ips bij mij", "start_eligibility", topics=["ips"]).press("Ja")
    assert talk.step == "ggz_soort"
    before = dict(talk.slots["flow_answers"])
    entities = [{"entity": "flow_step", "value": "zin"}, {"entity": "flow_value", "value": "x"}]
    talk.say("/flow_answer", "flow_answer", entities=entities)
    assert talk.slots["flow_answers"] == before


def test_another_conversation_is_switched_to(chat):
    talk = chat().say("doe de check", "start_eligibility").say("start de financieringswijzer", "start_financing")
    assert talk.loop == "financing_form" and talk.step == "onderwerp"


def test_greeting_and_venting_in_between_get_their_reply_and_the_question_again(chat):
    talk = chat().say("doe de check", "start_eligibility").say("pff wat een rotdag", "vent")
    assert talk.kinds == ["utter_vent", "flow"]


def test_asking_for_the_helpline_is_not_followed_by_a_question(chat):
    talk = chat().say("doe de check", "start_eligibility").say("wat is het nummer van 113", "ask_helpline_number")
    assert talk.kinds == ["utter_helpline_number"] and talk.loop == "eligibility_form"


def test_removing_the_conversation_removes_the_flow_too(chat):
    talk = chat().say("doe de check", "start_eligibility").say("wis mijn gesprek", "delete_conversation")
    assert talk.loop is None and not any(talk.slots.values())
    assert talk.replies[0]["custom"]["command"] == "forget"


def test_overview_is_shown_can_be_changed_and_thrown_away(chat):
    talk = chat().say("help me kiezen", "start_disclosure", FLOWS["openheid"]()).say("ik werk")
    talk.say("laat het overzicht zien", "flow_result")
    assert talk.replies[0]["custom"]["document"]["sections"]
    for _ in range(9):
        talk.press("Overslaan")
        if talk.step is None:
            break
    assert talk.step is None and talk.loop == "disclosure_form"
    talk.press("Weggooien")
    assert talk.loop is None and talk.slots["flow_answers"] is None


@pytest.mark.parametrize("text", ["verder", "Verder", "ga maar verder", "ok, door"])
def test_go_on_is_no_question_and_no_answer(chat, text):
    talk = chat().say("help me kiezen", "start_disclosure", FLOWS["openheid"]()).press("Overslaan")
    # Its own intent is "tell me more": right after an answer it was about that answer, here it is about the steps.
    talk.say(text, "ask_more_detail")
    assert talk.step == "voor" and talk.kinds == ["flow"]
    talk.press("Geen smoesjes meer nodig; dat scheelt energie").say(text, "ask_more_detail")
    assert talk.step == "tegen" and talk.slots["flow_answers"]["answers"]["voor"] == ["geen_smoes"]


def test_own_words_are_said_back_so_that_a_mistake_is_seen(chat):
    talk = chat().say("help me kiezen", "start_disclosure", FLOWS["openheid"]()).press("Overslaan")
    talk.say("dan hoef ik niet meer te doen alsof " * 3)
    assert talk.replies[0]["text"].startswith("Oké: “dan hoef ik niet meer te doen alsof dan hoef ik niet meer…”.")
    assert talk.step == "tegen"


def test_yes_to_the_offer_below_an_answer_starts_the_conversation(chat):
    talk = chat()
    buttons = [{"title": "Zullen we het samen op een rij zetten?", "payload": "/start_disclosure"}]
    talk.history.append({"event": "bot", "data": {"custom": {"kind": "answer"}, "buttons": buttons}})
    talk.say("ja graag", "affirm", ActionAcceptOffer())
    assert talk.loop == "disclosure_form" and talk.step == "situatie"


def test_yes_of_who_spoke_of_a_client_starts_it_in_the_professional_voice(chat):
    talk = chat("")
    talk.history.append({"event": "user", "text": "mijn klant twijfelt of hij het moet vertellen"})
    buttons = [{"title": "Zullen we het samen op een rij zetten?", "payload": "/start_disclosure"}]
    talk.history.append({"event": "bot", "data": {"custom": {"kind": "answer"}, "buttons": buttons}})
    talk.say("ja graag", "affirm", ActionAcceptOffer())
    assert "zonder te sturen" in talk.replies[0]["text"] and talk.slots["role"] == "professional"


def test_yes_to_nothing_starts_nothing(chat):
    talk = chat().say("ja graag", "affirm", ActionAcceptOffer())
    assert talk.kinds == ["utter_affirm"] and talk.loop is None


def test_professional_gets_the_table(chat):
    talk = chat("professional").say(
        "wie betaalt ips, zoek uit", "start_financing", FLOWS["financiering"](), topics=["ips"]
    )
    while talk.step is not None:
        talk.press("Niet bekend")
    assert talk.replies[0]["custom"]["table"]["rows"]


def test_who_speaks_of_a_client_is_spoken_to_as_a_professional(chat):
    talk = chat("").say("past wgb bij mijn cliënt?", "start_eligibility", topics=["wgb"])
    assert talk.replies[0]["text"].startswith("Voorwaarden voor") and talk.slots["role"] == "professional"
    talk = chat("").say("past wgb bij mijn zus?", "start_eligibility", topics=["wgb"])
    assert "vraagt:" in talk.replies[0]["text"] and "role" not in talk.slots


def test_own_words_that_end_in_a_question_mark_are_the_answer(chat):
    talk = chat().say("help me kiezen", "start_disclosure", FLOWS["openheid"]()).say("ik werk")
    for _ in range(8):
        talk.say("overslaan", "skip_step")
    assert talk.step == "zin"
    talk.say(
        "Ik wil je iets vertellen. Heb je tijd?", "ask_may_must", decision="answer", candidates=[{"id": "fact/wat"}]
    )
    lines = [line for section in talk.replies[0]["custom"]["document"]["sections"] for line in section["lines"]]
    assert talk.step is None and "Ik wil je iets vertellen. Heb je tijd?" in lines


def test_without_its_content_a_flow_says_honestly_that_it_cannot(chat, monkeypatch):
    class Empty:
        def get(self, slug, voice):
            return None

    monkeypatch.setattr(bot.actions.flows, "flow_library", lambda: Empty())
    talk = chat().say("doe de check", "start_eligibility")
    assert talk.kinds == ["no_answer"] and talk.loop is None


def test_replies_in_the_middle_are_those_of_the_rules_outside():
    rules = {}
    for name in ("rules.yml", "flow_rules.yml"):
        for rule in yaml.safe_load((PROJECT / "bot" / "data" / name).read_text())["rules"]:
            steps = [step for step in rule["steps"] if "intent" in step or "action" in step]
            if len(steps) == 2 and "intent" in steps[0]:
                rules[steps[0]["intent"]] = steps[1]["action"]
    assert rules.pop("affirm") == ActionAcceptOffer().name()  # in a flow there is no offer to accept
    for intent, response in RESPONSES.items():
        if intent == "affirm":
            continue
        assert rules[intent] == response
    for intent, action in ACTIONS.items():
        assert rules[intent] == action().name()
    assert all(rules[action.start_intent] == action.form for action in FLOWS.values())
    assert {rules[intent] for intent in QUESTION_INTENTS} == {"action_answer"}


def test_the_same_check_about_something_else_keeps_what_was_told(chat):
    talk = chat().say("doe de check", "start_eligibility").say("ja")
    talk.say("ok en past ips wel bij mij", "start_eligibility", topics=["ips"])
    assert talk.replies[0]["custom"]["topics"] == ["ips"]
    assert talk.slots["flow_answers"]["answers"]["wil_gewone_baan"] == ["ja"] and talk.step == "ggz_soort"
