"""Small closed classes of words: who someone says they are, "de tweede", "verschil", "en daarvoor?"."""

from __future__ import annotations

import re
from typing import Dict, FrozenSet, List, Optional, Sequence, Tuple

from bot.nlu.names import Mention, tokens_of, word_spans


def _words(text: str) -> List[str]:
    return text.split()


ASKS = re.compile(r"\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?|mag|moet|kan|krijg)\b", re.IGNORECASE)
"""Words of a question."""

_ASKS_BESIDES = re.compile(
    r"\bwaar(?:voor|mee|op|aan|bij|uit|door|toe|over|onder)\b"
    r"|^\W*(?:(?:en|of|maar) )?(?:is|zijn|was|heb(?:ben|t)?|heeft|kun(?:nen)?|kunt|mogen|moeten|krijg(?:t|en)"
    r"|bestaa(?:t|n)|betaalt|betalen|geldt|duurt|werkt|helpt|kost(?:en)?|hoort|word(?:t|en)?"
    r"|zal|zou(?:den)?|wil(?:t|len)?|doet|doen|gaat|gaan) ",
    re.IGNORECASE,
)

_QUESTION_WORD = re.compile(r"\b(wie|wat|wanneer|waar|waarom|hoe|hoeveel|hoelang|welke?)\b", re.IGNORECASE)
_VERB_FIRST = re.compile(
    r"^\W*(?:(?:en|of|maar|ook) )*(?:mag|moet|kan|krijg) "
    r"(?:ik|je|jij|u|hij|ze|zij|we|wij|er|dat|dit|het|die|deze|iemand|mijn|mn|de|een)\b",
    re.IGNORECASE,
)

COMPARES = re.compile(
    r"\b(verschil\w*|vergelijk\w*|versus|vs|ten opzichte van|tov|naast elkaar|afwijk\w*|wijken|onderscheid\w*"
    r"|hetzelfde als|anders dan|beter dan)\b",
    re.IGNORECASE,
)
"""Words that put two things next to each other."""

_KEYWORD = (
    r"(?:duur|looptijd|termijn|hoogte|bedrag|tarief|aantal|datum|kosten|prijs|financiering|doelgroep|aanmeld(?:en|ing)|aanvragen|voorwaarden|effect|betekenis|definitie"
    r"|kenmerken|stappen|verloop|resultaten|resultaat|bewijs)"
)
_KEYWORDS = re.compile(rf"\b{_KEYWORD}\b", re.IGNORECASE)

_VERB = r"(?:is|zijn|mag|moet|kan|krijgt?|kost|werkt|duurt|helpt|geldt|telt|hoort|bestaat|betaalt)"
_SUBJECT = r"(?:dat|het|die|ik|je|er|ze|hij|zij|dit|u|we|wij|iemand|wg|werkgever|klant|cli[eë]nt|gemeente|uwv)"
CLAUSES = re.compile(
    r"\?\s+(?=\w)|\s*(?:\+|&|,? en|,)\s+"
    r"(?=(?:(?:voor|met|in|door|bij|aan|uit|op|over|van|tot|naar) )?"
    r"(?:wie|wat|hoe|waar|wanneer|welke?|hoeveel|waarom|hoelang|sinds|van)\b)"
    # "wie betaalt dat, kan dat via een dbc" is one question
    rf"|\s*(?:\+|&|,? en|,(?! kan (?:dat|dit|het)\b))\s+(?={_VERB} {_SUBJECT}\b)"
    rf"|\s*(?:\+|&|/|,| en)\s*(?={_KEYWORD}(?:\W*$| (?:van|bij|voor)\b))",
    re.IGNORECASE,
)
"""Where one question ends and a second begins."""

LISTS = re.compile(r"\s[+&]\s")
"""A sign that stands between two questions also where the first has no word of one: "ips herkomst + wie deed t"."""

FILLERS = frozenset(
    _words(
        "nee niet maar oke ok en of dan bij voor met sorry natuurlijk bedoel bedoelde ik toch eigenlijk gewoon juist "
        "hoe zit het dat geldt ook de een die over uh oh hoezo van in uit"
    )
)
"""What is left when a message only names another topic: "nee, ik bedoel Fit4Work", "en bij WGB?"."""

ASKS_THE_SAME = re.compile(
    r"(?:(?:en|of|maar|ok|oke) )*(?:(?:en|of|maar) (?:bij|voor|met|in)\b"
    r"|hoe (?:zit|gaat|is|werkt|doet|doen|deden|ging) (?:ze |men |we )?(?:het|dat|die) (?:dan |daar |eigenlijk )*"
    r"(?:bij|voor|met|in)\b"
    r"|(?:is|geldt|gaat|werkt|kan|mag|moet|heb je|krijg je) (?:dat|het|dit|die) (?:dan |ook )*(?:bij|voor|met|in)\b"
    r"(?=.* (?:ook|hetzelfde|anders|zo)\b))",
    re.IGNORECASE,
)
"""How a message begins that asks the last question once more, of what it names."""

NAME = "§"
"""Stands for a name in the text that `asks_meaning` judges."""

_LITTLE = "(?: (?:{}))*".format(
    "|".join(
        _words(
            "ze je u jullie ik me nou nu eigenlijk precies nog toch ook alweer eens even een de het die dat da dan zo "
            "n zo'n met mee voor van in is uit wat"
        )
    )
)
_MEANING = re.compile(
    rf"^(?:(?:ok|oke|sorry|eh|uh|de|het|een) )*{NAME}$"
    rf"|\b(?:wat|wa) (?:is|zijn|betek\w+|beteek\w+|doet|doen|houdt|bedoel\w*){_LITTLE} {NAME}"
    rf"|\bwaar (?:staat|staan){_LITTLE} {NAME}"
    rf"|\b(?:def|definitie|uitleg|betekenis|afkorting|leg){_LITTLE} {NAME}"
    rf"|{NAME}(?: \w+)? (?:def|definitie|uitleg|betek\w+|afkorting|voluit|staat voor)\b"
    rf"|{NAME}(?: \w+)? wat (?:is|betek\w+|houdt) (?:dat|da|die|het)\b"
)
_NO_MORE = f"(?:{_LITTLE}(?: (?:weer|voor (?:iets|ding)|ding|zeg|hier|ergens|aub|svp))?){{0,3}}"
_ONLY_MEANING = re.compile(
    r"^(?:(?:ok|oke|sorry|hoi|hallo|hey|eh|uh|zeg|vraagje|maar|de|het|een|zo|n|zo'n|weten) )*"
    rf"(?:(?P<asked>(?:wat|wa) (?:is|zijn|betek\w+|beteek\w+|houdt)){_NO_MORE} {NAME}"
    rf"|{NAME}(?: (?P<after>(?:wat|wa) (?:is|zijn|betek\w+|beteek\w+|houdt)))?){_NO_MORE}$"
)

ANNOUNCES = re.compile(r"^\W*(?:ik heb )?(?:2|twee|een paar) (?:korte )?(?:vragen|vraagjes)\W+", re.IGNORECASE)
"""What may stand before two questions."""

_RULED_OUT = re.compile(
    r"(?:^\W*(?:(?:nee+n?|sorry|oh?|maar|nou)\b\W*)*(?:ik (?:bedoel|wil) )?|\b)"
    rf"(?:niet|geen|nie) (?:[\w']+ ){{0,3}}{NAME}(?:\W+maar\b\W+|\W+(?!maar\b))(?=\w)"
    r"(?!(?:ik|je|jij|u|hij|ze|zij|we|wij|er|wat|wie|hoe|waar|waarom|mijn|mn|m'n|als)\b"
    r"|(?:dat|het|die|dit) (?:is|was|kan|moet|mag|heeft|gaat|lukt|wil)\b)",
    re.IGNORECASE,
)
"""What isn't meant, before what is: "niet IPS maar die andere"; not "niet naar IPS maar ik wil wel werken"."""
_LEAST_LEFT = 3

_LONGEST_FOLLOW_UP = 25
_SHORT = 5
_BACK_REFERENCES = frozenset(
    _words(
        "dat het daar daarvan daarvoor daarbij daarmee daarna die zoiets er ervoor erbij ermee erna hiervoor hiervan "
        "dit deze ze hem m zij hij haar hen"
    )
)

MARKUP = re.compile(r"</?[a-z][^>]*>|\{\{|\$\{|\bdrop\s+table\b|'\s*or\s*'?1'?\s*=", re.IGNORECASE)
"""What people who test the machine type, not people with a question."""

NEW_RULES = re.compile(
    r"^\W*(?:(?:system|assistant|systeem)\s*:"
    r"|(?:negeer|vergeet|omzeil|wis)\b.{0,25}\b(?:instructies?|regels|opdracht(?:en)?|prompt|beperkingen|filters?)\b"
    r"|(?:je|jij|u) bent (?:nu|vanaf nu) (?!ziek\b)(?!een? (?:half|jaar|paar|tijd|week|maand))"
    r"(?:geen|een|mijn|dan|vrij|max|\w*bot|de|het)\b"
    r"|vanaf nu (?:ben|heet|mag|doe|speel|antwoord) (?:je|jij|u)\b|doe alsof (?:je|jij|u)\b|speel (?:een|de) rol\b)",
    re.IGNORECASE,
)
"""Who gives the assistant other rules or another name asks nothing that it knows, whatever is named after it."""

_CIRCUMSTANCE = re.compile(
    r"(?:(?:en|maar|nee|oke|ok|ja|of|oh?|sorry|trouwens|he|wel) )*"
    r"(?:ik (?:heb|krijg|zit in|val onder|werk (?:in|bij|als))"
    r"|(?:mag|kan|geldt|werkt|telt)(?: (?:dat|dit|het|ik|je|die|er|dan|ook|zelfs))+ (?:met|bij|voor|in|vanuit|uit"
    r"|als(?= .*\b(?:hebt?|heeft|krijgt?|zit|ben|bent|is|woont?|werkt?)\W*$))"
    r"|ook als(?= .*\b(?:hebt?|heeft|krijgt?|zit)\W*$)"
    r"|ik bedoel (?:(?:dan|specifiek|vooral|eigenlijk|alleen|juist) )?(?:bij|met|voor|iemand)"
    r"|(?:hij|zij|ze|mijn \w+) (?:heeft|krijgt|zit in)|heb|heeft|met|zonder"
    r"|(?:voor|bij) iemand"
    r"|(?:als|wanneer) (?:je|ik|iemand|hij|zij|ze|die|mijn \w+)(?= .*\b(?:hebt?|heeft|krijgt?|zit)\W*$))\b",
    re.IGNORECASE,
)
_TOLD_OF_SOMEONE = (
    r"\b(?:met|zonder|uit|vanuit|heeft|hebben|heb|had|krijgt?|ontvangt|zit(?:ten)? in|in) +"
    r"(?:(?:een|de|'?n|zijn|haar|mijn|hun|al|nu|nog|alleen) +){{0,2}}{name}\b"
    r"|\b(?:klant|kl|cl|cli[eë]nt|kandidaat|werknemer|medewerker|iemand|man|vrouw|zoon|dochter)\.? +{name}\b"
    r"|(?:^|[,;(/+]) *{name} *(?=[,;)/+])"
)
"""Where a benefit says whose question it is; `{name}` is how it is typed."""

_OF_TWO = re.compile(r"\bvan (?:de|die|deze) (?:twee|2|beide)\b(?! (?:jaar|jaren|maanden|weken))", re.IGNORECASE)

TWO_OF_THEM = re.compile(r"\b(?P<which>eerste|laatste|die|deze|de) (?:twee|2)\b", re.IGNORECASE)
"""Two of the things that were listed, to be compared."""

ASKS_WHO = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke) )?(?:(?:aan|met|voor) wie|wie (?:beslist|bepaalt|betaalt|regelt|doet|kan|mag"
    r"|moet|meldt|vraagt|helpt|begeleidt|krijgt|geeft|komt|gaat|zorgt)"
    r"|(?:welke|wie|wat) (?:\w+ )?dan wel)\b",
    re.IGNORECASE,
)
"""A question that asks who does something, or "welke dan wel?"; "wie zegt dat?" asks for a source."""

_SUPPOSES = re.compile(
    r"\b(?:denk|dacht|geloof|vermoed\w*|misschien|mogelijk|waarschijnlijk|volgens|herken|lijkt?|zou(?:den)?|vast|test\w*"
    r"|diagnose|symptomen|zegt|zeggen|vindt|vinden)\b",
    re.IGNORECASE,
)

_WHO_DECIDES = re.compile(
    r"\b(?:wie|welke instantie)\b(?: \w+){0,4} (?:beslist|beslissen|beoordeelt|bepaalt|bepalen)\b"
    r"|\bwie gaat (?:daar|er|hier) ?over\b",
    re.IGNORECASE,
)

POSITIONS: Dict[str, int] = {
    word: position
    for position, words in (
        (0, "eerste 1e 1ste een 1 bovenste bovenaan a"),
        (1, "tweede 2e 2de twee 2 middelste b"),
        (2, "derde 3e 3de drie 3 c"),
        (3, "vierde 4e 4de vier 4"),
        (4, "vijfde 5e 5de"),
        (5, "zesde 6e 6de"),
        (6, "zevende 7e 7de"),
        (7, "achtste 8e 8ste"),
        (-1, "laatste onderste onderaan"),
    )
    for word in words.split()
}
"""Ordinal words and numbers, and the place in a list that they point at."""

ORDINAL = re.compile(
    r"\b(?:de|die|dat|het|da|den) (?P<position>eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|laatste"
    r"|[1-8]e|[1-7]de|1ste|8ste)"
    r"(?: (?:uit (?:de|je) lijst(?:je)?|optie|keuze|tip|les|punt|kenmerk|aanbeveling|element|regel|regio))?"
    r"(?=\s*(?:$|[,.?!;:]|bedoel|(?:en|met|dan|wat|toe|doet|deed|graag|maar|is|voor|hoe|uit|eens)\b))"
)
"""An ordinal that stands for a thing named before, not "de eerste stap"."""

_CHOICE_WORDS = frozenset(
    _words(
        "de die dat het een nummer nr optie keuze knop doe maar graag ik bedoel kies neem ga voor vertel over meer ja "
        "aub en dan wil weten geef uit je lijst lijstje vraag antwoord is was bedoelde pak van"
    )
)

_BARE = frozenset(
    _words(
        "en of maar ook dan nou nu eigenlijk wel niet nog wie wat waar wanneer hoe hoelang hoeveel waarom welke lang "
        "is zijn was mag moet kan krijg heb kom vraag doe betaalt betaal betalen kost kosten geld gratis duurt duur "
        "werkt geldt helpt vergoed vergoedt dat da dit het t die deze er zo n zo'n iemand iets daar daarvan daarvoor "
        "ervoor ervan eraan je ik mij me jij u ze we ons hij zij aan allez he toch zelf verplicht zelfde hetzelfde "
        "bewezen wettelijk mogelijk eigen allemaal precies ongeveer meestal maximaal minimaal in op van voor bij met "
        "echt beslist beslissen bepaalt bepalen regelt regel vraagt aanvragen aanmelden meld meldt terecht daarover "
        "hierover hiervoor daarbij hierbij ermee daarmee gaat over kun kunnen we zich me beginnen "
        "begin starten start doen resultaat resultaten effect effecten bestaat bestaan loopt klopt steeds"
    )
)
"""Words that name nothing: a question of only these is about what was said before."""

_WHICH_IS_BEST = re.compile(
    r"\W*(?:(?:en|dus|maar|ok|oke|dan) )*(?:welke?|wat)"
    r"(?: van (?:de|die) (?:twee|2))?(?: (?:dan|is|kan|moet|zou|ik|je))*"
    r" (?:past?|beter|beste?|geschikt\w*|kiezen|nemen|voor (?:mensen|iemand|klanten|cli[eë]nten))\b",
    re.IGNORECASE,
)
_TELL = frozenset(
    _words(
        "vertel vertellen meer over graag wil weten horen iets wat uitleg leg uit info informatie kun je mij me is eens"
        " licht toe"
    )
)
_OF_THEM = frozenset(_words("tussen twee 2 beide beiden tweeen met"))
_HAS = frozenset(
    _words(
        "ik hij ze zij heb heeft krijg krijgt zit val valt onder trouwens namelijk zelf nu mijn klant client iemand "
        "uit uitkering"
    )
)
_LIVES = frozenset(
    _words(
        "ik we wij hij zij ze mijn woon woont wonen kom zit zoek regio omgeving buurt omstreken gemeente is er dat "
        "die dit het zijn ook hier zoiets"
    )
)

_QUESTION_INSIDE = re.compile(
    r"\b(?:is|zijn|mag|moet|kan|kunt|krijg|kom|raak|hoor|doe|klopt|heb|ben|word|moeten|mogen|kunnen|gaat|wordt|denk) "
    r"(?:ik|je|jij|u|dat|dit|het|hij|ze|zij|ge|we|wij|mijn|mn|iemand)\b|\b(?:is|zijn|kan|mag|moet) er\b"
    r"|^\W*(?:(?:en|maar|dan) )*\w+t (?:hij|zij|ze)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:leg|geef|help|maak|schrijf|vertel|noem|zoek|vergelijk|bereken|stop|wis|vraag|uitleg|graag|stel|doe)\b",
    re.IGNORECASE,
)
_SIGHS = re.compile(r"^\W*(?:p+f+|pfoe+h?|poe+h|oe+f+|jee(?:tje)?|tjee|zucht|bah)\b", re.IGNORECASE)
_OWN_STORY = re.compile(r"\b(?:ik|mijn|mn|m'n|me|mij|wij|we|ons|onze|hij|zij)\b", re.IGNORECASE)

_ERASES = re.compile(
    r"\b(?:\w*wis(?:sen|t)?|ver\w{1,4}der\w*|delete\w*|clear|reset|vernietig\w*|leeg\w*|weg\w*|haal|halen|smijt|gooi\w*"
    r"|opruimen|schoon|verdwijn\w*|geheugen|vergeet|vergeten|avg)\b",
    re.IGNORECASE,
)

_CORRECTS = re.compile(
    r"^\W*(?:(?:nee+n?|ne+h?|sorry|maar|oh?|ho|hm+|joh?|ja|en|niet goed|fout)\b\W*)*"
    r"(?P<said>(?:dat|da|dit|zo) (?:bedoel(?:de)?|vroeg|vraag|wou|wil(?:de)?) ik (?:\w+ )?niet(?: weten)?"
    r"|(?:dat|da) is niet wat ik (?:bedoel(?:de)?|vroeg|vraag|zoek|wil(?:de)?(?: weten)?)"
    r"|(?:dat|da) (?:was|is) (?:mijn|mn|m'n|de) vraag niet|je (?:begrijpt|snapt) me (?:niet|verkeerd)"
    r"|ik (?:bedoel(?:de)?|vroeg|had het over)(?: (?:eigenlijk|dus|gewoon|meer|vooral|juist|naar))*)(?!\w)\W*",
    re.IGNORECASE,
)

_ASIDE_BEFORE = re.compile(
    r"^\W*(?:(?:ok|oke|okee|okay|ah+|aha|oh+|hm+|haha+|lol|nou|tja|jammer|mooi|fijn|top|super|prima|duidelijk|helder"
    r"|begrepen|snap ik|grappig|wauw|wow|jeetje|wacht(?: even| eens)?|stop even|trouwens|(?:o|oh) ja|tussendoor"
    r"|even (?:tussendoor|iets anders|wat anders)|nog (?:iets|een vraag|wat)(?: anders)?|(?:andere|nieuwe) vraag)"
    r"(?:\s*[,.:;!-]+\s*|\s+(?=(?:en|maar|wat|wie|waar|wanneer|hoe|hoeveel|welke?|waarom|kan|mag|moet|is)\b)))+",
    re.IGNORECASE,
)
"""What may stand before a question without belonging to it: "oke, ", "wacht even, "."""

_THANKS = re.compile(
    r"^\W*(?:(?:ok|oke|ah|ja|super|top|fijn|heel erg) )*"
    r"(?:dank ?(?:je|u|jewel|uwel)?(?: ?wel)?|bedankt|thanks|thx|merci)(?: (?:voor (?:de|je|uw) \w+|hoor|alvast))*"
    r"\s*[.,!;:]+\s*(?:(?:en|maar|o|oh|nog iets anders|nog een vraag)\b[\s:,]*)*",
    re.IGNORECASE,
)

_WHAT_TO_DO = re.compile(
    r"^\W*(?:(?:ok|oke|ja|en|maar|dus) )*(?:wat (?:kan|moet|kunnen|moeten) (?:ik|we|wij|je) "
    r"(?:(?:dan|nu|er|daar|eraan|daaraan|daartegen|tegen|aan|zelf) )*doen"
    r"|hoe pak (?:ik|je) (?:dat|het|dit) (?:het beste )?aan|hoe nu verder|wat nu)\W*$",
    re.IGNORECASE,
)

_NEXT = re.compile(
    r"^\W*(?:(?:ok|oke|ja|en|wat|hoe|maar) )*(?:daarna|dan|verder|erna|vervolgens)"
    r"(?: (?:dan|verder|nog|komt er|gebeurt er))?\W*$",
    re.IGNORECASE,
)

_WHAT_IF = re.compile(r"\W*(?:(?:en|maar|ok|oke|ja|ook) )*(?:wat )?(?:als|indien|stel)\b", re.IGNORECASE)

_OF_WHOM = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke|dus|ja|nou|jammer|o|oh|goed|hm+)\b\W*)*"
    r"(?:(?:bij|aan|met|van) wie|wie|waar|welke (?:instantie|organisatie|persoon))\b",
    re.IGNORECASE,
)
_WHO_THEN = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke|jammer)\b\W*)*(?:(?:bij|aan|van) )?wie dan (?:wel)?\W*$", re.IGNORECASE
)
_KNOW = frozenset(_words("weet weten vertellen vertelt zeggen uitleggen uitrekenen beantwoorden antwoord"))
_TURN_TO = frozenset(
    _words(
        "vraag vragen navragen terecht bel bellen bespreek bespreken overleggen overleg zijn heen naartoe wenden hulp"
    )
)
_BEFORE_WHOM = frozenset(
    _words(
        "jammer ok oke nou o oh goed hm anders best beter het ik contact opnemen hebben nodig instantie organisatie"
        " persoon"
    )
)
_HARDLY = 2
_EXAMPLE = re.compile(
    r"^\W*(?:(?:en|ok|oke)\b\W*)*(?:(?:wie|wat|waar|welke?|hoe)(?: dan| zoal)? bijvoorbeeld|bijvoorbeeld"
    r"|zoals(?: wie| wat)?|wie (?:dan )?zoal|wat (?:dan )?zoal)\W*$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\bniet (?:\w+ )?(?:mee )?eens\b|\boneens\b|\bbezwaar\b|\bnee (?:zeg\w*|krijg\w*)"
    r"|\bafgewezen\b|\bafgekeurd\b|\bafwijz\w*|\bweiger\w*|\bkrijg \w+ niet\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke)\b\W*)*(?:is|zijn|bestaat|bestaan|geldt|gelden|loopt|klopt)\b"
    r"(?: (?:dat|die|het|dit|deze|er|ze|nu|allemaal))*"
    r" nog(?: (?:steeds|altijd|wel|zo|nu|er|allemaal))*\W*$",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(
    r"^\W*(?:(?:en|maar|ok|oke|huh|he)\b\W*)*(?:waarom|hoezo)"
    r"(?: (?:weet|kan|kun|wil|mag|zeg|doe) (?:je|jij|u)(?: (?:dat|me|mij|het))*)? niet"
    r"(?: (?:dan|zeggen|vertellen))?\W*$",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"^\W*(?:(?:ok|oke|en|maar|he|huh|o|oh|ah|dus|wat)\b\W*)*"
    r"(?:(?:nooit|altijd|serieus|echt(?: (?:niet|wel|waar|nooit|altijd)(?: meer)?)?|zeker(?: weten)?"
    r"|meen je (?:dat|het|niet)|klopt dat(?: wel| echt)?|is dat (?:echt |wel )?(?:zo|waar|zeker)|ook niet|ook wel"
    r"|alleen (?:daar|dan|dat|die|zo))\W*\?"
    r"|(?<=dus )(?:dat|het|ik|je|we|hij|zij|ze) (?:mag|kan|moet|hoeft|is)(?: (?:dat|het|ik|je|er|dus|echt|eigenlijk))*"
    r" (?:niet|wel|nooit|altijd)\W*)\s*$",
    re.IGNORECASE,
)

_ROLES = {
    "professional": r"klantmanager|casemanager|(?:werk|klant|re-?integratie|inkomens)?consulent\w*|re-?integratiecoach"
    r"|jobcoach|werkcoach|(?:ips[- ]?)?(?:coach|trajectbegeleider)|(?:ambulant |woon)?begeleider|behandelaar|psycholoog"
    r"|psychiater|(?:psychiatrisch |sociaal psychiatrisch )?verpleegkundige|spv(?:'er|er)?|poh|arbeidsdeskundige"
    r"|verzekeringsarts|bedrijfsarts|beleids(?:medewerker|adviseur)|hulpverlener|professional"
    r"|maatschappelijk werker|werkmakelaar",
    "employer": r"werkgever|ondernemer|hr[- ]?(?:adviseur|manager|medewerker)|leidinggevende|teamleider"
    r"|personeelsadviseur",
    "client": r"cli[eë]nt|pati[eë]nt|werkzoekende|ervaringsdeskundige",
}
_SAYS_ROLE = {
    role: re.compile(
        rf"\bik ben (?:(?:zelf|nu|trouwens|eigenlijk|namelijk|ook|een|de|als) )*(?:{names})\b", re.IGNORECASE
    )
    for role, names in _ROLES.items()
}
_WHAT_FITS = re.compile(
    r"\b(?:welke?|wat(?: voor)?)\b(?: \w+){0,4} (?:past?|passen|passend|inzetten|in te zetten|geschikt)\b",
    re.IGNORECASE,
)
_FROM_OFFICE = re.compile(
    r"^\W*(?:(?:ja|o|oh|oke|ok|sorry) )?ik ben (?:(?:trouwens|zelf|namelijk|eigenlijk) )?van (?:(?:de|het|een) )?"
    r"(?:uwv|gemeente|ggz|sociale dienst|arbodienst|re-?integratiebedrijf)\b",
    re.IGNORECASE,
)
_SPEAKS_OF = {
    "professional": re.compile(
        r"\b(?:mijn|mn|m'n|onze|een) (?:\w+ )?(?:klant|cli[eë]nte?|kandidaat|pati[eë]nte?)\b(?! van\b)", re.IGNORECASE
    ),
    "employer": re.compile(
        r"\b(?:mijn|mn|m'n|onze) (?:\w+ )?(?:medewerker|medewerkster|werknemer|werkneemster|personeelslid)\b"
        r"|\b(?:medewerker|medewerkster|werknemer|werkneemster) van (?:mij|ons)\b",
        re.IGNORECASE,
    ),
}
_ROLE_REST = frozenset(
    _words(
        "dus en van bij de het een gemeente uwv ggz hoor trouwens zelf geen client maar nee oke ja o sorry hallo hoi "
        "hey dag goedemorgen goedemiddag goedenavond"
    )
)
_NEW_CLAUSE = re.compile(r"\s*(?:[,.;:!]|dus\b|en (?:wat|wie|hoe|waar|welke|geef|mag|moet)\b)")


def leaning(text: str) -> float:
    """How much a message that names no topic leans on what was said before: 0 for a story of its own."""
    words = tokens_of(text)
    if len(words) > _LONGEST_FOLLOW_UP:
        return 0.0
    if len(words) <= _SHORT:
        return 3.5 if words and (words[0] == "en" or _BACK_REFERENCES & set(words)) else 2.5
    if len(words) <= 2 * _SHORT and (words[0] in ("en", "maar") or _BACK_REFERENCES & set(words)):
        return 2.5
    return 1.0


def tells_circumstance(text: str) -> bool:
    """Whether a short message only tells of whom the last question was: "ik heb bijstand", "en voor iemand van 19?"."""
    found = _CIRCUMSTANCE.match(text)
    return bool(found and len(text.split()) <= 2 * _SHORT and not ASKS.search(text[found.end() :]))


def is_told_of_someone(text: str, name: str) -> bool:
    """Whether a name says of whom something is asked, not what: "iemand met wajong", "man, 34, WIA, wil werken"."""
    return bool(re.search(_TOLD_OF_SOMEONE.format(name=re.escape(name)), text, re.IGNORECASE))


def is_question(clause: str) -> bool:
    """Whether a part of a message asks something, by a word of a question or by beginning with its verb."""
    return bool(ASKS.search(clause) or _ASKS_BESIDES.search(clause) or has_keyword(clause))


def asks(clause: str) -> bool:
    """Whether a part of a message that stands alone asks something; "krijg nu bijstand" doesn't."""
    return bool(_QUESTION_WORD.search(clause) or _VERB_FIRST.search(clause) or _ASKS_BESIDES.search(clause))


def has_keyword(clause: str) -> bool:
    """Whether a part of a message has a word of the shortest questions: "doelgroep wgb", "duur"."""
    return bool(_KEYWORDS.search(clause))


def names_nothing(text: str) -> bool:
    """Whether a question has only words that name nothing: "kost dat geld?", "is dat verplicht?"."""
    return all(word in _BARE for word in tokens_of(text))


def nearly_names_nothing(text: str) -> bool:
    """Whether a few words name hardly anything: "is dat gelukt?", "na hoeveel maanden?"."""
    words = tokens_of(text)
    return 1 < len(words) <= _SHORT + 1 and sum(word not in _BARE for word in words) <= _HARDLY


def asks_example(text: str) -> bool:
    """Whether nothing but an example of what was said is asked: "wie bijvoorbeeld?", "zoals?"."""
    return bool(_EXAMPLE.match(text))


def is_lead_to_choice(text: str) -> bool:
    """Whether words before "de eerste" only say that it is chosen: "doe mij dan maar"."""
    words = tokens_of(text)
    return bool(words) and all(word in _CHOICE_WORDS or word in ("dan", "mij", "me", "liever", "wel") for word in words)


def asks_nearby(question: str) -> bool:
    """Whether an editor's question asks where a thing is that is found in many places."""
    return bool(re.search(r"\bvind\b|\bregio\b|\bbuurt\b|\bcontact met het\b", question, re.IGNORECASE))


def asks_there(text: str) -> bool:
    """Whether it is asked if a thing is somewhere: "zit er een in Groningen?", "is dat er ook in Assen"."""
    return bool(re.search(r"\b(?:zit|is|zijn|bestaat|heb(?:ben|t)?|vind)\b.*\b(?:er|dat|die|zoiets)\b", text, re.I))


def asks_nothing(text: str) -> bool:
    """Whether someone tells of themselves and asks nothing: "ik heb adhd en zoek werk"."""
    return bool(_OWN_STORY.search(text)) and not ("?" in text or asks(text) or _QUESTION_INSIDE.search(text))


def only_tells(text: str) -> bool:
    """Whether someone tells of themselves and neither asks nor requests: "ik durf niet te bellen"."""
    asking = "?" in text or asks(text) or _QUESTION_INSIDE.search(text) or _REQUEST.search(text)
    return bool(_OWN_STORY.search(text) or _SIGHS.search(text)) and not asking


def may_erase(text: str) -> bool:
    """Whether a message has a word that asks to remove something; what was removed doesn't come back."""
    return bool(_ERASES.search(text)) and not asks_what_if(text)


def corrected(text: str) -> Tuple[str, bool]:
    """What is meant instead in "nee dat bedoel ik niet, zo'n beschutte plek", and whether the last answer is refused.

    Empty for a message that corrects nothing, or says nothing else.
    """
    rest, refused = text, False
    while found := _CORRECTS.match(rest):
        rest, refused = rest[found.end() :], refused or not found["said"].lower().startswith("ik ")
    words = [word for word in tokens_of(rest) if word not in FILLERS]
    return (rest, refused) if words and rest != text else ("", False)


def supposes(text: str) -> bool:
    """Whether someone thinks to have something, or others do: "ik heb denk ik adhd"."""
    return bool(_SUPPOSES.search(text))


def asks_who_decides(text: str) -> bool:
    """Whether it is asked who decides on something: "wie beslist daarover?"."""
    return bool(_WHO_DECIDES.search(text))


def corrects(text: str) -> bool:
    """Whether a message begins by saying what is meant: "nee ik bedoel ..."."""
    return bool(_CORRECTS.match(text))


def asks_whom(text: str) -> bool:
    """Whether it is asked who does know what wasn't said: "wie kan me dat wel vertellen?", "wie dan wel?"."""
    return _is_of_whom(text, _KNOW) or bool(_WHO_THEN.match(text))


def asks_where_to_turn(text: str) -> bool:
    """Whether it is asked in bare words whom to turn to: "bij wie moet ik dan zijn?", "met wie bespreek ik dat?"."""
    return asks_whom(text) or _is_of_whom(text, _TURN_TO)


def _is_of_whom(text: str, verbs: FrozenSet[str]) -> bool:
    words = frozenset(tokens_of(text))
    known = words <= (_BARE | _KNOW | _TURN_TO | _BEFORE_WHOM) - {"mag"}
    return bool(_OF_WHOM.match(text) and words & verbs and known)


def doubts(text: str) -> bool:
    """Whether nothing but doubt about what was said is uttered: "echt niet?", "dus dat mag niet?"."""
    return bool(_DOUBTS.match(text))


def asks_why_not(text: str) -> bool:
    """Whether nothing is asked but why something isn't said: "waarom niet?", "hoezo weet je dat niet?"."""
    return bool(_WHY_NOT.match(text))


def asks_against(text: str) -> bool:
    """Whether it is about a refusal, or about not agreeing with what was decided."""
    return bool(_AGAINST.search(text))


def asks_still(text: str) -> bool:
    """Whether it is asked in bare words if something is still so: "en is dat er nu nog?", "bestaat dat nog?"."""
    return bool(_STILL.match(text)) and names_nothing(text)


def asks_how(question: str) -> bool:
    """Whether an editor's question asks what someone can do: "Hoe doorbreek je zelfstigma?"."""
    return bool(
        re.match(r"(?:Hoe|Wat) (?:kan|kun|moet|maak|doorbreek|bestrijd|pak|vind|vraag|dien|kom|doe|kies)\b", question)
    )


def denies(text: str) -> bool:
    """Whether someone tells what they don't have: "ik ben niet in behandeling"."""
    return bool(re.search(r"\b(?:geen|niet|zonder|nooit|nog geen)\b", text, re.IGNORECASE))


def asks_even_if(text: str) -> bool:
    """Whether it is asked if something holds in a case as well: "ook niet als ik het goed vind?"."""
    return bool(re.match(r"\W*(?:(?:en|maar) )?(?:ook|zelfs) (?:niet |wel )?als\b", text, re.IGNORECASE))


def names_machine(text: str) -> bool:
    """Whether a message speaks to or of the assistant: "ben je een mens?", "is dit een bot"."""
    return bool(
        re.search(r"\b(?:je|jij|jou|jullie|u|mens\w*|\w*bot|computer\w*|ai|robot|koers)\b", text, re.IGNORECASE)
    )


def asks_then(text: str) -> bool:
    """Whether a question draws on what was told just before: "kan ik dan IPS doen?"."""
    return "dan" in tokens_of(text) and not asks_what_next(text)


def after_thanks(text: str) -> str:
    """The question after "bedankt. en ..." or "wacht even, ...", or the message as it is."""
    for before in (_THANKS, _ASIDE_BEFORE):
        found = before.match(text)
        rest = text[found.end() :] if found else ""
        text = rest if is_question(rest) and len(tokens_of(rest)) > 1 else text
    return text


def asks_what_next(text: str) -> bool:
    """Whether nothing but what comes next is asked: "en daarna?", "wat dan?"."""
    return bool(_NEXT.match(text))


def asks_what_to_do(text: str) -> bool:
    """Whether it is asked what to do about what was said: "wat kan ik daaraan doen?"."""
    return bool(_WHAT_TO_DO.match(text))


def asks_what_else(text: str) -> bool:
    """Whether it is asked what can be done then: "wat kan dan wel?"."""
    return bool(re.search(r"\b(?:wat|welke)\b.*\bdan wel\b|\bwat (?:kan|is er) wel\b", text, re.IGNORECASE))


def asks_what_if(text: str) -> bool:
    """Whether a message begins with a condition: "en als ik het vergeet"."""
    return bool(_WHAT_IF.match(text))


def completes(text: str) -> bool:
    """Whether a message is too short for a question of its own, and asks nothing: "bij psychose", "die van UWV"."""
    return len(tokens_of(text)) <= _SHORT + 1 and not ASKS.search(text)


def is_elliptic(text: str) -> bool:
    """Whether a message gives one word of the last question another value: "en mijn baas?", "en daarna?"."""
    words = tokens_of(text)
    return words[:1] == ["en"] and len(words) < _SHORT and not ASKS.search(text)


def refers_back(text: str) -> bool:
    """Whether a message has a word for something said before: "dat", "daar", "die", "ermee"."""
    return bool(_BACK_REFERENCES & set(tokens_of(text)))


def asks_difference(text: str) -> bool:
    """Whether nothing but the difference is asked: "wat is het verschil?", "verschil tussen die twee"."""
    words = tokens_of(COMPARES.sub(" ", text))
    return bool(COMPARES.search(text)) and all(word in _BARE or word in _OF_THEM for word in words)


def has_it(words: Sequence[str]) -> bool:
    """Whether words besides a name only say that someone has it: "ik heb trouwens", "mijn zoon zit in de"."""
    return all(word in _HAS for word in words)


def lives_there(words: Sequence[str]) -> bool:
    """Whether words besides a place's name only say that someone is there: "ik woon in", "in de buurt van"."""
    return all(word in _LIVES for word in words)


def asks_of_both(text: str) -> bool:
    """Whether two things named before are put next to each other: "welke van de twee"."""
    return bool(_OF_TWO.search(text))


def role_in(text: str) -> Tuple[Optional[str], str]:
    """Who someone says they are in a sentence of its own, and the rest of the message, if that says anything."""
    office = _FROM_OFFICE.search(text)
    if office and all(word in _ROLE_REST for word in tokens_of(text[office.end() :])):
        return "professional", ""
    for role, pattern in _SAYS_ROLE.items():
        found = pattern.search(text)
        if found:
            before, after = text[: found.start()].strip(" ,.;"), text[found.end() :].strip(" ,.;")
            if all(word in _ROLE_REST for word in tokens_of(f"{before} {after}")):
                return role, ""
            # "ik ben jobcoach en wil weten ..." is one sentence; only a clause of its own is taken off
            alone = not before and _NEW_CLAUSE.match(text[found.end() :])
            return role, re.sub(r"^(?:dus|en)\s+", "", after) if alone else text
    return None, text


def asks_what_fits(text: str) -> bool:
    """Whether it is asked what may help someone: "welke interventie past hierbij", "wat kan ik inzetten"."""
    return bool(_WHAT_FITS.search(text))


def role_of_speaker(text: str) -> Optional[str]:
    """Who speaks of "mijn klant" or "mijn medewerker", when nobody said who it is."""
    return next((role for role, pattern in _SPEAKS_OF.items() if pattern.search(text)), None)


def without_speaker(text: str, mentions: Sequence[Mention]) -> List[Mention]:
    """The mentions without those that only say who speaks: "ik ben jobcoach en mijn klant loopt vast"."""
    found = next((match for match in (pattern.search(text) for pattern in _SAYS_ROLE.values()) if match), None)
    if found is None:
        return list(mentions)
    first, last = len(tokens_of(text[: found.start()])), len(tokens_of(text[: found.end()]))
    return [mention for mention in mentions if not first <= mention.start < last]


def without_ruled_out(text: str, mentions: Sequence[Mention]) -> str:
    """What "niet de ziektewet maar de ww, hoe lang krijg ik die" asks; a shorter correction stays as it is."""
    spans = word_spans(text)
    if len(spans) != len(tokens_of(text)):
        return text
    for mention in sorted((m for m in mentions if m.negated), key=lambda m: -m.start):
        start, end = spans[mention.start][0], spans[mention.end - 1][1]
        named = f"{text[:start]}{NAME}{text[end:]}"
        found = next((f for f in _RULED_OUT.finditer(named) if f.start() <= start < f.end()), None)
        if found is None:
            continue
        rest = f"{named[: found.start()].rstrip()} {named[found.end() :]}".strip()
        if len([word for word in tokens_of(rest) if word not in FILLERS]) >= _LEAST_LEFT:
            return rest
    return text


def asks_meaning(text: str) -> bool:
    """Whether it is asked what a name means that stands in the text as `NAME`, or nothing but the name is said."""
    return bool(_MEANING.search(text))


def only_asks_meaning(text: str, alone: bool) -> bool:
    """Whether nothing is asked but what a name means that stands in the text as `NAME`.

    `alone`: whether the bare name asks that as well.
    """
    found = _ONLY_MEANING.match(text)
    return bool(found and (alone or found.group("asked") or found.group("after")))


def asks_which(text: str) -> bool:
    """Whether it is asked which of things named before is best, and nothing is named: "welke past bij mij"."""
    return bool(_WHICH_IS_BEST.match(text))


def asks_to_tell(words: Sequence[str]) -> bool:
    """Whether words around what is pointed at only ask to be told of it: "vertel meer over de tweede"."""
    return all(word in _TELL for word in words)


def is_choice(text: str) -> bool:
    """Whether a message only points at one of a few: "de tweede", "2", "doe die laatste maar"."""
    words = tokens_of(text)
    pointing = [word for word in words if word in POSITIONS]
    return bool(pointing) and all(word in POSITIONS or word in _CHOICE_WORDS for word in words)
