"""The phrases that show a crisis, as patterns over the plain spelling of `bot.safety.wording.plain`.

Three lists: figures of speech and subjects that are no crisis (taken out first), phrases with a clear death wish,
plan or danger, and phrases of hopelessness. A phrase that was missed is added here as a class of wording, with the
sentence that showed it in `tests/safety`; other languages are in `bot.safety.languages`. In a pattern ` ~ ` stands for
up to five filler words ("gewoon", "echt", "ik") and ` <n> ` for up to n words of any kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, List, Optional, Tuple

from bot.safety.phrase import Phrase, PhraseIndex

_FILLERS = (
    "aan alles allemaal alleen allang allemaal altijd als beter best bijna dan dat daarom de denk dit doe dus echt een"
    " eens eigenlijk en enkel er erg even ewa ga gaan gewoon graag haha hebben heel helemaal het hier hij hoor hoe iedere"
    " ik is ja kk kan kunnen laat lekker liefst liever maar maken me mee meer mezelf mij mijn misschien moet mogelijk nog"
    " nooit nou nu nu ook omdat om oprecht over snel soms steeds straks te toch toe tot uit vaak vandaag vanavond vannacht"
    " morgen vanaf veel van voor vrijdag wat weer weet wel wens wil worden zelf zeker ze zijn zij zo zou"
)
_FILL = "(?:(?:" + "|".join(sorted(set(_FILLERS.split()))) + ") ){0,5}"

# Words that several patterns share.
_MEDICINE = (
    r"(?:\w*pillen|\w*pil|pilletjes|\w*medicijn\w*|\w*medicatie|meds|tabletten|\w*tabletjes|paracetamol\w*|oxazepam\w*"
    r"|diazepam\w*|temazepam\w*|lorazepam\w*|seroquel|quetiapine|lithium|antidepressiva|pijnstillers|strip\w*|slaapmiddel\w*"
    r"|insuline|\w{3,}(?:zepam|zolam|apine|epine|xetine|traline|idone|azol|promazine|triptyline)|abilify|lyrica|ritalin|oxy\w*|morfine|ibuprofen\w*|capsules)"
)
_MANY = (
    r"(?:te ?veel|teveel|hele?|heel veel|veel|alle?|alles|al (?:mijn|zijn|haar)|allemaal|tientallen|handvol|doosje"
    r"|doos|pot|potje|strip|strips|\d{2,3}|twintig|dertig|veertig|vijftig|zestig|honderd|lading|berg|hoop)"
)
_SWALLOWED = r"(?:geslikt|weggespoeld|doorgeslikt|zitten erin|erin|ingenomen|opgegeten|leeggegeten|naar binnen|achterover|weggeslikt|leeggedronken|genomen|in ?een keer)"
_RAIL = r"(?:trein|treinen|metro|tram|vrachtwagen|vrachtauto|bus|auto|treinstel|sneltrein|intercity)"
_HEIGHT = (
    r"(?:brug|flat|dak|gebouw|balkon|raam|toren|galerij|viaduct|kerktoren|flatgebouw|parkeergarage|hoogte|rots|klif"
    r"|hoogste|verdieping|spoorbrug|trap|reling|balustrade)"
)
_HARM = r"(?:dood\w*|doden|doodmaken|ver?moord\w*|ophangt?|ophangen|op hangen|verhang\w*|ophange|opknopen|verdrink\w*|verzuip\w*|verzoep\w*|verdoen|killen|kill|afmaken|af maken|uitschakelen|neerschieten|doodschieten|vergassen|vergiftigen|opblazen|in brand)"
_KIN = (
    r"(?:oma|opa|mama|mam|papa|pap|moeder|vader|man|vrouw|zoon|dochter|kind|kindje|broer|zus|zusje|broertje|vriend"
    r"|vriendin|partner|baby|ouders|hem|haar|hen|ze)"
)
_WEAPON = r"(?:mes|messen|pistool|wapen|wapens|bijl|geweer|vuurwapen|machete|hamer|bom|blaffer|steekwapen|benzine)"
_OFFICE = r"(?:gemeente\w*|stadhuis|uwv\w*|kantoor|sociale dienst|bedrijf|gebouw|balie|werk|boel|tent|wijkteam|instelling|pand|zooi)"
_VICTIM = (
    r"(?:hem|haar|hen|hun|ze|die|dat|dit|jullie|u|je|jou|de|het|een|mijn|zijn|iemand|iedereen|allemaal|mensen|al|dees"
    r"|onze|ons|me|mij)"
)
_ROLES = (
    r"(?:baas|klantmanager|ex|man|vrouw|buurman|buurvrouw|collega|collegas|chef|moeder|vader|broer|zus|kinderen|kind"
    r"|behandelaar|begeleider|coach|jobcoach|manager|arts|bedrijfsarts|therapeut|psychiater|ambtenaar|medewerker|consulent"
    r"|werkgever|leidinggevende|directeur|psycholoog|dokter|teamleider|buren|gezin|familie)"
)
_TARGET = (
    rf"(?:hem|haar|hen|ze|jullie|iedereen|iemand|mensen|allemaal|die (?:\w+|\w+ van (?:het|de) \w+)"
    rf"|(?:mijn|zijn|de|een|haar|die) (?:\w+ )?{_ROLES})"
)

_NEAR_ONE = (
    r"(?:hij|ie|zij|ze|hem|(?:mijn|me|zijn|haar|onze|een|de) (?:\w+ )?(?:man|vrouw|partner|vriend|vriendin|ex|verloofde|vader|moeder"
    r"|stiefvader|stiefmoeder|pa|ma|ouders|broer|zus|zoon|dochter|oom|zwager|schoonvader|schoonmoeder|schoonfamilie|familie"
    r"|huisgenoot|baas|chef|collega|begeleider|vent))"
)
_HITS = r"(?:sla|slaan|mep|mept|meppen|schop|schopt|stomp|stompt|mishandel\w*|verkracht|verkrachten|wurg|wurgt|aftuig\w*|trap|trapt|misbruik|misbruikt|bedreig|bedreigt)"
_HIT = r"(?:me|mij|ons|haar|hem|(?:mijn|onze|haar|zijn|de) (?:kinderen|kind|zoon|dochter|zoontje|dochtertje|moeder|zus|zusje|broertje))"
_WAS_HIT = (
    r"(?:(?<!alarm )(?<!brug )(?<!slag )(?<!munt )(?<!gade )geslagen|mishandeld|verkracht|gewurgd|gemept|geschopt|gestompt"
    r"|(?:seksueel|door \w+ \w+) misbruikt|aangerand|afgetuigd)"
)
_LATELY = (
    r"(?:vandaag|vanavond|vannacht|vanmorgen|vanochtend|vanmiddag|gisteren|gisteravond|eergisteren|net|zonet|zojuist|weer|alweer"
    r"|opnieuw|dit weekend|deze week|vorige week|afgelopen \w+|altijd|elke \w+|iedere \w+|steeds|nog steeds)"
)
_NOT_PASSED_OVER = r"(?! (?:(?!als|wanneer|zodra|want|omdat|terwijl|en|maar)\w+ ){0,3}(?:over|af|op|aan|gade|na|door|eruit|uit|om)(?: |$))"


@dataclass(frozen=True)
class Signal:
    """A pattern and the danger that it shows."""

    pattern: Phrase
    danger: str


def _expression(pattern: str) -> str:
    pattern = pattern.replace(" ~ ", " " + _FILL)
    pattern = re.sub(r" <(\d)> ", r" (?:\\w+ ){0,\1}", pattern)
    return r"(?:(?<=\s)|(?<!\w)(?=\w)|^)(?:" + pattern + r")(?!\w)"


def _signals(danger: str, *patterns: str) -> List[Signal]:
    return [Signal(Phrase(_expression(pattern)), danger) for pattern in patterns]


FIGURATIVE: Tuple[Phrase, ...] = tuple(
    Phrase(_expression(pattern))
    for pattern in (
        # whole phrases, of which a part alone would say something else
        r"(?<!ik )(?:moet|kan|mag|hoort|hoeft|moest) (?:de|een|mijn|die|je|jouw) (?:behandelaar|klantmanager|collega|baas|begeleider|medewerker|coach) (?:iets|wat) (?:\w+ )?(?:te )?doen (?:aan|tegen|voor|bij|tijdens)",
        r"mijn wereld(?:je)? (?:wordt|werd|is) (?:\w+ ){0,3}(?:klein|kleine|kleiner|kleintjes|postzegel)",
        r"(?:wil|wou|hoef|hoeft) (?:\w+ )?niet (?:meer|langer) (?:van|op) (?:\w+ ){1,3}(?:uitkering|bijstand|ww|wia|wajong|minimum|loon|toeslagen) (?:te )?leven",
        r"(?:kan|kon) (?:er |daar |hier )?niet (?:meer |langer )?(?:echt )?om lachen",
        r"(?:kan|wil|kunnen) (?:\w+ )?niet (?:meer|langer) wachten",
        r"niet (?:meer |langer )?kan (?:tillen|lopen|staan|typen|schrijven|sjouwen|bukken)(?: meer)?",
        r"(?:wil|wou) niet (?:meer|langer) (?:elke|iedere) (?:dag|week|ochtend) (?:reizen|forenzen|pendelen|heen en weer|in de file|met de trein|naar \w+)",
        r"zie (?:ik )?niet (?:in )?wat (?:dit|dat|het|deze \w+) (?:\w+ )?oplever\w*",
        r"voel (?:me|mij) (?:\w+ )?niet (?:gewaardeerd|gezien|gehoord|serieus genomen|welkom)",
        r"brug(?:gen)? (?:\w+ )?(?:geslagen|slaan|te slaan)",
        r"(?:rijd|chauffeur|rij) (?:\w+ ){0,3}(?:vrachtwagen|bus|taxi|auto|tram|heftruck) en (?:ik )?(?:slik|gebruik|neem)",
        r"(?:weggegeven|weggedaan|verkocht|geef|gegeven|doe) (?:\w+ ){0,8}(?:verhuis\w*|verhuiz\w*|kleiner (?:huis|gaan wonen|wonen|woning))",
        r"(?:moeder|vader|oma|opa|broer|zus|zusje|broertje|man|vrouw|partner|kind|zoon|dochter|schoonmoeder|schoonvader) is (?:\w+ ){0,4}(?:overleden|gestorven)"
        r" (?:en|maar) (?:mijn |de )?(?:baas|chef|werkgever|leidinggevende|werk|manager|uwv|gemeente|klantmanager|teamleider)",
        r"(?:van|met|bij|door) (?:het |al dat )?snijden (?:\w+ ){0,2}in (?:de|onze|een) (?:keuken|slagerij|winkel|zaak|bakkerij)",
        r"(?:bus|trein|tram|file) (?:stond|sta|reed|rijd) (?:\w+ ){0,3}(?:op|voor) de brug",
        r"levend begraven|begraven (?:\w+ )?onder (?:\w+ ){0,3}(?:werk|papier\w*|formulier\w*|mail\w*|dossiers|administratie)",
        r"(?:computer|laptop|telefoon|printer|scherm|toetsenbord|formulier\w*|brie\w+|boek\w*|map) (?:\w+ ){0,3}(?:uit|door) het raam",
        r"(?:baas|chef|manager|leidinggevende|teamleider) (?:maak|brand) (?:me|mij|ons) (?:helemaal |compleet )?af",
        r"(?:verzuip\w*|verdrink\w*|kopje onder) (?:\w+ )?in (?:\w+ ){0,2}(?:werk|mail\w*|papier\w*|formulier\w*|administratie|schulden|regels|dossiers)",
        # "ik werk me dood", "ik lach me kapot"
        r"(?:\w*werk\w*|verveel\w*|vervelen|lach\w*|schaam|schaamt|schamen|geneer\w*|erger\w*|zweet|zweten|zwoeg\w*|zoek\w*"
        r"|zocht\w*|zoch|schrik\w*|schrok\w*|solliciteer\w*|bel|belt|betaal\w*|wacht\w*|sjouw\w*|ren|rent|loop|loopt|typ"
        r"|studeer\w*|hoest\w*|stress\w*|pieker\w*|vries\w*|poets\w*|leer|vergader\w*|klaag|leen|fiets\w*"
        r"|draaf|scroll\w*|lees|schrijf) (?:\w+ )?(?:me|mij|mijn|mezelf|je|zich|zichzelf|ons) (?:\w+ )?(?:nog |eens |nog eens |hier |echt )*"
        r"(?:te pletter|dood|kapot|een ongeluk|een bult)(?! maken| doen| steken)",
        r"als de dood",
        r"dood(?:s|jes)?(?:moe|op|ziek|eng|saai|stil|gewoon|normaal|simpel|leuk|zenuwachtig|nerveus|bang|benauwd|kalm|vermoeid|zonde)\w*",
        r"(?:bijna |half |zowat )?dood van (?:de |het )?(?:kou|zenuwen|schrik|honger|dorst|hitte|stress|vermoeidheid|moeheid|angst|slaap)",
        r"bang (?:\w+ ){0,3}(?:dood te gaan|doodgaan|doodga|dood ga|te sterven|voor de dood)",
        r"(?:ben|was) de dood (?:voor|dat)",
        r"de dood (?:dat|van verveling|in de pot)",
        r"dood (?:spoor|hout|punt|gewicht|kapitaal|moment|op na|moe|eng|saai|stil|op|van verveling|aan het bloeden)",
        r"dood en (?:doodop|doodmoe|begraven)",
        r"(?:sterven|ten) (?:na )?dood",
        r"(?:val|viel) (?:\w+ )?dood neer van",
        r"dood (?:gevonden|gezien) worden",
        r"(?:een )?stille dood",
        r"dood (?:of levend|of leven)",
        r"dood aan het bloeden",
        r"(?:is|wordt|word|was|worden) (?:\w+ ){0,2}(?:nog eens |mijn |onze |zijn |haar )+dood(?! \w*wens)",
        r"(?:laptop|telefoon|batterij|computer|accu|lijn|plant|planten|hond|kat|poes|huisdier|konijn|cavia|app|sfeer|gesprek"
        r"|contract|project|traject|regeling|aanvraag|overleg|samenwerking) (?:\w+ ){0,4}(?:is|zijn|was|waren|loop|loopt|liep|ga|ging|lig|lag)"
        r" (?:\w+ ){0,5}dood\w*",
        r"(?:loop|loopt|liep|lopen) (?:\w+ ){0,3}dood(?=$| \||  ?$| (?:met|bij|in|op|door))",
        r"(?:mieren|vliegen|ratten|muizen|wespen|onkruid) <3> dood\w*",
        r"dood (?:zitten |lopen |staan )?(?:vervelen|verveeld|ergeren|lachen|schamen|geschaamd|werken|gelachen|gewerkt)",
        r"dood aan (?:de |die |al die )?(?:vergadering\w*|regel\w*|formulier\w*|papier\w*|stress|werk\w*)",
        r"(?:file|wacht\w*|open) (?:\w+ ){0,2}(?:op|voor) (?:de|een) brug|brug (?:is|was|staat|ging) (?:\w+ )?open",
        r"(?:woon|woont|wonen|werk|huis|kantoor|slaap) (?:\w+ ){0,2}(?:naast|aan|bij|langs) (?:het |de )?(?:spoor|brug|rails|flat)",
        r"dood\w* (?:\w+ )?(?:mieren|vliegen|ratten|muizen|planten|onkruid|wespen)",
        r"(?:\w*ere|\w*iele|\w*iele|\w*eke|\w*ele|politieke?|sociale|zakelijke?|financieel|commercieel|professionele?"
        r"|carriere|reputatie|electorale) (?:zelfmoord|suicide)",
        r"carrierezelfmoord\w*",
        r"(?:kan|kon|zou) (?:\w+ ){0,3}wel (?:\w+ ){0,2}(?:wurgen|schieten|vermoorden|killen|slaan|wat aandoen|achter het behang)",
        r"wel (?:wurgen|schieten|vermoorden)",
        r"vermoord(?:en)? (?:een|mijn) (?:kop|bak|bord|pizza|biertje|broodje)",
        r"figuurlijk\w*",
        r"(?:steek|steken|stak) (?:\w+ )*figuurlijk",
        r"mes in (?:mijn|de|zijn|haar) rug",
        r"mes op de keel",
        r"(?:opleiding|studie|school|klus|werk|cursus|taak|project|boek|hbo|mbo|dienst|contract|dag|week|jaar) (?:\w+ )?(?:wil )?(?:afmaken|af maken)",
        r"over mijn lijk(?! \w*kist)",
        r"als blikken konden doden",
        r"lachen|gelachen",
        r"schiet mij maar lek",
        # suicide and death as a subject
        r"(?:zelfmoord|suicide|zelfdoding)\w* (?:\w+ )?bespreekbaar (?:\w+ )?(?:op|in|binnen|bij) (?:een |de |het |ons |onze |mijn )?(?:team\w*|werk|werkvloer|afdeling|organisatie|bedrijf)",
        r"(?:zelfmoord|suicide|zelfdoding)\w* ?(?:preventie\w*|lijn|cijfers|statistiek\w*|onderzoek|protocol\w*|beleid)",
        r"(?:zelfmoord|suicide|zelfdoding)preventie\w*",
        r"(?:hoe werkt|wat is|wet op|wettelijk\w*|regels\w*) (?:\w+ ){0,2}euthanasie\w*",
        r"euthanasie\w* (?:\w+ ){0,5}(?:wet|wettelijk|volgens de wet)",
        r"kre(?:eg|gen) (?:\w+ )?euthanasie",
        r"(?:is|zijn|was|waren) (?:\w+ ){0,5}uit het leven (?:ge)?stap\w*",
        r"er niet meer (?:\w+ ){0,4}(?:want|omdat|vanwege|wegens) (?:\w+ ){0,5}(?:pensioen|vakantie|verlof|baan|contract|werkgever|verhuis\w*|vrij)",
        r"(?:preventie|voorkomen|voorkoming) (?:van |bij )?(?:zelfmoord|suicide|zelfdoding)",
        r"(?:zelfmoord|suicide) (?:voor|op) (?:je|mijn|de|een|het|zijn|haar|ons) (?:carriere|loopbaan|cv|arbeidsmarkt|bedrijf|project|reputatie|toekomst)",
        r"(?:zelfmoord|suicide|zelfdoding) (?:\w+ )?(?:gezien|meegemaakt|aangetroffen|gevonden)",
        r"(?:voorkom|voorkomen) (?:ik |je |we |wij )?(?:\w+ )?(?:zelfmoord|suicide|zelfdoding)",
        r"(?:veel|aantal|aantallen) (?:zelfmoord|suicide|zelfdoding)\w*",
        r"(?:cijfers|statistiek\w*|percentage|training|cursus|protocol|richtlijn\w*|workshop|boek|bijscholing|les|e ?learning|module)"
        r" <4> (?:zelfmoord|suicide|zelfdoding|suicidaal)(?: gedrag|iteit)?",
        r"(?:door|na|aan|wegens) (?:de |een |zijn |haar )?(?:zelfmoord|suicide|zelfdoding) (?:\w+ ){0,4}(?:overleden|verloren|gestorven|kwijt\w*)",
        r"(?:overleden|overleed|overlijden|gestorven|stierf|verloren|verloor|kwijtgeraakt) (?:\w+ ){0,3}(?:door|aan|na) (?:een )?(?:zelfmoord|suicide|zelfdoding)",
        r"(?:heb|hadden|had|pleegde) <7> (?:zelfmoord|suicide|zelfdoding) (?:gepleegd|plegen) (?=(?:\w+ )*(?:verlof|rouw\w*|toen|jaren|jaar|geleden))",
        r"(?:jaar|jaren|vroeger) (?:geleden )?(?:\w+ ){0,2}(?:zelfmoord|suicide|zelfdoding) gepleegd",
        r"(?:vader|moeder|broer|zus|man|vrouw|zoon|dochter|collega|vriend|vriendin|client|klant|oom|tante|opa|oma) (?:\w+ ){0,3}"
        r"(?:pleegde (?:\w+ ){0,4}(?:zelfmoord|suicide|zelfdoding)|(?:heb|had|is) (?:\w+ ){0,4}(?:zelfmoord|suicide|zelfdoding) gepleegd)"
        r"(?!(?: \w+){0,3} ik (?:wil|ga|denk)(?: \w+){0,3} ook)",
        # a train driver or rescuer tells what happened at work
        r"spring (?:er )?(?:iemand|een (?:man|vrouw|jongen|meisje|persoon|reiziger))",
        r"(?:iemand|een (?:man|vrouw|jongen|meisje|persoon|reiziger)) (?:\w+ ){0,2}(?:spring|gesprongen)",
        # said not to be so
        r"(?:wil|ga|hoeft|hoef) (?:\w+ )?(?:niet|nooit) (?:dood|doodgaan|sterven)(?! maar)(?! \w+ ook niet leven)",
        r"(?:denk|dacht) (?:\w+ )?(?:niet|nooit) aan (?:zelfmoord|zelfdoding|suicide|de dood)",
        r"(?:ben|is) (?:\w+ )?niet suicidaal",
        r"(?:hoe vaak|komt|komen) (?:\w+ ){0,3}(?:zelfmoord|suicide|zelfdoding) (?:\w+ ){0,3}voor",
        r"door de bomen het bos(?: niet)?(?: meer)?",
        # a client with whom contact was lost
        r"(?:uit beeld|buiten beeld|van de radar|onbereikbaar|onvindbaar|spoorloos uit het traject) (?:\w+ ){0,4}reageer\w* (?:\w+ ){0,3}meer(?: op)?",
        r"geen (?:zelfmoord\w*|suicide\w*|zelfdoding|doodswens)",
        # endings, places and other words in their ordinary sense
        r"(?:werkgever|baas|bedrijf|gemeente|uwv|verzekeraar|chef|leidinggevende|organisatie|school|stage\w*) (?:\w+ )?maak (?:\w+ )?er (?:\w+ )?eind aan",
        r"slikt? (?:nogal |erg |heel |zo |best |ook )?veel (?:\w+ )?(?:medicijn\w*|medicatie)(?! (?:\w+ )?(?:in een keer|tegelijk|nu|en drank|met drank|achter elkaar|allemaal))",
        r"(?:mooi|goed|netjes|snel|officieel) eind",
        r"(?:niet meer|niet langer|niet|nooit meer) (?:hoeven )?(?:te )?leven (?:van|op|met|als|in|bij|volgens|naar)",
        r"(?:van|op) (?:\w+ ){1,3}(?:uitkering|bijstand|ww|wia|wajong|minimum|loon|geld|bijstandsniveau|spaargeld) (?:te )?leven",
        r"leven (?:\w+ )?van (?:\w+ ){1,2}(?:uitkering|bijstand|ww|wia|wajong|loon)",
        r"(?:genoeg|net|amper|nauwelijks|niet|geld|iets) (?:\w+ ){0,3}van (?:te )?leven",
        r"killing (?:goed|leuk|mooi|vet|lekker|saai|duur|druk)",
        r"(?:tweede|eerste|goede|dood|andere|2e|1e|juiste|verkeerde|zelfde) spoor",
        r"spoor (?:1|2|een|twee|bijster)",
        r"op het spoor van (?!de |het |een trein|een metro|trein)\w+",
        r"spring(?:en)? (?:\w+ )?(?:in het diepe|voor (?:me|mij|ons|hem|haar|een|mijn) (?:\w+ )?(?:in|collega)|in de bres|uit (?:mijn|zijn|haar|je|hun) vel|bij(?! het| de))",
        r"gat in de lucht",
        r"doe (?:\w+ )?alles aan",
        r"de doodstraf (?:is|staat)|geen doodstraf",
        r"tot nooit (?:meer )?(?:ziens|haha)|tot nooit meer haha",
        r"eind (?:te )?(?:maken|maak|gemaakt) aan (?:mijn|de|het|die|deze|dit|onze|een) (?:schuld\w*|contract|stage|baan|traject"
        r"|dienstverband|gesprek|proefplaatsing|uitkering|wachtlijst\w*|armoede|discriminatie|overleg|samenwerking|relatie)",
        r"van de brug (?:naar|tot) (?:het|de|een) \w+",
        r"van plan (?:er |om er )?(?:volgende|komende) week niet te (?:zijn|komen)",
        r"afscheids ?brief (?:\w+ ){0,2}(?:aan|voor|naar) (?:mijn |de |het )?(?:collega\w*|team|werkgever|baas|klanten|bedrijf|afdeling)",
        r"gesneden (?:\w+ )?(?:aan|met) (?:\w+ )?(?:papier|glas|blik|keukenmes|snijmachine)(?= op)",
        r"gesneden aan (?:\w+ )?(?:papier|glas|blik|karton)",
        r"snij (?:\w+ )?(?:groente\w*|brood|kaas|vlees|bloemen|dat onderwerp|het onderwerp)",
        r"(?:\w+ )?in (?:mijn|de|het|mijn eigen|eigen) (?:vinger\w*|duim|budget|vlees|kosten|uitgaven)",
        r"vinger gesneden",
        r"(?:taart|bloemen|hout|kaas|vlees|uien) snijden",
        r"er niet meer zijn (?:op|bij|in|voor) (?:het |de |mijn )?(?:kantoor|werk|school|afspraak)",
        r"stap(?:pen)? eruit(?= (?:\w+ ){0,3}(?:ips|traject|cursus|stage|training|proefplaatsing|opleiding|re ?integratie\w*|jobcoach\w*|baan|project|programma|contract|wgb)\b)",
        r"snij (?:\w+ ){1,4}(?:vlees|groente\w*|brood|kaas|vis|fruit|bloemen|uien|hout|vleeswaren|stof|haar van klanten)",
        r"kan niet meer (?:dan|tegen(?! (?:het|dit|mijn) leven)|zo|inloggen|fulltime|terug|mee|met|lang|werken|slapen|staan|tillen|bij|naar|zien|vinden|lezen|als|op|in het|in mijn|solliciteren|wachten op)",
        r"(?:het )?hoeft niet meer (?:hoor|laat|ik heb|ik weet|want ik heb|is al|het is al|dank\w*|bedankt)",
        r"laat maar (?:het )?hoeft niet meer",
        r"weet (?:het )?niet meer (?:hoe|welke|waar|wat|wie|wanneer|of)",
        r"zin in (?:het )?(?:solliciteren|gesprek|werk|koffie)",
        r"er ~ niet ~ mee eens",
        r"(?:zelfbeschadig\w*|automutil\w*|zelfmoordpoging|suicidepoging) (?:\w+ ){0,2}(?:in (?:mijn|het|zijn|haar) verleden|van vroeger|van lang geleden)",
    )
)
"""Taken out of the text before anything else is looked for."""

EXPLICIT: Tuple[Signal, ...] = (
    *_signals(
        "violence",
        rf"(?:stem|stemmen) (?:\w+ ){{0,8}}{_TARGET} (?:\w+ ){{0,3}}(?:steken|neersteken|doden|doodmaken|vermoorden|slaan|aanvallen|pijn doen|aandoen|wurgen)",
        r"(?:vrees|vreest|bang) (?:\w+ ){0,2}voor (?:mijn|haar|zijn|ons) leven(?= \|| $| en| want| als)",
        rf"(?:steek|steken|stoken|prik) (?:\w+ ){{0,2}}{_VICTIM} <4> (?:neer|dood|lek|kapot|overhoop)",
        rf"{_VICTIM} (?:\w+ ){{0,3}}(?:neer ?(?:te )?(?:steken|schieten)|neersteken|doodsteken|dood ?(?:te )?schieten|doodschieten|dood ?slaan|doodslaan|dood te (?:maken|slaan|steken|schieten))",
        rf"(?:schiet|knal|schieten) (?!mij maar|me door|mezelf)(?:\w+ ){{0,2}}{_VICTIM} <4> (?:neer|dood|lek|overhoop|kapot|af)",
        r"(?:vermoord|vermoorden|doden|killen|kill|afmaken|omleggen|koud maken) (?:ik |ga ik )?(?:hem|haar|hen|ze|jullie|iedereen|iemand|die \w+|mijn (?!eigen)(?:baas|klantmanager|ex|man|vrouw|buurman|collega|chef|moeder|vader|kinderen|kind|behandelaar|begeleider|coach|jobcoach|manager))",
        rf"(?:ga|wil|moet|zal|kom|dreigt|gaan) (?:ik |hij |ze )?{_TARGET} (?:\w+ ){{0,2}}(?:te )?(?:vermoord\w*|doden|doodmaken|afmaken|af maken|killen|kapot maken|kapotmaken|omleggen|neersteken|wurgen|verrot slaan|in elkaar slaan|kapotschieten|pijn doen|neer te steken|iets aan\w*|wat aan\w*)",
        rf"{_TARGET} (?:\w+ ){{0,2}}(?:ga|wil|moet|gaan|zal) (?:\w+ )?(?:vermoord\w*|doden|doodmaken|afmaken|killen|neersteken|wurgen|iets aan\w*|wat aan\w*)",
        r"vermoord (?:hem|haar|ze|die)",
        r"dreig\w* (?:\w+ ){0,3}(?:mij|me|hem|haar|ons|iemand|zijn \w+|haar \w+|de \w+) (?:te |met de )?(?:vermoorden|doden|dood|neer|wat aan|iets aan)",
        r"sla (?:ik )?(?:hem|haar|ze|die \w+|mijn \w+) (?:\w+ )?(?:dood|verrot|het ziekenhuis in|kapot)",
        r"(?:sla|ram|trap|timmer|schop|beuk) (?:hem|haar|ze|die \w+|mijn \w+|jullie) (?:\w+ ){0,2}(?:het )?ziekenhuis in",
        r"(?:doe|ga|wil) (?:ik )?(?:hem|haar|hen|ze|jullie|iemand|die (?:klant\w*|baas|man|vrouw|vent|gast|gozer|trut|lul|\w+ van de \w+|\w+ van het \w+)|(?:de|mijn|zijn|een) (?:klantmanager|baas|ex|man|vrouw|buurman|collega|chef|behandelaar|begeleider|coach|manager|arts|kinderen|moeder|vader)) (?:\w+ ){0,2}(?:wat|iets|pijn) ?(?:aan|aandoe|aandoen)",
        r"(?:de|zijn|een|mijn|haar|die) \w+ (?:iets|wat) (?:\w+ )?aan (?:te |ga |gaat )?doen",
        r"(?:de|zijn|een|mijn|haar|die) (?:behandelaar|klantmanager|collega|baas|ex|begeleider|medewerker|coach|kinderen|vrouw|man) (?:iets|wat|pijn) (?:\w+ )?(?:aan|aandoe\w*|doen|te doen)",
        rf"(?:kom|sta|ga|sta hier|loop|heb|zwaai\w*|opwacht|wacht) (?:\w+ ){{0,7}}met (?:een |mijn |het |zijn )?(?:\w+ )?{_WEAPON}(?! (?:van|in de keuken|om te|rug|steek))",
        rf"met (?:een |mijn )?{_WEAPON} (?:naar|langs|bij|op) (?:de |het )?(?:\w+)",
        rf"{_OFFICE} <5> (?:in brand|in de fik|in de fik|plat|opblazen|in de hens|affikken)",
        rf"(?:steek|steken|zet) <4> {_OFFICE} (?:\w+ ){{0,4}}(?:in brand|in de fik)",
        rf"(?:in brand|in de fik) (?:steken|steek) <5> {_OFFICE}",
        r"(?:hij|die \w+|ze|zij|baas|klantmanager|behandelaar) ga(?:an)? (?:er ?)?er aan(?! onder ?door)",
        r"ga(?:an)? er aan (?:ik weet|wacht maar|die)",
        r"(?:ik|ga) (?:\w+ )?(?:een )?(?:bloedbad|aanslag|slachting)",
        r"(?:hem|haar|ze|jullie|iedereen|allemaal|die \w+) (?:\w+ )?(?:overhoop|kapot) (?:schieten|steken|schiet)",
        r"i(?:m| am)? (?:gonna|going to|will|want to|wanna) (?:kill|stab|shoot|hurt) (?:him|her|them|my|you|someone|everyone)",
    ),
    *_signals(
        "overdose",
        r"(?:allemaal|alles|hele strip|hele doos) (?:\w+ )?(?:ingenomen|geslikt|doorgeslikt)",
        rf"{_MANY} <4> {_MEDICINE} <5> {_SWALLOWED}",
        rf"{_MEDICINE} (?:\w+ ){{0,3}}(?:hele|halve|twee|drie) (?:maand|week|weken|doos|pot|voorraad|strip) (?:\w+ )?{_SWALLOWED}",
        rf"{_MEDICINE} <4> (?:in een keer|tegelijk|allemaal|alles|te ?veel) <3> {_SWALLOWED}",
        rf"(?:heb|heeft|net|zonet|zojuist|al|hebben) <5> {_MEDICINE} (?:\w+ )?(?:geslikt|opgegeten|weggeslikt|naar binnen)",
        rf"(?:slikte|slik|slikt|nam|neemt|at|dronk) (?:ik |hij |ze |zij )?(?:net |nu |daarnet |zojuist |vanmiddag |gisteren )*(?:{_MANY} (?:\w+ ){{0,2}}{_MEDICINE}|alles wat|alle pillen)",
        r"alles (?:\w+ ){0,2}(?:geslikt|ingenomen|opgedronken|doorgeslikt)|(?:geslikt|ingenomen) wat (?:\w+ ){0,6}(?:kastje|huis|vinden|lag|had)",
        rf"{_MANY} (?:\w+ ){{0,2}}{_MEDICINE} (?:op|in zijn|in haar|gehad|en drank|met drank|en alcohol)",
        rf"(?:slik|neem|slikt|neemt) (?:ik )?(?:nu )?(?:alle|al mijn|een hele|alles aan) (?:\w+ )?{_MEDICINE}",
        r"(?:heb|heeft|net|genomen|neem|nam|ging) <4> (?:een )?overdosis",
        r"overdosis <3> (?:genomen|ingenomen|op|geslikt|gehad|medicijnen genomen)",
        r"(?:chloor|bleek|bleekmiddel|gif|vergif|rattengif|antivries|ontstopper|gootsteenontstopper|terpentine|iets giftigs|schoonmaakmiddel|ammoniak) <2> (?:gedronken|ingenomen|geslikt|opgedronken|drinken)",
        r"reageer\w* (?:\w+ )?(?:nergens|niet|niks) meer (?:op|meer)?(?! (?:op )?(?:\w+ )?(?:mail\w*|brie\w*|telefoon\w*|bericht\w*|app\w*|uitnodiging\w*|oproep\w*|niet op|verzoek\w*|contact\w*|voorstel\w*))(?= \|| $| na | ze | hij )",
        rf"(?:bewusteloos|buiten bewustzijn|buiten westen) <9> {_MEDICINE}",
        rf"{_MEDICINE} <9> (?:bewusteloos|buiten bewustzijn|buiten westen)",
        r"(?:lig|ligt|is|ben|raakt|vonden) (?:\w+ ){0,3}(?:bewusteloos|buiten bewustzijn)",
        r"niet (?:meer )?wakker te (?:krijgen|maken)",
        r"lege (?:pillen|medicijn)?\w* ?(?:strips|doosjes|potjes)",
        r"(?:ademt|adem) niet(?: meer)?",
        r"took (?:like |about )?(?:\d{2,3}|twenty|thirty|forty|fifty|sixty) (?:of (?:them|those|my)|pills|meds|tablets)",
        r"took (?:all|too many|a lot of|the whole) (?:of )?(?:my |the )?(?:pills|meds|medication|tablets)|i (?:just )?overdosed",
    ),
    *_signals(
        "suicide",
        # the wish
        r"ik (?:\w+ ){0,3}dood (?:wil|wens)(?! ?maken)",
        r"(?:niet|nooit) (?:meer )?verder leven(?! van| met| op)",
        r"wil (?:\w+ ){0,2}niet meer wakker wor\w+",
        r"aan (?:de |mijn )?(?:dood|doodgaan|sterven|zelfmoord|zelfdoding) (?:\w+ ){0,2}denk\w*",
        r"(?:plan|wens|droom|doel|verlangen) (?:\w+ ){0,5}(?:dood (?:zijn|ben|gaan)|doodgaan|sterven)",
        r"(?:van|uit) (?:de|deze) (?:aardbodem|aarde|wereld|planeet) (?:\w+ )?(?:af|weg|verdwijn\w*|stap\w*)",
        r"(?:god|heer|allah|jezus) (?:\w+ )?(?:neem|haal|roep) (?:me|mij)",
        # what will be better then
        r"(?:rust|opgelucht\w*|opluchting|blij\w*|beter\w*|gelukkiger|makkelijker|fijner|wachten|nodig|missen|merk\w*|niemand|iedereen)"
        r" (?:\w+ ){0,8}(?:als|tot|wanneer|dat) ik (?:\w+ ){0,2}(?:dood (?:ben|ga)|doodga|sterf|er niet meer ben(?! op| bij| voor))",
        # voices
        r"(?:stem|stemmen|in mijn hoofd) (?:[\w|]+ ){0,8}(?:sterf|sterven|doodgaan|(?:uit het|van het|van de|voor de) \w+ (?:moet )?(?:stap\w*|spring\w*)|niet (?:mag|mogen|moet|verdien) leven|van kant)",
        # what was made ready
        r"(?:touw|riem|koord|strop|ceintuur|sjaal|laken) (?:\w+ ){0,3}(?:om|aan|over) (?:de|het|een|mijn|zijn|haar) (?:deurklink|deurkruk|deur|nek|hals|balk|haak|trap|boom|plafond)",
        r"(?:touw|strop|koord) (?:\w+ ){0,2}(?:liggen|klaar\w*|lig)(?= voor| klaar| vanavond| vannacht| \||  ?$| $)",
        r"polsen (?:\w+ ){0,2}(?:\w*snij\w*|open|door|kapot)",
        r"afscheids ?(?:brief\w*|bericht\w*|video|filmpje) (?:\w+ ){0,4}(?:gestuurd|gekregen|gevonden|geschreven|achtergelaten|klaar\w*|gelegd)",
        rf"(?:ga|wil|zal|moet|zou) (?:\w+ ){{0,4}}{_MEDICINE} (?:\w+ ){{0,2}}(?:allemaal|tegelijk|in een keer|alle) (?:\w+ ){{0,2}}(?:innemen|in te nemen|slikken|nemen)",
        r"(?:post|plaats|zet|stuur)\w* (?:\w+ ){0,2}afscheids ?(?:tekst|bericht|video|filmpje)\w*",
        # going there
        r"(?:ik|hij|ze|zij) (?:ga|loop|wil|stap) (?:\w+ )?(?:vanavond |vannacht |straks |morgen |nu |zo )+naar (?:het spoor|de rails)(?= \|| $)",
        r"(?:hij|ze|zij) (?:\w+ ){0,2}op (?:een|het|de) (?:viaduct|brug|dak|spoor|rails|reling|balustrade|flat) (?:\w+ )?(?:sta|lig|zit)(?! te werken)",
        r"(?:om|reden om) niet te springen",
        r"(?:wil|ga|zou|denk|kan) (?:\w+ ){0,6}(?:auto|fiets|brommer|scooter|wagen) (?:\w+ ){0,2}(?:kanaal|water|gracht|rivier|sloot|haven|vaart|zee) in (?:\w+ )?rij\w*",
        rf"(?:mijn|zijn|haar) eigen? (?:\w+ ){{0,2}}(?:verzuup\w*|{_HARM})",
        r"(?:wil|zou|wens|graag|verlang) ~ (?:dood|doodgaan|sterven|sterve)(?! (?:spoor|aan|van|voor))",
        r"(?:wil|wou) (?:\w+ ){0,2}dood",
        r"dood (?:dat )?(?:wil|wilde|wens|ga) (?:ik|hij|ze|zij)",
        r"(?:was|waren|bleef|had) (?:ik|hij|ze|zij) (?:maar |liever |al |beter |toen |gewoon |nou |toch )*dood\w*",
        r"(?:kon|kan|mag|mocht|moet|moest|mogen) (?:ik|hij|ze|zij) (?:maar |liever |al |beter |toen |gewoon |nou |toch |nu )*(?:dood|doodgaan|sterven)",
        r"dat (?:ik|hij|ze|zij) (?:maar |er |gewoon |al |liever |vannacht |nu |zelf )*(?:dood|sterf|doodgaan|doodga|sterft)(?: ga| was| ben| is| mag| kon| wil)?",
        r"(?:ik|hij|ze|zij) (?:maar |er |gewoon |al |liever |nu )*dood (?:ga|ging) (?:dan|is|heeft)",
        r"(?:liever|beter|beter af) (?:\w+ )?dood",
        r"mag ik (?:\w+ ){0,3}dood(?:gaan)?",
        r"niets? anders dan (?:dood|doodgaan|de dood|sterven)|niks anders dan (?:dood|doodgaan|de dood|sterven)",
        r"(?:pas|alleen|enige|dan) (?:\w+ ){0,6}(?:rust|vrede) (?:\w+ ){0,4}dood|dood (?:\w+ ){0,3}rust",
        r"(?:opluchting|bevrijding|verlossing|rust) (?:\w+ ){0,5}(?:als|wanneer) (?:ik|hij|ze) (?:er niet meer|dood)",
        r"(?:viel|val|neerviel) (?:\w+ ){0,2}dood (?:neer|om)|dood (?:neer|om)(?:viel|val|vallen)",
        r"straks dood (?:ben|bent|is)|als ik straks dood",
        r"(?:mezelf|mij|me|laat mij|wil) (?:\w+ ){0,2}(?:inslapen|ingeslapen)",
        r"dan (?:maar |liever )(?:\w+ )?dood",
        r"(?:briefje|brief) (?:\w+ ){0,6}(?:voor (?:mijn|mn) (?:\w+ ){0,6}(?:sorry|spijt|afscheid)|sorry|spijt me)",
        r"(?:niemand|hoeft|kan) (?:\w+ ){0,3}(?:mij|me) (?:\w+ ){0,3}(?:redden|tegenhouden|tegen houden)(?: ik ben al bezig| ik ga)?",
        r"(?:onder|voor) de (?:trein|metro)(?= \|| $)",
        r"tussenuit (?:knijpen|piepen|gaan) (?:en )?(?:\w+ ){0,2}(?:nooit meer|voorgoed|uit het leven)",
        r"(?:mijn|m) (?:eigen )?(?:begrafenis|uitvaart|crematie|graf) (?:\w+ ){0,8}(?:snel|bald|binnenkort|betaald|al|geregeld|uitgezocht|eruitzie)",
        r"ik ga (?:\w+ ){0,2}dood(?= \|| $| en dat| want| dit| deze| vannacht| vanavond| morgen| ik wil)",
        r"poging <3> (?:laten liggen|laten gaan|niet moeten redden|moeten laten)",
        r"(?:jezelf|je jezelf|iemand zich|men zich) (?:ophangt|ophang|ophangen|verdrinkt|verhangt|hang op)",
        r"(?:deed|deden) het (?:\w+ ){0,5}ik ga het (?:ook|zelf) doen",
        r"(?:begrafenis|uitvaart|brief|vinden|familie|kinderen|ouders) (?:\w+ ){0,9}(?:als ik het doe|waarom ik het doe|wanneer ik het doe|voor ik het doe)",
        r"waarom ik het doe (?:\w+ ){0,6}brief",
        r"(?:parkeerdek|dak|flat|brug|balkon|viaduct) (?:\w+ ){0,5}(?:naar de|aan de|op de) rand",
        r"weet (?:precies )?hoeveel (?:\w+ )?(?:te ?veel|genoeg|dodelijk) is",
        r"wil (?:ik )?er (?:nu |gewoon |zelf )?(?:een )?eind aan(?= \|| $)",
        r"ga (?:\w+ ){0,3}het water in (?:\w+ ){0,5}(?:stil|klaar|voorbij|over|niet meer|nooit)",
        r"ik spring(?= \|| $| zeg| nu| straks| vanavond| eraf| ervan| er af)",
        r"(?:ik|hij|ze|zij) moet (?:\w+ )?dood(?:gaan)?(?= \|| $| van| voor| want| en)",
        r"(?:verdrink\w*|ophang\w*|verhang\w*|pillen|trein|springen|polsen) of (?:\w+ ){0,2}(?:verdrink\w*|ophang\w*|verhang\w*|pillen|trein|springen|polsen)",
        r"(?:overleef|overleven|overleeft) (?:je|men|iemand) (?:het|dat|zoiets) (?:\w+ )?(?:niet|nog)(?= \|| $)",
        r"(?:ben|is) (?:ik|je|iemand) (?:dan )?(?:meteen|direct|gelijk|zeker|snel) dood",
        r"(?:mijn|zijn|haar) leven (?:zelf )?(?:te )?beeindig\w*",
        r"stap(?:pen)? (?:ik |hij |ze )?er (?:\w+ ){0,3}uit (?:uit )?(?:het )?leven|ik stap er (?:vanavond|vannacht|morgen|zelf|volgende week|binnenkort|gewoon) uit(?! bij)",
        r"ga (?:er )?(?:\w+ )?(?:tussenuit|ertussenuit) (?:voorgoed|voor altijd|voor eeuwig)",
        # starving on purpose; the dead who wait
        r"(?:eet|drink|eten|drinken) (?:\w+ ){0,6}(?:niks|niets|niet) (?:meer )?(?:\w+ ){0,5}(?:de bedoeling|met opzet|opzettelijk|expres|tot het (?:stopt|voorbij|over|klaar)|tot ik (?:\w+ )?(?:er niet|dood|weg))",
        rf"(?:straks|binnenkort|dan|bijna|morgen|eindelijk|vanavond|vannacht) (?:ben|zie) ik (?:\w+ ){{0,3}}(?:mijn|me|bij) (?:\w+ )?(?:{_KIN}|dochtertje|zoontje|meisje|jongetje|kleintje) (?:\w+ ){{0,3}}(?:hoeft|hoeven|heeft|heb|hebben) (?:niemand|iedereen|jullie|ze) (?:\w+ ){{0,4}}(?:druk|zorgen|last|moeite)",
        # what others see: a farewell that isn't one, and what is arranged
        r"(?:afscheid|gedag|vaarwel|doei|dag|laatste bericht) (?:\w+ ){0,3}(?:gezegd|genomen|gestuurd|geappt) (?:\w+ ){0,9}(?:neemt niet(?:s)? op|onvindbaar|telefoon (?:\w+ )?uit|reageer\w* (?:\w+ )?niet|onbereikbaar|niet te (?:bereiken|vinden)|weggereden|verdwenen)",
        r"(?:hij|ze|zij) (?:\w+ )?(?:het weekend|kerst|de zomer|de winter|de ochtend|zijn verjaardag|haar verjaardag|het einde van de week) (?:waarschijnlijk |zelf |zeker )?niet (?:meer )?(?:ga |zal |gaan )?(?:halen|haalt|redden|redt|overleven|overleeft|meemaken|meemaakt)",
        r"(?:uitkering|wia|wajong|bijstand|pensioen|geld|spaargeld|huis) (?:\w+ ){0,6}als ik (?:overlijd|sterf|doodga|dood ben|er niet meer ben) (?:\w+ ){0,6}(?:regel|geregeld|morgen|volgende week|deze week|binnenkort|zondag|weekend)",
        r"(?:chip|zender|satelliet|stralen|televisie|tv|radio|god|duivel|geesten|demonen|engelen|buitenaards\w*) (?:[\w]+ ){0,12}dat ik (?:\w+ ){0,4}(?:van|voor|uit) (?:het|de) (?:dak|raam|brug|flat|trein|balkon)",
        r"(?:ik|hij|ze) ga (?:er )?(?:\w+ )?(?:tussenuit|ertussenuit) (?:voorgoed|voor altijd|met pillen|uit het leven)",
        r"(?:van|onder) (?:het|de) (?:spoor|trein|weg|straat) (?:schrapen|vegen|krabben|vandaan halen)",
        r"(?:zolder|schuur|bos|garage|boom|weg|loopt|loop|zit|balk) (?:\w+ )?met (?:een )?(?:touw|strop|koord|riem)",
        r"ga (?:\w+ )?(?:van|over) (?:de|een) (?:brug|flat|dak|toren|reling)(?= \|| $| af)",
        r"dood (?:is|was|lijkt|zou|zijn is) (?:me |mij |voor mij |mij |het |zijn )?(?:\w+ )?(?:beter|fijner|liever|opluchting|oplossing|makkelijker|uitkomst|goed|wel fijn|fijn|bevrijding|verlossing)",
        r"dood (?:\w+ )?(?:fijner|beter|liever)",
        r"(?:kies|kiezen) <3> (?:de )?dood",
        r"laat (?:me|mij|hem|haar|ons) (?:maar |toch |gewoon |nu )*(?:doodgaan|dood|sterven)",
        r"had(?:den)? (?:ik |me |mij |er )?(?:\w+ )?(?:dood moeten|moeten sterven|dood moeten gaan|me niet gered|me niet gevonden)",
        r"(?:verlang\w*|snak\w*|uitkijk\w*|smacht\w*) (?:\w+ ){0,2}(?:naar|er ?naar) (?:de )?dood",
        r"(?:denk|denkt|gedachten|denken) (?:\w+ ){0,4}(?:aan|over) (?:de |mijn )?(?:dood|doodgaan|sterven|zelfmoord\w*|suicide|zelfdoding)",
        r"(?:wil|wou|hoeft|hoef|kan|weiger|mag|hoop|zin|durf|verdien|probeer|blijf) ~ (?:niet|nooit|geen|om niet) ~ (?:leven|bestaan)",
        r"(?:wil|weiger|hoeft|hoef|zie|wens) (?:\w+ ){0,3}niet (?:meer|langer|verder) (?:\w+ ){0,2}(?:leven|bestaan)",
        r"niet (?:meer|langer|verder) (?:\w+ )?(?:wil|hoeft|kan|durft|wens|zou)(?: \w+)? leven|niet wil leven|niet leven wil|niet leven meer|leven niet meer|niet meer leven",
        r"leven (?:wil|hoeft) (?:ik |voor mij |van mij |het )?(?:niet|nooit)",
        r"hoeft het leven (?:\w+ ){0,3}niet",
        r"leven hoeft (?:\w+ ){0,3}niet",
        r"(?:stop|stoppen|kap|kappen|ophouden|klaar|done|gestopt) (?:\w+ ){0,2}met (?:het |mijn |te |dit )?leven",
        r"klaar met het leven",
        r"geen (?:zin|reden|wil|behoefte) (?:\w+ )?(?:meer )?(?:\w+ )?(?:om |in )(?:te |het |mijn |dit )?(?:\w+ )?(?:leven|bestaan)",
        r"(?:leven|bestaan) <5> geen zin meer <6> (?:dood|doodgaan|eruit|eind|stappen)",
        r"(?:levensmoe|doodswens|levensbeu|doodsverlangen|doodswensen)",
        r"(?:van het|uit het|uit dit|van dit|uit mijn|uit zijn|uit haar) leven (?:\w+ ){0,2}(?:af|weg|stap|stappen|beroven|beroof|beroofd|gaan|ga|te stappen|gestapt)",
        r"(?:weg|stap|stappen|af|ga|gaan|verdwijnen|wil) <3> (?:uit het|van het|uit dit|van dit) leven(?! van)",
        r"(?:mijn|zijn|haar|het) leven (?:stop|beeindig|eindig)(?:en|t)? (?:ik|wil|ga|hij|ze|zelf)",
        r"(?:eind|einde|punt) (?:aan|achter) (?:mijn|het|zijn|haar|dit|t) (?:\w+ )?(?:leven|bestaan|lijden)",
        r"er (?:\w+ ){0,3}eind (?:aan|er aan) (?:\w+ ){0,3}(?:maken|maak|gemaakt|maakt|te maken)",
        r"(?:maak|maken|maakte) ~ (?:er|ik er) (?:\w+ ){0,4}eind (?:aan|er aan)(?! (?:de|het|dat|die|mijn|dit|deze) (?!leven|ellende|pijn|lijden))",
        r"(?:maken|maak) (?:er )?(?:een )?eind (?:er ?)?aan(?: (?:\||$))",
        r"eind aan (?:ga )?(?:maken|maak)",
        r"(?:van kant|vankant)",
        rf"(?:mezelf|zichzelf|jezelf) (?:\w+ ){{0,3}}(?:te |gaan |wil |ga )?{_HARM}",
        r"(?:me|zich|mij|ons) (?:\w+ )?(?:ga |gaan |te |wil )?(?:ophangt?|ophangen|opgehangen|op hangen|verhang\w*|ophange|opknopen|verdrinken|verzuip\w*|verzoep\w*|verdoen|van kant|doodmaken|doodschieten|voor de kop|voor mijn kop|door mijn kop|door de kop)(?! in (?:het )?(?:papier\w*|werk|administratie))",
        r"(?:hang|knoop|hing) (?:ik |hij |ze )?(?:me|mezelf|zich|zichzelf|mij) (?:\w+ ){0,2}op",
        r"(?:verhang|verdrink) (?:ik |hij |ze )?(?:me|mezelf|zich|zichzelf|mij)(?! in (?:het |de )?(?:papier\w*|werk|administratie))",
        r"maak (?:ik |hij |ze )?(?:me|mezelf|zich|zichzelf|mij) (?:\w+ ){0,2}(?:dood|van kant|af(?! van)|kapot(?! (?:van|door|op|met)))",
        r"(?:schiet|jaag|jagen|schieten) (?:ik |hij |ze )?(?:me|mezelf|zich|zichzelf|mij|een kogel) (?:\w+ ){0,3}(?:dood|kop|hoofd|overhoop)",
        r"(?:snij|sneed) (?:ik |hij |ze )?(?:me|mezelf|zich|zichzelf|mij) (?:\w+ )?(?:de keel|keel|dood)",
        r"(?:zelfmoord|suicide|zelfdoding) gepleegd (?:\w+ ){0,3}ik (?:wil|ga|denk) (?:\w+ ){0,3}ook",
        r"(?:zelfmoord|suicide|zelfdoding|suicidaal|zelfmoordgedachten|zelfmoordneigingen|suicidegedachten|suicideplannen|zelfmoordplannen|suicidale|suicidaliteit|sueicide)",
        r"(?:zelfdoden|zelf doden|suicideer\w*)",
        r"(?:zelfmoord|suicide|zelfdodings?)(?:wens\w*|uiting\w*|uitspra\w*|dreig\w*|ideatie|intentie\w*)",
        r"(?:zichzelf|zich|mezelf|me|mij) (?:\w+ ){0,2}in (?:brand|de fik|de hens) (?:te )?(?:steken|steek|zetten|zet)",
        r"(?:steek|steken) (?:ik |hij |ze )?(?:zichzelf|zich|mezelf|me) (?:\w+ ){0,2}in (?:brand|de fik|de hens)",
        r"(?:ts|zelfmoordpoging) (?:gedaan|gepleegd|ondernomen)|(?:deed|pleegde|ondernam) (?:\w+ ){0,2}ts",
        r"dat (?!het |de |een |mijn )\w+ (?:\w+ )?dood wil(?! maken| hebben| zien| steken| slaan)",
        # stepping out
        r"(?:stap|stappen|stapt|gestapt) (?:ik )?(?:er )?zelf (?:er)? ?uit",
        r"er ?zelf (?:er)? ?uit ?(?:te )?(?:stap\w*|gestapt)",
        r"zelf (?:eruit|er uit) (?:te )?(?:stap\w*)",
        r"(?:wil|wou|ga|kan|moet) (?:\w+ ){0,3}van (?:deze|de) (?:aarde|aardbol|wereld) (?:af|weg|verdwijnen)",
        r"(?:rijd|stuur|reed) (?:\w+ ){0,5}van de (?:weg|dijk|brug) (?:af|rijden)",
        r"(?:besluit|besloten|beslissing|knoop doorgehakt) (?:\w+ ){0,6}(?:er (?:\w+ ){0,3}niet meer|uit het leven|eruit|eind aan)",
        r"(?:eruit|er niet meer|weg) (?:ik heb )?(?:het |mijn )?(?:besluit|besloten)(?: genomen)?",
        # not waking up, an accident, illness
        r"(?:wil|hoop|hoopt|zou|slapen|bid|wens|als|mag|liefst|slaap|nemen|neem|pillen) <8> (?:niet|nooit) (?:meer )?(?:\w+ ){0,2}wakker (?:te )?(?:word|wordt|worden|hoef\w*)(?! van)",
        r"(?:voor altijd|voor eeuwig|voorgoed|eeuwig) (?:slapen|inslapen)|(?:slapen|inslapen) (?:voor altijd|voor eeuwig|voorgoed)",
        r"(?:niet|nooit) meer (?:te )?(?:opstaan|ontwaken)(?= \|| $)",
        r"(?:ochtend|morgen|dag|volgende week|verjaardag|kerst|winter|zomer|weekend) niet (?:meer )?(?:haal|halen|haalt|meemaak|mee te maken)",
        rf"(?:hoop|hoopt|wens|bid|mag|laat|liefst|hopelijk) <8> (?:{_RAIL}|hartaanval|kanker|hartstilstand|ongeluk|beroerte|hersenbloeding|tumor) <4> (?:schept|overrijdt|aanrijdt|doodrijdt|raakt|grijpt|krijg|pakt|krijgt|mij|me|schep|overrijd|omver|klaar)",
        r"(?:hoop|hoopt|wens|wou|wil) (?:\w+ ){0,4}(?:vliegtuig|auto|bus|trein|lift|dak|huis|bliksem) (?:\w+ ){0,4}(?:neerstort|crasht|verongelukt|ontspoort|instort|inslaat|in brand)",
        r"(?:poging|pogingen|het) (?:\w+ ){0,2}(?:toen|destijds|vorig jaar|die keer|wel) (?:\w+ ){0,2}(?:gelukt|geslaagd) (?:was|waren)",
        rf"{_RAIL} (?:me|mij) (?:\w+ )?(?:schept|overrijdt|doodrijdt|schep|overrijd)",
        r"(?:schept|overrijdt|doodrijdt) (?:een|de) \w+ (?:me|mij)",
        r"(?:mijn|m) hart (?:\w+ ){0,2}(?:stopt|ermee ophoudt|stop)",
        r"(?:niet|nooit) (?:\w+ )?overleefd",
        r"(?:god|allah|heer|iemand) (?:me|mij) (?:\w+ )?(?:komt? halen|haalt|haal|halen|dood)",
        # others are better off
        r"(?:beter|fijner|gelukkiger|makkelijker|mooier|opgelucht|rust|rustiger)(?: af)? (?:\w+ ){0,4}zonder (?:mij|me|hem|haar)(?! (?:op het werk|op kantoor|in het team))",
        r"zonder (?:mij|me|hem|haar(?! (?:\w+ )?(?:collegas?|baas|chef|team|coach|jobcoach|begeleider|medicijn\w*|medicatie|werk))) (?:\w+ ){0,4}(?:beter|fijner|gelukkiger|rust|makkelijker)",
        r"(?:beter|rust|af|verlost|opgelucht|klaar|blij|fijner|last) (?:\w+ ){0,5}(?:als|wanneer) (?:ik|hij|ze|zij) er niet (?:meer )?(?:ben|was|is|zou zijn)",
        r"als (?:ik|hij|ze) (?:er niet (?:meer )?(?:ben|was|is)|dood (?:ben|was|is|ga)|doodga|doodgaan) <4> (?:beter|rust|verlost|niemand|opgelucht|blij|fijner|last)",
        r"(?:missen|huilen|merken|mist|huilt|erg vinden|verdrietig) (?:\w+ ){0,3}als (?:ik|hij|ze) (?:er niet meer (?:ben|was|is)|dood (?:ben|was|is|ga)|doodga)",
        r"geen last meer van (?:mij|me)",
        # to someone who died
        rf"(?:wil|ga|straks|verlang|liever|mag|wou|binnenkort|snel|volg|dichtbij) <6> (?:naar|bij|achter) (?:(?!graf|begrafenis|crematie|uitvaart|verlof)\w+ ){{0,3}}{_KIN} (?:\w+ ){{0,6}}(?:dood|overleden|hemel|gestorven|achterna|ster|boven|kerkhof|begraven)",
        rf"(?:naar|bij) (?:mijn )?(?:overleden|dode|gestorven) {_KIN} (?:\w+ )?(?:zijn|toe|gaan)",
        r"(?:naar|in) de hemel (?:\w+ )?(?:zijn|gaan|toe|wil|ga)",
        r"(?:wil|ga) (?:\w+ ){0,4}(?:naar|in) de hemel",
        r"(?:volg|ga|ik) (?:\w+ ){0,2}(?:hem|haar|broer|zus|vader|moeder|man|vrouw|zoon|dochter|papa|mama) (?:\w+ )?(?:achterna|in de dood)",
        # preparations
        rf"{_MEDICINE} <6> (?:klaar\w*|opgespaard|gespaard|verzameld|opsparen|sparen|gehamsterd|bewaard om|bewaard voor|naast (?:mijn|het|zijn|haar) bed)",
        rf"(?:spaar|sparen|verzamel|hamster|spaart|verzamelt) (?:ik |nu |al |hij |ze )?(?:\w+ ){{0,4}}{_MEDICINE}",
        rf"{_MEDICINE} (?:spaar|bewaar|verstop|hamster|spaart)(?: \w+)? (?:onder|in|achter|voor)",
        rf"{_MEDICINE} <3> (?:om )?(?:dood|doodgaan|niet meer wakker|eind|sterven)",
        r"afscheids ?brie\w+",
        r"(?:brief|brieven|briefje) <5> (?:klaar|afscheid|liggen|ligt)(?= .*(?:zover|dood|testament|weg|vrijdag|niet meer|eind))",
        r"(?:testament|uitvaart|begrafenis|crematie|kist) <9> (?:alleen de dag nog|alleen (?:nog )?(?:de|het) (?:dag|moment|tijdstip))",
        r"(?:testament|uitvaart|begrafenis) <5> (?:geregeld|klaar|gemaakt|vastgelegd) <6> (?:zover|brie\w+|dood|weg|klaar|zondag|vrijdag|morgen|vanavond)",
        r"voor na mijn dood",
        r"(?:touw|koord|strop|galg|strik) <6> (?:gekocht|klaar\w*|gehaald|besteld|hangt|hang|in huis|gelegd|gemaakt|geknoopt|gezocht|in de schuur|op zolder)",
        r"(?:gekocht|koop|haal|haalde|besteld|zoek|kocht|klaargelegd|kopen|geknoopt) <4> (?:touw|koord|strop)(?! (?:voor|om te) (?:\w+ )?(?:werk|boot|zeil))",
        r"(?:touw|strop|riem|koord) om (?:mijn|zijn|haar|de) (?:nek|hals|keel)",
        r"(?:pistool|wapen|geweer|mes) <5> (?:mezelf|mijn hoofd|mijn mond|mijn keel|mijn polsen|op mezelf)",
        r"(?:afscheid) (?:\w+ ){0,3}(?:van (?:iedereen|het leven|mijn kinderen|mijn familie|de wereld|dit leven|alles))",
        r"(?:mijn|m) (?:laatste|allerlaatste) (?:bericht|woorden|avond|nacht|dag op aarde|dag hier)(?= \|| $)",
        r"dit is (?:mijn|het|een|ons) (?:laatste )?afscheid(?= \|| $| van (?:jullie|het leven|alles))",
        r"(?:vaarwel|adieu) (?:\w+ )?(?:allemaal|iedereen|wereld|lieve|leven)|(?:eind|einde) vaarwel",
        r"zeg (?:\w+ ){0,2}(?:tegen|aan) (?:mijn )?(?:\w+ )dat ik van (?:ze|hem|haar|hen) (?:hou|hield|heb gehouden)",
        r"dit is (?:het|mijn) eind (?:vaarwel|voor mij|dag)",
        # the place and the way
        r"(?:opgezocht|uitgezocht|gekeken|gegoogeld|gegoogled|weet|berekend|zoek|zoeken) (?:\w+ ){0,3}(?:hoe|welke) (?:hoog|hoge|diep|hard|snel|brug|flat|\w+ val) (?:\w+ ){0,3}(?:flat|brug|gebouw|toren|trein|dak|water|hoog genoeg)",
        r"(?:spring|springen|loop|lopen|stap|stappen|gaan) (?:ik )?(?:er )?(?:maar )?(?:in het water|het water in|in zee|de zee in|in het kanaal|het kanaal in) (?:\w+ ){0,4}(?:niet meer|nooit|boven|terug|verdrink\w*|zinken)",
        r"(?:eraf|ervoor|erin|er af|er voor|er in) (?:stappen|springen|spring|stap|storten|duiken) (?:\w+ ){0,3}(?:als|trein|en|metro|dood|niet meer)",
        r"(?:sta|staan|zit|zitten|hang|loop|ben|klim|lig|stond|rand|zit) (?:\w+ ){0,5}(?:op|aan|bij|van|over|boven|naar|langs) (?:de |het |een |t )?(?:rand van (?:de |het |een )?)?(?:dak|brug|spoor|rails|viaduct|balustrade|reling|treinspoor|spoorlijn|spoorbrug|spoorwegovergang)(?! (?:te werken|als|monteur|aan het werk))",
        r"(?:sta|zit|boven|rand|stond) <4> (?:op|van|bovenop) (?:een |de |het )?(?:flat|gebouw|perron|balkon|toren|parkeergarage|vensterbank) (?:\w+ ){0,6}(?:spring\w*|naar beneden|trein|af)",
        rf"(?:spring|springen|gesprongen|stort|storten|gooi|gooien|laat me vallen) (?:\w+ ){{0,5}}(?:van|uit|af|vanaf) (?:\w+ ){{0,2}}{_HEIGHT}",
        rf"(?:van|uit|vanaf|op) (?:de|het|een|t|mijn)? ?(?:\w+ )?{_HEIGHT} (?:\w+ ){{0,3}}(?:spring\w*|gesprongen|te springen|storten|afspringen|naar beneden)",
        rf"(?:spring|springen|gooi|gooien|lig|liggen|leg|stap|stappen|loop|lopen|duik|werp|gesprongen) (?:\w+ ){{0,4}}(?:voor|onder|tegen|op) (?:de |het |een |die )?(?:\w+ )?(?:{_RAIL}|rails|spoor)(?! in)",
        r"ga (?:\w+ ){0,3}(?:voor|onder) (?:de |een )?(?:trein|metro|tram|vrachtwagen)(?! (?:van|naar|richting|halen|op tijd|abonnement|kosten))",
        rf"(?:voor|onder) (?:de |het |een |die )?(?:{_RAIL}) (?:\w+ ){{0,4}}(?:spring\w*|gaan|ga|gaat|liggen|lig|gooi\w*|lopen|loop|stap\w*|moet|te gaan|duiken|wil)",
        r"spring (?:de )?(?:trein|metro)",
        r"(?:rijd|rijden|knal|stuur|crash|reed|rij) (?:\w+ ){0,6}(?:tegen|in) (?:een |de |het )?(?:\w+ )?(?:boom|pijler|muur|viaduct|kanaal|water|sloot|vangrail|gracht|betonblok|tegenligger)",
        r"(?:tegen|in) (?:een |de |het )?(?:\w+ )?(?:boom|pijler|muur|viaduct|kanaal|vangrail|gracht|betonblok|tegenligger) (?:\w+ ){0,2}(?:rijd|rijden|knallen|crashen|sturen|te rijden|knal)",
        r"oversteek\w* (?:\w+ ){0,3}zonder (?:te )?kijken|steek (?:\w+ )?over zonder (?:te )?kijken",
        # gone soon
        r"(?:mijn|dit is|is dit|dit) (?:mijn )?laatste (?:herfst|winter|lente|zomer|kerst|jaar|maand|week|dagen|verjaardag)(?= \|| $| ik| en dan)",
        r"van plan (?:\w+ ){0,3}er (?:\w+ ){0,3}niet meer te zijn",
        r"(?:wil|wilt|wou|wilde|willen|zou willen) (?:\w+ ){0,3}er (?:\w+ ){0,2}niet meer zijn (?:\| )?(?:als|wanneer|zodra|omdat|want)"
        r" (?:ik|hij|zij|het|dit|dat|alles|(?:de|mijn|zijn|haar) (?:uitkering|keuring|ontslag|baan|schulden))(?! (?:op|bij|in) )",
        r"(?:beter )?af bij het leven|(?:meld|schrijf) me (?:\w+ )?(?:uit|af) (?:bij|van|uit) het leven",
        r"kogel (?:\w+ ){0,3}(?:goedkoper|beter|sneller|genoeg|door mijn|voor mij)",
        r"(?:spoorwegovergang|spoor|perron|trein|brug|viaduct) <5> (?:denk|dacht)(?: ik)?(?: \| | )(?:nu|spring|doe het|ga|gewoon)(?= \|| $)",
        r"(?:pillen|medicijnen|tabletten|medicatie) spaar\w*|spaart (?:\w+ ){0,3}pillen",
        r"(?:morgen|straks|volgende (?:week|maand|keer)|binnenkort|over een (?:week|maand)|over \w+ (?:dagen|weken)|vrijdag|zondag|maandag|lezen|leest|vanavond|toch|na (?:vandaag|vanavond|morgen|vannacht)) (?:\w+ ){0,6}er (?:\w+ )?niet meer(?: (?:ben|is|zijn|bent|zal zijn))?(?! (?:op|bij|in|naar)\b)",
        r"er (?:morgen|straks|volgende week|vanavond|dan) (?:\w+ )?niet meer (?:ben|is|zijn)",
        r"(?:dan|morgen|straks|week|maand) (?:\w+ )?leven (?:ik|hij|ze|zij) niet",
        r"want (?:dan|straks) ben ik (?:er niet meer|dood)|dan ben ik er niet meer(?! (?:bij|op|in))",
        r"geen (?:morgen|toekomst|volgende dag) meer voor (?:mij|me) (?:ik|vanavond|na)",
        r"(?:vannacht|vanavond|morgen|vandaag|zondag|vrijdag|zaterdag) (?:\w+ ){0,2}(?:doe ik het|is het zover|ga ik het doen|ben ik weg|maak ik het af|stap ik)",
        r"volgende keer (?:lukt|slaagt|doe ik)",
        r"(?:eeuwige rust|zelfgekozen dood|zelfgekozen eind)",
        # means and ways asked for
        r"hoeveel (?:\w+ ){1,4}(?:dodelijk|om dood|dood\w*|overdosis|fataal|genoeg om|nodig om)",
        r"(?:dodelijke?|fatale) (?:dosis|hoeveelheid|middel|middelen|combinatie|pil)",
        r"(?:medicijnen|pillen|middel) <2> (?:zijn |is )?dodelijk",
        r"(?:pijnloos|pijnloze|zonder pijn|snelste?|snelst|makkelijkste?|zekere|beste|zachte|makkelijk|hoe snel|hoe) (?:\w+ ){0,6}(?:doodgaan|dood te gaan|sterven|dood kan|zelfmoord|er een eind aan|kan ik dood|doodga)(?! (?:\w+ )?(?:klant|nabestaanden))",
        r"doodmaken (?:\w+ )?zonder pijn|hoe maak ik mezelf",
        r"(?:drion|laatste wil pil|zelfmoordpil|laatstewil)",
        # euthanasia because of mental suffering
        r"(?:ik|mijn|client|klant|hij|ze|wil|patient|dochter|zoon) (?:\w+ ){0,6}euthanasie\w*(?! (?:gekregen|gehad|verlof))",
        r"euthanasie\w* (?:\w+ ){0,6}(?:aanvragen|krijgen|voor mij|psychisch\w*|depressie|geestelijk|want ik|omdat ik|wachtlijst|ik|traject|verzoek)(?! \w+ wet)",
        r"(?:wil|geef|krijg) (?:\w+ ){0,3}spuitje",
        # harm to oneself, unspecified
        r"(?:mezelf|zichzelf|jezelf|me|zich) (?:\w+ ){0,3}(?:iets|wat|letsel) (?:\w+ ){0,2}(?:aan\w*|toebreng\w*|toe te brengen)",
        r"(?:iets|wat) aan(?:doe|doen)? (?:mezelf|zichzelf)",
        r"(?:niet veilig voor|gevaar voor|bang voor) (?:mezelf|zichzelf)",
        r"vertrouw mezelf (?:\w+ )?niet(?: meer)?(?= \|| $| vannacht| vanavond| vandaag| met | als ik| ik ben| alleen)",
        # voices
        r"(?:stem|stemmen|duivel|satan|god|demon|demonen|duiveltje|engel|engelen|jinn|djinn) <6> (?:zeg\w*|wil\w*|beve\w+|opdracht|fluister\w*|roep\w*|moet|dwing\w*|vertel\w*|schreeuw\w*) <8> (?:spring\w*|dood\w*|doden|vermoord\w*|steken|balkon|trein|brug|snij\w*|raam|dak|mezelf|hangen)",
        # attempts
        r"(?:zelfmoordpoging|suicidepoging) (?!van jaren)(?:\w+ ){0,9}(?:weer|opnieuw|terug|nog|bang|nu|volgende|mislukt|niet gelukt|vandaag|gisteren|week|gedaan)",
        r"(?:gisteren|vorige week|laatst|vannacht|vandaag|net|vorige maand|weer|afgelopen) (?:\w+ ){0,5}(?:zelfmoordpoging|suicidepoging)",
        r"poging (?!tot|om)(?:\w+ ){0,6}(?:weer|opnieuw|nog steeds|komt terug|volgende keer|mislukt|niet gelukt|er ?mee|dood|leven|eind)",
        r"geprobeerd (?:\w+ ){0,4}(?:eind aan|mezelf|zichzelf|dood|uit het leven|eruit)",
    ),
    *_signals(
        "self_harm",
        r"(?:drang|aandrang|neiging|dwang) (?:\w+ ){0,4}te (?:snijden|krassen|branden|automutileren|snijen)",
        r"(?:dan|moet|ga|blijf) (?:ik )?(?:me )?(?:snij|snijden|snijen)(?: ik)?(?= \|| $)|(?:kerven|gekerfd|kerf) (?:\w+ ){0,2}(?:mezelf|in mijn)|(?:in )?mezelf (?:\w+ ){0,2}(?:kerven|gekerfd|kerf|krassen)",
        r"(?:snij|snijden|gaan snijden|begonnen met snijden) (?:ik )?weer(?= \|| $)|(?:weer|opnieuw) (?:\w+ )?(?:gaan |begonnen met )snijden|ik snij weer",
        r"(?:snij|snijden|gesneden|kras|krassen|gekrast|krab|brand|gebrand|sneed|verwond|verwonden|beschadig|beschadigen|beschadigd|pijnig|verminkt?|sla|slaan|prik|bijt|steek) (?:\w+ ){0,3}(?:mezelf|zichzelf|jezelf|mijn ?eigen)(?! (?:voor|over|in de vinger))",
        r"(?:mezelf|zichzelf|jezelf) (?:\w+ ){0,3}(?:snij\w*|gesneden|gekrast|krassen|branden|gebrand|verwond\w*|beschadig\w*|pijn doen|pijn doe|pijn doet|pijn gedaan|pijn|slaan|verminken|snee)",
        r"(?:doe|doen) (?:ik )?(?:mezelf|zichzelf) (?:\w+ )?pijn",
        r"(?:snij|snijden|kras|krab|krassen|brand|kerf) (?:\w+ ){0,5}in (?:mijn|zijn|haar) (?:\w+ )?(?:arm\w*|been|benen|pols\w*|bovenbe\w*|huid|buik)",
        r"(?:snij|kras) (?:ik |ze |hij )?(?:\w+ ){0,3}dieper",
        r"(?:snij|snijden|gesneden|kras|krab|krassen|brand|branden|snee|sneed|sneeen|sneetjes|inkerf) (?:ik |ze |hij |me |zich |weer |altijd |mij |elke \w+ )*(?:in |op |over )?(?:mijn|zijn|haar|de|m) (?:\w+ )?(?:arm\w*|pols\w*|been|benen|bovenbe\w*|huid|lichaam|buik)",
        r"(?:arm\w*|pols\w*|been|benen|huid|lichaam|lijf) (?:\w+ )?(?:gesneden|doorgesneden|open\w*|snij\w*|krassen|gekrast|verbrand)",
        r"(?:snij|snijdt|snijden) (?:\w+ )?(?:zich|me)(?= |$)(?! (?:in|aan|met|goed|lekker))",
        r"(?:haal|snij|sneed|haalde) (?:mijn|zijn|haar) polsen",
        r"automutil\w*|zelfbeschadig\w*|zelfverwond\w*|zelfvermink\w*|zelf beschadiging|zelf verminking",
        r"tot (?:het|ik) (?:\w+ )?bloed\w*|tot bloedens",
        r"(?:sla|bonk|bons|ram|bonken) (?:\w+ ){0,3}(?:mijn|zijn|haar) (?:hoofd|kop) (?:\w+ )?(?:tegen|op)",
        r"krassen op (?:haar|zijn|mijn) (?:arm\w*|been|benen|pols\w*)",
        r"van het snijden|cut(?:ting)? myself|hurt(?:ing)? myself|self ?harm\w*",
    ),
    *_signals(
        "abuse",
        # who hits, chokes, rapes: in the present tense, then shortly ago
        rf"{_NEAR_ONE} (?:\w+ ){{0,4}}{_HITS} {_HIT}{_NOT_PASSED_OVER}",
        rf"{_HITS} {_NEAR_ONE} {_HIT}{_NOT_PASSED_OVER}",
        rf"{_NEAR_ONE} (?:\w+ ){{0,2}}{_HIT} (?:\w+ ){{0,6}}{_HITS}(?! (?:over|af|aan|op|tegen)\b)(?= \| | $| en | als | want | dat )",
        rf"(?:hij|zij|ze|man|vrouw|partner|ex|vriend|vriendin|vader|moeder|stiefvader|broer|zoon|oom|baas|chef|collega|begeleider|huisgenoot) heb {_HIT} (?:\w+ ){{0,5}}{_WAS_HIT}",
        rf"{_NEAR_ONE} heb {_HIT} (?:\w+ ){{0,3}}{_LATELY} (?:\w+ ){{0,4}}{_WAS_HIT}",
        rf"{_LATELY} heb {_NEAR_ONE} {_HIT} (?:\w+ ){{0,5}}{_WAS_HIT}",
        rf"(?:word|wordt|worden) (?:\w+ ){{0,6}}{_WAS_HIT}",
        rf"{_WAS_HIT} (?:word|wordt)(?= )",
        rf"(?:ben|is) (?:\w+ ){{0,3}}{_LATELY} (?:\w+ ){{0,4}}{_WAS_HIT}",
        r"handen? (?:\w+ )?(?:om|rond|op) (?:mijn|haar|zijn) (?:keel|nek|hals|strot)",
        r"(?:bij|naar) (?:mijn|haar|de) (?:keel|strot) (?:\w+ )?(?:gegrepen|gepakt|grijpt|pakt|vast)",
        r"(?:knijp|knijpt|kneep) (?:\w+ ){0,2}(?:mijn|haar) (?:keel|strot) (?:dicht|toe)",
        r"(?:onder de|vol|overal) blauwe plekken (?:\w+ ){0,4}(?:van|door) (?:hem|haar|mijn|zijn)|bont en blauw",
        r"(?:krijg|krijgt|vang|vangt) (?:\w+ ){0,3}klappen (?:\w+ ){0,2}(?:van (?:hem|haar|mijn|zijn)|thuis|als (?:ik|hij|ze))|thuis (?:\w+ ){0,3}klappen",
        r"(?:pa|ma|vader|moeder|stiefvader|man|vriend|broer|hij) (?:\w+ ){0,9}(?:krijg|vang|krijgen|vangen) (?:ik |ze |we |wij )?(?:\w+ ){0,2}klappen",
        r"losse handen|handen niet thuis (?:\w+ ){0,3}(?:sla|klappen|bang)",
        # locked up or forced
        rf"opgesloten (?:\w+ ){{0,3}}(?:door|van) (?:\w+ )?{_NEAR_ONE}",
        r"(?:kelder|schuur|zolder|kast|badkamer|slaapkamer|kamer|woning|huis) (?:\w+ ){0,3}opgesloten(?! door het virus)",
        rf"{_NEAR_ONE} (?:sluit|sloot|hou|hield) (?:me|mij|haar|hem|ons) (?:\w+ ){{0,4}}(?:op|opgesloten|gevangen|binnen)(?! de hoogte| de gaten)",
        rf"mag (?:ik |ze |zij |hij )?(?:\w+ ){{0,3}}van {_NEAR_ONE} (?:\w+ ){{0,3}}(?:(?:niet|nooit) (?:meer )?(?:alleen )?(?:het huis uit|de deur uit|naar buiten)|(?:het huis|de deur) (?:niet|nooit) (?:meer )?(?:alleen )?uit)",
        rf"(?:moet|dwing\w*) (?:\w+ ){{0,3}}(?:van {_NEAR_ONE}|me|mij|haar) (?:\w+ ){{0,4}}(?:seks|met (?:andere |vreemde )?mannen|de prostitutie|mijn lichaam)",
        r"(?:vader|stiefvader|pleegvader|broer|stiefbroer|oom|opa|buurman|begeleider) (?:\w+ ){0,4}bij (?:me|mij|haar|ons) in bed",
        r"mag (?:ik |ze |zij )?(?:\w+ ){0,3}niet (?:werken|naar mijn werk|naar school|bellen) van (?:hem|mijn (?:man|vriend|vader|schoonfamilie|familie)) (?:\w+ ){0,2}(?:anders|want)",
        # no safe home
        r"durf\w* (?:\w+ ){0,3}(?:niet|nooit) (?:meer )?(?:\w+ ){0,2}naar huis(?! te (?:bellen|schrijven|mailen))",
        r"(?:bang|angst) (?:\w+ ){0,3}(?:om )?naar huis te ga|bang (?:\w+ ){0,2}thuis te komen",
        r"(?:bang|doodsbang|schrik) (?:\w+ ){0,2}(?:voor|van) mijn (?:eigen )?(?:man|vrouw|partner|vriend|vriendin|ex|vader|stiefvader|broer|zoon)(?= \| | $| en | want | als | die | hij | ze )",
        r"thuis (?:\w+ ){0,4}niet (?:meer )?veilig|niet (?:meer )?veilig (?:\w+ ){0,2}thuis|niet (?:meer )?veilig bij (?:mijn|hem|haar)",
        r"(?:husband|boyfriend|partner|father|dad|wife|he|she|ex) (?:\w+ ){0,2}(?:hits|beats|hit|beat|chokes|choked|rapes|raped|abuses|kicks|locks) me",
    ),
)  # fmt: skip
SQUASHED: re.Pattern[str] = re.compile(
    r"i?kwil(?:gewoon|echt|graag)?dood(?!gewoon|normaal|leuk|stil|op|moe)|wilniet?meerleven(?!van|op|met|als)|maakereene?inde?aan|zelfmoordplegen"
    r"|mezelfvankant|mezelfdoodmaken|ikgamezelfophangen|ikwilsterven"
)
"""Looked for with all spaces taken out, for who types none or puts them at random."""

GREY: Tuple[Phrase, ...] = tuple(
    Phrase(_expression(pattern))
    for pattern in (
        r"(?:hoe ?lang|hoe snel|hoe gauw) (?:\w+ ){0,7}(?:doodbloed\w*|doodgebloed|leegbloed\w*|verdrinkt|verdronken|stikt|gestikt|dood bent|dood is)",
        rf"hoeveel (?:\w+ ){{0,2}}{_MEDICINE} (?:\w+ ){{0,5}}(?:te ?veel|dodelijk|gevaarlijk|fataal|maximaal|kapot)|(?:dodelijke|fatale) dosis",
        r"(?:klant|client|kandidaat|deelnemer|patient|werknemer|medewerker|zoon|dochter|broer|zus|broertje|zusje|vriend|vriendin|man|vrouw) (?:\w+ ){0,5}afscheid (?:te )?(?:wil |ga )?(?:nemen|neemt|nam|genomen)(?! van (?:het|de|zijn|haar|mijn|ons) (?:werk|team|baan|afdeling|bedrijf|collega\w*))",
        r"(?:wachtwoord\w*|pincode\w*|testament|huissleutels?|bankpas\w*) (?:\w+ ){0,9}(?:zorg\w*|verzorg\w*|opvangen) (?:\w+ ){0,3}(?:hond|kat|poes|kinderen|huisdier\w*|katten|dieren)|(?:wachtwoord\w*|pincode\w*|testament) (?:\w+ ){0,8}voor (?:de|zijn|haar) (?:hond|kat|poes|katten|kinderen|dieren)",
        r"(?:bang|angst|vrees|schrik) (?:\w+ ){0,2}dat (?:hij|ze|zij|die|\w+ (?:zoon|dochter|man|vrouw|client|klant|collega)) (?:\w+ ){0,2}iets (?:doet?|aandoet?|gaat doen|aan gaat doen)",
        r"(?:neemt|nam) (?:\w+ ){0,2}afscheid van (?:\w+ ){1,4}(?:terwijl|hoewel|zonder dat)",
        r"bang dat (?:ik|hij|ze|zij) (?:het|t) niet (?:meer )?(?:red|redt|haal|haalt)(?= \|| $)",
        rf"(?:wil|wou|verlang|ga|liever|straks) <6> (?:naar|bij) (?:\w+ ){{0,2}}{_KIN} (?:toe |zijn )?(?:\| )?(?:\w+ ){{0,3}}(?:is|leeft|zijn) (?:(?:er|al|nu|ook|sinds|een|twee|drie|vier|vijf|\d+|paar|jaar|jaren|maanden|weken|lang|tijd|helaas|allang) ){{0,6}}niet meer(?= \|| $| en | daar)",
        r"zie (?:ik |hij |ze |zij )?(?:het|dit|mijn leven|alles|het leven|mijn toekomst) (?:(?:allemaal|echt|gewoon|zo|helemaal|nu|ook|eigenlijk|even|soms|vaak|allang|al|leven|gewoon|ff|zelf|dan|hier|daardoor) ){0,4}(?:niet|nergens) (?:\w+ )?(?:meer )?(?:\w+ )?zitten(?! om (?:te|voor|met|daar|bij|in|op|weer|naar|elke))",
        r"(?:niet|nergens) meer (?:\w+ )?zie (?:ik )?zitten|(?:het|t) (?:\w+ )?niet meer (?:zie|ziet|zien) zitten|het niet meer zitten",
        r"(?:leven|toekomst) (?:\w+ )?(?:niet meer |somber |zwart )(?:zitten|in)",
        r"hoeft (?:het |dit |alles )?(?:\w+ ){0,4}(?:voor|van) (?:mij|me|hem|haar) (?:\w+ ){0,2}niet meer|(?:het|alles|leven) (?:\w+ )?hoeft (?:\w+ )?(?:voor|van) (?:mij|me|hem|haar) (?:\w+ )?niet",
        r"hoeft (?:het |dit )?(?:\w+ ){0,3}niet meer(?= \|| $| zo| voor)",
        r"(?:voor|van|veur) (?:mij|me|hem|haar) (?:\w+ ){0,2}(?:hoeft|hoeven)? ?(?:het |dit )?(?:\w+ ){0,3}niet meer",
        r"(?:ik|hij|ze|zij|we) (?:\w+ ){0,3}(?:kan|trek|red|hou|wil|verdraag|bolwerk|houdt) (?:het |dit |t |de pijn |alles |er |en wil |leven )*(?:\w+ ){0,3}niet (?:meer|langer)(?: vol| aan| zo| op| uit| verdragen)?(?= \|| $| echt| leven| verder| het is| zo(?= \|| $))",
        r"(?:kan|trek|hou|red) (?:het |dit |t |de )?(?:\w+ ){0,4}niet (?:meer|langer)(?: vol| aan| uit| op| zo)?(?= \|| $| echt| het| alles| ik|leven)",
        r"ik wil (?:\w+ )?niet meer(?: zo)?(?= \|| $| verder(?= \|| $))",
        r"(?:kan|wil|moet ik|lukt|kunnen) (?:\w+ ){0,5}(?:niet|nog|geen) (?:meer )?(?:\w+ )?(?:verder|doorgaan|door te gaan)(?= \|| $| zo| en| met leven)",
        r"(?:dit leven|het leven|leven) (?:\w+ )?niet(?: meer| langer)?(?: aan| vol| goed)?",
        r"kan niet(?: en wil niet)? meer(?= \|| $)|niet kan meer|niet meer kan|kan echt niet meer",
        r"(?:gaat?|lukt) (?:\w+ )?(?:echt|gewoon|allemaal) niet meer(?= \|| $)",
        r"(?:heeft|heb|heft) (?:het |dit |alles |t |mijn leven |leven )+(?:\w+ ){0,3}(?:nog |geen )(?:\w+ )?(?:zin|nut)(?: meer)?(?= \|| $)",
        r"(?:leven|bestaan) (?:\w+ ){0,4}(?:geen|nog voor|nog|zonder) (?:\w+ )?(?:zin|nut|doel|waarde)",
        r"wat heb (?:het |dit |alles |mijn leven |het leven )(?:\w+ ){0,3}(?:voor )?(?:zin|nut)(?= \|| $)",
        r"(?:zin|nut|doel) (?:\w+ )?van (?:mijn|het|dit) (?:leven|bestaan)",
        r"alles (?:is |lijkt )?(?:\w+ )?(?:zinloos|zwart|donker|nutteloos|hopeloos|kapot(?= ik| \|| $))",
        r"(?:zinloos|hopeloos|uitzichtloos) (?:leven|bestaan|allemaal)|(?:leven|bestaan|alles) (?:\w+ ){0,2}(?:zinloos|hopeloos|uitzichtloos)",
        r"(?:geen|zonder|nergens) (?:\w+ )?(?:uitweg|uitkomst|hoop|perspectief|toekomst|levenslust|licht) (?:\w+ ){0,2}(?:meer|voor mij|te zien|van mij)",
        r"(?:zie|heb|is|geeft) (?:\w+ ){0,3}geen (?:\w+ )?(?:uitweg|hoop|toekomst|licht)(?! (?:bij|in|op|als|met|voor (?:dit|het|de|een)))",
        r"(?:alle|de) (?:hoop|moed) (?:\w+ )?(?:kwijt|verloren|opgegeven|op)|(?:hoop|moed) (?:helemaal )?(?:verloren|opgegeven)",
        r"(?:radeloos|wanhopig|(?:ben|voel me|voelt zich|ben zo) (?:zo |echt |heel )?hopeloos|ten einde raad|eind raad|geen raad meer|levensgevaarlijk somber|uitzichtloos)",
        r"niemand (?:\w+ ){0,4}(?:missen|mist|merken|geeft om mij|geeft om me|om mij geeft|om me geeft|mij nodig|me nodig|van mij houdt|houdt van mij)(?! (?:terug|antwoord|me antwoord|mij antwoord|mijn))",
        r"(?:wie|niemand) (?:\w+ ){0,3}(?:merken|missen) (?:\w+ )?als (?:ik|hij|ze)",
        r"een (?:last|blok aan het been|ballast) (?:\w+ ){0,2}voor|(?:iedereen|anderen|ze|mensen|familie|gezin) (?:\w+ ){0,3}tot last|een last (?:ben|is)(?= |$)",
        r"(?:ben|is) (?:\w+ ){0,3}(?:een mislukking|niks waard|niets waard|waardeloos mens|mislukt als mens|van geen waarde|overbodig op)",
        r"(?:leven|bestaan) (?:\w+ ){0,3}(?:niks|niets) (?:\w+ )?waard",
        r"(?:ben|voel me) (?:\w+ )?(?:waardeloos|niets waard) en",
        r"(?:mijn|het) leven is (?:\w+ ){0,2}(?:voorbij|kapot|klaar|over|op|verwoest|mislukt|een hel|een puinhoop|verpest|zinloos|niks|niets|leeg)",
        r"komt? (?:\w+ )?(?:nooit|niet) meer goed (?:met|tussen mij en het leven)|wordt? (?:\w+ )?nooit (?:meer )?beter",
        r"(?:wil |wou |wil dat |wou dat |(?<= )laat |alsjeblieft )(?:alles |het |de pijn |mijn hoofd )(?:\w+ ){0,4}(?:stop|stopt|stopte|stoppen|ophoudt|ophouden|ophield|op ?houdt|over is)(?! met)",
        r"pijn (?:\w+ ){0,4}(?:moet |mag |kan )?(?:stopt|stoppen|niet meer verdragen|niet meer aan|ophoudt|weg)(?= \|| $)",
        r"(?:rust|slapen|weg|weggaan) (?:\w+ )?(?:voor altijd|voorgoed|voor eeuwig)|(?:voor altijd|voorgoed|voor eeuwig) (?:\w+ )?(?:rust|weg)",
        r"(?:leven|bestaan|alles|strijd|vechten) (?:\w+ )?(?:zo |echt |helemaal |gewoon )?(?:zat|moe|beu|opgegeven)(?= \|| $| ik| en)",
        r"(?:moe|zat|beu|klaar|genoeg) (?:van|met|van het) (?:\w+ )?(?:leven|vechten|bestaan|de strijd|alles en iedereen|alles(?= \|| $))",
        r"(?:geef|gaf|heb) (?:ik )?(?:het |alles |mijn leven |de strijd |het leven )(?:\w+ )?op(?:gegeven)?(?: alles)?(?= \|| $)",
        r"(?:wil|ga|wou|kon|liefst|zou) (?:ik |maar |gewoon |soms |het |alleen |nog |liefst |graag |me )*(?:verdwijnen|weglopen|oplossen|vluchten)(?= \|| $| en| van de)",
        r"(?:wil|weg|weglopen|ga|weggaan) (?:\w+ ){0,3}nooit meer terug ?(?:komen|kom|te komen|keren)",
        r"(?:weg|af|vluchten) (?:\w+ )?van (?:alles|iedereen|de wereld|alles en iedereen|dit leven)|overal (?:van )?weg",
        r"(?<!alsof )(?:ik|hij|ze|zij|wil) (?:\w+ ){0,3}er (?:\w+ ){0,3}niet (?:meer )?(?:\w+ )?(?:zijn|ben|was|wezen)(?= \|| $| wat| dan| en| maar| ik|ook)",
        r"er (?:beter |liever )niet (?:\w+ )?(?:zijn|had moeten zijn)|er beter niet (?:\w+ )?zijn|beter niet (?:kunnen |kan )?zijn|er (?:dan )?nog (?:wel )?ben",
        r"nooit geboren",
        r"waarom (?:besta|leven|ben|doe) (?:ik )?(?:\w+ )?(?:eigenlijk|nog|er nog|hier nog|ik nog|ik dit nog)(?= \|| $|\b)",
        r"waar(?:om|voor|toe)? (?:\w+ )?(?:leven|zou ik|doe ik) (?:ik )?(?:\w+ ){0,3}(?:voor|nog opstaan|nog voor|doorgaan|opstaan)",
        r"waarom (?:\w+ ){0,2}(?:nog )?doorga\w*|waarom zou ik (?:\w+ )?(?:doorgaan|opstaan|leven|verder)",
        r"(?:niks|niets|geen reden) (?:\w+ ){0,2}(?:meer )?(?:om|voor) (?:\w+ )?(?:voor )?te leven|waarvoor (?:\w+ )?te leven",
        r"nergens (?:meer |nog )(?:\w+ )?(?:zin in|het nut|nut)(?: heb| van in| in)?(?= \|| $| ook)",
        r"rug tegen de muur",
        r"(?:ik|val|zit|valt) (?:\w+ ){0,4}(?:zwart gat|diep gat|diep in de put|kopje onder|donkere? (?:gat|tunnel))",
        r"(?:voel|voelen) (?:\w+ )?(?:niks|niets|alleen leegte|me leeg|me zo leeg|me dood)|alleen (?:maar )?leegte",
        r"(?:ben|is) (?:\w+ )?(?:kapot|dood|leeg) (?:van ?binnen)",
        r"genoeg geweest(?= \|| $)|heb er genoeg van (?:van )?(?:alles)?(?= \|| $)",
        r"ben (?:er )?(?:\w+ )?klaar mee (?:met alles|het hoeft|ik wil|alles|echt)|klaar met (?:alles|mij|dit leven|mijn leven)",
        r"(?:heb|niks|geen) (?:\w+ )?niemand meer|ben alles kwijt (?:en |waarom |ik )|niemand (?:iets |wat )?aan mij|hoor nergens bij",
        r"(?:geen|niet) (?:\w+ )?(?:kracht|energie|puf|fut) (?:\w+ )?(?:meer )?(?:om )?(?:door|te leven|om door|voor het leven|meer heb)",
        r"(?:ben|is) (?:\w+ )?(?:helemaal )?op (?:ik|en|,)? ?(?:kan|het lukt|trek)|ben (?:gewoon |echt )?(?:op|leeg|kapot) (?:en )?(?:klaar|op)",
        r"haat mezelf|haat (?:\w+ )?mijn leven|kutleven|klote ?leven|rotleven",
        r"ik heb gefaald|gefaald in (?:alles|het leven)",
        r"(?:^|\|) (?:pff+ |nou |sorry |help )*ik weet het (?:echt |gewoon |nu )(?:\w+ )?niet meer(?= \|| $)|weet (?:\w+ )?niet meer waar ik heen|hoe (?:moet ik (?:nog )?|ik (?:nog )?)verder(?: (?:moet|mot|kan))?(?! met| werk| solliciteer)",
        r"ze kunnen (?:\w+ )?(?:best |prima |wel )?zonder (?:mij|me)(?= \|| $)",
        r"(?:stap|stapt) (?:ik |hij |ze |zij )?eruit(?! (?:bij|uit|van|als|en|met|omdat|want|voor)\b)",
        r"heb (?:het |t )had",
        r"als (?:ik|hij|ze) (?:er niet meer|dood) (?:ben|is|was)",
        r"er (?:straks|dan|binnenkort) (?:\w+ )?niet meer(?: bij)?|wil (?:\w+ ){0,2}(?:overal|er) vanaf(?= \|| $| van alles| zijn)|overal mee (?:wil )?(?:stoppen|ophouden)",
        r"(?:merken|missen|merkt|mist) (?:\w+ ){0,3}als ik (?:weg|wegbl\w+|verdwijn|verdween|verdwenen|er niet)",
        r"poging(?:en)? (?:gedaan|achter de rug|ondernomen)|zelfmoordpoging|suicidepoging|overdosis|euthanasie",
        r"iedereen met rust laten",
        r"(?:wakker worden|leven|bestaan|opstaan|elke dag) is (?:\w+ )?(?:een )?(?:straf|hel|marteling|kwelling|gevangenis)",
        r"(?:in de weg|iedereen in de weg) (?:altijd|al)|(?:ben|sta|loop) (?:\w+ )?(?:iedereen |ze |mensen |anderen )?(?:alleen maar )?in de weg(?= \|| $| altijd)",
        r"ik doe er niet toe|(?:ik|hij|ze|zij) (?:\w+ ){0,6}er niet toe doe",
        r"geen (?:gat|licht|morgen|uitkomst) (?:meer )?(?:in|voor)?(?: het)?(?: leven| meer)?(?= \|| $)|(?:zie|zien) (?:\w+ )?geen gat meer",
        r"klaar met (?:mij|me|mezelf)(?= \|| $)|is het (?:klaar|gedaan|op) met (?:mij|me)",
        r"niet (?:eens )?(?:een|de) morgen (?:voor|meer)|(?:zelf|ik) geen toekomst (?:zie|heb)|geen toekomst (?:zie|heb|meer)(?= \|| $)",
        r"(?:ik|hij|ze|zij|die) (?:\w+ ){0,2}liever niet (?:meer )?(?:\w+ )?(?:bestond|bestaan|bestaat|besta)",
        r"(?:kan|krijg) (?:het )?(?:\w+ )?niet (?:meer )?(?:\w+ )?opbreng\w*(?= \|| $)|redenen (?:om|voor mij om) (?:\w+ )?(?:hier )?te (?:zijn|blijven|leven)",
        r"zit (?:\w+ )?zo diep(?= \|| $| dat| ik)|(?:toekomst|leven|alles|morgen) is (?:\w+ ){0,3}(?:zwart gat|zwart|donker|leeg)",
        r"(?:baal|erg|teleurgesteld|spijt|jammer) (?:\w+ ){0,5}(?:weer )?wakker (?:ben|werd|word)(?: geworden)?(?= \|| $)",
        r"geen zin (?:\w+ )?leven|niet dat er nog een dag komt|zinloos (?:dat|alles)|dat alles zinloos",
        r"liever kwijt dan rijk|kaars (?:is |raakt )?(?:op|uit|opgebrand|gedoofd)",
    )
)  # fmt: skip

MENTION: re.Pattern[str] = re.compile(
    _expression(r"(?:zelfmoord|suicide|zelfdoding|suicidaal|suicidaliteit|suicidale)\w*")
)
"""A bare mention of suicide, which is asked about but not taken for a wish when nothing says whose it is."""

ASKS_ABOUT: re.Pattern[str] = re.compile(_expression(
    r"(?:hoeveel mensen|hoe vaak|komt voor|wat is|wat zijn|hoe (?:bespreek|praat|vraag|herken|signaleer|reageer|ga|help|maak)|hoe (?:\w+ )?bespreekbaar|verschil|betekent|mening"
    r"|kans|risico\w*|vaker|plegen mensen|mensen met|cijfers|preventie|protocol|richtlijn|voorkomen|training|gesprek over|artikel|film|boek)"
))  # fmt: skip
"""Signs that suicide is a subject of an information question."""

PAST_OR_SUBJECT: re.Pattern[str] = re.compile(
    r"\b(?:vroeger|ooit|destijds|verleden|(?:jaar|jaren|maanden) geleden|nadat|gestopt met|hersteld van|litteken\w*"
    r"|verloren aan|pleegde|gepleegd|sprong|gesprongen|nabestaande\w*|nazorg|verlof|rouw\w*|ervaringsdeskundig\w*"
    r"|training|cursus|scholing|protocol|richtlijn|beleid|module|workshop|keuring|ontheffing|vergunning"
    r"|(?:vertel|vraag|bespreek|meld|leg) (?:ik|je|jij|u|men|we)|mag (?:een|mijn|de) (?:werkgever|baas|arts|bedrijfsarts)"
    r"|was ik (?:\w+ )?(?:suicidaal|depressief))\b"
)
"""Signs that danger is spoken of as past, as someone else's end, or as a subject: then the words alone prove nothing."""

LONG_AGO: re.Pattern[str] = re.compile(
    r"\b(?:vroeger|destijds|als kind|als (?:klein )?(?:meisje|jongetje|jongen)|jeugd\w*|in (?:mijn|het) verleden|jaar geleden|jaren geleden|toen ik (?:klein|kind|jong|\d+)"
    r"|geweest|inmiddels weg|dement\w*|alzheimer)\b"
)
"""Signs that abuse is over, or is a sick person's: then it is no danger of today."""

GOES_ON: re.Pattern[str] = re.compile(
    r"\b(?:weer|opnieuw|nog steeds|terug|steeds|nu wil|wil (?:ik|hij|ze|zij|graag|echt|nu)|ik wil|hij wil|zij wil|ze wil|ik ga"
    r"|zeg\w*|zei|dreig\w*|uitte|uit (?=suicid|zelfmoord|doods)|(?:geef|geeft|gaf) (?:\w+ ){0,2}aan|meldt|meldde|benoemt|plan|vannacht|vanavond|vandaag|morgen|straks|gisteren|bang dat)\b"
)
"""Signs that it goes on, which outweigh those."""


_EXPLICIT_INDEX = PhraseIndex([signal.pattern for signal in EXPLICIT])
_GREY_INDEX = PhraseIndex(GREY)
_FIGURATIVE_INDEX = PhraseIndex(FIGURATIVE)


def explicit_in(text: str) -> Iterator[Tuple[Signal, re.Match[str]]]:
    """The signals of `EXPLICIT` that a plain text holds, in their order, each with its first place."""
    for place in _EXPLICIT_INDEX.places(text):
        match = EXPLICIT[place].pattern.search(text)
        if match is not None:
            yield EXPLICIT[place], match


def grey_in(text: str) -> Optional[re.Match[str]]:
    """The first place of the first of `GREY` that a plain text holds."""
    matches = (GREY[place].search(text) for place in _GREY_INDEX.places(text))
    return next((match for match in matches if match is not None), None)


def without_figures(text: str) -> str:
    """The plain text with figures of speech and harmless subjects taken out."""
    for place in _FIGURATIVE_INDEX.places(text):
        text = FIGURATIVE[place].sub("figuurlijk", text)
    return text
