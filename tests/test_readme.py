"""What the README, the docs and the domain promise is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.assistant import PROJECT

PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_module_and_make_target_of_a_page_exists(page: Path) -> None:
    text = page.read_text()
    makefile = (PROJECT / "Makefile").read_text()
    for target in set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"
    for path in set(re.findall(r"`((?:bot|knowledge|tests|deploy|docs)/[\w./-]*)`", text)):
        assert (PROJECT / path).exists(), path
    for path in set(re.findall(r"\]\(([\w./-]+)\)", text)):
        assert (page.parent / path).exists(), path
    for module in set(re.findall(r"python -m ((?:bot|knowledge|tests|deploy)[\w.]*)", text)):
        path = PROJECT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


def test_every_response_an_action_names_is_in_the_domain() -> None:
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text())
    named = set()
    for path in (PROJECT / "bot" / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("utter_"):
                named.add(node.value)
    assert named <= set(domain["responses"])


def test_every_intent_of_the_domain_has_a_rule_and_every_question_intent_thirty_examples() -> None:
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text())
    rules = "".join(path.read_text() for path in (PROJECT / "bot" / "data").glob("*rules.yml"))
    examples = {}
    for path in (PROJECT / "bot" / "data" / "nlu").glob("*.yml"):
        for block in yaml.safe_load(path.read_text())["nlu"]:
            examples[block["intent"]] = block["examples"].count("\n")
    for intent in domain["intents"]:
        assert f"intent: {intent}" in rules, intent
        if intent.startswith("ask_") and intent in examples:
            assert examples[intent] >= 30, intent
