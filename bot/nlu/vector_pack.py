"""Sentence vectors that come with the project, so that a fresh clone needn't compute them all (two to three minutes).

A vector is kept as 384 whole numbers of eight bits and a scale. The pack may be behind the content: what is missing
is computed, what is no longer used is ignored. `make vectors` renews it, at a release.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Dict, List

import numpy as np
import yaml

from bot.nlu.encoder import PACK, VectorStore, shared_encoder, text_key
from bot.nlu.samples import with_further_samples
from bot.settings import Settings
from knowledge.queries import Knowledge
from knowledge.tables import PROJECT

_KEY_BYTES = 8


def read(path: Path = PACK) -> Dict[bytes, np.ndarray]:
    """Vectors by the first bytes of their text's key; empty when there is no pack or it can't be read."""
    try:
        with np.load(path, allow_pickle=False) as pack:
            keys, rows, scales = pack["keys"], pack["rows"], pack["scales"].astype(np.float32)
    except (OSError, ValueError, KeyError):
        return {}
    vectors = (rows.astype(np.float32) * scales[:, None]).astype(np.float16)
    return {key.tobytes(): vector for key, vector in zip(keys, vectors)}


def write(texts: List[str], path: Path = PACK) -> int:
    """Pack the vectors of these texts; returns how many."""
    encoder = shared_encoder()
    unique = sorted(set(texts))
    vectors = VectorStore(encoder, Settings.from_environment().vectors_path).encode(unique)
    scales = np.abs(vectors).max(axis=1) / 127
    rows = np.round(vectors / scales[:, None]).astype(np.int8)
    keys = np.array([list(text_key(encoder, text)[:_KEY_BYTES]) for text in unique], dtype=np.uint8)
    np.savez_compressed(path, keys=keys, rows=rows, scales=scales.astype(np.float32))
    return len(unique)


def main() -> int:
    """Pack every text of the knowledge base and of the training data."""
    texts: List[str] = []
    for unit in with_further_samples(Knowledge(Settings.from_environment().knowledge_url).snapshot()):
        texts += [unit.question, *unit.texts, *(sample for _, sample in unit.samples)]
    for path in sorted((PROJECT / "bot" / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            texts += [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
    print(f"{write(texts)} vectoren in {PACK.relative_to(PROJECT)} ({PACK.stat().st_size / 1e6:.1f} MB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
