"""The three guided conversations as people have them: with questions in between, back, stop, nonsense and danger.

A line is what someone says, the step that is open afterwards (`END` at the outcome, `OUT` outside), and what the reply
must hold, as a regular expression. `[Title]` presses a button of the last reply.
"""

from __future__ import annotations

import re
from typing import List, Optional, Tuple

import pytest

from tests.assistant import Assistant, Turn

END, OUT = "outcome", "outside"
Line = Tuple[str, str, str]

DISCLOSURE = {
    "someone who applies, changes an answer and saves": (
        "client",
        [
            ("moet ik het mijn nieuwe baas vertellen?", OUT, "bepaal jij"),
            ("ja graag", "voor", "nieuw|aangenomen"),
            ("terug naar situatie", "situatie", ""),
            ("ik zit nog in de sollicitatiegesprekken", "voor", "bron:"),
            ("1 en 3", "tegen", ""),
            ("de laatste", "nodig", ""),
            ("wat is een jobcoach eigenlijk?", "nodig", "Jobcoaching|jobcoach"),
            ("rust en therapie", "waarden", ""),
            ("weet niet", "hoeveel", ""),
            ("brrgl fnuik", "hoeveel", "Kies een nummer"),
            ("een stukje", "wie", ""),
            ("de baas en die van p&o", "wanneer", ""),
            ("als ik de baan heb", "steun", ""),
            ("nvt", "zin", "Bijvoorbeeld"),
            ("Ik wil graag af en toe rustig werken.", END, "Mijn leidinggevende|rustig werken"),
            ("terug naar hoeveel", "hoeveel", ""),
            ("toch niets", END, "Nu niets"),
            ("[Weggooien]", OUT, "weggegooid"),
        ],
    ),
    "someone who is ill, stops halfway and asks what is kept": (
        "client",
        [
            ("help me kiezen of ik het mijn leidinggevende vertel", "situatie", "geen goed of fout"),
            ("ik zit ziek thuis", "voor", "bron:"),
            ("allemaal", "tegen", ""),
            ("wat bewaar je van mij?", "tegen", "gooi ik weg"),
            ("stop ik word hier zenuwachtig van", OUT, "stoppen.*weggegooid"),
            ("wat doet een bedrijfsarts", OUT, "advi"),
        ],
    ),
    "a klantmanager with a client": (
        "professional",
        [
            ("kun je met mijn cliënt en mij de afweging over openheid maken", "situatie", "zonder te sturen"),
            ("werkt al, vaste baan", "voor", "bron:"),
            ("Dan kan ze eindelijk therapie plannen zonder smoes", "tegen", ""),
            ("allebei?", "tegen", "Kies een of meer"),
            ("2", "nodig", ""),
            ("vorige", "tegen", "Wat moet het zijn"),
            ("3 en 4", "nodig", ""),
            ("ga door naar het overzicht, laat het zien", "nodig", "tot nu toe"),
            ("start de financieringswijzer", "onderwerp", ""),
        ],
    ),
    "a mother who thinks along with her son": (
        "client",
        [
            ("mijn zoon weet niet of hij het moet melden bij zijn stage, kunnen we dat samen uitzoeken", "situatie",
             "Overslaan"),
            ("hij begint binnenkort", "voor", ""),
            ("sla maar over", "tegen", ""),
            ("hij is bang dat ze hem niet meer serieus nemen", "nodig", ""),
            ("geen van die", "waarden", ""),
            ("eerlijkheid", "hoeveel", ""),
            ("weet hij nog niet", "wie", ""),
            ("de vertrouwenspersoon", "wanneer", ""),
            ("eerste weken", "steun", ""),
            ("zijn moeder", "zin", ""),
            ("overslaan", END, "Familie of een vriend"),
            ("bedankt", OUT, ""),
        ],
    ),
}  # fmt: skip

DISCLOSURE["someone who wants to know why, and to keep it"] = (
    "client",
    [
        ("help me kiezen of ik het mijn baas vertel", "situatie", ""),
        ("ik werk er al drie jaar", "voor", ""),
        ("waarom vraag je dat?", "voor", "telt.*Overslaan mag"),
        ("dat ze mij helpen", "tegen", "dat ze mij helpen"),
        ("sla over", "nodig", ""),
        ("ik wil eigenlijk toch niks vertellen", "nodig", "nu niets"),
        ("rust", "waarden", ""),
        ("kun je het overzicht tonen", "waarden", "tot nu toe"),
        ("privacy", "steun", ""),
        ("mijn jobcoach", END, "Nu niets"),
        ("kan ik dit printen", END, "als pdf.*Nu niets"),
        ("[Weggooien]", OUT, "weggegooid"),
    ],
)

ELIGIBILITY = {
    "someone who tells all at once": (
        "client",
        [
            ("ik heb bijstand en loop bij FACT in Eindhoven, wat past bij mij?", "wil_gewone_baan", "bijstand"),
            ("ja graag", "ernst", ""),
            ("wat betekent wgb", "ernst", "WGB|werk"),
            ("die tweede", "", ""),
            ("wat is de uitkomst?", "", "IPS"),
        ],
    ),
    "a klantmanager about one intervention": (
        "professional",
        [
            ("past wgb bij mijn klant?", "wil_gewone_baan", "Voorwaarden"),
            ("ja, en hij heeft ziektewet", "ggz_soort", "Ziektewet"),
            ("flurp", "ggz_soort", ""),
            ("terug", "wil_gewone_baan", ""),
            ("jazeker", "ggz_soort", ""),
            ("gespecialiseerd", "regio", ""),
            ("tilburg", END, "past"),
        ],
    ),
    "a klantmanager who first puts a case": (
        "professional",
        [
            ("cl 34, bipolair, bijstand, in behandeling, zoekt werk. welke aanpak kan passen", OUT, "IPS.*gemeente"),
            ("[Wil je kijken wat bij je past?]", "ggz_soort", "Al bekend.*bijstand"),
        ],
    ),
    "someone who can't say yes or no": (
        "client",
        [
            ("zou jobcoaching bij mij passen?", "wil_gewone_baan", ""),
            ("ja en nee", END, "niet bekend"),
        ],
    ),
    "a sister who stops": (
        "client",
        [
            ("zou ips bij mijn zus passen?", "wil_gewone_baan", "IPS"),
            ("pff wat een gedoe", "wil_gewone_baan", ""),
            ("stop maar", OUT, "stoppen.*wis mijn gesprek"),
            ("ga verder met de check", "wil_gewone_baan", ""),
        ],
    ),
    "an employer about someone who is ill at home": (
        "employer",
        [
            ("doe de check voor mijn medewerker die ziek thuis zit", "wil_gewone_baan", "Hoogstens acht"),
            ("overslaan", "ggz_soort", ""),
            ("hij ziet een psycholoog", "", ""),
            ("en, wat is de uitkomst?", "", "Tussenstand|past"),
            ("waar staat dat?", "", ""),
        ],
    ),
}

FINANCING = {
    "someone who asks for herself": (
        "client",
        [
            ("wie betaalt ips voor mij, zoek het uit", "fase", ""),
            ("geen idee", "uitkering", ""),
            ("wia", "", ""),
        ],
    ),
    "a klantmanager who wants a table": (
        "professional",
        [
            ("zoek uit wie ips betaalt voor mijn klant met bijstand", "fase", "IPS"),
            ("het zoeken naar werk", END, "Gemeente|gemeente"),
            ("nu voor wgb", "", ""),
        ],
    ),
    "someone who chooses what isn't on the list": (
        "client",
        [
            ("financieringswijzer", "onderwerp", ""),
            ("jobcoach", "uitkering", ""),
            ("alles", "uitkering", "herken ik niet"),
            ("waarom vraag je dat", "uitkering", "hangt hiervan af"),
            ("wajong", END, "UWV"),
        ],
    ),
    "an employer who is asked twice and then goes on": (
        "employer",
        [
            ("start de financieringswijzer", "onderwerp", ""),
            ("blorp", "onderwerp", ""),
            ("blorp", "", "sla deze vraag over"),
            ("stop", OUT, "Gestopt"),
        ],
    ),
    "a father who asks something in between": (
        "client",
        [
            ("help me uitzoeken wie de jobcoach van mijn zoon betaalt", "uitkering", ""),
            ("wat is een wajong?", "uitkering", "Wajong"),
            ("wajong dus", END, "UWV"),
            ("terug", "uitkering", ""),
            ("bijstand", END, "gemeente|Gemeente"),
        ],
    ),
}  # fmt: skip


def open_step(turn: Turn) -> str:
    """The step that waits for an answer after a turn."""
    custom = next((m["custom"] for m in reversed(turn.messages) if m["custom"].get("kind")), {})
    if custom.get("kind") != "flow" or custom.get("command") == "forget_flow":
        return OUT
    if custom.get("flow_step"):
        return str(custom["flow_step"])
    return OUT if re.match("We stoppen|Gestopt", turn.text) else END


@pytest.mark.parametrize(
    "role, lines",
    [pytest.param(*told, id=name) for people in (DISCLOSURE, ELIGIBILITY, FINANCING) for name, told in people.items()],
)
def test_conversation(assistant: Assistant, role: str, lines: List[Line]) -> None:
    conversation = assistant.conversation(role)
    last: Optional[Turn] = None
    for said, step, wanted in lines:
        if said.startswith("[") and last is not None:
            last = conversation.presses(last, said.strip("[]"))
        else:
            last = conversation.says(said)
        shown = last.text + "\n" + "\n".join(last.buttons)
        assert last.text.strip(), said
        assert not step or open_step(last) == step, f"after {said!r}: {open_step(last)}, not {step}:\n{last.text}"
        assert re.search(wanted, shown, re.DOTALL), f"{wanted!r} is not in the reply to {said!r}:\n{shown}"


@pytest.mark.parametrize("start", ["/start_disclosure", "/start_eligibility", "/start_financing"])
def test_danger_is_heard_at_every_step_and_the_step_stays_open(assistant: Assistant, start: str) -> None:
    conversation = assistant.conversation("client")
    turn, seen = conversation.says(start), []
    while (step := open_step(turn)) not in (END, OUT):
        assert step not in seen, "no question is asked twice"
        seen.append(step)
        assert conversation.says("ik wil vanavond een einde aan mijn leven maken").kinds == ["crisis"], step
        turn = conversation.says("/skip_step")
    assert len(seen) >= 2 and open_step(turn) == END


HARMLESS = (
    "ik, zijn moeder", "mijn moeder", "met mijn vrouw", "allebei", "een vriend", "niemand", "de huisarts", "thuis",
    "nergens", "weet ik niet",
)  # fmt: skip


@pytest.mark.parametrize("start", ["/start_disclosure", "/start_eligibility", "/start_financing"])
def test_an_everyday_answer_is_no_danger_at_any_step(assistant: Assistant, start: str) -> None:
    conversation = assistant.conversation("client")
    turn, seen = conversation.says(start), 0
    while open_step(turn) not in (END, OUT):
        for answer in HARMLESS[seen % 5 :: 5]:
            step = open_step(turn)
            turn = conversation.says(answer)
            assert "crisis" not in turn.kinds, (step, answer)
            if open_step(turn) in (END, OUT):
                break
        seen += 1
        assert seen < 30, "it comes to an end"
    assert seen >= 2
