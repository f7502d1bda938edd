"""Find and mask personal data in a message, before anything else reads or keeps it.

Numbers and addresses have a form of their own; names don't. A name is masked when the words around it say that it
is one ("ik heet", "mevrouw", "mijn klant"), or when it looks like a full name that the knowledge base doesn't know:
people and places of the knowledge base are public there, and questions about them must stay readable.
A name in the form of an ordinary word, typed in lower case without such words around it, stays: no list knows it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Dict, FrozenSet, Iterable, List, Match, Optional, Pattern, Set, Tuple

from stdnum import iban
from stdnum.nl import bsn

from bot.nlu.dutch import pipeline

NAME, PHONE, BSN, EMAIL, POSTCODE = "naam", "telefoonnummer", "bsn", "e-mailadres", "postcode"
ADDRESS, ACCOUNT, BIRTH_DATE, NUMBER = "adres", "rekeningnummer", "geboortedatum", "nummer"


def _words(text: str) -> FrozenSet[str]:
    return frozenset(text.split())


_NOTICE_WORDS = {
    NAME: "een naam",
    PHONE: "een telefoonnummer",
    BSN: "een burgerservicenummer",
    EMAIL: "een e-mailadres",
    POSTCODE: "een postcode",
    ADDRESS: "een adres",
    ACCOUNT: "een rekeningnummer",
    BIRTH_DATE: "een geboortedatum",
    NUMBER: "een klant- of dossiernummer",
}
_NEUTER = {"telefoonnummer", "burgerservicenummer", "e-mailadres", "adres", "rekeningnummer", "dossiernummer"}
_PUBLIC_EMAILS = {"info@samenvoordeklant.nl", "helpdesk.impuls@samenvoordeklant.nl", "hoofdzaakwerk@divosa.nl"}
_PUBLIC_PHONES = {"112", "113", "08000113", "0880767000", "09001450", "0203113888"}

_MONTHS = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sep(?:t|tember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?'?(?:19|20)?\d\d|\d{{1,2}}\s+{_MONTHS}\.?(?:\s+'?\d{{2,4}})?)"
_UNITS = (
    r"(?:uur|uren|jaar|jaren|jr|weken|week|dagen|dag|maand|maanden|minuten|min|euro|eur|km|kilometer|mensen|keer|x|pers"
    r"|procent|personen|plekken|banen|cliënten|klanten|meter|m2|punten|stappen)"
)

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w-])", re.IGNORECASE)
_IBAN = re.compile(
    r"(?<!\w)(?:[a-z]{2}\d{2}[a-z0-9]{10,30}|[a-z]{2}\d{2}(?:[ .-](?-i:[A-Z0-9]{4})){2,7}(?:[ .-](?-i:[A-Z0-9]{1,3}))?)(?!\w)",
    re.IGNORECASE,
)
_DUTCH_IBAN = re.compile(r"(?<!\w)nl ?\d{2}[ .-]?[a-z]{4}(?:[ .-]?\d){10}(?!\w)", re.IGNORECASE)
_BSN = re.compile(r"(?<![\d.,+/-])\d(?:[ .-]?\d){8}(?![\d/]|[.,-]\d)")
_BSN_AFTER_WORD = re.compile(
    r"\b(?P<keep>(?:bsn|burgerservice ?nummer|sofi-?(?:nummer|nr))(?:[ -]?(?:nummer|nr\.?))?\W{0,3}(?:is |van \w+ is )?\W{0,2})"
    r"(?P<data>\d(?:[ .-]?\d){6,9})(?!\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d.,])(?:\+ ?31|0031|0)[ .-]*(?:\(0\))?[ .-]*[1-9](?:[ .()/-]{0,3}\d){8}(?![\d]|[.,]\d)")
_PHONE_AFTER_WORD = re.compile(
    r"(?P<keep>\b(?:telefoon|tel|mobiel|gsm|whatsapp|bel)(?:nummer|nr)?\b[ .:]*(?:(?:me|mij|is|op|naar|via)[ :]*){0,2})"
    r"(?P<data>\+?\d(?:[ .()/-]{0,2}\d){7,11})(?!\d)",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?P<keep>\b(?:paspoort|id-?kaart|identiteitskaart|identiteitsbewijs|rijbewijs)[ -]?(?:nummer|nr\.?)?(?: is|:)? ?)"
    r"(?P<data>(?=[a-z0-9]*\d[a-z0-9]*\d)[a-z0-9]{8,10})(?!\w)",
    re.IGNORECASE,
)
_FOREIGN_PHONE = re.compile(r"(?<![\w.,])(?:\+|00) ?[1-9](?:[ .()/-]{0,2}\d){7,13}(?!\d)")
_DIGIT_WORD = r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|\d)"
_SPOKEN_PHONE = re.compile(
    rf"(?<!\w)(?:(?:nul|0)[ .-]*(?:zes|6)[ .-]*(?:\d[ .-]*){{7}}\d|(?:{_DIGIT_WORD}[ .,-]+){{7,}}{_DIGIT_WORD})(?!\w)",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = re.compile(
    r"(?<!\w)[\w.-]+(?: (?:punt|streepje|underscore) [\w-]+| [\w-]+(?= (?:punt|apenstaart|apestaart))){0,4}"
    r" ?(?:apenstaart(?:je)?|apestaart(?:je)?|\(at\)|\[at\]| at ) ?[\w-]+(?: punt [\w-]+)? ?(?:punt|dot|\.) ?(?:nl|com|be|net|org|eu)(?!\w)",
    re.IGNORECASE,
)
_BIRTH_DATE = re.compile(
    rf"(?P<keep>\b(?:geb(?:oren|\.|oortedatum|\.? ?dat(?:um|\.)?)?|verjaardag|geboortedag|ik ben van(?= \d))\b[ .:(]*(?:is|op|te \w+|in \w+)?[ .:(]*(?:op )?)"
    rf"(?P<data>{_DATE}|(?:[0-3]\d[01]\d(?:19|20)?\d\d|(?:19|20)\d\d[-./]?[01]\d[-./]?[0-3]\d))(?!\d)",
    re.IGNORECASE,
)
_DATE_AFTER_NAME = re.compile(rf"(?P<keep>\[naam\][ ,(]{{1,3}}\*? ?)(?P<data>{_DATE})(?!\d)", re.IGNORECASE)
_FILE_NUMBER = re.compile(
    r"\b(?P<keep>(?:klant|cli[eë]nt|dossier|zaak|polis|pati[eë]nt|registratie|relatie|kenmerk|verzekerden|verzekering[s]?"
    r"|personeels|beschikking[s]?|lidmaatschap[s]?|inschrijf|uitkering[s]?|v|vreemdelingen"
    r"|deelnemers?|studenten|leerling|lid|aanvraag)[ -]?"
    r"(?P<word>(?:nummer|nr\.?|no\.?|id|#)?) ?(?:(?:van|bij) (?:de |het )?\w+ )?(?:is|luidt|was|:|=)? ?[:#]? ?)"
    r"(?P<data>[a-z]{0,5}[-./]?\d[\d./-]*(?:[a-z]{1,3}[-./]?\d+)*\d ?(?:(?-i:[A-Z]{1,3})|[a-z])?)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_HOUSE_NUMBER = r"(?:nr\.? ?|nummer |huisnummer )?\d{1,4}(?: ?[a-z](?!\w)| ?-? ?(?:hs|bis|[IV]{1,3}|\d{1,3})(?!\w))?"
_STREET = re.compile(
    r"(?<![\w-])(?:(?:(?:[A-Z][\w'’.-]+|de|van|der|den|het|\d[ae])\s){0,3})"
    r"(?P<street>[\w'’.-]{2,}?(?:straat|str\.|laan|weg|plein|kade|gracht|dijk|hof|singel|steeg|pad|dreef|plantsoen|park"
    rf"|markt|boulevard|burgwal|erf|haven|akker|veld|beemd|donk)|(?:[A-Z][\w'’.-]+ )(?:straat|laan|weg|plein|hof))\s+"
    rf"{_HOUSE_NUMBER}(?![\w%,.]*\d|\s?{_UNITS}\b)",
)
_STREETLIKE = re.compile(
    r"(?:snel|onder|uit|terug|half|heen|door|rijks|weder|gerechts|zorg|fiets|loop|carrière|leer|werk|traject|arbeids|"
    r"vak|jaar|bedrijven|banen|markt)(?:weg|hof|pad|dijk|straat|veld|markt|park)",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?P<keep>(?:(?:woon|woont|wonen|woonachtig)(?: \w+){0,2}? (?:op|aan)(?: de| het)?|(?:woon)?adres(?: is|:)?) )"
    rf"(?P<data>(?:[\w'’.-]+ ){{1,4}}?{_HOUSE_NUMBER})(?![\w%]|\s?{_UNITS}\b)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?P<cue>postcode(?: is|:)? ?)?(?<![\w.,€-])(?P<digits>[1-9]\d{3})(?P<space> ?)(?P<letters>[a-z]{2})(?![\w'’-])"
    rf"(?P<house>,?\s{_HOUSE_NUMBER}(?!\w|[.,%]\d|\s?{_UNITS}\b))?",
    re.IGNORECASE,
)
# Two letters after a number that are a word, a unit or a law, not a postcode, unless written in the form of one.
_NO_POSTCODE = _words(
    """
    ah al cm de dm en er eu ex ft ga gb ha he hr ik in is ja je kb kg km mb me mg ml mm mn na nl nr nu of oh om op
    ov pc per pm pp ps pw st te tv tw uu uw vn wa we ww ze zn zo zw
    """
)

_PARTICLE = r"(?:van|de|der|den|ten|ter|te|'t|’t|het|el|al|bin|ben|ibn|la|le|du|von|da|dos|di|(?:op|in) (?:de|den|het|'t|’t)|v\.?d\.?|vd)"
_CAPITAL = r"(?:[A-Z]\.(?:[A-Z]\.)*|[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þa-z][a-zß-öø-ÿ]+)*)"
_FULL_NAME = re.compile(rf"(?<![\w@.\[-]){_CAPITAL}(?:\s(?:{_PARTICLE}\s){{0,3}}{_CAPITAL})+(?![\w-])")
_CAPITAL_WORD = re.compile(rf"(?<![\w@.\[-]){_CAPITAL}(?![\w@-])")
_INITIALS = r"(?:[^\W\d_]\.\s?)+(?=[^\W\d_])"
_ANY_WORD = r"[^\W\d_][\w'’-]*[^\W_]|[^\W\d_]"

_INTRODUCTION = re.compile(
    r"\b(?P<cue>(?:(?:ik|hij|zij|ze|klant|cli[eë]nt|zoon|dochter|man|vrouw|vriend|vriendin|collega) heet|heet ik"
    r"|(?:mijn|mn|m'n|zijn|haar|z'n) (?:volledige |hele |voor|achter)?naam (?:is|:)|naam ?:|(?:voor|achter)naam ?:"
    r"|ik ben|groet(?:jes|en)?,?|gr\.?,)\s+)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?<![\w-])(?P<cue>(?P<short>dhr\.?|de heer|mevr\.?|mw\.?|mej\.?)|meneer|mijnheer|menir|mevrouw|mevrou)\s+",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<![\w-])(?P<cue>(?:mijn|mn|m'n|me|onze|zijn|haar|een|de|men)?\s?(?:klant|cli[eë]nte?|pati[eë]nte?|collega|zoon|dochter"
    r"|broer|zus|zusje|broertje|vriend|vriendin|man|vrouw|partner|buurman|buurvrouw|neef|nicht|werknemer|medewerker"
    r"|medewerkster|kandidaat|deelnemer|jobcoach|klantmanager|behandelaar|begeleider|begeleidster|psycholoog"
    r"|psychiater|huisarts|bedrijfsarts|verzekeringsarts|arts|dokter|dr\.?|tandarts|therapeut|hulpverlener|verpleegkundige"
    r"|baas|chef|leidinggevende|teamleider|manager|werkgever|consulent|casemanager|trajectbegeleider|coach|mentor|docent"
    r"|bewindvoerder|voogd|curator|ex|ex-man|ex-vrouw|vader|moeder|opa|oma|oom|tante|zwager|schoonzus|stagiaire?"
    r"|maatschappelijk werker|ervaringsdeskundige|adviseur|accountmanager|arbeidsdeskundige|advocaat|notaris|juf|meester),?"
    r"(?: heet| genaamd| is)?)\s+",
    re.IGNORECASE,
)

# Words that can follow such a cue without being a name.
_NO_NAME = _words(
    """
    aan achter al alle als altijd alvast anders bedankt bedoel bedoelt bekend ben bent best beste beter bij dan dank
    dat de deze die dit door drie dus echt een eigenlijk en er even ga gaat geen geheim gewoon goed goedemiddag
    goedemorgen graag groet groeten had hallo heb hebben heeft heer heet heette het hier hij hoe hoi hoor hun iemand
    iets ik in is ja je jij jou jouw kan koers komt kon krijgt lijdt maar mag mee meer meneer met mevrouw mij mijn
    moest moet mogen mvg na naar nee net niet niks nog nooit nou nu of om onbekend onder ondertekend ons ook op over
    pas per prima samen sinds soms te tegen toch toen tot twee u uit uw vaak van vandaag vanuit vermeld via volgens
    voor vriendelijke vroeger waar wanneer want waren was wat we weer weet weg wel welke welkom werd werkt weten wie
    wij wil wilde willen worden wordt zal zat ze zeggen zegt zei zelf zich zij zijn zit zo zoekt zonder zou zowel
    """
)
# Beginnings of sentences and other capitalised words that belong to no one.
_NO_NAME_CAPITAL = _words(
    """
    Aan Alleen Alles Als April Augustus België Ben Bent Beste Betaalt Bij Corona Dag Dan Dank Dat De December Deze
    Die Dinsdag Dit Doe Domein Donderdag Door Duits Dus Een En Engels Er Europa Even Excel Februari Ga Geachte Geef
    Geen Gemeente Goede Goedemiddag Goedemorgen Goedenavond Google Groet Groeten Had Hallo Heb Heeft Heet Help Het
    Hey Hi Hoe Hoeveel Hoi Hulp Iemand Ik In Inkomen Is Ja Januari Je Juli Juni Kan Kerst Koers Krijg Krijgt Kun
    Kunnen Kunt Lieve Maandag Maar Maart Mag Marokkaans Mei Meneer Met Mevrouw Midden Mijn Mijnheer Ministerie Moet
    Moeten Na Naar Nederland Nederlands Nederlandse Nee Niet Noord Nou November Nu Of Oktober Om Onze Ook Oost Op
    Over Pasen Per Pools Project Raad Ramadan Regio Rijk Samen September Sinds Sociaal Sociale Sorry Stel Stichting
    Surinaams Te Teams Toen Tot Turks Uit Van Vanaf Vandaag Vereniging Vertel Via Volgens Voor Vrijdag Waar Waarom
    Wanneer Want Was Wat We Weet Welk Welke Werk Werkt West Wet Wie Wij Wil Woensdag Word Wordt Zaken Zal Zaterdag
    Ze Zie Zijn Zit Zo Zondag Zonder Zoom Zorg Zou Zuid
    """
)
_ORGANISATIONS = _words(
    """
    Academie BV B.V. Bakkerij Bank Bouw Bureau Centrum College Gemeente Groep Hogeschool Hotel Instituut Kliniek
    Kringloop Ministerie NV N.V. Provincie Regio Restaurant Schoonmaak School Stichting Supermarkt Supermarkten
    Techniek Transport Uitzendbureau Uitzendbureaus Uitzendburo Universiteit Verenigde Vereniging Verzekeringen
    Ziekenhuis Zorg Zorggroep
    """
)
_COMPANIES = re.compile(
    r"(?<!\w)(?:Albert Heijn|Jumbo|Lidl|Aldi|Dirk van den Broek|Plus Supermarkt|Hoogvliet|Vomar|Coop|Spar|Etos|Kruidvat|Hema"
    r"|Blokker|Action|Ikea|Gamma|Praxis|Karwei|Bol\.com|Coolblue|MediaMarkt|Media Markt|PostNL|Post NL|DHL|Picnic|Thuisbezorgd"
    r"|Randstad|Tempo[- ]Team|Start People|Manpower|Adecco|Olympia|Timing|Unique|Luba|Young Capital|YoungCapital|Philips|Shell"
    r"|Unilever|Heineken|ASML|Tata Steel|Schiphol|KLM|NS|ProRail|Prorail|Rabobank|ING|ABN AMRO|Achmea|Zilveren Kruis|Menzis|CZ|VGZ"
    r"|Aegon|Nationale[- ]Nederlanden|Zorg en Zekerheid|De Goudse|Interpolis|Parnassia|Altrecht|Arkin|Dimence|GGZ [A-Z]\w+"
    r"|Leger des Heils|Rode Kruis|MEE|Lentis|Mondriaan|Antes|Mediant|Novadic[- ]Kentron|Jellinek|Tactus|HVO[- ]Querido"
    r"|Van Gansewinkel|Van der Valk|Van Haren|De Bijenkorf|Bijenkorf|Zeeman|Wibra|Intratuin|McDonald'?s|Mc Donalds|Starbucks"
    r"|Vakcentrum|Pantar|Patijnenburg|Ergon|Senzer|Larcom|Presikhaas|Tomingroep|WerkSaam|Werkom|Amfors|Caparis|Iederz"
    r"|Humanitas|Cordaan|Philadelphia|Lister|Kwintes|RIBW|Trajectum|Emergis|Reinier van Arkel|Reinier van Arkelgroep|Yulius"
    r"|Excel|Word|Whats[Aa]pp|Facebook|Linked[Ii]n|Indeed|Teams|Zoom|Google)(?!\w)"
)
"""Companies and institutions whose names would pass for those of people; they may be said."""
_FIRST_NAMES = _words(
    """
    aad aart abdel abdul abdullah achmed adriaan adrie agnes ahmed ahmet aisha albert alex alexander ali alice alie
    alina amber amina amir amira anke anna anneke annelies annemarie annemiek anouk ans anton antoon arend arie
    arjan arjen arnold astrid ayse ayşe barbara barend bas bastiaan beata ben bernard bert bianca bilal bob boris
    bram brenda brigitte carin carla carlos caroline catharina cees chantal charlotte chris christiaan christina
    claudia coen conny cor corine cornelis daan daniel danielle danny david dennis derya diana dick diederik dieuwke
    dirk dirkjan dominique dorien elif eline elise ellen els elske emine emma emre eric erik erwin esra esther eva
    evelien evert fadma farid fatih fatima fatma femke ferry floor floris frank frans freek frits geert geertje
    gerard gerda gerrit gert gijs guus habiba hakan hamid hanneke hannie hans harm harry hasan hassan heleen hendrik
    henk henny herman hermien hilda houda huseyin ibrahim igor ilse ina ineke inge ingrid irene iris irma ivo jaap
    jack jacob jacqueline jan janine janneke jannie jasmijn jasper jayden jeanette jeffrey jelle jeroen jesse
    jessica jetta joanna johan johanna john joke jolanda joost joris jos jose josé jurgen jurre kamil karel karim
    karin karolina katarzyna kees kevin khadija khalid kim klaas koen krzysztof laila lars laura leila leon leonie
    leyla lieke liesbeth lieven linda lisa lisanne loes lotte louis lucas luuk maaike maarten magda malika manon
    marcel marco margriet maria marian marianne marieke marijke marina marion marjan marjolein marleen marlies
    marloes martijn martin martine mathijs matthijs mehmet melanie melissa merel mia michael michel michelle mieke
    milan mina miriam mirjam mohamed mohammed monique mourad murat mustafa myrthe nadia nancy naomi natasja nathalie
    nicole niek niels nina noor nora omar onno oscar osman patricia patrick paul paula pauline peter petra piet
    pieter pim piotr rachid rachida ramon raymond renate rene rené rianne richard rick rik rita rob robbert robert
    robin roel roelof rogier roland ronald ruben rudolf ruud said saida samira samuel sander sandra sanne sara sarah
    saskia saïd sebastiaan selma sem serkan sharon silvia simone sjaak sjoerd sofie sophie stefan stefanie stephan
    steven suzanne sven sylvia tamara tanja teun theo thijs thomas tijmen tim tineke tjeerd tom toon truus ursula
    valerie vera vincent wendy wesley wiebe wilbert wilhelmina willem willemijn wilma wim wouter yasmin yasmina
    youssef yusuf yvette yvonne zahra zeynep
    """
)
# First names that are ordinary words, or common in expressions: only beside another sign of a name.
_AMBIGUOUS_FIRST_NAMES = _words(
    """
    albert alie amber bas ben bob connie demi dick els floor frank frans gwen hans hind iris jack jasmijn joke kelly lars
    lieve linde loes luna maria marina maud merel mike mina mo rob robin roos rosa said sem shanti thea toon tuba
    """
)
_CLEAR_FIRST_NAMES = _FIRST_NAMES - _AMBIGUOUS_FIRST_NAMES
_SURNAMES = _words(
    """
    ali amrani arslan aydin bakker benali berg blom boer bos bosch bouali brink broek brouwer celik claessens dekker
    demir dijk dijkstra driessen gerritsen graaf groot haan haddad hassan heijden hendriks hermans heuvel hoekstra
    huisman jacobs jansen janssen janssens jong jonge kaya khan kok koning koster kowalski kramer kuiper kuipers
    leeuwen linden maas martens meijer meijers meyer mohamed molenaar mulder nguyen nowak ozturk peeters peters
    petersen pietersen postma prins ruiter sahin scholten schouten singh smit timmermans veen veenstra verhoeven
    vermeulen visser vliet vos vries wal wijk willems wit wojcik yilmaz yılmaz çelik öztürk
    """
)

_HIDDEN = re.compile("[\ue000-\uf8ff]")
_PRIVATE_USE = dict.fromkeys(range(0xE000, 0xF900), " ")
_LOWER_NAME = re.compile(
    rf"(?<![\w-])(?P<first>[^\W\d_]{{3,}}) (?:{_PARTICLE} ){{0,3}}(?P<last>[^\W\d_]{{3,}})(?![\w-])"
)
_LOWER_FIRST_NAME = re.compile(
    rf"(?<![\w@.\[/-])(?<!\d )(?P<first>{'|'.join(sorted(_CLEAR_FIRST_NAMES))})(?![\w@\]'’./-])(?= ?(?P<next>\w*))"
)
# What can be done to a name: "mijn naam is opgenomen", "is verkeerd gespeld".
_PARTICIPLE = re.compile(r"(?:(?:op|aan|in|af|door|uit|weg|om)?ge|be|ver|ont|mis)\w+(?:en|d|t)")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True)
class Masked:
    """A message that can be kept: `text` without what was found, `found` the kinds of it, each once."""

    text: str
    found: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What is public: the knowledge base's names, pairs of words in names, ordinary words, numbers, e-mail addresses."""

    names: FrozenSet[str] = frozenset()
    """Words that the knowledge base writes with a capital, and every word of a place; in lower case."""
    pairs: FrozenSet[Tuple[str, str]] = frozenset()
    """Neighbours in running text of which one has a capital."""
    words: FrozenSet[str] = frozenset()
    """Words that occur without a capital."""
    surnames: FrozenSet[str] = frozenset()
    """Last words of the names of people."""
    first_names: FrozenSet[str] = frozenset()
    """First words of those names."""
    places: FrozenSet[str] = frozenset()
    """Words of the names of places."""
    phones: FrozenSet[str] = frozenset(_PUBLIC_PHONES)
    emails: FrozenSet[str] = frozenset(_PUBLIC_EMAILS)

    @classmethod
    def of(cls, texts: Iterable[str], places: Iterable[str] = ()) -> Known:
        """Read the knowledge base's texts (answers, names, sources) and the names of its places."""
        names: Set[str] = {"koers"}
        pairs: Set[Tuple[str, str]] = set()
        words: Set[str] = set()
        surnames: Set[str] = set()
        first_names: Set[str] = set()
        phones, emails = set(_PUBLIC_PHONES), set(_PUBLIC_EMAILS)
        for text in texts:
            spelled = _WORD.findall(text)
            for word in spelled:
                (words if word.islower() else names).add(word.lower())
            pairs.update(
                (a.lower(), b.lower()) for a, b in itertools.pairwise(spelled) if not (a.islower() and b.islower())
            )
            surnames.update(
                name.split()[-1].lower() for name in _FULL_NAME.findall(text) if name.split()[0].lower() in _FIRST_NAMES
            )
            first_names.update(
                name.split()[0].lower() for name in _FULL_NAME.findall(text) if name.split()[0].lower() in _FIRST_NAMES
            )
            phones.update(_digits(match.group()) for match in _PHONE.finditer(text))
            emails.update(match.group().lower() for match in _EMAIL.finditer(text))
        place_words: Set[str] = set()
        for place in places:
            spelled = [word.lower() for word in _WORD.findall(place)]
            names.update(spelled)
            place_words.update(word for word in spelled if len(word) > 3)
            pairs.update(itertools.pairwise(spelled))
        return cls(
            frozenset(names),
            frozenset(pairs),
            frozenset(words),
            frozenset(surnames),
            frozenset(first_names),
            frozenset(place_words),
            frozenset(phones),
            frozenset(emails),
        )

    def is_full_name(self, name: str) -> bool:
        """Whether the knowledge base holds these words next to each other: a public person, place or organisation."""
        spelled = [word.lower() for word in _WORD.findall(name)]
        return len(spelled) > 1 and all(pair in self.pairs for pair in itertools.pairwise(spelled))


class Masker:
    """Masks messages; knows what the knowledge base makes public. Cheap to make, safe to share between threads."""

    def __init__(
        self,
        knowledge_texts: Iterable[str] = (),
        places: Iterable[str] = (),
        allowed: Iterable[str] = (),
        people: Optional[Callable[[str], List[str]]] = None,
    ) -> None:
        """`allowed`: more names that stay. `people`: finds names of people in a text; default spaCy, loaded when needed."""
        self._known = Known.of([*knowledge_texts, *allowed], places)
        self._people = people or spacy_people

    def __call__(self, text: str) -> Masked:
        """The text with every piece of personal data replaced by its kind between brackets."""
        found: List[str] = []
        masked = text
        for mask_kind in (self._mask_numbers, self._mask_addresses, self._mask_names):
            masked = mask_kind(masked, found)
        masked = _replace(_DATE_AFTER_NAME, BIRTH_DATE, masked, found)
        # Without a find the message stays as it was, private-use characters and all.
        return Masked(masked if found else text, tuple(kind for kind in _NOTICE_WORDS if kind in found))

    def _mask_numbers(self, text: str, found: List[str]) -> str:
        if "@" in text:
            text = _replace(_EMAIL, EMAIL, text, found, lambda match: _digitless(match) not in self._known.emails)
        text = _replace(_SPOKEN_EMAIL, EMAIL, text, found)
        text = _replace(_SPOKEN_PHONE, PHONE, text, found)
        text = _replace(_BIRTH_DATE, BIRTH_DATE, text, found)
        if sum(map(str.isdigit, text)) < 3:
            return text
        text = _replace(_DUTCH_IBAN, ACCOUNT, text, found)
        text = _replace(
            _IBAN, ACCOUNT, text, found, lambda match: bool(iban.is_valid(match.group(), check_country=False))
        )
        text = _replace(_IDENTITY, NUMBER, text, found)
        text = _replace(_PHONE_AFTER_WORD, PHONE, text, found, self._is_private_phone)
        text = _replace(_BSN_AFTER_WORD, BSN, text, found)
        text = _replace(_FILE_NUMBER, NUMBER, text, found, _is_file_number)
        text = _replace(_BSN, BSN, text, found, lambda match: bool(bsn.is_valid(_digits(match.group()))))
        text = _replace(_PHONE, PHONE, text, found, self._is_private_phone)
        return _replace(_FOREIGN_PHONE, PHONE, text, found, _is_foreign_phone)

    def _is_private_phone(self, match: Match[str]) -> bool:
        digits = _national(_digits(match.group()))
        return digits not in self._known.phones and not digits.startswith(("0800", "0900", "0906", "0909"))

    def _mask_addresses(self, text: str, found: List[str]) -> str:
        if not any(map(str.isdigit, text)):
            return text
        text = _replace(_STREET, ADDRESS, text, found, lambda match: not _STREETLIKE.fullmatch(match["street"]))
        text = _replace(_LIVES, ADDRESS, text, found)
        return _replace(_POSTCODE, POSTCODE, text, found, _is_postcode)

    def _mask_names(self, text: str, found: List[str]) -> str:
        # Out of sight for the rest: a private-use character never looks like a name.
        companies: List[str] = []

        def hide(match: Match[str]) -> str:
            companies.append(match.group())
            return chr(0xE000 + len(companies) - 1)

        text = _COMPANIES.sub(hide, text.translate(_PRIVATE_USE))
        text = self._mask_only_names(text, found)
        return _HIDDEN.sub(lambda match: companies[ord(match.group()) - 0xE000], text)

    def _mask_only_names(self, text: str, found: List[str]) -> str:
        for cue, accepts in (
            (_INTRODUCTION, self._introduced),
            (_TITLE, self._titled),
            (_ROLE, self._in_role),
        ):
            text = _replace_after(cue, accepts, self._known.is_full_name, text, found)
        if not _is_title_case(text):
            text = _replace(_FULL_NAME, NAME, text, found, None, self._without_known)
            text = self._mask_people(text, found)
        return self._mask_lower_case(text, found)

    # What each cue accepts as the next word of a name.

    def _introduced(self, next_word: _NextWord) -> bool:
        plain, cue = next_word.plain, next_word.cue
        if plain in _NO_NAME:
            return False
        if next_word.before:
            return self._continues(next_word)
        is_first_name = plain in _FIRST_NAMES
        if cue.startswith("ik ben"):
            return is_first_name and plain not in _AMBIGUOUS_FIRST_NAMES
        if cue.startswith(("gr", "naam")) or cue.endswith(":"):
            return next_word.has_capital or is_first_name
        if cue.endswith("is"):
            is_ordinary = plain in self._known.words or _PARTICIPLE.fullmatch(plain)
            return next_word.has_capital or is_first_name or not is_ordinary
        return True

    def _continues(self, next_word: _NextWord) -> bool:
        """Whether a name that was introduced goes on; "van" may also lead to where someone is from."""
        if next_word.particle and next_word.plain in self._known.names - _SURNAMES:
            return False
        return next_word.continues_name() or (next_word.particle and next_word.plain not in self._known.words)

    def _titled(self, next_word: _NextWord) -> bool:
        plain = next_word.plain
        if plain in _NO_NAME or plain in self._known.surnames:
            return False
        if plain in self._known.places and next_word.has_capital and not next_word.text.isupper():
            return not next_word.before or next_word.continues_name()
        if plain in self._known.names and plain not in _FIRST_NAMES | _SURNAMES:
            return next_word.has_capital and next_word.capital_particle
        if next_word.has_capital:
            return not next_word.before or next_word.continues_name()
        if plain in _SURNAMES or plain in _CLEAR_FIRST_NAMES:
            return True
        abbreviated = next_word.cue.startswith(("dhr", "mevr.", "mevr ", "mw", "mej")) or next_word.cue == "mevr"
        return (
            not next_word.before
            and len(plain) > 2
            and plain not in self._known.words
            and (abbreviated or not next_word.particle)
        )

    def _in_role(self, next_word: _NextWord) -> bool:
        plain = next_word.plain
        if plain in _NO_NAME or plain.capitalize() in _NO_NAME_CAPITAL:
            return False
        if next_word.before:
            return next_word.continues_name()
        if next_word.has_capital and next_word.capital_particle and plain not in self._known.surnames:
            return True
        if next_word.cue.endswith(" is"):
            return plain in _CLEAR_FIRST_NAMES
        if plain in self._known.names and plain not in _FIRST_NAMES:
            return False
        if next_word.initials or (next_word.has_capital and not next_word.text.isupper()):
            return plain not in self._known.words
        return plain in _CLEAR_FIRST_NAMES

    def _without_known(self, match: Match[str]) -> Optional[str]:
        """The match with a name masked in it, or None when all of it is public."""
        words = match.group().split()
        start = 0
        if any(word in _ORGANISATIONS for word in words):
            return None
        while start < len(words) and (words[start] in _NO_NAME_CAPITAL or words[start].islower()):
            start += 1
        rest = words[start:]
        name = " ".join(rest)
        if len(rest) < 2 or self._known.is_full_name(name):
            return None
        capitals = [word for word in rest if not word.islower()]
        if any(word in _NO_NAME_CAPITAL for word in capitals):
            return None
        if all(word.lower() in self._known.names and word.lower() not in _FIRST_NAMES for word in capitals):
            return None
        unknown = [
            word for word in capitals if word.lower() not in self._known.words and word.lower() not in self._known.names
        ]
        if not unknown and capitals[0].lower() not in _FIRST_NAMES:
            return None
        if start == 0 and capitals[0].lower() in self._known.words and capitals[0].lower() not in _FIRST_NAMES:
            return None
        return " ".join([*words[:start], f"[{NAME}]"])

    def _mask_people(self, text: str, found: List[str]) -> str:
        """Single capitalised words: first names, and what spaCy takes for a person."""
        candidates = [
            word
            for word in {match.group() for match in _CAPITAL_WORD.finditer(text)}
            if word not in _NO_NAME_CAPITAL
            and word.lower() not in self._known.words
            and word.lower() not in self._known.names
        ]
        names = {word for word in candidates if word.lower() in _FIRST_NAMES and word != "Frans"}
        rest = [word for word in candidates if word not in names]
        if rest:
            people = {word for person in self._people(text) for word in person.split()}
            names.update(word for word in rest if word in people)
        for name in names:
            text = _replace(re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])"), NAME, text, found)
        return text

    def _mask_lower_case(self, text: str, found: List[str]) -> str:
        """Full names without capitals, where first name and surname are both common ones."""

        def is_name(match: Match[str]) -> bool:
            first, last = match["first"].lower(), match["last"].lower()
            return first in _CLEAR_FIRST_NAMES and last in _SURNAMES and not self._known.is_full_name(match.group())

        def is_first_name(match: Match[str]) -> bool:
            following = (match["first"].lower(), (match["next"] or "").lower())
            if following in self._known.pairs or match["first"] in self._known.first_names:
                return False
            return match["first"] in _CLEAR_FIRST_NAMES

        text = _replace(_LOWER_NAME, NAME, text, found, is_name)
        return _replace(_LOWER_FIRST_NAME, NAME, text, found, is_first_name)


def masker(knowledge_texts: Iterable[str], places: Iterable[str] = ()) -> Masker:
    """A masker that leaves the names in these texts and places readable."""
    return Masker(knowledge_texts, places)


def mask(text: str, keep: Iterable[str] = ()) -> Masked:
    """Mask one text; the names in `keep` stay. For many texts, make a `Masker` once."""
    return _masker_for(frozenset(keep))(text)


@lru_cache(maxsize=4)
def _masker_for(keep: FrozenSet[str]) -> Masker:
    return Masker(allowed=keep)


def notice(found: Iterable[str]) -> str:
    """One sentence that tells the user what was made unreadable and why; empty when nothing was."""
    things = [_NOTICE_WORDS[kind] for kind in _NOTICE_WORDS if kind in set(found)]
    if not things:
        return ""
    listed = things[0] if len(things) == 1 else f"{', '.join(things[:-1])} en {things[-1]}"
    pronoun = "dat" if len(things) == 1 and things[0].split()[-1] in _NEUTER else "die"
    return f"Ik heb {listed} in je bericht onleesbaar gemaakt, want {pronoun} heb ik niet nodig om je te helpen."


def spacy_people(text: str) -> List[str]:
    """The people that spaCy sees in a text."""
    return [entity.text for entity in pipeline()(text).ents if entity.label_ == "PERSON"]


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _digitless(match: Match[str]) -> str:
    return match.group().replace(" ", "").lower()


def _national(digits: str) -> str:
    for prefix in ("00310", "0031", "310", "31"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 9:
            return "0" + digits[len(prefix) :]
    return digits


def _is_foreign_phone(match: Match[str]) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", match.group().replace(" ", "")), None)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number))


def _is_file_number(match: Match[str]) -> bool:
    digits = _digits(match["data"])
    return len(digits) >= (3 if match["word"] else 5)


def _is_postcode(match: Match[str]) -> bool:
    letters, year_like = match["letters"], match["digits"][:2] in ("19", "20")
    if letters.lower() in ("sa", "sd", "ss"):
        return False
    if match["cue"]:
        return True
    if letters.lower() in _NO_POSTCODE:
        return letters.isupper() and bool(match["house"]) and not year_like
    if match["space"] and (year_like or not letters.isupper()):
        return bool(match["house"])
    return True


def _is_title_case(text: str) -> bool:
    """Whether capitals mean nothing here, because most words have one."""
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 4 and capitals > 0.7 * len(words)


def _replace(
    pattern: Pattern[str],
    kind: str,
    text: str,
    found: List[str],
    accepts: Optional[Callable[[Match[str]], bool]] = None,
    rewrite: Optional[Callable[[Match[str]], Optional[str]]] = None,
) -> str:
    """Replace matches by `[kind]`; a group `keep` stays in front, a cue such as "postcode" too."""

    def substitute(match: Match[str]) -> str:
        if accepts is not None and not accepts(match):
            return match.group()
        if rewrite is not None:
            replaced = rewrite(match)
            if replaced is None:
                return match.group()
            found.append(kind)
            return replaced
        groups: Dict[str, Optional[str]] = match.groupdict()
        kept = groups.get("keep") or groups.get("cue") or ""
        found.append(kind)
        return f"{kept}[{kind}]"

    return pattern.sub(substitute, text)


_SPACED_WORD = re.compile(
    rf"\s*(?P<initials>{_INITIALS})?(?P<particles>(?:{_PARTICLE}\s+){{0,3}})(?P<word>{_ANY_WORD})", re.IGNORECASE
)
_LONGEST_NAME = 4


@dataclass(frozen=True)
class _NextWord:
    """A word that may belong to a name, and what stands before it."""

    text: str
    before: Tuple[str, ...]
    initials: bool
    particle: bool
    cue: str
    capital_particle: bool = False
    """Whether "Van" or the like stands before it with a capital, as in a surname without first name."""

    @property
    def plain(self) -> str:
        return self.text.lower()

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()

    def continues_name(self) -> bool:
        """Whether a name goes on with this word: another capital, though not that of an abbreviation, or a surname."""
        return (self.has_capital and not self.text.isupper()) or self.plain in _SURNAMES


def _replace_after(
    cue: Pattern[str],
    accepts: Callable[[_NextWord], bool],
    is_public: Callable[[str], bool],
    text: str,
    found: List[str],
) -> str:
    """Replace the name that follows a cue: as many words as `accepts` takes for one, with "van de" between them."""
    kept: List[str] = []
    position = 0
    for match in cue.finditer(text):
        if match.start() < position:
            continue
        end = match.end()
        words: List[str] = []
        while len(words) < _LONGEST_NAME:
            word = _SPACED_WORD.match(text, end)
            if not word:
                break
            initials = bool(word["initials"])
            particle = initials or bool(word["particles"])
            capital = word["particles"][:1].isupper()
            cue_text = match["cue"].strip().lower()
            if not accepts(_NextWord(word["word"], tuple(words), initials, particle, cue_text, capital)):
                break
            words.append(word["word"])
            end = word.end()
        if words and not is_public(text[match.end() : end]):
            kept += [text[position : match.end()], f"[{NAME}]"]
            position = end
            found.append(NAME)
    return "".join([*kept, text[position:]])
