"""A message is judged on the same numbers that the classifier was trained on."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.encoder import shared_encoder
from bot.safety.classifier import _MOST_WRONG, _weights, _words_say, features, shown_to_encoder, unit
from bot.safety.train import read_examples
from tests.safety.test_crisis_examples import tagged


@pytest.mark.parametrize(
    "text", [" ik wil niet meer leven ", " wat is ips ", " x ", "", " twee keer twee keer hetzelfde "]
)
def test_the_short_way_to_letter_groups_and_words_gives_what_training_saw(text: str) -> None:
    learnt = _weights()
    trained_on = features(learnt.centre[None, :], [text], learnt.centre)
    assert np.allclose(_words_say([text], learnt), trained_on @ learnt.weights.T, atol=1e-5)


def test_what_the_kernel_machine_will_say_is_known_closely_enough_not_to_ask_it() -> None:
    learnt = _weights()
    tested = [text for name in ("explicit", "grey", "lookalike") for text, _, _ in tagged(name)]
    texts = [*tested, *(text for some in read_examples().values() for text in some[::8])]
    units = unit(shared_encoder().encode([shown_to_encoder(text)[0] for text in texts]), learnt.centre)
    wrong = np.abs(learnt.rough_scores(units) - learnt.scores(units)[:, 1])
    assert len(texts) > 700
    # Half a point would be too little: the bound is one that counts.
    assert 0.5 < wrong.max() < _MOST_WRONG
