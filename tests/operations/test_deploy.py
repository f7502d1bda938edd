"""The files of `deploy/`: checked as far as that goes without a container engine.

`tests/data/kubernetes-1.29.json.gz` holds Kubernetes' own schemas (strict, of the kinds used here; Apache-2.0), taken
from the package kubernetes-validate 1.29.1.
"""

from __future__ import annotations

import configparser
import gzip
import json
import re
from pathlib import Path
from typing import Any, Dict, Iterator, List

import jsonschema
import pytest
import yaml

from bot import preflight
from bot.settings import Settings
from tests.assistant import PROJECT
from tests.operations import faults

DEPLOY = PROJECT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yml"))


def documents(path: Path) -> List[Dict[str, Any]]:
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def pods() -> Iterator[Any]:
    """Each workload's name and pod."""
    for path in MANIFESTS:
        for document in documents(path):
            if document["kind"] in ("Deployment", "Job"):
                yield pytest.param(document["spec"]["template"]["spec"], id=document["metadata"]["name"])


@pytest.fixture(scope="module")
def schemas() -> Any:
    return json.loads(gzip.decompress((PROJECT / "tests/data/kubernetes-1.29.json.gz").read_bytes()))


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yml").read_text())


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_fits_kubernetes_schema(path: Path, schemas: Any) -> None:
    for document in documents(path):
        schema = {**schemas["kinds"][document["kind"]], "$defs": schemas["$defs"]}
        jsonschema.Draft7Validator(schema).validate(document)


def test_the_schema_refuses_a_mistake(schemas: Any) -> None:
    document = documents(DEPLOY / "kubernetes" / "assistant.yml")[0]
    document["spec"]["template"]["spec"]["containers"][0]["readinesProbe"] = {}
    schema = {**schemas["kinds"]["Deployment"], "$defs": schemas["$defs"]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(document)


@pytest.mark.parametrize("pod", pods())
def test_a_pod_has_no_more_rights_than_it_needs(pod: Dict[str, Any]) -> None:
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"] and not rights["allowPrivilegeEscalation"]
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["requests"] and container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", ["assistant", "actions", "nginx"])
def test_what_serves_has_replicas_probes_a_budget_and_a_policy(name: str) -> None:
    found = {document["kind"]: document for document in documents(DEPLOY / "kubernetes" / f"{name}.yml")}
    assert found["Deployment"]["spec"]["replicas"] >= 2
    container = found["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    assert container["readinessProbe"] and container["livenessProbe"]
    assert found["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == {"app": name}
    policies = documents(DEPLOY / "kubernetes" / "network.yml")
    assert [policy for policy in policies if policy["spec"]["podSelector"].get("matchLabels") == {"app": name}]
    assert policies[0]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_kustomize_names_every_manifest_but_the_example_of_secrets() -> None:
    named = documents(DEPLOY / "kustomization.yaml")[0]["resources"]
    assert {f"kubernetes/{path.name}" for path in MANIFESTS} - set(named) == {"kubernetes/secret.example.yml"}
    assert all((DEPLOY / each).exists() for each in named)


def test_only_nginx_of_compose_is_reachable_and_nothing_of_ours_runs_as_root(compose: Any) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert [name for name, service in services.items() if "outside" in service["networks"]] == ["nginx"]
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("assistant", "actions", "knowledge"):
        assert services[name]["user"] == "10001:10001" and services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert services["assistant"]["deploy"]["replicas"] == services["actions"]["deploy"]["replicas"] == 2


def test_every_setting_that_deploy_names_exists() -> None:
    code = (PROJECT / "bot" / "settings.py").read_text()
    template = (DEPLOY / "nginx" / "koers.conf.template").read_text()
    nginx = set(re.findall(r"\$\{(KOERS_\w+)\}", template)) | {"KOERS_IMAGE", "KOERS_PORT", "KOERS_"}
    services = (DEPLOY / "systemd").iterdir()
    for path in (*MANIFESTS, DEPLOY / "compose.yml", DEPLOY / "container" / "Dockerfile", *services):
        for name in set(re.findall(r"KOERS_\w*", path.read_text())) - nginx:
            assert re.search(rf"\b{name}\b", code), f"{path.name}: {name}"


@pytest.mark.parametrize("name", ["assistant", "actions"])
def test_a_service_starts_what_exists_and_has_time_to_stop(name: str) -> None:
    service = configparser.ConfigParser(strict=False)
    service.optionxform = str  # type: ignore[assignment, method-assign]
    service.read(DEPLOY / "systemd" / f"koers-{name}.service")
    module = service["Service"]["ExecStart"].split(" -m ")[1]
    assert (PROJECT / (module.replace(".", "/") + ".py")).exists()
    assert service["Service"].getint("TimeoutStopSec") > Settings.from_environment({}).stop_seconds * 2
    assert service["Service"]["User"] == "koers" and service["Service"]["ProtectSystem"] == "strict"


def test_nginx_of_plain_machines_gets_every_value_that_the_template_asks_for() -> None:
    template = (DEPLOY / "nginx" / "koers.conf.template").read_text()
    page = (PROJECT / "docs" / "operations.md").read_text()
    command = re.search(r"envsubst '([^']+)'", page)
    assert command and set(command[1].split()) == {f"${name}" for name in re.findall(r"\$\{(KOERS_\w+)\}", template)}


def test_the_image_is_built_from_the_lock_file_and_is_not_root() -> None:
    lines = (DEPLOY / "container" / "Dockerfile").read_text().splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    assert "USER 10001:10001" in lines
    copied = [
        word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert all((PROJECT / name).exists() for name in copied), copied


def test_the_image_leaves_out_every_tool_of_the_tests() -> None:
    project = (PROJECT / "pyproject.toml").read_text()
    tools = re.findall(
        r'^    "([\w-]+)', project[project.index("dev = [") : project.index("[tool.ruff]")], re.MULTILINE
    )
    removed = (DEPLOY / "container" / "Dockerfile").read_text().partition("pip uninstall")[2].partition("\n\n")[0]
    # Other packages need this one.
    assert set(tools) - set(removed.split()) == {"httpx"}


def test_every_part_says_what_is_wrong_before_it_starts() -> None:
    start = (DEPLOY / "container" / "start.sh").read_text()
    for part in preflight.PARTS:
        assert f"python -m bot.preflight {part}" in start
    for part in ("assistant", "actions"):
        service = (DEPLOY / "systemd" / f"koers-{part}.service").read_text()
        assert f"ExecStartPre=/opt/koers/.venv/bin/python -m bot.preflight {part}\n" in service


def test_settings_of_more_machines_come_from_the_environment_alone() -> None:
    environment = {
        "KOERS_ACTIONS_URL": "http://a/webhook, http://b/webhook",
        "KOERS_REDIS_URL": "redis://r:6379/0",
        "KOERS_PROXIES": "1",
    }
    settings = Settings.from_environment(environment)
    assert settings.actions_urls == ("http://a/webhook", "http://b/webhook")
    assert (settings.redis_url, settings.proxies, settings.metrics_port) == ("redis://r:6379/0", 1, 0)
    assert Settings.from_environment({}).redis_url == "" and Settings.from_environment({}).actions_urls == ()


def test_the_fault_table_of_the_page_has_the_form_that_the_tests_write() -> None:
    page = faults.PAGE.read_text()
    table = page[page.index(faults.BEGIN) + len(faults.BEGIN) : page.index(faults.END)]
    assert table.startswith(faults.HEAD)
    scenes = re.findall(r'faults\.add\("([^"]+)"', (PROJECT / "tests/operations/test_replicas.py").read_text())
    assert set(faults.names(table)) <= set(scenes) and faults.names(table)
