"""What the trained model has learned, read from its archive."""

from __future__ import annotations

import json
import tarfile
import tempfile
from pathlib import Path
from typing import Dict, List, Tuple

from bot.nlu.answer_model import AnswerModel
from bot.train import MODEL


def trained() -> Tuple[AnswerModel, Dict[str, List[str]]]:
    """The answer model, and the examples of each kind of conversation. Raises `OSError` when nothing was trained."""
    with tarfile.open(MODEL) as archive, tempfile.TemporaryDirectory() as folder:
        members = {Path(name).name: name for name in archive.getnames()}
        model, examples = members["answer_model.npz"], members["conversation_examples.json"]
        archive.extract(model, folder)
        archive.extract(examples, folder)
        return AnswerModel.load(Path(folder) / model), json.loads((Path(folder) / examples).read_text("utf-8"))
