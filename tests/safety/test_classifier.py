"""A message is judged on the same numbers that the classifier was trained on."""

from __future__ import annotations

import numpy as np
import pytest

from bot.safety.classifier import _weights, _words_say, features


@pytest.mark.parametrize(
    "text", [" ik wil niet meer leven ", " wat is ips ", " x ", "", " twee keer twee keer hetzelfde "]
)
def test_the_short_way_to_letter_groups_and_words_gives_what_training_saw(text: str) -> None:
    learnt = _weights()
    trained_on = features(learnt.centre[None, :], [text], learnt.centre)
    assert np.allclose(_words_say([text], learnt), trained_on @ learnt.weights.T, atol=1e-5)
