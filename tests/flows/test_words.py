"""What counts as a command, a question, or an answer in ordinary words."""

import pytest

from bot.flows import words


@pytest.mark.parametrize(
    "text, intent",
    [
        ("stop maar, deze check hoeft nu niet", words.STOP),
        ("laat maar", words.STOP),
        ("ik wil stoppen", words.STOP),
        ("gooi maar weg", words.STOP),
        ("dit vind ik te persoonlijk, ik praat liever met een mens", words.HUMAN),
        ("terug", words.BACK),
        ("vorige vraag graag", words.BACK),
        ("terug naar de vraag over de uitkering", words.BACK),
        ("en, lijkt het te passen?", words.RESULT),
        ("wat is de uitkomst", words.RESULT),
        ("verder", words.RESUME),
        ("oké, ga maar door", words.RESUME),
        ("we gaan verder met de check", words.RESUME),
        ("waarom vraag je dat?", words.WHY),
        ("waarom wil je dat allemaal weten", words.WHY),
        ("kan ik dit printen", words.KEEP),
        ("opslaan als pdf", words.KEEP),
        ("kun je het overzicht tonen", words.RESULT),
        ("waarom vraag ik niet gewoon mijn baas", None),
        ("dat wil ik voor mezelf bewaren", None),
        ("verder niks", None),
        ("doorgaan met werken lukt niet", None),
        ("ik wil stoppen met werken", None),
        ("ik ga terug naar mijn oude werk", None),
        ("ja bij een FACT-team", None),
        ("ik ben niet meer de oude", None),
    ],
)
def test_commands(text, intent):
    assert words.command(text) == intent


@pytest.mark.parametrize("text, picks", [("alles", True), ("1 en 9", True), ("12", True), ("alles is zwaar", False)])
def test_a_choice_and_nothing_else(text, picks):
    assert words.only_picks(text) is picks


@pytest.mark.parametrize("text", ["weet niet", "geen idee", "kweenie", "moet ik navragen", "ja en nee", "misschien"])
def test_does_not_know(text):
    assert words.does_not_know(text)


@pytest.mark.parametrize("text", ["nvt", "n.v.t.", "sla maar over", "overslaan", "volgende", "liever niet zeggen"])
def test_skips(text):
    assert words.asks_to_skip(text)


@pytest.mark.parametrize(
    "text, count, positions",
    [("de tweede", 3, [1]), ("2", 3, [1]), ("die tweede", 2, [1]), ("1 en 3", 3, [0, 2]), ("laatste", 4, [3]),
     ("9", 3, []), ("ik heb 2 kinderen", 3, [])],
)  # fmt: skip
def test_ordinals(text, count, positions):
    assert words.ordinals(text, count) == positions


@pytest.mark.parametrize(
    "text", ["kan IPS ook zonder ggz?", "ok, alleen nog dit: kan IPS ook zonder ggz", "wat is wia"]
)
def test_questions(text):
    assert words.is_question(text)


@pytest.mark.parametrize("text", ["ja bij een FACT-team", "ze krijgt ziektewet", "ik woon in zwolle", "nee"])
def test_answers_are_no_questions(text):
    assert not words.is_question(text)


def test_one_typing_mistake_in_a_long_word():
    hits = words.find_phrases("ik zit in de wajomg", [("wajong", "uitkering=wajong")])
    assert [hit.value for hit in hits] == ["uitkering=wajong"]


@pytest.mark.parametrize(
    "text, answer",
    [("ok", True), ("ja graag", True), ("ok en past ips wel bij mij", None), ("nee toch niet", False), ("tja", None)],
)
def test_yes_and_no(text, answer):
    assert words.yes_or_no(text) is answer


@pytest.mark.parametrize(
    "text, tells",
    [
        ("kl 29 jr, psychose, PW, wil werken", True),
        ("vr 45 borderline, wia", True),
        ("wajonger met een fact-team", True),
        ("27 jaar, ziektewet, in behandeling", True),
        ("welke uitkering vraagt wgb", False),
    ],
)
def test_a_case_tells_of_someone_in_a_telegram_too(text, tells):
    assert words.tells_of_someone(text) is tells
