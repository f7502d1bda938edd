"""What the tests know of the five documents, whose text is not in the repository.

`python -m tests.knowledge.documents ../shared/sources` rewrites both files in `tests/data`:

document_shingles.txt.gz  a hash of every run of ten words: says whether a run occurs in a document, and nothing else
document_numbers.yml      the numbers that each document names, in digits or as a word
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Sequence, Set

import yaml

from knowledge.check import NUMBER, numbers

RUN = 10
DATA = Path(__file__).resolve().parents[1] / "data"
HASHES = DATA / "document_shingles.txt.gz"
NUMBERS = DATA / "document_numbers.yml"
COUNT = (
    *("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"),
    *("negen", "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien"),
)
NUMBER_WORDS = {word: str(number) for number, word in enumerate(COUNT, start=1)}
NUMBER_WORDS |= {"één": "1", "vijftig": "50", "zeswekelijks": "6"}
ADDRESS = re.compile(r"<?(?:https?://|www\.|file://)[^\s>]+>?|\S+@\S+")


def passages(text: str, unseen: Sequence[str] = ()) -> List[List[str]]:
    """The bare lower-case words of `text`, cut at addresses and at every phrase in `unseen`."""
    parts = [re.findall(r"[^\W_]+", part.lower()) for part in ADDRESS.split(text)]
    for phrase in sorted((re.findall(r"[^\W_]+", phrase.lower()) for phrase in unseen), key=len, reverse=True):
        parts = [piece for part in parts for piece in _cut(part, phrase)]
    return parts


def _cut(words: List[str], phrase: List[str]) -> Iterator[List[str]]:
    start = 0
    for position in range(len(words) - len(phrase) + 1):
        if position >= start and words[position : position + len(phrase)] == phrase:
            yield words[start:position]
            start = position + len(phrase)
    yield words[start:]


def fingerprint(words: Sequence[str]) -> str:
    """Eight bytes that stand for a run of words."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def shingles(texts: Iterable[str]) -> Set[str]:
    """The fingerprints of all runs of ten words in `texts`."""
    return {
        fingerprint(words[start : start + RUN])
        for text in texts
        for words in passages(text)
        for start in range(len(words) - RUN + 1)
    }


def copied_runs(text: str, known: Set[str], unseen: Sequence[str] = ()) -> List[str]:
    """The runs of ten or more words of `text` that occur in `known`, except in the phrases `unseen`."""
    runs: List[str] = []
    for words in passages(text, unseen):
        spans: List[List[int]] = []
        for start in range(len(words) - RUN + 1):
            if fingerprint(words[start : start + RUN]) in known:
                if spans and start <= spans[-1][1]:
                    spans[-1][1] = start + RUN
                else:
                    spans.append([start, start + RUN])
        runs += [" ".join(words[start:end]) for start, end in spans]
    return runs


def numbers_of(text: str) -> Set[str]:
    """All numbers of a document, also those in addresses and those written as a word."""
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    in_addresses = numbers(" ".join(NUMBER.findall(text)))
    return {*numbers(text), *in_addresses, *(number for word, number in NUMBER_WORDS.items() if word in words)}


def read_documents(folder: Path) -> Dict[str, str]:
    """The text of each document by its file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def read_hashes() -> Set[str]:
    """The fingerprints of the five documents."""
    return set(gzip.decompress(HASHES.read_bytes()).decode().split())


def read_numbers() -> Dict[str, Set[str]]:
    """The numbers of each document, by its file name."""
    return {name: set(found) for name, found in yaml.safe_load(NUMBERS.read_text(encoding="utf-8")).items()}


def main(folder: Path) -> None:
    """Rewrite both files; the same documents give the same files."""
    texts = read_documents(folder)
    known = shingles(texts.values())
    HASHES.write_bytes(gzip.compress("\n".join(sorted(known)).encode(), mtime=0))
    found = {name: sorted(numbers_of(text), key=lambda number: (len(number), number)) for name, text in texts.items()}
    NUMBERS.write_text(yaml.safe_dump(found, default_flow_style=None, width=120), encoding="utf-8")
    print(f"{len(known)} reeksen van {RUN} woorden en de getallen van {len(texts)} documenten: {DATA}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
