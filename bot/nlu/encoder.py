"""Sentence vectors behind a small interface, so that another encoder can take this one's place."""

from __future__ import annotations

import hashlib
import logging
import re
import sqlite3
import threading
import unicodedata
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Dict, List, Optional, Protocol, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.nlu.e5.engine import E5, VERSION
from bot.nlu.remembered import TEXTS
from bot.settings import STATE, cores

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

MAX_ENCODED_LENGTH = 600
"""Characters of a text that are encoded: longer texts say no more."""

_MAX_TOKENS = 200
"""Most tokens of such a text that are encoded. 600 letters of Dutch have about 170; 600 letters of junk have 600, which
take five times as long. No text of the knowledge base has more than this."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text as it is encoded and compared: composed, without control characters, capped."""
    text = unicodedata.normalize("NFKC", text[: 4 * MAX_ENCODED_LENGTH])
    return _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()[:MAX_ENCODED_LENGTH]


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product says how alike their meanings are."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, in float32."""


class SentenceEncoder:
    """multilingual-e5-small, see `bot.nlu.e5`; downloads nothing."""

    name = VERSION
    dimension = E5.dimension

    def __init__(self, folder: Path, remembered: int = TEXTS):
        """`folder` keeps the model in the form that loads at once."""
        self._model = E5(folder)
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, Vectors] = OrderedDict()
        self._remembered = remembered

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`. The last texts are remembered: parts of one turn ask for the same vector."""
        if not texts:
            return np.empty((0, self.dimension), "f4")
        cleaned = [clean(text) or "-" for text in texts]
        new = {text for text in cleaned if self._recalled(text) is None}
        if len(new) > 1:
            # By threads of this call: those of a pool that is kept wouldn't survive a fork.
            with ThreadPoolExecutor(min(len(new), cores())) as threads:
                return np.stack(list(threads.map(self._vector, cleaned)))
        return np.stack([self._vector(text) for text in cleaned])

    def known(self, text: str) -> Optional[Vectors]:
        """The vector of a text that was encoded lately."""
        return self._recalled(clean(text))

    def remember(self, text: str, vector: Vectors) -> None:
        """Keep a vector that another process made."""
        self._keep(clean(text), vector)

    def _vector(self, cleaned: str) -> Vectors:
        vector = self._recalled(cleaned)
        if vector is None:
            vector = self._model.vector(cleaned, _MAX_TOKENS)
            self._keep(cleaned, vector)
        return vector

    def _recalled(self, cleaned: str) -> Optional[Vectors]:
        with self._lock:
            return self._recent.get(cleaned)

    def _keep(self, cleaned: str, vector: Vectors) -> None:
        with self._lock:
            self._recent[cleaned] = vector
            while len(self._recent) > self._remembered:
                self._recent.popitem(last=False)


PACK = Path(__file__).parent / "vectors.npz"


def text_key(encoder: Encoder, text: str) -> bytes:
    """What a text's vector is kept under: it changes with the encoder and with how texts are cleaned."""
    return hashlib.sha256(f"{encoder.name}\n{clean(text)}".encode()).digest()


class VectorStore:
    """Remembers vectors of texts in a file, and knows those that come with the project.

    Only new texts are encoded. A missing or damaged file costs time, nothing else.
    """

    def __init__(self, encoder: Encoder, path: Path):
        self._encoder = encoder
        self._path = path

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text; texts that were never seen are encoded and remembered."""
        keys = [text_key(self._encoder, text) for text in texts]
        with closing(self._open()) as connection:
            known = dict(connection.execute("SELECT key, vector FROM vector"))
            if any(key not in known for key in keys):
                self._unpack(keys, known)
            new: OrderedDict[bytes, str] = OrderedDict(
                (key, text) for key, text in zip(keys, texts) if key not in known
            )
            if len(new) > 100:
                logger.warning("Encoding %d texts, about %d seconds.", len(new), len(new) // 250)
            for start in range(0, len(new), 200):
                batch = list(new.items())[start : start + 200]
                vectors = self._encoder.encode([text for _, text in batch]).astype(np.float16)
                rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors)]
                connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
                connection.commit()
                known.update(rows)
                if len(new) > 1000 and start % 1000 == 0:
                    logger.warning("  %d of %d", start, len(new))
        size = self._encoder.dimension
        result = np.empty((len(keys), size), dtype=np.float32)
        for row, key in enumerate(keys):
            result[row] = np.frombuffer(known[key], dtype=np.float16)
        return result

    @staticmethod
    def _unpack(keys: Sequence[bytes], known: Dict[bytes, bytes]) -> None:
        """Add the vectors of the project's pack to those that are known."""
        from bot.nlu import vector_pack

        packed = vector_pack.read()
        for key in keys:
            if key not in known and key[:8] in packed:
                known[key] = packed[key[:8]].tobytes()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            self._path.unlink()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=60)
        connection.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, vector BLOB)")
        return connection


_shared: List[SentenceEncoder] = []
_shared_lock = threading.Lock()


def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process, loaded at first use."""
    with _shared_lock:
        if not _shared:
            _shared.append(SentenceEncoder(STATE / "encoder"))
        return _shared[0]
