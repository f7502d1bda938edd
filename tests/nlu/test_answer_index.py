"""The ranking on its own: a small knowledge base, real sentence vectors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import List

import numpy as np
import pytest

from bot.nlu.answer_index import CLOSELY, _promising
from bot.nlu.answer_model import AnswerModel
from bot.nlu.conversation.context import Context
from bot.nlu.encoder import VectorStore, clean, shared_encoder
from bot.nlu.reader import Reader
from knowledge.queries import Place, Snapshot, TopicName, Unit

CONVERSATION = {
    "greet": ["hoi", "hallo", "goedemorgen", "hey daar"],
    "correct_topic": ["nee, dat bedoel ik niet", "ik bedoel iets anders", "niet die maar die andere"],
    "out_of_scope": ["wat voor weer wordt het", "recept voor appeltaart", "wie won de wedstrijd gisteren"],
}


def unit(answer: str, facet: str, question: str, *samples: str) -> Unit:
    topic = answer.split("/")[0]
    return Unit(answer, topic, "interventie", facet, None, question, (question,), tuple(("haast", s) for s in samples))


UNITS = [
    unit("ips/wat", "wat", "Wat is IPS?", "ips?", "waar staat ips voor", "leg ips eens uit", "wat houdt dat ips in"),
    unit("ips/duur", "duur", "Hoe lang duurt IPS?", "ips looptijd", "hoeveel maanden duurt ips", "duur ips"),
    unit("wgb/wat", "wat", "Wat is WGB?", "wgb?", "waar staat wgb voor", "leg wgb uit", "behandeling en werk tegelijk"),
    unit("wgb/duur", "duur", "Hoe lang duurt WGB?", "wgb looptijd", "hoeveel maanden duurt wgb", "duur van wgb"),
    unit("stigma/cijfers", "cijfers", "Hoeveel mensen hebben last van stigma?", "percentage stigma", "stigma cijfers"),
]
NO_CONTEXT = Context()
NAMES = [TopicName("ips", "abbreviation", "IPS"), TopicName("wgb", "abbreviation", "WGB")]


PLACES = [
    Place("Friesland", None, "friesland", "Friesland"),
    Place("Leeuwarden", "Leeuwarden", "friesland", "Friesland"),
    Place("Twente", None, "twente", "Twente"),
]


def reader_of(units: List[Unit], folder: Path, model: AnswerModel | None = None) -> Reader:
    snapshot = Snapshot("test", units, NAMES, PLACES)
    return Reader(snapshot, shared_encoder(), folder / "vectors.db", CONVERSATION, model)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return reader_of(UNITS, tmp_path_factory.mktemp("vectors"))


def first(reader: Reader, text: str, context: Context = NO_CONTEXT, **ranking: float) -> str:
    return reader.read(text, ranking, context).candidates[0][0]


def test_the_topic_decides_between_like_questions(reader: Reader) -> None:
    assert first(reader, "hoeveel weken duurt wgb") == "wgb/duur"
    assert first(reader, "hoeveel weken duurt ips") == "ips/duur"


def test_a_description_finds_the_topic_without_its_name(reader: Reader) -> None:
    assert first(reader, "iets waarbij je behandeld wordt en tegelijk werkt") == "wgb/wat"


def test_a_follow_up_is_about_the_conversations_topic(reader: Reader) -> None:
    context = Context(topics=("wgb",), last_answer="wgb/wat")
    assert first(reader, "en hoe lang duurt dat?", context, ask_how_long=0.9) == "wgb/duur"


def test_en_bij_repeats_the_last_question_for_another_topic(reader: Reader) -> None:
    assert first(reader, "en bij ips?", Context(topics=("wgb",), last_answer="wgb/duur")) == "ips/duur"


def test_a_correction_that_asks_is_answered_at_once(reader: Reader) -> None:
    assert first(reader, "niet ips maar wgb: hoe lang duurt dat") == "wgb/duur"


def test_two_topics_are_compared_in_the_order_they_are_named(reader: Reader) -> None:
    assert reader.read("wat is het verschil tussen wgb en ips", {}, NO_CONTEXT).compared == ("wgb", "ips")
    context = Context(topics=("ips",), last_answer="ips/wat")
    assert reader.read("en wat is het verschil met wgb", {}, context).compared == ("ips", "wgb")


def test_a_follow_up_keeps_the_subject_and_a_named_topic_changes_it(reader: Reader) -> None:
    context = Context(topics=("wgb",), last_answer="wgb/wat")
    assert reader.read("en hoe lang duurt dat?", {}, context).subject == ("wgb",)
    assert reader.read("hoe lang duurt ips?", {}, context).subject == ("ips",)


def test_an_ordinal_points_into_the_list_of_the_last_answer(reader: Reader, tmp_path: Path) -> None:
    overview = unit("overzicht/welke", "lijst", "Welke hulp is er?", "welke hulp bestaat er", "overzicht van hulp")
    listed = reader_of([*UNITS, replace(overview, texts=("Er zijn twee vormen: IPS en WGB.",))], tmp_path, reader.model)
    context = Context(topics=("overzicht",), last_answer="overzicht/welke")
    found = listed.read("vertel over de tweede", {}, context)
    assert (found.candidates[0][0], found.list_answer) == ("wgb/wat", "overzicht/welke")
    again = Context(topics=("wgb",), last_answer="wgb/wat", list_answer="overzicht/welke")
    assert listed.read("en de eerste", {}, again).candidates[0][0] == "ips/wat"


def test_who_says_to_be_a_professional_is_understood(reader: Reader) -> None:
    found = reader.read("ik ben klantmanager", {}, NO_CONTEXT)
    assert (found.intent, found.role) == ("state_role", "professional")


def test_words_that_nobody_knows_are_gibberish(reader: Reader) -> None:
    assert reader.read("zwiep frotsel knorbak", {}, NO_CONTEXT).intent == "gibberish"


def test_a_number_after_a_choice_chooses(reader: Reader) -> None:
    assert reader.read("2", {}, Context(choosing=True)).intent == "choose_option"


def test_with_many_units_only_the_likely_ones_are_looked_at_closely(reader: Reader, tmp_path: Path) -> None:
    many = [unit(f"iets{n}/wat", "wat", f"Wat is zaak {n}?", f"zaak {n} uitleg") for n in range(CLOSELY + 50)]
    large = reader_of([*UNITS, *many], tmp_path, reader.model)
    assert first(large, "hoeveel weken duurt wgb") == "wgb/duur"


def test_many_units_without_kinds_of_conversation_are_looked_at_too(reader: Reader, tmp_path: Path) -> None:
    many = [unit(f"iets{n}/wat", "wat", f"Wat is zaak {n}?", f"zaak {n} uitleg") for n in range(CLOSELY + 50)]
    snapshot = Snapshot("test", [*UNITS, *many], NAMES, PLACES)
    alone = Reader(snapshot, shared_encoder(), tmp_path / "vectors.db", {}, reader.model)
    assert first(alone, "hoeveel weken duurt wgb") == "wgb/duur"


def test_what_is_hopeless_is_not_looked_at_closely_but_for_the_best_few() -> None:
    scores = np.array([0.1, 0.95, 0.0, 0.8, 1.0, 0.72, 0.6, 0.2])
    assert _promising(scores, np.array([1, 3, 4, 5, 6, 7])).tolist() == [1, 3, 4, 5]
    assert _promising(np.array([1.0, 0.2, 0.1, 0.0, -0.1]), np.arange(5)).tolist() == [0, 1, 2, 3]


def test_the_channels_place_counts_until_a_message_names_another(reader: Reader) -> None:
    units = [
        replace(
            unit(f"regio-{region}/aanpak", "ervaringen", f"Hoe pakt {region} het aan?", "samenwerking"), region=region
        )
        for region in ("friesland", "twente")
    ]
    with TemporaryDirectory() as folder:
        regional = reader_of([*UNITS, *units], Path(folder), reader.model)
    asked = "hoe pakt men het hier aan, die samenwerking"
    for place, region in (("Leeuwarden", "friesland"), ("Twente", "twente")):
        assert first(regional, asked, Context(place=place)) == f"regio-{region}/aanpak"
    assert first(regional, "hoe pakken ze het in Twente aan", Context(place="Leeuwarden")) == "regio-twente/aanpak"


def test_a_greeting_stays_a_greeting(reader: Reader) -> None:
    found = reader.read("hallo", {}, Context())
    assert (found.intent, found.decision) == ("greet", "conversation")


def test_probabilities_are_probabilities(reader: Reader) -> None:
    found = reader.read("wat is ips", {}, Context())
    shares = [candidate[3] for candidate in found.candidates]
    assert shares == sorted(shares, reverse=True)
    assert 0 < sum(shares) <= 1.0001


def test_new_content_is_found_with_a_model_that_never_saw_it(reader: Reader, tmp_path: Path) -> None:
    new = unit("zeilboot/wat", "wat", "Wat is de Zeilboot?", "de zeilboot?", "wat doet de zeilboot", "zeilboot uitleg")
    adapted = reader_of([*UNITS, new], tmp_path, reader.model)
    assert first(adapted, "wat is die zeilboot nou") == "zeilboot/wat"
    assert first(adapted, "hoeveel weken duurt wgb") == "wgb/duur"


def test_the_model_survives_saving(reader: Reader, tmp_path: Path) -> None:
    reader.model.save(tmp_path / "model.npz")
    loaded = AnswerModel.load(tmp_path / "model.npz")
    texts = ["wat is ips", "duur wgb"]
    vectors = shared_encoder().encode(texts)
    before = reader.model.log_probabilities(reader.model.features(vectors, reader.model.words.sparse(texts)))
    after = loaded.log_probabilities(loaded.features(vectors, loaded.words.sparse(texts)))
    assert np.allclose(before, after, atol=0.05)


@pytest.mark.parametrize("text", ["wat is ips", "wie betaalt de jobcoach, en hoe lang?", "één café", "§§", "x", ""])
def test_a_turns_words_are_weighed_as_in_training(reader: Reader, text: str) -> None:
    """A turn takes a shorter way to the same numbers."""
    words = reader.model.words
    assert np.allclose(words.few([text, "duur wgb"]).toarray(), words.sparse([text, "duur wgb"]).toarray(), atol=1e-6)


def test_vectors_are_remembered_and_a_damaged_memory_is_replaced(tmp_path: Path) -> None:
    store = VectorStore(shared_encoder(), tmp_path / "vectors.db")
    once = store.encode(["wat is ips", "duur wgb"])
    assert np.array_equal(once, store.encode(["wat is ips", "duur wgb"]))
    (tmp_path / "vectors.db").write_bytes(b"dit is geen database" * 100)
    assert np.array_equal(once, store.encode(["wat is ips", "duur wgb"]))


def test_texts_are_capped_before_they_are_encoded() -> None:
    assert len(clean("a b " * 10_000)) <= 600
    assert clean("\x00\u202ewat\u2066 is\n\nips") == "wat is ips"


def test_answers_that_say_the_same_count_together(tmp_path: Path) -> None:
    again = replace(UNITS[0], id="wgb/verschil", topic="wgb", question="Wat is dat IPS?")
    apart = reader_of([*UNITS, again], tmp_path).read("waar gaat dat ips over", {}, NO_CONTEXT)
    same = replace(again, same_as="ips/wat")
    together = reader_of([*UNITS, same], tmp_path).read("waar gaat dat ips over", {}, NO_CONTEXT)
    assert {apart.candidates[0][0], apart.candidates[1][0]} == {"ips/wat", "wgb/verschil"}
    assert together.candidates[0][0] in ("ips/wat", "wgb/verschil")
    assert together.candidates[0][3] > apart.candidates[0][3] + 0.9 * apart.candidates[1][3]
