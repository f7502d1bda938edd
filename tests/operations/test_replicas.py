"""Two replicas behind nginx, with PostgreSQL and Redis: what people notice when parts of it stop."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import signal
import subprocess
import threading
import urllib.request
from pathlib import Path
from typing import List

from deploy.processes.cluster import Cluster, Nginx, Service, free_port, wait_until
from knowledge.reader import CONTENT
from tests.assistant import get, post, readiness
from tests.conversations.test_live_knowledge import NEW_TOPIC
from tests.operations.faults import FaultTable
from tests.operations.load import Load, Said, kept_texts, kept_turns, say


def restart(cluster: Cluster, number: int) -> None:
    """Start a stopped assistant again and wait until it is ready."""
    cluster.assistants[number].start()
    cluster.wait_for_assistant(number)


def metric(service: Service, name: str) -> float:
    """A figure of an assistant, without labels."""
    port = service.environment["KOERS_METRICS_PORT"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        found = re.search(rf"^{name} (\S+)$", response.read().decode(), re.MULTILINE)
    assert found, name
    return float(found[1])


def test_a_conversation_that_hops_between_replicas_keeps_its_state(cluster: Cluster) -> None:
    sender = secrets.token_hex(16)
    first, second = cluster.assistant_url(0), cluster.assistant_url(1)
    assert say(first, sender, "wat is ips").is_about("ips")
    assert say(second, sender, "en wie betaalt dat?").is_about("ips")
    started = say(first, sender, "/start_financing")
    buttons = [button for message in started.messages for button in message.get("buttons", [])]
    assert buttons, started.body
    assert [m["custom"]["kind"] for m in say(second, sender, buttons[0]["payload"]).messages if m["custom"].get("kind")]
    assert kept_texts(cluster.postgres.url, sender)[:2] == ["wat is ips", "en wie betaalt dat?"]
    assert "Er gaat iets mis" not in say(first, sender, "stop").body


def test_both_replicas_at_once_on_one_conversation_keep_whole_turns(cluster: Cluster) -> None:
    sender = secrets.token_hex(16)
    texts = [f"wat is {topic}" for topic in ("ips", "wgb", "jobcoaching", "irb", "act", "fit4work")]
    replies: List[Said] = []
    threads = [
        threading.Thread(target=lambda n=n, t=t: replies.append(say(cluster.assistant_url(n % 2), sender, t)))
        for n, t in enumerate(texts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not any(reply.failed for reply in replies)
    turns = kept_turns(cluster.postgres.url, sender)
    assert sorted(turn[0][1]["text"] for turn in turns) == sorted(texts)
    for turn in turns:
        # Nothing of another turn in between: a message, its replies, and then waiting for the next message.
        kinds = [type_name for type_name, _ in turn]
        assert kinds.count("user") == 1 and "bot" in kinds
        assert turn[-1][1].get("name") == "action_listen", turn[-1]


def test_a_request_that_comes_again_is_not_taken_twice(cluster: Cluster) -> None:
    sender = secrets.token_hex(16)
    body = json.dumps({"sender": sender, "message": "wat is ips", "metadata": {"role": "client"}}).encode()
    replies = []
    for number in (0, 1):
        url = f"{cluster.assistant_url(number)}/webhooks/website/webhook"
        headers = {"Content-Type": "application/json", "X-Request-ID": "herhaald-" + sender}
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as response:
            replies.append([m for m in json.load(response) if "kind" in m["custom"]])
    assert replies[0] == replies[1] and replies[0]
    assert kept_texts(cluster.postgres.url, sender) == ["wat is ips"]


def test_one_request_id_finds_a_turn_in_the_logs_of_all_processes_and_no_text_does(cluster: Cluster) -> None:
    sender, text = secrets.token_hex(16), "wie betaalt jobcoaching en waarom kuipers"
    body = json.dumps({"sender": sender, "message": text}).encode()
    url = f"{cluster.url}/webhooks/website/webhook"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        identity = response.headers["X-Request-ID"]
    logs = {service.name: service.log.read_text() for service in (*cluster.actions, *cluster.assistants)}
    lines = [line for log in logs.values() for line in log.splitlines() if identity in line]
    assert {json.loads(line)["process"] for line in lines} == {"assistant", "actions"}
    access = cluster.folder / "access.log"
    wait_until(lambda: identity in access.read_text(), "nginx writes its line", 20)
    for name, log in logs.items():
        assert "kuipers" not in log and sender not in log, name


def test_nginx_shows_only_what_is_public(cluster: Cluster) -> None:
    def status(path: str) -> int:
        request = urllib.request.Request(cluster.url + path)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert [status(path) for path in ("/", "/kennis", "/snel", "/health/ready", "/static/koers.js")] == [200] * 5
    private = ("/metrics", "/health/live", "/webhook", "/conversations", "/actions", "/kennisbank", "/status")
    assert [status(path) for path in private] == [404] * len(private)
    code, reply = post(f"{cluster.url}/webhooks/website/webhook", b'{"message": "' + b"a" * 70_000 + b'"}')
    assert code == 413 and reply["error"] == "body_too_large"


def test_nginx_alone_still_names_the_numbers_and_refuses_a_flood(cluster: Cluster, tmp_path: Path) -> None:
    nginx = Nginx(tmp_path, [free_port(), free_port()], free_port(), rate=1)
    nginx.check()
    nginx.start()
    try:
        nginx.wait()
        code, reply = post(f"{nginx.url}/webhooks/website/webhook", b"{}")
        assert code == 503 and "113" in reply["message"] and "112" in reply["message"]
        codes = {post(f"{nginx.url}/webhooks/website/webhook", b"{}")[0] for _ in range(130)}
        assert 429 in codes
    finally:
        nginx.stop()


def test_an_assistant_and_an_action_server_die(cluster: Cluster, faults: FaultTable) -> None:
    with Load(cluster.url) as load:
        load.wait_for(2)
        cluster.assistants[0].kill()
        cluster.actions[1].kill()
        load.wait_for(6)
    cluster.actions[1].start()
    restart(cluster, 0)
    faults.add("an assistant and an action server killed in mid-turn", load, cluster.postgres.url)


def test_redis_restarts(cluster: Cluster, faults: FaultTable) -> None:
    with Load(cluster.url) as load:
        load.wait_for(2)
        cluster.redis.kill()
        load.wait_for(3)
        cluster.redis.start()
        cluster.redis.wait()
        load.wait_for(3)
    faults.add("Redis killed, some turns later started again", load, cluster.postgres.url)
    assert load.failed == 0


def test_postgresql_restarts(cluster: Cluster, faults: FaultTable) -> None:
    with Load(cluster.url) as load:
        load.wait_for(2)
        cluster.postgres.stop()
        cluster.postgres.start()
        cluster.postgres.wait()
        load.wait_for(6)
    faults.add("PostgreSQL restarted", load, cluster.postgres.url)


def test_the_knowledge_base_is_renewed(cluster: Cluster, faults: FaultTable, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    (content / "kompasgroep.yml").write_text(NEW_TOPIC, encoding="utf-8")

    def answers_it(number: int) -> bool:
        reply = say(cluster.assistant_url(number), secrets.token_hex(16), "wat is de kompasgroep")
        return reply.is_about("kompasgroep")

    with Load(cluster.url) as load:
        built = cluster.knowledge("build", "--content", str(content))
        assert built.returncode == 0, built.stderr
        for number in (0, 1):
            wait_until(lambda n=number: answers_it(n), "the new topic is answered", 300)
        load.wait_for(2)
        assert cluster.knowledge("build").returncode == 0
        load.wait_for(4)
    faults.add("the knowledge base renewed, twice", load, cluster.postgres.url)
    assert load.failed == 0


def test_the_model_is_renewed_one_replica_at_a_time(cluster: Cluster, faults: FaultTable, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    shutil.copy(Path("models") / "koers.tar.gz", models / "next.tar.gz")
    with Load(cluster.url, users=2) as load:
        for number, service in enumerate(cluster.assistants):
            service.stop()
            assert service.process is not None and service.process.returncode == 0
            service.environment["KOERS_MODELS"] = str(models)
            restart(cluster, number)
            assert get(f"{cluster.assistant_url(number)}/health/ready")[1]["model"] == "next.tar.gz"
        load.wait_for(2)
    faults.add("both assistants replaced by ones with a new model, one after the other", load, cluster.postgres.url)
    assert load.failed == 0


def test_a_turn_in_flight_is_finished_when_an_assistant_stops(cluster: Cluster) -> None:
    service, url, sender = cluster.assistants[1], cluster.assistant_url(1), secrets.token_hex(16)
    replies: List[Said] = []
    # The lock of the conversation is taken, so the turn waits inside the assistant until it is given back.
    holder = subprocess.Popen(
        [str(Path(".venv/bin/python")), "-m", "tests.operations.hold_lock", cluster.redis.url, sender],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin is not None and holder.stdout is not None and service.process is not None
    assert holder.stdout.readline() == "held\n"
    asking = threading.Thread(target=lambda: replies.append(say(url, sender, "wat is ips")))
    asking.start()
    wait_until(lambda: metric(service, "koers_turns_in_flight") == 1, "the turn is in flight", 30)
    service.process.send_signal(signal.SIGTERM)
    wait_until(lambda: readiness(url) != "ok", "the assistant stops taking new work", 30)
    assert service.runs and not replies
    holder.stdin.close()
    holder.wait(timeout=10)
    asking.join(timeout=30)
    assert replies and replies[0].is_about("ips")
    assert service.process.wait(timeout=30) == 0
    restart(cluster, 1)
