"""Whether a message shows a crisis: the one question that is asked of every message, before anything else.

Patterns over a plain spelling (`wording`, `signals`) and a classifier of sentence vectors look together, and either
of them is enough: a needless question costs less than a missed cry. Nothing here keeps or logs the text.
"""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass, replace
from typing import List, Optional, Tuple

from bot.nlu.encoder import Encoder, shared_encoder
from bot.safety import signals
from bot.safety.classifier import EXPLICIT, GREY, NONE, leanings, probabilities
from bot.safety.languages import tier_in_other_language, without_accents
from bot.safety.whose import OTHER as OTHER
from bot.safety.whose import SELF as SELF
from bot.safety.whose import quotations, whose
from bot.safety.wording import BOUNDARY, plain

logger = logging.getLogger(__name__)

MAX_LENGTH = 2000

_EXPLICIT_FROM = 0.45
"""From this probability of explicit on the classifier alone gives the crisis text."""
_GREY_FROM = 0.45
"""From this probability of either tier on the classifier alone makes Koers ask."""
_PATTERN_FROM = 0.1
"""Below this probability of either tier the pattern of a grey phrase isn't believed."""
_DOUBTFUL_FROM = 0.3
"""The same for a message that speaks of the past, or of suicide as a subject."""
_BESIDE_ABUSE_FROM = 0.85
"""From this probability of either tier on, the rest of a message about abuse is asked about; it is only part of a sentence."""
_CLAUSE_WORDS, _CLAUSES_FROM = 4, 12
_FRAGMENT_DISCOUNT = 0.2
_SEGMENT_WORDS, _OVERLAP, _SEGMENT_LENGTH, _MAX_SEGMENTS, _SHORT = 26, 8, 240, 18, 300
_WHOLE_IS_CALM, _PARTS_ARE_CALM = 0.002, -10.0
"""A short text below both isn't looked at part by part. Among the test sentences the lowest values for which a part was needed
are 0.007 and -8.6; half of the ordinary questions of several sentences are below both."""
_AT_ONCE = 4
"""Parts that are looked at together, on as many cores as there are."""
_SECONDS = 0.8
"""After this no further part of a long text is looked at; the patterns have covered all of it by then."""

_SEGMENT_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE_END = re.compile(r",\s*|\s+(?=(?:want|maar|omdat|en eigenlijk|en eerlijk)\s)")
_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)
_READABLE = re.compile(r"[A-Za-zÀ-ɏḀ-ỿЀ-ӿ؀-ۿሀ-፿]")


@dataclass(frozen=True)
class Verdict:
    """What a message shows."""

    tier: str
    """`explicit`: the crisis text; `grey`: ask; `none`: go on."""
    about: str
    """`self`, or `other` when someone worries about another person."""
    danger: str
    """`suicide`, `overdose`, `violence`, `self_harm`, `abuse` or `none`."""
    score: float
    """How sure, from 0 to 1; 1 when a pattern was found."""


CALM = Verdict(NONE, SELF, "none", 0.0)
"""Nothing to worry about."""


def assess(text: str, encoder: Optional[Encoder] = None) -> Verdict:
    """What `text` shows. Never raises; without an encoder that works, the patterns still do."""
    text = text[:MAX_LENGTH]
    spelled = plain(text)
    neutral = signals.without_figures(spelled)
    found = _by_patterns(text, neutral)
    if found is not None and found.danger == "abuse":
        return _and_suicide(found, text, neutral, encoder)
    is_doubtful = found is not None and _speaks_of_the_past(found, neutral)
    if found is not None and found.tier == EXPLICIT and not is_doubtful:
        return found
    judged = _judged(text, encoder)
    if judged is None:
        return found or CALM
    explicit, either = judged
    if explicit >= _EXPLICIT_FROM:
        tier, score = EXPLICIT, explicit
    elif found is not None and either >= (_DOUBTFUL_FROM if is_doubtful else _PATTERN_FROM):
        tier, score = GREY, 1.0
    elif either >= _GREY_FROM:
        tier, score = GREY, either
    else:
        return Verdict(NONE, SELF, "none", round(either, 3))
    if found is not None:
        return replace(found, tier=tier, score=round(score, 3))
    return Verdict(tier, whose(neutral, 0, len(neutral), quotations(text)), "suicide", round(score, 3))


def _and_suicide(abuse: Verdict, text: str, neutral: str, encoder: Optional[Encoder]) -> Verdict:
    """What else is said beside the abuse: someone who may be suicidal too is asked about it, or gets the crisis text."""
    rest = neutral
    for signal in signals.EXPLICIT:
        if signal.danger == "abuse":
            rest = signal.pattern.sub(f" {BOUNDARY} ", rest)
    more = _by_patterns(text, rest)
    if more is not None and more.danger != "abuse":
        return more if more.tier == EXPLICIT else replace(more, danger="abuse")
    judged = _judged(rest.replace(BOUNDARY, ", ").strip(" ,"), encoder)
    if judged is None or judged[1] < _BESIDE_ABUSE_FROM:
        return abuse
    return Verdict(GREY, whose(rest, 0, len(rest), quotations(text)), "abuse", round(judged[1], 3))


def _judged(text: str, encoder: Optional[Encoder]) -> Optional[Tuple[float, float]]:
    """What `_by_classifier` finds, or None when it fails."""
    try:
        return _by_classifier(text, encoder or shared_encoder())
    except Exception as error:
        # The exception's text may quote the message, so only its type is logged.
        logger.error("The crisis classifier failed: %s", type(error).__name__)
        return None


def _speaks_of_the_past(found: Verdict, neutral: str) -> bool:
    """Whether a pattern's find may be past, or a subject of the question, so that the classifier must agree."""
    return (
        found.danger in ("suicide", "self_harm")
        and bool(signals.PAST_OR_SUBJECT.search(neutral))
        and not signals.GOES_ON.search(neutral)
    )


def _by_patterns(text: str, neutral: str) -> Optional[Verdict]:
    for signal, match in signals.explicit_in(neutral):
        if signal.danger == "abuse" and signals.LONG_AGO.search(neutral) and not signals.GOES_ON.search(neutral):
            continue
        about = whose(neutral, match.start(), match.end(), quotations(text))
        if signal.danger == "suicide" and _is_bare_mention(match.group(), neutral, about):
            return Verdict(GREY, about, "suicide", 1.0)
        return Verdict(EXPLICIT, about, signal.danger, 1.0)
    if signals.SQUASHED.search(without_accents(text).replace(" ", "")):
        return Verdict(EXPLICIT, SELF, "suicide", 1.0)
    other_language = tier_in_other_language(text)
    if other_language != NONE:
        return Verdict(other_language, SELF, "suicide", 1.0)
    grey = signals.grey_in(neutral)
    if grey is None:
        return None
    return Verdict(GREY, whose(neutral, grey.start(), grey.end(), quotations(text)), "suicide", 1.0)


def _is_bare_mention(found: str, text: str, about: str) -> bool:
    """Suicide as the subject of an information question, with no sign of a person in danger."""
    if not signals.MENTION.fullmatch(found.strip()) or not signals.ASKS_ABOUT.search(text):
        return False
    if re.search(r" ik (?:\w+ ){0,4}(?:pleeg|ben|denk|heb|wil|ga|overweeg)\b", text):
        return False
    return about == SELF or not re.search(
        r" (?:hij|ze|zij|mijn|een) (?:\w+ )?(?:is|wil|heb|zeg\w*|zei|dreig\w*|geef\w*|uit)\b"
        r"|\b(?:uitte|uit (?=suicid|zelfmoord|doods)|meldt|meldde|(?:geeft|gaf) (?:\w+ ){0,2}aan|benoemt|benoemde|vertelde)\b",
        text,
    )


# --- the parts of a text ----------------------------------------------------------------------------------------


def segments(text: str) -> List[Tuple[str, bool]]:
    """The parts of a text that the classifier looks at, and whether each is only a part of a sentence."""
    readable = len(_READABLE.findall(text))
    if readable < 3 or readable < 0.5 * len(re.sub(r"\s", "", text)):
        return []
    result: List[Tuple[str, bool]] = []
    for part in _SEGMENT_END.split(text):
        words = part.split()
        if len(_LETTERS.findall(part)) < 3:
            continue
        if len(words) <= _SEGMENT_WORDS:
            result.append((part.strip()[:_SEGMENT_LENGTH], False))
        else:
            starts = range(0, len(words) - _OVERLAP, _SEGMENT_WORDS - _OVERLAP)
            result.extend((" ".join(words[at : at + _SEGMENT_WORDS])[:_SEGMENT_LENGTH], True) for at in starts)
        clauses = [clause.strip() for clause in _CLAUSE_END.split(part)]
        if len(clauses) > 1 and len(words) > _CLAUSES_FROM:
            long_enough = (clause for clause in clauses if len(clause.split()) >= _CLAUSE_WORDS)
            result.extend((clause[:_SEGMENT_LENGTH], True) for clause in long_enough)
    if len(text) <= _SHORT and len(_SEGMENT_END.split(text)) > 1:
        result.insert(0, (text, False))
    # The end of a long story is where it is said most often.
    return result if len(result) <= _MAX_SEGMENTS else result[:6] + result[6 - _MAX_SEGMENTS :]


def _by_classifier(text: str, encoder: Encoder) -> Tuple[float, float]:
    """The highest probability of explicit, and of either tier, over the parts of the text.

    A part of a sentence lacks its context and must be surer to count as much.
    """
    explicit, either = 0.0, 0.0
    deadline = time.monotonic() + _SECONDS
    parts = segments(text)
    if len(parts) > 1 and len(text) <= _SHORT and not parts[0][1]:
        # The first part is the whole text, whose vector is needed anyway to understand it.
        row = probabilities([parts[0][0]], encoder)[0]
        explicit, either = float(row[0]), float(row[0] + row[1])
        parts = parts[1:]
        if either < _WHOLE_IS_CALM and leanings([part for part, _ in parts]).max() < _PARTS_ARE_CALM:
            return explicit, either
    # From the end, so that a long text that takes too much time loses its beginning and not its end.
    parts = parts[::-1]
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        for (_, is_fragment), row in zip(some, probabilities([part for part, _ in some], encoder)):
            discount = _FRAGMENT_DISCOUNT if is_fragment else 0.0
            explicit = max(explicit, float(row[0]) - discount)
            either = max(either, float(row[0] + row[1]) - discount)
        if time.monotonic() > deadline:
            break
    return explicit, either
