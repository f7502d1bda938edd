"""The shape of the content: what an editor may write in a YAML file, and what it must hold.

Field names are Dutch in YAML, because editors read and write them, and English in code;
each field's alias is its name in YAML. Messages of the validators are Dutch for the same reason.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, Dict, List, Optional, Tuple, Type

from pydantic import BaseModel, Extra, Field, root_validator, validator

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
ANSWER_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")
DATE = re.compile(r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|ongedateerd)$")
URL = re.compile(r"^https?://[^\s<>\"\\]+\.[^\s<>\"\\]+$")
MAX_QUESTION_LENGTH = 90
FLOWS = ("gesprek:openheid", "gesprek:check", "gesprek:financiering")


class Facet(str, Enum):
    """The kind of question that an answer answers."""

    WHAT = "wat"
    FOR_WHOM = "voor_wie"
    HOW_TO_APPLY = "aanmelden"
    PAYMENT = "betaling"
    EFFECT = "werking"
    COURSE = "verloop"
    DURATION = "duur"
    PEOPLE = "betrokkenen"
    CONTACT = "contact"
    PLACE = "vindplaats"
    NUMBERS = "cijfers"
    TIPS = "tips"
    MAY_MUST = "mag_moet"
    WHY = "waarom"
    ORIGIN = "herkomst"
    EXPERIENCE = "ervaringen"
    DIFFERENCE = "verschil"
    LIST = "lijst"
    BOUNDARY = "grens"


class TopicType(str, Enum):
    """What kind of thing a topic is."""

    INTERVENTION = "interventie"
    METHOD = "methode"
    FINANCING = "regeling"
    INSTRUMENT = "instrument"
    LAW = "wet"
    ORGANISATION = "organisatie"
    DOCUMENT = "document"
    CONCEPT = "begrip"
    TERM = "term"
    REGION_PRACTICE = "regiopraktijk"
    TIPS = "tips"
    DISORDER = "aandoening"
    RIGHTS = "rechten"
    BOUNDARY = "grens"


class Voice(str, Enum):
    """Who asks a sample question, and how."""

    HURRY = "haast"
    STORY = "verhaal"
    SECOND_LANGUAGE = "tweede_taal"
    TYPOS = "spelfouten"
    DIALECT = "dialect"
    STREET = "straattaal"
    TELEGRAM = "telegram"
    FORMAL = "formeel"
    ASSUMPTION = "aanname"
    RELATIVE = "naaste"
    EMPLOYER = "werkgever"
    KEYWORD = "trefwoord"
    DESCRIPTION = "omschrijving"


class ChangeKind(str, Enum):
    """What a later source says about an answer."""

    SUPERSEDED = "vervangen"
    RENAMED = "hernoemd"
    ENDED = "beëindigd"
    CORRECTED = "gecorrigeerd"
    EXTENDED = "aangevuld"
    UNCERTAIN = "onzeker"


class YesNo(str, Enum):
    """A yes or no as an editor writes it."""

    YES = "ja"
    NO = "nee"


class Operator(str, Enum):
    """How a criterion compares."""

    IS = "is"
    ONE_OF = "een_van"
    NONE_OF = "geen_van"


CRITERION_VALUES: Dict[str, Tuple[str, ...]] = {
    "ggz_behandeling": ("ja", "nee"),
    "ggz_soort": ("huisarts_poh", "basis", "specialistisch", "fact_act", "begeleiding"),
    "ernst": ("licht", "matig", "ernstig"),
    "uitkering": ("ziektewet", "wia", "wajong", "ww", "bijstand", "geen"),
    "regio": (),
    "wil_gewone_baan": ("ja", "nee"),
    "binnen_een_jaar": ("ja", "nee"),
    "in_dienst": ("ja", "nee"),
    "blijvende_beperking": ("ja", "nee"),
}
"""Every field that a criterion may test, with its values; `regio` takes any region's slug."""

FINANCING_PHASES = ("start", "toeleiding", "werk", "behandeling", "werkgever", "samenwerking")


def _slug(value: str) -> str:
    if not SLUG.match(value):
        raise ValueError(f"'{value}' kan geen korte naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    return value


def _date(value: Optional[str]) -> Optional[str]:
    if value is not None and not DATE.match(value):
        raise ValueError(f"'{value}' is geen datum. Schrijf 2017, 2017-11, 2017-11-01 of ongedateerd.")
    return value


def _url(value: Optional[str]) -> Optional[str]:
    if value is not None and not URL.match(value):
        raise ValueError(f"'{value}' is geen heel adres. Laat het weg, of schrijf het voluit met https:// ervoor.")
    return value


class Record(BaseModel):
    """Base of all records: unknown fields are mistakes, aliases are the YAML names."""

    class Config:
        extra = Extra.forbid
        anystr_strip_whitespace = True
        min_anystr_length = 1
        use_enum_values = True


class Source(Record):
    """Where facts come from."""

    slug: str = Field(alias="bron")
    title: str = Field(alias="titel")
    publisher: str = Field(alias="uitgever")
    date: str = Field(alias="datum")
    seen: Optional[str] = Field(None, alias="gezien")
    url: Optional[str]
    document: Optional[str]
    official: YesNo = Field(YesNo.YES, alias="officieel")
    old: YesNo = Field(YesNo.NO, alias="oud")

    _slug = validator("slug", allow_reuse=True)(_slug)
    _date = validator("date", "seen", allow_reuse=True)(_date)
    _url = validator("url", allow_reuse=True)(_url)


class SourceReference(Record):
    """A place in a source, with the facts that were taken from it, in our own words."""

    source: str = Field(alias="bron")
    locator: str = Field(alias="plaats")
    facts: List[str] = Field(default_factory=list, alias="feiten")


class Link(Record):
    """An address that is shown with an answer."""

    title: str = Field(alias="titel")
    url: str

    _url = validator("url", allow_reuse=True)(_url)


class Change(Record):
    """What has changed since an answer's sources."""

    kind: ChangeKind = Field(alias="soort")
    as_of: str = Field(alias="stand")
    client: str
    professional: str
    sources: List[SourceReference] = Field(default_factory=list, alias="bronnen")

    _date = validator("as_of", allow_reuse=True)(_date)


class Answer(Record):
    """One unit of knowledge: a question of one kind about one topic, answered in two voices."""

    id: str
    facet: Facet
    question: str = Field(alias="vraag")
    client: str
    professional: str
    sources: List[SourceReference] = Field(default_factory=list, alias="bronnen")
    as_of: Optional[str] = Field(None, alias="stand")
    change: Optional[Change] = Field(None, alias="wijziging")
    followups: List[str] = Field(default_factory=list, alias="vervolg")
    same_as: Optional[str] = Field(None, alias="zelfde_als")
    """An answer of another topic that says the same: whoever may get either, gets one of them."""
    samples: Dict[Voice, List[str]] = Field(default_factory=dict, alias="voorbeelden")
    links: List[Link] = Field(default_factory=list)

    _slug = validator("id", allow_reuse=True)(_slug)
    _date = validator("as_of", allow_reuse=True)(_date)

    @validator("question")
    def _short_question(cls, value: str) -> str:
        if len(value) > MAX_QUESTION_LENGTH:
            raise ValueError(
                f"de vraag is {len(value)} tekens lang. Houd het op {MAX_QUESTION_LENGTH}: hij moet op een knop passen."
            )
        return value

    @validator("followups", each_item=True)
    def _followup(cls, value: str) -> str:
        if value not in FLOWS and not ANSWER_ID.match(value):
            raise ValueError(f"'{value}' is geen vervolg. Schrijf onderwerp/id, of kies uit: {', '.join(FLOWS)}.")
        return value

    @validator("same_as")
    def _other_answer(cls, value: Optional[str]) -> Optional[str]:
        if value is not None and not ANSWER_ID.match(value):
            raise ValueError(f"'{value}' is geen antwoord. Schrijf onderwerp/id.")
        return value

    @root_validator(skip_on_failure=True)
    def _facts_need_a_source(cls, values: Dict[str, Any]) -> Dict[str, Any]:
        if values["facet"] != Facet.BOUNDARY:
            if not values["sources"]:
                raise ValueError("er staat geen bron bij. Voeg 'bronnen' toe: zonder bron vertelt Koers het niet.")
            if not values["as_of"]:
                raise ValueError("'stand' ontbreekt. Schrijf van wanneer de informatie is, bijvoorbeeld 2017-11.")
        return values

    def sample_texts(self) -> List[str]:
        """All sample questions, over all voices."""
        return [text for texts in self.samples.values() for text in texts]


class Criterion(Record):
    """One machine-readable condition of a topic."""

    field: str = Field(alias="veld")
    operator: Operator
    values: List[str] = Field(alias="waarde")
    explanation: str = Field(alias="uitleg")
    source: str = Field(alias="bron")
    locator: str = Field(alias="plaats")

    @validator("values", pre=True)
    def _as_list(cls, value: Any) -> Any:
        return value if isinstance(value, list) else [value]

    @validator("field")
    def _known_field(cls, value: str) -> str:
        if value not in CRITERION_VALUES:
            raise ValueError(f"veld '{value}' kennen we niet. Kies uit: {', '.join(CRITERION_VALUES)}.")
        return value

    @root_validator(skip_on_failure=True)
    def _known_values(cls, values: Dict[str, Any]) -> Dict[str, Any]:
        allowed = CRITERION_VALUES[values["field"]]
        for value in values["values"] if allowed else ():
            if value not in allowed:
                raise ValueError(
                    f"waarde '{value}' kan niet bij veld '{values['field']}'. Kies uit: {', '.join(allowed)}."
                )
        return values


class Financing(Record):
    """Who pays what for a topic, under which law, how much and how long."""

    id: str
    payer: str = Field(alias="betaler")
    law: Optional[str] = Field(None, alias="wet")
    covers: str = Field(alias="dekt")
    amount: Optional[str] = Field(None, alias="bedrag")
    period: Optional[str] = Field(None, alias="periode")
    phase: str = Field(alias="fase")
    conditions: Optional[str] = Field(None, alias="voorwaarden")
    benefits: List[str] = Field(default_factory=list, alias="uitkering")
    valid_from: Optional[str] = Field(None, alias="geldig_vanaf")
    valid_until: Optional[str] = Field(None, alias="geldig_tot")
    source: str = Field(alias="bron")
    locator: str = Field(alias="plaats")
    as_of: str = Field(alias="stand")

    _slug = validator("id", allow_reuse=True)(_slug)
    _date = validator("as_of", "valid_from", "valid_until", allow_reuse=True)(_date)

    @validator("phase")
    def _known_phase(cls, value: str) -> str:
        if value not in FINANCING_PHASES:
            raise ValueError(f"fase '{value}' kennen we niet. Kies uit: {', '.join(FINANCING_PHASES)}.")
        return value

    @validator("benefits", each_item=True)
    def _known_benefit(cls, value: str) -> str:
        if value not in CRITERION_VALUES["uitkering"]:
            known = ", ".join(CRITERION_VALUES["uitkering"])
            raise ValueError(f"uitkering '{value}' kennen we niet. Kies uit: {known}.")
        return value


class Topic(Record):
    """An item of knowledge and all that is known about it."""

    slug: str = Field(alias="onderwerp")
    name: str = Field(alias="naam")
    type: TopicType = Field(alias="soort")
    abbreviations: List[str] = Field(default_factory=list, alias="afkortingen")
    synonyms: List[str] = Field(default_factory=list, alias="synoniemen")
    descriptions: List[str] = Field(default_factory=list, alias="omschrijvingen")
    summary: str = Field(alias="samenvatting")
    related: List[str] = Field(default_factory=list, alias="verwant")
    region: Optional[str] = Field(None, alias="regio")
    decides: Optional[str] = Field(None, alias="beslist")
    first_step: Optional[str] = Field(None, alias="eerste_stap")
    criteria: List[Criterion] = Field(default_factory=list)
    financing: List[Financing] = Field(default_factory=list, alias="financiering")
    answers: List[Answer] = Field(alias="antwoorden")

    _slug = validator("slug", allow_reuse=True)(_slug)

    @validator("answers")
    def _unique_answers(cls, value: List[Answer]) -> List[Answer]:
        seen: Dict[str, str] = {}
        for answer in value:
            if answer.id in seen:
                raise ValueError(f"id '{answer.id}' staat er twee keer. Geef elk antwoord een eigen id.")
            seen[answer.id] = answer.id
        return value


class MoreSamples(Record):
    """Further sample questions for an answer, kept apart from its text so that the text stays easy to read."""

    answer: str = Field(alias="voorbeelden_bij")
    samples: Dict[Voice, List[str]] = Field(alias="voorbeelden")

    @validator("answer")
    def _answer_id(cls, value: str) -> str:
        if not ANSWER_ID.match(value):
            raise ValueError(f"'{value}' is geen antwoord. Schrijf onderwerp/id, bijvoorbeeld wgb/uitkering.")
        return value


class Municipality(Record):
    """A municipality of a region, with other names of it or of places in it."""

    name: str = Field(alias="gemeente")
    aliases: List[str] = Field(default_factory=list, alias="ook")


class Region(Record):
    """One of the 35 arbeidsmarktregio's."""

    slug: str = Field(alias="arbeidsmarktregio")
    code: str
    name: str = Field(alias="naam")
    aliases: List[str] = Field(default_factory=list, alias="ook")
    municipalities: List[Municipality] = Field(alias="gemeenten")
    source: str = Field(alias="bron")

    _slug = validator("slug", allow_reuse=True)(_slug)


FLOW_STEP_KINDS = ("keuze", "meerkeuze", "vrij", "plaats", "onderwerp")


class FlowText(Record):
    """A fixed sentence of a guided conversation, in two voices; `{...}` are filled in by the conversation."""

    client: str
    professional: str


class FlowOption(Record):
    """One of the answers to a step."""

    value: str = Field(alias="waarde")
    title: str = Field(alias="titel")
    professional_title: Optional[str] = Field(None, alias="titel_professional")
    short: Optional[str] = Field(None, alias="kort")
    """How the answer is called inside a sentence; the title when it is left out."""
    words: List[str] = Field(default_factory=list, alias="woorden")
    """Words that mean this answer wherever they are said."""
    replies: List[str] = Field(default_factory=list, alias="als_antwoord")
    """Words that mean this answer only where this step's question was asked."""
    implies: Dict[str, str] = Field(default_factory=dict, alias="betekent")
    """Answers to other steps that follow from this one."""
    only_if: Dict[str, List[str]] = Field(default_factory=dict, alias="alleen_bij")
    """The option is shown only after these answers to other steps."""
    facts: List[str] = Field(default_factory=list, alias="feiten")
    """Answers of the knowledge base that matter to who chooses this."""


class FlowStep(Record):
    """One question of a guided conversation."""

    id: str = Field(alias="stap")
    kind: str = Field(alias="soort")
    heading: str = Field(alias="kop")
    """Above the answer in an overview, and where one goes back to it."""
    client: str
    professional: str
    retry: str = Field(alias="niet_begrepen")
    asks: Optional[str] = Field(None, alias="vraagt")
    """How a topic's condition on this field reads in a list; `{waarden}` are the values' names."""
    facts: List[str] = Field(default_factory=list, alias="feiten")
    """Answers of the knowledge base that one may want to read here."""
    options: List[FlowOption] = Field(default_factory=list, alias="opties")

    @validator("kind")
    def _known_kind(cls, value: str) -> str:
        if value not in FLOW_STEP_KINDS:
            raise ValueError(f"soort stap '{value}' kennen we niet. Kies uit: {', '.join(FLOW_STEP_KINDS)}.")
        return value

    @root_validator(skip_on_failure=True)
    def _choices_need_options(cls, values: Dict[str, Any]) -> Dict[str, Any]:
        if values["kind"] in ("keuze", "meerkeuze") and len(values["options"]) < 2:
            raise ValueError("een keuze heeft minstens twee opties. Voeg ze toe, of maak er een stap 'vrij' van.")
        chosen = [option.value for option in values["options"]]
        for value in chosen:
            if chosen.count(value) > 1:
                raise ValueError(f"waarde '{value}' staat er twee keer. Geef elke optie een eigen waarde.")
        return values


class Flow(Record):
    """A guided conversation: its questions and its sentences. What follows on what is in `bot/flows`."""

    slug: str = Field(alias="gesprek")
    name: str = Field(alias="naam")
    texts: Dict[str, FlowText] = Field(alias="teksten")
    steps: List[FlowStep] = Field(alias="stappen")

    @validator("slug")
    def _known_flow(cls, value: str) -> str:
        if f"gesprek:{value}" not in FLOWS:
            known = ", ".join(name.split(":")[1] for name in FLOWS)
            raise ValueError(f"gesprek '{value}' kennen we niet. Kies uit: {known}.")
        return value

    @validator("steps")
    def _steps_fit_together(cls, value: List[FlowStep]) -> List[FlowStep]:
        names = [step.id for step in value]
        for step in value:
            if names.count(step.id) > 1:
                raise ValueError(f"stap '{step.id}' staat er twee keer. Geef elke stap een eigen naam.")
            for option in step.options:
                for other in [*option.implies, *option.only_if]:
                    if other not in names:
                        raise ValueError(f"stap '{other}' (bij {step.id} > {option.value}) staat niet in dit gesprek.")
        return value


RECORD_TYPES: Dict[str, Type[Record]] = {
    "onderwerp": Topic,
    "bron": Source,
    "arbeidsmarktregio": Region,
    "gesprek": Flow,
    "voorbeelden_bij": MoreSamples,
}
"""The first key of a YAML document says what kind of record it is."""
