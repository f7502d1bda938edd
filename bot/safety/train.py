"""`python -m bot.safety.train`: make the weights of the crisis classifier from its examples.

Run it after `examples.yml` or `signals.py` changed and commit `crisis_weights.npz` with it; nothing is trained at
run time. Ordinary examples are those of the file, of the intents' training data and of the knowledge base's
sample questions.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from bot.nlu.encoder import Encoder, VectorStore, shared_encoder
from bot.safety import signals
from bot.safety.classifier import CLASSES, EXPLICIT, GREY, KERNEL_WIDTH, NONE, WEIGHTS, features, shown_to_encoder, unit
from bot.safety.crisis import segments
from bot.safety.wording import plain
from bot.settings import Settings
from knowledge.reader import read_content
from knowledge.tables import PROJECT

EXAMPLES = Path(__file__).parent / "examples.yml"
ACTS = Path(__file__).parent / "acts.yml"
INTENTS = PROJECT / "bot" / "data" / "nlu"
_SECTIONS = {"expliciet": EXPLICIT, "grijs": GREY, "gewoon": NONE}
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))")
_REGULARISATION = 60.0
_KERNEL_REGULARISATION = 10.0
_HARD_FROM = -0.7
_EVERY_NTH_PART = 2
_EVERY_NTH_QUESTION = 4
_QUESTION_WEIGHT = 0.25
_ACT_WEIGHT = 0.5
_FRAMES_AN_ACT = 7
_FRAMES_AN_ANSWER = 3
_THIRD_PERSON = {"me": "zich", "mezelf": "zichzelf", "mijn": "zijn", "ik": "hij"}


def read_examples(path: Path = EXAMPLES) -> Dict[str, List[str]]:
    """The examples a class. Raises `ValueError` when the file has another form."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(data) != set(_SECTIONS) or not all(isinstance(text, str) for texts in data.values() for text in texts):
        raise ValueError(
            f"{path.name}: alleen de lijsten {', '.join(_SECTIONS)} met zinnen; bij twijfel tussen quotes."
        )
    return {_SECTIONS[section]: texts for section, texts in data.items()}


def composed_texts(path: Path = ACTS) -> List[Tuple[str, str]]:
    """Acts in frames, with their class: each act in some of the frames, dangerous and ordinary acts in all of them."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    frames = data["kaders"]
    result: List[Tuple[str, str]] = []
    for section, label in (("gevaar", EXPLICIT), ("gewoon", NONE)):
        for number, act in enumerate(data[section]):
            other = " ".join(_THIRD_PERSON.get(word, word) for word in act.split())
            forms = {
                "x": act.replace("_", ""),
                "te": act.replace("_", " te ").replace("  ", " ").strip(),
                "z": other.replace("_", ""),
                "zte": other.replace("_", " te ").replace("  ", " ").strip(),
            }
            chosen = {(number + 3 * turn) % len(frames) for turn in range(_FRAMES_AN_ACT)}
            result.extend((frames[at].format(**forms), label) for at in sorted(chosen))
    return result


def step_answers(path: Path = ACTS) -> List[str]:
    """What people answer to the questions of the guided conversations: the options' words, and bits of sentences."""
    options = [option for flow in read_content().flows for step in flow.steps for option in step.options]
    result = [text for option in options for text in (option.title, *option.words, *option.replies)]
    for group in yaml.safe_load(path.read_text(encoding="utf-8"))["antwoorden"]:
        frames = group["kaders"]
        for number, word in enumerate(group["woorden"]):
            chosen = {0, *((number + turn) % len(frames) for turn in range(_FRAMES_AN_ANSWER))}
            result.extend(frames[at].format(x=word) for at in sorted(chosen))
    return [text for text in dict.fromkeys(result) if not _shows_crisis(text)]


def ordinary_texts() -> List[str]:
    """What people ask and say otherwise, whole and in the parts that are looked at one by one.

    Without the texts in which a pattern sees a crisis.
    """
    content = read_content()
    texts = [text for topic in content.topics for answer in topic.answers for text in answer.sample_texts()]
    for path in sorted(INTENTS.glob("*.yml")):
        for intent in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", ()):
            lines = (line.strip().lstrip("-").strip() for line in (intent.get("examples") or "").splitlines())
            texts.extend(_ANNOTATION.sub(r"\1", line) for line in lines if line)
    whole = [text for text in texts if not _shows_crisis(text)]
    parts = {part for text in whole for part, _ in segments(text)}.difference(whole)
    return [*whole, *(part for part in sorted(parts)[::_EVERY_NTH_PART] if not _shows_crisis(part))]


def _shows_crisis(text: str) -> bool:
    neutral = signals.without_figures(plain(text))
    return next(signals.explicit_in(neutral), None) is not None or signals.grey_in(neutral) is not None


def train(encoder: Optional[Encoder] = None) -> Dict[str, np.ndarray]:
    """The arrays of the weights file."""
    store = VectorStore(encoder or shared_encoder(), Settings.from_environment().vectors_path)
    examples = read_examples()
    texts = [text for texts in examples.values() for text in texts]
    labels = [CLASSES.index(label) for label, texts in examples.items() for _ in texts]
    composed, ordinary = composed_texts(), ordinary_texts()
    composed += [(text, NONE) for text in step_answers()]
    labels += [CLASSES.index(label) for _, label in composed] + [CLASSES.index(NONE)] * len(ordinary)
    weights = [1.0] * len(texts) + [_ACT_WEIGHT] * len(composed) + [_QUESTION_WEIGHT] * len(ordinary)
    shown, neutral = zip(*(shown_to_encoder(text) for text in [*texts, *(text for text, _ in composed), *ordinary]))
    return fit(store.encode(shown), neutral, np.array(labels), np.array(weights), len(ordinary))


def fit(
    vectors: np.ndarray, neutral: Sequence[str], labels: np.ndarray, weights: np.ndarray, ordinary: int
) -> Dict[str, np.ndarray]:
    """What both judges learn from rows of which the last `ordinary` are ordinary texts."""
    centre = vectors.mean(axis=0)
    model = LogisticRegression(C=_REGULARISATION, max_iter=2000)
    model.fit(features(vectors, neutral, centre), labels, sample_weight=weights)
    arrays = {"weights": model.coef_, "bias": model.intercept_, "centre": centre}
    arrays.update(_kernel_machine(unit(vectors, centre), labels, weights, ordinary))
    return {name: array.astype(np.float16) for name, array in arrays.items()}


def _kernel_machine(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, ordinary: int) -> Dict[str, np.ndarray]:
    """The kernel machine's arrays: "explicit" and "either tier" against the rest, over shared support vectors.

    It learns from a part of the ordinary texts, and then from those that it would take for a crisis.
    """
    first = len(rows) - ordinary
    part = np.concatenate([np.arange(first), np.arange(first, len(rows), _EVERY_NTH_QUESTION)])
    duals = np.zeros((len(rows), 2))
    offsets = np.zeros(2)
    for column, is_positive in enumerate((labels == CLASSES.index(EXPLICIT), labels != CLASSES.index(NONE))):
        machine = SVC(C=_KERNEL_REGULARISATION, gamma=KERNEL_WIDTH, cache_size=800)
        chosen = part
        for _ in range(2):
            machine.fit(rows[chosen], is_positive[chosen], sample_weight=weights[chosen])
            others = np.setdiff1d(np.arange(first, len(rows)), chosen)
            chosen = np.concatenate([chosen, others[machine.decision_function(rows[others]) > _HARD_FROM]])
        # The last fit is over `chosen` without what was added after it.
        fitted = chosen[: machine.shape_fit_[0]]
        duals[fitted[machine.support_], column] = machine.dual_coef_[0]
        offsets[column] = machine.intercept_[0]
    used = np.flatnonzero(duals.any(axis=1))
    return {"support": rows[used], "duals": duals[used], "offsets": offsets}


def main() -> int:
    """Write the weights file."""
    np.savez_compressed(WEIGHTS, **train())
    print(f"{WEIGHTS.name} geschreven ({WEIGHTS.stat().st_size // 1024} kB).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
