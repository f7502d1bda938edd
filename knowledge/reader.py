"""Read the content files: YAML to records, with a Dutch message for every mistake.

All mistakes of all files are collected, so that an editor can mend them in one go.
"""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Tuple, Type

import yaml
from pydantic import ValidationError

from knowledge.schema import (
    CRITERION_VALUES,
    FLOWS,
    RECORD_TYPES,
    Answer,
    Flow,
    MoreSamples,
    Record,
    Region,
    Source,
    Topic,
)

CONTENT = Path(__file__).parent / "content"
_Path = Tuple[Any, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake in the content: where it is, what is wrong and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, regel {self.line}: {self.message}"


@dataclass
class Content:
    """All records of the content folder, and what is wrong with it."""

    sources: List[Source] = field(default_factory=list)
    topics: List[Topic] = field(default_factory=list)
    regions: List[Region] = field(default_factory=list)
    flows: List[Flow] = field(default_factory=list)
    more_samples: List[Tuple[MoreSamples, str, int]] = field(default_factory=list)
    """Further samples with their file and line; `read_content` adds them to their answers."""
    problems: List[Problem] = field(default_factory=list)
    places: Dict[str, Tuple[str, int]] = field(default_factory=dict)
    """File and line of each source, topic, answer and region, by its id."""

    def complain(self, place: str, message: str) -> None:
        """Add a problem at the record called `place`."""
        file, line = self.places.get(place, ("?", 1))
        self.problems.append(Problem(file, line, message))


class ContentError(Exception):
    """The content has mistakes; nothing was built."""

    def __init__(self, problems: List[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def fingerprint(folder: Path = CONTENT) -> str:
    """A hash over the names and contents of all content files and of the code that reads them."""
    digest = hashlib.sha256()
    code = sorted(Path(__file__).parent.glob("*.py"))
    for path in [*code, *sorted(folder.rglob("*.yml"))]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def read_content(folder: Path = CONTENT) -> Content:
    """Read and check every `.yml` file below `folder`; mistakes are in `problems` of the result."""
    content = Content()
    for path in sorted(folder.rglob("*.yml")):
        name = str(path.relative_to(folder.parent.parent)) if folder == CONTENT else str(path.relative_to(folder))
        _read_file(path, name, content)
    _add_more_samples(content)
    _check_references(content)
    return content


def _read_file(path: Path, name: str, content: Content) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        content.problems.append(Problem(name, 1, "dit bestand is geen UTF-8. Sla het opnieuw op als UTF-8."))
        return
    try:
        nodes = [node for node in yaml.compose_all(text, Loader=yaml.CSafeLoader) if node is not None]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        detail = getattr(error, "problem", None) or "onleesbaar"
        message = (
            f"dit is geen geldige YAML ({detail}). "
            "Kijk of het inspringen klopt, en zet tekst met een dubbele punt tussen aanhalingstekens."
        )
        content.problems.append(Problem(name, line, message))
        return
    for node in nodes:
        _read_document(node, name, content)


def _read_document(node: yaml.Node, name: str, content: Content) -> None:
    lines: Dict[_Path, int] = {}
    problems: List[Problem] = []
    value = _construct(node, (), lines, name, problems)
    content.problems.extend(problems)
    kind = next((key for key in value if key in RECORD_TYPES), None) if isinstance(value, dict) else None
    if kind is None:
        known = ", ".join(f"'{key}:'" for key in RECORD_TYPES)
        content.problems.append(
            Problem(name, node.start_mark.line + 1, f"hier staat niet wat dit is. Begin met een van: {known}.")
        )
        return
    try:
        record: Record = RECORD_TYPES[kind].parse_obj(value)
    except ValidationError as error:
        found = [_explain(dict(detail), value, lines, name, RECORD_TYPES[kind]) for detail in error.errors()]
        content.problems.extend(dict.fromkeys(found))
        return
    if isinstance(record, Topic):
        _add(content, content.topics, record, record.slug, (name, lines[()]), "onderwerp")
        for index, answer in enumerate(record.answers):
            content.places[f"{record.slug}/{answer.id}"] = (name, lines.get(("antwoorden", index), lines[()]))
    elif isinstance(record, Source):
        _add(content, content.sources, record, f"bron:{record.slug}", (name, lines[()]), "bron")
    elif isinstance(record, MoreSamples):
        content.more_samples.append((record, name, lines[()]))
    elif isinstance(record, Region):
        _add(content, content.regions, record, f"regio:{record.slug}", (name, lines[()]), "arbeidsmarktregio")
    elif isinstance(record, Flow):
        _add(content, content.flows, record, f"gesprek:{record.slug}", (name, lines[()]), "gesprek")


def _add(content: Content, records: List[Any], record: Any, place: str, where: Tuple[str, int], kind: str) -> None:
    if place in content.places:
        file, line = content.places[place]
        message = f"{kind} '{record.slug}' bestaat al ({file}, regel {line}). Kies een andere korte naam."
        content.problems.append(Problem(where[0], where[1], message))
        return
    content.places[place] = where
    records.append(record)


def _construct(node: yaml.Node, path: _Path, lines: Dict[_Path, int], name: str, problems: List[Problem]) -> Any:
    """Plain Python values of a YAML node: every scalar stays text, every path's line is noted."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: Dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in mapping:
                message = f"veld '{key}' staat er twee keer. Voeg ze samen of haal er een weg."
                problems.append(Problem(name, key_node.start_mark.line + 1, message))
            mapping[key] = _construct(value_node, (*path, key), lines, name, problems)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*path, index), lines, name, problems) for index, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return node.value


def _explain(
    detail: Dict[str, Any], value: Any, lines: Dict[_Path, int], name: str, record_type: Type[Record]
) -> Problem:
    location: _Path = tuple(part for part in detail["loc"] if part not in ("__root__", "__key__"))
    line, known = lines[()], location
    while known and known not in lines:
        known = known[:-1]
    line = lines.get(known, line)
    where = " > ".join(str(part + 1 if isinstance(part, int) else part) for part in location)
    last = location[-1] if location else ""
    given = _value_at(value, location)
    kind = detail["type"]
    if kind == "value_error.missing":
        parent = where.rpartition(" > ")[0]
        message = f"veld '{last}' ontbreekt{' in ' + parent if parent else ''}. Voeg een regel '{last}: ...' toe."
    elif kind == "value_error.extra":
        close = difflib.get_close_matches(str(last), _field_names(record_type), n=1)
        hint = f" Bedoel je '{close[0]}'?" if close else " Haal het weg, of kijk in knowledge/README.md hoe het heet."
        message = f"veld '{last}' kennen we niet.{hint}"
    elif kind == "type_error.enum":
        allowed = ", ".join(member.value for member in detail["ctx"]["enum_values"])
        shown = given
        if detail["loc"][-1] == "__key__":  # pydantic says that a key is wrong, not which
            unknown = [key for key in given if key not in allowed.split(", ")]
            line, shown = lines[(*location, unknown[0])], "', '".join(unknown)
        message = f"{where}: '{shown}' kennen we niet. Kies uit: {allowed}."
    elif kind in ("value_error.any_str.min_length", "type_error.none.not_allowed", "type_error.str"):
        message = f"{where} is leeg of geen tekst. Vul het in, of haal de regel weg."
    elif kind == "type_error.list":
        message = f"{where} moet een lijst zijn. Zet elk stuk op een eigen regel met '- ' ervoor."
    elif kind == "type_error.dict":
        message = f"{where} moet uit velden bestaan, zoals 'naam: waarde'."
    elif kind.startswith("value_error"):
        message = f"{where}: {detail['msg']}" if where else str(detail["msg"])
    else:
        message = f"{where}: dit kan hier niet staan ({detail['msg']}). Kijk in knowledge/README.md."
    return Problem(name, line, message)


def _value_at(value: Any, path: _Path) -> Any:
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _field_names(record_type: Type[Record]) -> List[str]:
    names: List[str] = []
    pending, seen = [record_type], set()
    while pending:
        model = pending.pop()
        if model in seen or not hasattr(model, "__fields__"):
            continue
        seen.add(model)
        for model_field in model.__fields__.values():
            names.append(model_field.alias)
            pending.append(model_field.type_)
    return names


def _add_more_samples(content: Content) -> None:
    answers = {key: answer for _, answer, key in iterate_answers(content.topics)}
    for record, file, line in content.more_samples:
        answer = answers.get(record.answer)
        if answer is None:
            content.problems.append(Problem(file, line, _unknown("antwoord", record.answer, answers)))
            continue
        for voice, texts in record.samples.items():
            answer.samples[voice] = [*answer.samples.get(voice, []), *texts]


def _check_references(content: Content) -> None:
    answers = {key: answer for _, answer, key in iterate_answers(content.topics)}
    for flow in content.flows:
        _check_flow(flow, answers, content)
    for topic in content.topics:
        _check_topic(topic, content)
    sources = {source.slug for source in content.sources}
    questions: Dict[str, str] = {}
    for key, answer in answers.items():
        references = answer.sources + (answer.change.sources if answer.change else [])
        for slug in {reference.source for reference in references} - sources:
            content.complain(key, _unknown("bron", slug, sources))
        for followup in answer.followups:
            if followup not in FLOWS and followup not in answers:
                content.complain(key, _unknown("vervolg", followup, answers))
        if answer.same_as and answer.same_as not in answers:
            content.complain(key, _unknown("antwoord (zelfde_als)", answer.same_as, answers))
        elif answer.same_as and (answers[answer.same_as].same_as or answer.same_as == key):
            content.complain(key, f"{answer.same_as} heeft zelf 'zelfde_als'. Verwijs naar een antwoord zonder.")
        other = questions.setdefault(answer.question.lower(), key)
        if other != key:
            content.complain(key, f"de vraag '{answer.question}' staat ook bij {other}. Maak ze verschillend.")


def _check_topic(topic: Topic, content: Content) -> None:
    sources = {source.slug for source in content.sources}
    topics = {other.slug for other in content.topics}
    regions = {region.slug for region in content.regions}
    places = [value for criterion in topic.criteria if criterion.field == "regio" for value in criterion.values]
    cited = [*(criterion.source for criterion in topic.criteria), *(rule.source for rule in topic.financing)]
    for kind, named, known in (
        ("verwant onderwerp", topic.related, topics),
        ("regio", [*([topic.region] if topic.region else []), *places], regions),
        ("bron", cited, sources),
    ):
        for slug in named:
            if slug not in known:
                content.complain(topic.slug, _unknown(kind, slug, known))


def _check_flow(flow: Flow, answers: Mapping[str, Answer], content: Content) -> None:
    for step in flow.steps:
        for fact in [*step.facts, *(fact for option in step.options for fact in option.facts)]:
            if fact not in answers:
                content.complain(f"gesprek:{flow.slug}", _unknown(f"feit (stap {step.id})", fact, answers))
    if flow.slug == "check":
        for name in CRITERION_VALUES:
            if name not in {step.id for step in flow.steps}:
                message = f"er is geen stap voor veld '{name}' van de criteria. Voeg een stap met die naam toe."
                content.complain("gesprek:check", message)


def _unknown(kind: str, value: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(value, sorted(known), n=3)
    hint = f" Bedoel je: {', '.join(close)}?" if close else " Voeg hem toe, of haal de verwijzing weg."
    return f"{kind} '{value}' bestaat niet.{hint}"


def iterate_answers(topics: Iterable[Topic]) -> Iterator[Tuple[Topic, Answer, str]]:
    """Topic, answer and full answer id, for all answers."""
    for topic in topics:
        for answer in topic.answers:
            yield topic, answer, f"{topic.slug}/{answer.id}"
