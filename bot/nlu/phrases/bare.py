"""Questions of only words that name nothing: "kost dat geld?", "is dat gelukt?"."""

from __future__ import annotations

from bot.nlu.names import tokens_of
from bot.word_class import word_class

SHORT = 5

BARE = word_class(
    "en of maar ook dan nou nu eigenlijk wel niet nog wie wat waar wanneer hoe hoelang hoeveel waarom welke lang "
    "is zijn was mag moet kan krijg heb kom vraag doe betaalt betaal betalen kost kosten geld gratis duurt duur "
    "werkt geldt helpt vergoed vergoedt dat da dit het t die deze er zo n zo'n iemand iets daar daarvan daarvoor "
    "ervoor ervan eraan je ik mij me jij u ze we ons hij zij aan allez he toch zelf verplicht zelfde hetzelfde "
    "bewezen wettelijk mogelijk eigen allemaal precies ongeveer meestal maximaal minimaal in op van voor bij met "
    "echt beslist beslissen bepaalt bepalen regelt regel vraagt aanvragen aanmelden meld meldt terecht daarover "
    "hierover hiervoor daarbij hierbij ermee daarmee gaat over kun kunnen we zich me beginnen "
    "begin starten start doen resultaat resultaten effect effecten bestaat bestaan loopt klopt steeds"
)
"""Words that name nothing: a question of only these is about what was said before."""

_HARDLY = 2


def names_nothing(text: str) -> bool:
    """Whether a question has only words that name nothing: "kost dat geld?", "is dat verplicht?"."""
    return all(word in BARE for word in tokens_of(text))


def nearly_names_nothing(text: str) -> bool:
    """Whether a few words name hardly anything: "is dat gelukt?", "na hoeveel maanden?"."""
    words = tokens_of(text)
    return 1 < len(words) <= SHORT + 1 and sum(word not in BARE for word in words) <= _HARDLY
