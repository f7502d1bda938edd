"""`make compare`: our pipeline next to Rasa's default one and to plain searches, as a table in `docs/comparison.md`.

All learn from the same material. Intents are measured on `tests/nlu/intents.yml`, answers on the clients' and
professionals' questions of `tests/questions/dev`: an answer counts when its text has what the question's set expects.
Each system runs in a process of its own, so that its memory is its own. Times are of the processor, since a clock also
counts what else the machine does.

Rasa's DIET has one class an intent. For the answers it gets one class an answer, which is how it would have to be used
here; `--answer-samples` and `--epochs` keep that within hours, and the table says what they were.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

import numpy as np
import yaml

from bot.nlu.answer_index import index_texts
from bot.nlu.encoder import VectorStore, shared_encoder
from bot.nlu.names import normalise
from bot.settings import Settings
from knowledge.queries import CLIENT, PROFESSIONAL, Knowledge
from tests.assistant import PROJECT, Turn
from tests.evaluation import ROLES, judge

TABLE = PROJECT / "docs" / "comparison.md"
SYSTEMS = {
    "koers": "Koers: vectors, n-grams, learned model, topics, weighed",
    "diet": "Rasa's default pipeline (DIET)",
    "vectors": "Vector search: the encoder alone, nearest sample",
    "words": "Word search: TF-IDF of character n-grams, nearest sample",
}

Classifier = Callable[[str], str]


def intent_data() -> Tuple[List[str], List[str], List[Tuple[str, str]]]:
    """Training texts, their intents, and pairs of test text and intent."""
    texts, labels = [], []
    for path in sorted((PROJECT / "bot" / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            found = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            texts += found
            labels += [block["intent"]] * len(found)
    apart = yaml.safe_load((PROJECT / "tests" / "nlu" / "intents.yml").read_text(encoding="utf-8"))
    return texts, labels, [(text, intent) for intent, group in apart.items() for text in group]


def answer_data() -> Tuple[List[str], List[str], List[Tuple[str, List[str]]]]:
    """Sample questions, their answers, and pairs of test question and the answers that pass."""
    knowledge = Knowledge(Settings.from_environment().knowledge_url)
    units = knowledge.snapshot().units
    texts, owners = index_texts(units)
    replies = {
        role: {key: answer.text for key, answer in _all(knowledge, [unit.id for unit in units], role).items()}
        for role in (CLIENT, PROFESSIONAL)
    }
    cases = []
    for name in ("client", "professional"):
        path = PROJECT / "tests" / "questions" / "dev" / f"{name}.jsonl"
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if case["soort"] == "antwoord":
                role = PROFESSIONAL if ROLES.get(case["persona"]) in ("professional", "employer") else CLIENT
                right = [
                    key
                    for key, text in replies[role].items()
                    if judge("antwoord", case["verwacht"], case["niet"], Turn([{"text": text}])) == 1
                ]
                cases.append((case["vraag"], right))
    return texts, [units[owner].id for owner in owners], cases


def _all(knowledge: Knowledge, ids: Sequence[str], role: str) -> Dict[str, Any]:
    found: Dict[str, Any] = {}
    for start in range(0, len(ids), 300):
        found.update(knowledge.answers(ids[start : start + 300], role))
    return found


def words(texts: Sequence[str], labels: Sequence[str]) -> Classifier:
    """The label of the text with the most alike n-grams."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32)
    rows = vectorizer.fit_transform([normalise(text) for text in texts])
    return lambda text: labels[int((rows @ vectorizer.transform([normalise(text)]).T).toarray().argmax())]


def vectors(texts: Sequence[str], labels: Sequence[str]) -> Classifier:
    """The label of the text with the most alike sentence vector."""
    encoder = shared_encoder()
    rows = VectorStore(encoder, Settings.from_environment().vectors_path).encode(list(texts))
    return lambda text: labels[int((rows @ encoder.encode([text])[0]).argmax())]


def diet(texts: Sequence[str], labels: Sequence[str], epochs: int) -> Classifier:
    """Rasa's default pipeline, trained on these texts; its components are those that `rasa init` writes."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLWriter
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    pipeline: List[Dict[str, Any]] = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "entity_recognition": False},
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # an answer's id holds a slash, which Rasa reads as a response's key
        examples = [
            Message.build(re.sub(r"[\[\](){}]", " ", text), intent=label.replace("/", "--"))
            for text, label in zip(texts, labels)
        ]
        RasaYAMLWriter().dump(str(folder / "nlu.yml"), TrainingData(examples))
        (folder / "config.yml").write_text(
            yaml.safe_dump({"recipe": "default.v1", "assistant_id": "diet", "language": "nl", "pipeline": pipeline})
        )
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
        agent = Agent.load(model)
    loop = asyncio.new_event_loop()

    def classify(text: str) -> str:
        found = loop.run_until_complete(agent.parse_message(text))
        return str(found["intent"]["name"]).replace("--", "/")

    return classify


def koers() -> Callable[[str], Dict[str, Any]]:
    """Our pipeline, trained anew; gives all that a message was understood to mean."""
    from rasa.core.agent import Agent
    from rasa.model_training import train as train_with_rasa

    with tempfile.TemporaryDirectory() as folder:
        trained = train_with_rasa(
            domain=str(PROJECT / "domain.yml"),
            config=str(PROJECT / "config.yml"),
            training_files=[str(PROJECT / "bot" / "data")],
            output=folder,
            force_training=True,
        )
        agent = Agent.load(str(trained.model))
    loop = asyncio.new_event_loop()
    return lambda text: dict(loop.run_until_complete(agent.parse_message(text)))


def measure(system: str, epochs: int, answer_samples: int) -> Dict[str, float]:
    """Figures of one system, in this process."""
    intents, answers = intent_data(), answer_data()
    if answer_samples:
        answers = (*_few(answers[0], answers[1], answer_samples), answers[2])
    started = time.process_time()
    if system == "koers":
        understand = koers()
        learning = time.process_time() - started

        def of_intent(text: str) -> str:
            return str(understand(text)["intent"]["name"])

        def of_answer(text: str) -> str:
            found = understand(text)["understanding"]
            return str(found["candidates"][0]["id"]) if found["candidates"] else ""

    elif system == "diet":
        of_intent = diet(intents[0], intents[1], epochs)
        learning = time.process_time() - started
        of_answer = diet(answers[0], answers[1], epochs)
    else:
        learn = words if system == "words" else vectors
        of_intent = learn(intents[0], intents[1])
        of_answer = learn(answers[0], answers[1])
        learning = time.process_time() - started
    answer_learning = time.process_time() - started
    of_intent("warm")
    times = []
    right_answers = 0
    for text, right in answers[2]:
        before = time.process_time()
        right_answers += of_answer(text) in right
        times.append((time.process_time() - before) * 1000)
    return {
        "intents": sum(of_intent(text) == intent for text, intent in intents[2]) / len(intents[2]),
        "answers": right_answers / len(answers[2]),
        "learning": learning,
        "answer_learning": answer_learning,
        "milliseconds": statistics.median(times),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "samples": len(answers[0]),
    }


def _few(texts: Sequence[str], labels: Sequence[str], most: int) -> Tuple[List[str], List[str]]:
    """At most so many texts a label, spread over them."""
    groups: Dict[str, List[str]] = {}
    for text, label in zip(texts, labels):
        groups.setdefault(label, []).append(text)
    pairs = [(text, label) for label, group in groups.items() for text in group[:: max(1, len(group) // most)][:most]]
    return [text for text, _ in pairs], [label for _, label in pairs]


def table(figures: Dict[str, Dict[str, float]], epochs: int, answer_samples: int) -> str:
    """The figures as a page of the docs."""
    lines = [
        "# Our pipeline next to others",
        "",
        "Made by `make compare`. Intents: questions of `tests/nlu/intents.yml`, which share no sentence with the",
        "training data. Answers: the first answer for the clients' and professionals' questions of",
        "`tests/questions/dev`, before any threshold. Times are of the processor (all threads); latency is p50",
        "for one message. Memory is the most that the process used, training included.",
        f"DIET: {epochs} epochs; for answers at most {answer_samples or 'all'} samples an answer, one class an answer.",
        "Koers' training time covers intents and answers together, without computing sentence vectors of known texts.",
        "",
        "| system | intents | answers | samples learned from | training | latency | memory |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for system, row in figures.items():
        lines.append(
            f"| {SYSTEMS[system]} | {row['intents']:.2f} | {row['answers']:.2f} | {row['samples']:.0f} "
            f"| {row['answer_learning']:.0f} s | {row['milliseconds']:.0f} ms | {row['megabytes']:.0f} MB |"
        )
    return "\n".join(lines) + "\n"


def main(arguments: List[str]) -> int:
    """Measure each system in a process of its own and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.comparison", description=__doc__)
    parser.add_argument("--only", choices=SYSTEMS, help="measure one system here and print its figures as JSON")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--answer-samples", type=int, default=4, help="samples an answer for DIET; 0 for all")
    options = parser.parse_args(arguments)
    if options.only:
        few = options.answer_samples if options.only == "diet" else 0
        print(json.dumps(measure(options.only, options.epochs, few)))
        return 0
    figures = {}
    for system in SYSTEMS:
        command = [sys.executable, "-W", "ignore", "-m", "tests.comparison", "--only", system]
        command += ["--epochs", str(options.epochs), "--answer-samples", str(options.answer_samples)]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{system}: {done.stderr[-1000:]}", file=sys.stderr)
            return 1
        figures[system] = json.loads(done.stdout.strip().splitlines()[-1])
        print(f"{system}: {figures[system]}", flush=True)
    TABLE.write_text(table(figures, options.epochs, options.answer_samples), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
