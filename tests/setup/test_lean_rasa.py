"""What Koers doesn't use of Rasa isn't loaded, and what a configuration asks for is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.server import channels_of
from tests.assistant import PROJECT, Assistant
from tests.benchmark.processes import family

LEAN = "from bot.lean_rasa import without_unused_parts as lean\n"
NO_TENSORFLOW = "\nimport sys\nassert not {'tensorflow', 'keras', 'jax', 'slack_sdk', 'aiogram'} & sys.modules.keys()"


def python(code: str) -> subprocess.CompletedProcess:
    """Run code in a process of its own, which has imported nothing yet."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_running_assistant_has_no_tensorflow(assistant: Assistant) -> None:
    assert assistant.process is not None
    assistant.conversation().says("Wat is IPS?")
    maps = "".join(Path(f"/proc/{process}/maps").read_text() for process in family(assistant.process.pid))
    assert "/numpy/" in maps
    assert "/tensorflow/" not in maps


def test_the_action_server_has_no_tensorflow() -> None:
    code = "import bot.actions.server, rasa_sdk.executor\n"
    code += "rasa_sdk.executor.ActionExecutor().register_package('bot.actions')"
    done = python(code + NO_TENSORFLOW)
    assert done.returncode == 0, done.stderr


def test_training_has_no_tensorflow() -> None:
    code = """
lean()
import rasa.model_training
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.utils.io import read_config_file
graph = DefaultV1Recipe().graph_config_for_recipe(read_config_file("config.yml"), {})
assert "train_RulePolicy1" in graph.train_schema.nodes
"""
    done = python(LEAN + code + NO_TENSORFLOW)
    assert done.returncode == 0, done.stderr


def test_a_configuration_with_a_component_of_tensorflow_gets_it(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline:\n- name: rasa.nlu.classifiers.diet_classifier.DIETClassifier\n")
    code = f"""
import pathlib, sys
lean(pathlib.Path({str(config)!r}))
import rasa.utils.train_utils
assert "tensorflow" not in sys.modules
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
assert "epochs" in DIETClassifier.get_default_config()
assert "tensorflow" in sys.modules
assert rasa.utils.train_utils.rank_and_mask.__module__ == "rasa.utils.train_utils"
"""
    done = python(LEAN + code)
    assert done.returncode == 0, done.stderr


def test_what_is_left_out_says_so_when_it_is_used() -> None:
    done = python(LEAN + "lean()\nfrom rasa.core.channels.slack import SlackInput\nSlackInput.from_credentials({})")
    assert done.returncode == 1
    assert "Koers leaves rasa.core.channels.slack.SlackInput out" in done.stderr


def test_it_isnt_called_too_late() -> None:
    done = python(LEAN + "import rasa.core.channels\nlean()")
    assert done.returncode == 1
    assert "before Rasa is imported; this was: rasa.core.channels.botframework" in done.stderr


@pytest.mark.parametrize("name", ["slack", "bot.channels.website.Website", "bot.elsewhere.Input"])
def test_a_channel_that_isnt_there_is_named(tmp_path: Path, name: str) -> None:
    credentials = tmp_path / "credentials.yml"
    credentials.write_text(f"{name}:\n")
    with pytest.raises(ValueError, match=f"credentials.yml: het kanaal '{name}' is er niet"):
        channels_of(credentials)
