"""Which answers and commands the conversation makes likelier or less likely: what was offered, or just said."""

from __future__ import annotations

from typing import Dict, List, Optional

from bot.nlu.answer_index import Question
from bot.nlu.conversation.context import Context
from bot.nlu.conversation.kinds import SURE_OF_FACET
from bot.nlu.names import tokens_of
from bot.nlu.phrases.asking import asks, is_question, only_tells
from bot.nlu.phrases.asking_back import ASKS_WHO
from bot.nlu.phrases.bare import names_nothing
from bot.nlu.phrases.circumstances import tells_circumstance
from bot.nlu.phrases.correcting import FILLERS
from bot.nlu.phrases.following import asks_against, asks_even_if, asks_what_if, asks_what_next, completes, is_elliptic
from bot.nlu.phrases.misuse import may_erase, names_machine
from bot.nlu.subjects import Subjects
from knowledge.queries import Unit

INTENT_PREFIX = "intent:"
"""How the ids of kinds of conversation begin; they compete with answers on equal terms."""
CORRECTION = INTENT_PREFIX + "correct_topic"
SURELY_NOT = 8.0
"""Points against what a message can't be."""

_JUST_GIVEN = 1.0
_GIVEN_TWICE = 3.0
_OFFERED = 1.5
_NOT_GUIDED = 4.0
_ONLY_GUIDED = tuple(INTENT_PREFIX + intent for intent in ("resume_flow", "flow_answer", "go_back", "skip_step"))
"""What is said in a guided conversation; elsewhere "en volgend jaar?" is likelier a question."""
_YES_AND_NO = tuple(INTENT_PREFIX + intent for intent in ("affirm", "deny", "dont_know"))
_NOT_NOW = tuple(
    INTENT_PREFIX + intent
    for intent in (
        "flow_result",
        "stop_flow",
        "goodbye",
        "ask_capabilities",
        "start_financing",
        "start_eligibility",
        "start_disclosure",
        "ask_human",
        "ask_stored_data",
        "choose_option",
        "ask_how_are_you",
    )
)
"""Commands that a question after an answer looks like: "en als ik het vergeet", "mag ik eerder stoppen"."""
_ERASE = INTENT_PREFIX + "delete_conversation"
_SOURCE = INTENT_PREFIX + "ask_source"
_NOT_NEXT = tuple(INTENT_PREFIX + intent for intent in ("compliment_or_filler", "ask_simpler", "gibberish"))
_NOT_ASKED = tuple(INTENT_PREFIX + intent for intent in ("compliment_or_filler", "ask_simpler", "frustration", "thank"))
_NOT_GOING_ON = tuple(INTENT_PREFIX + intent for intent in ("frustration", "ask_helpline_number", "vent"))
_HUMAN = INTENT_PREFIX + "ask_are_you_human"
_VENTS = INTENT_PREFIX + "vent"
_TOLD = 3.0
_QUESTION_IS_NO_COMMAND = 2.0
_NEXT = 3.0
"""Points for a follow-up question of the very kind that is asked."""
_COMES_NEXT = 2.0
_AGAINST = 2.0
_FIGURES = frozenset({"cijfers", "werking"})
_OTHER_BENEFIT = 1.5


def expected(question: Question, last: Optional[Unit], context: Context, subjects: Subjects) -> Dict[str, float]:
    """Points for and against single answers, by id; `last`: the answer that the question may follow up."""
    prior: Dict[str, float] = {}
    text = question.text
    if not may_erase(text):
        prior[_ERASE] = -_NOT_GUIDED
    if context.rejected:
        prior[context.rejected] = -_NOT_GUIDED
    if (last or context.sureness < 1) and not context.guided:
        prior.update(_commands_after_an_answer(text))
    if context.offered and completes(text):
        prior.update(dict.fromkeys(context.offered, _OFFERED))
    elif last:
        _add_answers_after(prior, last, question, context, subjects)
    return prior


def _commands_after_an_answer(text: str) -> Dict[str, float]:
    """Points for kinds of conversation when something was just answered, outside a guided conversation."""
    prior: Dict[str, float] = {}
    # "en als hij nee zegt" is no "nee"
    goes_on = tokens_of(text)[:1] == ["en"]
    if only_tells(text) and not (asks_what_if(text) or tells_circumstance(text)):
        prior[_VENTS] = _TOLD
    if not names_machine(text):
        # "wie heeft die gemaakt?" is asked of what was spoken of
        prior[_HUMAN] = -_NOT_GUIDED
    if ASKS_WHO.search(text):
        prior[_SOURCE] = -_NOT_GUIDED
    if is_question(text):
        # neither "kan dat zomaar" nor "wat kan dan wel" asks for plainer words
        prior.update(dict.fromkeys((*_NOT_NOW, *_NOT_ASKED), -_QUESTION_IS_NO_COMMAND))
    if goes_on:
        # "en als dat ook niks oplevert", "en nummer 9": more is asked of what was said
        prior.update(dict.fromkeys(_NOT_GOING_ON, -_NOT_GUIDED))
    replies = _ONLY_GUIDED + (_YES_AND_NO if goes_on or asks(text) else ()) + (_NOT_NOW if goes_on else ())
    replies += _NOT_ASKED if asks_what_if(text) else ()
    prior.update(dict.fromkeys(replies, -_NOT_GUIDED))
    if asks(text) and names_nothing(text):
        # "moet dat?" asks it of what was said: it doesn't ask where that stands, and says no "weet ik niet"
        prior.update(dict.fromkeys((_SOURCE, *_YES_AND_NO), -SURELY_NOT))
    return prior


def _add_answers_after(
    prior: Dict[str, float], last: Unit, question: Question, context: Context, subjects: Subjects
) -> None:
    """Add points for the questions that may follow the last answer, and against what was said already."""
    text = question.text
    if not question.topics | question.background:
        prior.update(dict.fromkeys(_of_other_benefits(last, subjects), -_OTHER_BENEFIT))
    comes_next = asks_what_next(text)
    if comes_next:
        # what was said already doesn't come next, and "en dan?" is no more than that
        prior.update(dict.fromkeys((*_NOT_NEXT, *context.earlier), -_NOT_GUIDED))
    following = list(filter(None, map(subjects.answers.get, last.follow_ups)))
    of_benefits = {unit.topic for unit in following} & subjects.benefits - question.topics - question.background
    for unit in following:
        # what follows for each of several benefits is for who names it: "en bij de wia?"
        if len(of_benefits) < 2 or unit.topic not in of_benefits:
            is_next = comes_next and unit.id not in context.earlier
            points = _COMES_NEXT if is_next else _NEXT * question.facets.get(unit.facet, 0.0)
            prior[unit.id] = prior.get(unit.id, 0.0) + points
    # "en mijn baas?" and "en als hij nog geen baan heeft?" ask what wasn't said yet
    anew = is_elliptic(text) or asks_what_if(text)
    just_given = _NOT_GUIDED if comes_next else _JUST_GIVEN * (2 if anew else 1)
    prior[last.id] = -just_given - (_GIVEN_TWICE if context.repeated else 0)
    if asks_even_if(text) and not question.topics:
        # "ook niet als ik het goed vind?": what was said holds, or says itself when not
        prior[last.id] = _NEXT
    if asks_against(text) and not question.topics:
        # who disagrees with what was decided, or is refused, asks what can be done against it
        against = [unit.id for unit in subjects.answers.values() if asks_against(unit.question)]
        prior.update({answer: prior.get(answer, 0.0) + _AGAINST for answer in against})
        prior.update({answer: prior[answer] + _NEXT for answer in against if answer in last.follow_ups})
    if last.facet in _FIGURES and is_elliptic(text) and _is_said_of(text, last):
        # "en van de werkenden?": the other figure stands in the same answer
        prior[last.id] = _NEXT
    if names_nothing(text) and question.facets.get("waarom", 0.0) >= SURE_OF_FACET:
        # "waarom niet dan?": the reason stands in what was just said, or nowhere
        prior[last.id] = _JUST_GIVEN


def _is_said_of(text: str, last: Unit) -> bool:
    """Whether all that a message names stands in the last answer."""
    named = [word for word in tokens_of(text) if not names_nothing(word) and word not in FILLERS]
    said = {word for answer in last.texts for word in tokens_of(answer)}
    return bool(named) and said.issuperset(named)


def _of_other_benefits(last: Unit, subjects: Subjects) -> List[str]:
    """Answers for people with another benefit than the last answer was for."""
    mine = subjects.of_benefits.get(last.id)
    return [answer for answer, theirs in subjects.of_benefits.items() if mine and not mine & theirs]
