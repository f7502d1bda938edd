"""An editor adds a file while the assistant runs."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Iterator

import pytest

from knowledge.reader import CONTENT
from tests.assistant import Assistant

NEW_TOPIC = """\
onderwerp: kompasgroep
naam: Kompasgroep
soort: interventie
samenvatting: Een wandelgroep die samen vacatures bespreekt.
antwoorden:
  - id: wat
    facet: wat
    vraag: Wat is de Kompasgroep?
    client: De Kompasgroep is een wandelgroep. Je bespreekt al lopend vacatures met een begeleider.
    professional: "Kompasgroep: wandelgroep met vacaturebespreking onder begeleiding."
    bronnen:
      - bron: routekaart-2017
        plaats: "2. Interventies > Overzicht interventies"
        feiten: ["verzonnen voor deze test"]
    stand: 2017-11
    voorbeelden:
      haast: ["kompasgroep?", "wat doet de kompasgroep", "die wandelgroep met vacatures, wat is dat"]
"""


@pytest.fixture
def content(assistant: Assistant, tmp_path: Path) -> Iterator[Path]:
    """A copy of the content to write in; the assistant's knowledge base is put back afterwards."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    yield folder
    assert assistant.knowledge("build").returncode == 0


def test_a_new_file_is_answered_within_ten_seconds_without_training(assistant: Assistant, content: Path) -> None:
    question = "wat is de kompasgroep"
    assert "kompasgroep/wat" not in assistant.conversation("client").says(question).answer_ids
    (content / "kompasgroep.yml").write_text(NEW_TOPIC, encoding="utf-8")

    built = assistant.knowledge("build", "--content", str(content))
    assert built.returncode == 0, built.stderr
    deadline = time.monotonic() + 10
    reply = assistant.conversation("client").says(question)
    while "kompasgroep/wat" not in reply.answer_ids and time.monotonic() < deadline:
        reply = assistant.conversation("client").says(question)
    assert "wandelgroep" in reply.text


def test_a_broken_file_leaves_the_old_knowledge_base_in_use(assistant: Assistant, content: Path) -> None:
    (content / "kapot.yml").write_text("onderwerp: kapot\nnaam: Kapot\nsoort: subsidy\n", encoding="utf-8")
    built = assistant.knowledge("build", "--content", str(content))
    assert built.returncode == 1
    assert "kapot.yml, regel 3" in built.stderr and "Kies uit: interventie" in built.stderr
    assert assistant.conversation("client").says("wat is wgb").answer_ids[0].startswith("wgb/")
