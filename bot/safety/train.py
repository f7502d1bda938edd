"""`python -m bot.safety.train`: make the weights of the crisis classifier from its examples.

Run it after `examples.yml` or `signals.py` changed and commit `crisis_weights.npz` with it; nothing is trained at
run time. Ordinary examples are those of the file, of the intents' training data and of the knowledge base's
sample questions.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List, Optional

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from bot.nlu.encoder import Encoder, VectorStore, shared_encoder
from bot.safety import signals
from bot.safety.classifier import CLASSES, EXPLICIT, GREY, NONE, WEIGHTS, features, shown_to_encoder
from bot.safety.wording import plain
from bot.settings import Settings
from knowledge.reader import read_content
from knowledge.tables import PROJECT

EXAMPLES = Path(__file__).parent / "examples.yml"
INTENTS = PROJECT / "bot" / "data" / "nlu"
_SECTIONS = {"expliciet": EXPLICIT, "grijs": GREY, "gewoon": NONE}
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))")
_REGULARISATION = 60.0
_EVERY_NTH_QUESTION = 1
_QUESTION_WEIGHT = 0.25


def read_examples(path: Path = EXAMPLES) -> Dict[str, List[str]]:
    """The examples a class. Raises `ValueError` when the file has another form."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(data) != set(_SECTIONS) or not all(isinstance(text, str) for texts in data.values() for text in texts):
        raise ValueError(
            f"{path.name}: alleen de lijsten {', '.join(_SECTIONS)} met zinnen; bij twijfel tussen quotes."
        )
    return {_SECTIONS[section]: texts for section, texts in data.items()}


def ordinary_texts() -> List[str]:
    """What people ask and say otherwise, without the texts in which a pattern sees a crisis."""
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


def train(encoder: Optional[Encoder] = None) -> Dict[str, np.ndarray]:
    """The arrays of the weights file."""
    store = VectorStore(encoder or shared_encoder(), Settings.from_environment().vectors_path)
    examples = read_examples()
    texts = [text for texts in examples.values() for text in texts]
    labels = [CLASSES.index(label) for label, texts in examples.items() for _ in texts]
    ordinary = ordinary_texts()
    shown, neutral = zip(*(shown_to_encoder(text) for text in texts + ordinary))
    vectors = store.encode(shown)
    centre = vectors.mean(axis=0)
    model = LogisticRegression(C=_REGULARISATION, max_iter=2000)
    model.fit(
        features(vectors, neutral, centre),
        labels + [CLASSES.index(NONE)] * len(ordinary),
        sample_weight=[1.0] * len(texts) + [_QUESTION_WEIGHT] * len(ordinary),
    )
    arrays = {"weights": model.coef_, "bias": model.intercept_, "centre": centre}
    return {name: array.astype(np.float16) for name, array in arrays.items()}


def main() -> int:
    """Write the weights file."""
    np.savez_compressed(WEIGHTS, **train())
    print(f"{WEIGHTS.name} geschreven ({WEIGHTS.stat().st_size // 1024} kB).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
