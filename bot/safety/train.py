"""`python -m bot.safety.train`: make the weights of the crisis classifier from its examples.

Run it after `examples.yml` changed and commit `crisis_weights.json` with it; nothing is trained at run time.
Ordinary examples are those of the file and the knowledge base's sample questions.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.nlu.encoder import Encoder, VectorStore, shared_encoder
from bot.safety import signals
from bot.safety.crisis import CLASSES, EXPLICIT, GREY, NONE, WEIGHTS
from bot.safety.wording import plain
from bot.settings import Settings
from knowledge.reader import read_content
from knowledge.tables import PROJECT

INTENTS = PROJECT / "bot" / "data" / "nlu"
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))")
EXAMPLES = Path(__file__).parent / "examples.yml"
_SECTIONS = {"expliciet": EXPLICIT, "grijs": GREY, "gewoon": NONE}
_REGULARISATION = 20.0
_EVERY_NTH_QUESTION = 3
_QUESTION_WEIGHT = 0.25


def read_examples(path: Path = EXAMPLES) -> Dict[str, List[str]]:
    """The examples a class. Raises `ValueError` when the file has another form."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(data) != set(_SECTIONS) or not all(isinstance(text, str) for texts in data.values() for text in texts):
        raise ValueError(f"{path.name}: alleen de lijsten {', '.join(_SECTIONS)} met zinnen, tussen aanhalingstekens als het moet")
    return {_SECTIONS[section]: texts for section, texts in data.items()}


def ordinary_questions() -> List[str]:
    """What people ask and say otherwise: a part of the knowledge base's sample questions and the training data of
    the intents, without the texts in which a pattern sees a crisis."""
    content = read_content()
    texts = [text for topic in content.topics for answer in topic.answers for text in answer.sample_texts()]
    texts = texts[::_EVERY_NTH_QUESTION]
    for path in sorted(INTENTS.glob("*.yml")):
        for intent in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", ()):
            lines = (line.strip().lstrip("-").strip() for line in (intent.get("examples") or "").splitlines())
            texts.extend(_ANNOTATION.sub(r"\1", line) for line in lines if line)
    return [text for text in texts if not _shows_crisis(text)]


def _shows_crisis(text: str) -> bool:
    neutral = signals.without_figures(plain(text))
    patterns = [signal.pattern for signal in signals.EXPLICIT] + list(signals.GREY)
    return any(pattern.search(neutral) for pattern in patterns)


def fit(
    vectors: NDArray[np.float32], labels: Sequence[str], weight: Sequence[float]
) -> Tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of a logistic regression, rows in the order of `CLASSES`."""
    numbers = [CLASSES.index(label) for label in labels]
    model = LogisticRegression(C=_REGULARISATION, max_iter=500)
    model.fit(vectors, numbers, sample_weight=list(weight))
    return model.coef_.astype(np.float32), model.intercept_.astype(np.float32)


def train(encoder: Optional[Encoder] = None, examples: Optional[Dict[str, List[str]]] = None) -> Dict[str, object]:
    """The content of the weights file."""
    encoder = encoder or shared_encoder()
    store = VectorStore(encoder, Settings.from_environment().vectors_path)
    examples = examples or read_examples()
    texts = [text for texts in examples.values() for text in texts]
    labels = [label for label, texts in examples.items() for _ in texts]
    questions = ordinary_questions()
    weight = [1.0] * len(texts) + [_QUESTION_WEIGHT] * len(questions)
    vectors = store.encode(texts + questions)
    weights, bias = fit(vectors, labels + [NONE] * len(questions), weight)
    return {
        "encoder": encoder.name,
        "weights": [[round(float(value), 3) for value in row] for row in weights],
        "bias": [round(float(value), 3) for value in bias],
    }


def main() -> int:
    """Write the weights file."""
    WEIGHTS.write_text(json.dumps(train()), encoding="utf-8")
    print(f"{WEIGHTS.name} geschreven.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
