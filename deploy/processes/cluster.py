"""The topology of `deploy/` as processes on one machine: PostgreSQL, Redis, nginx, assistants and action servers.

`make cluster` runs it for an operator who wants to see it work; the fault tests break it. The engines are Debian's
packages (`deploy/processes/install.sh`); they run from a folder of their own and touch no service of the machine.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from string import Template
from typing import Callable, Dict, List, Optional

PROJECT = Path(__file__).resolve().parent.parent.parent
NGINX_TEMPLATE = PROJECT / "deploy" / "nginx" / "koers.conf.template"
DATABASE = "koers"


def missing_engines() -> List[str]:
    """The programs that the topology needs and this machine doesn't have."""
    found = {"postgres": _postgres_folder(), "redis-server": shutil.which("redis-server"), "nginx": _nginx()}
    return [name for name, path in found.items() if path is None]


def _postgres_folder() -> Optional[Path]:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return versions[-1] if versions else None


def _nginx() -> Optional[str]:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Wait for a condition. Raises `TimeoutError` that says what didn't happen."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"{what}: not within {seconds:.0f} seconds")
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether a GET gives 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Service:
    """One process of the topology, with a port and a log."""

    def __init__(self, name: str, folder: Path, command: List[str], environment: Optional[Dict[str, str]] = None):
        self.name = name
        self.log = folder / f"{name}.log"
        self.environment = {**os.environ, **(environment or {})}
        self._command = command
        self.process: Optional[subprocess.Popen] = None

    def start(self) -> None:
        """Start the process; it may not be ready yet."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self._command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def stop(self, how: int = signal.SIGTERM, seconds: float = 40) -> None:
        """Stop it and wait until it is gone."""
        if self.process is not None and self.runs:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=10)

    def kill(self) -> None:
        """End it without a chance to tidy up, as a machine that fails."""
        self.stop(signal.SIGKILL)


class Postgres(Service):
    """A PostgreSQL server with one database; it refuses to run as root, so root runs it as `postgres`."""

    def __init__(self, folder: Path):
        binaries = _postgres_folder()
        assert binaries is not None
        self.port = free_port()
        self.url = f"postgresql://{DATABASE}@127.0.0.1:{self.port}/{DATABASE}"
        self._data = folder / "data"
        self._binaries = binaries
        folder.mkdir(parents=True)
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        options = ["-p", str(self.port), "-k", "", "-c", "listen_addresses=127.0.0.1"]
        options += ["-c", "fsync=off", "-c", "max_connections=200"]
        super().__init__("postgres", folder.parent, self._as_owner("postgres", "-D", str(self._data), *options))

    def _as_owner(self, program: str, *arguments: str) -> List[str]:
        command = [str(self._binaries / program), *arguments]
        return (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
            if os.getuid() == 0
            else command
        )

    def create(self) -> None:
        """Make the cluster's files, start it and make the database."""
        subprocess.run(
            self._as_owner(
                "initdb", "-D", str(self._data), "-U", DATABASE, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
            ),
            check=True,
            capture_output=True,
            cwd="/",
        )
        self.start()
        self.wait()
        subprocess.run(
            self._as_owner("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", DATABASE, DATABASE),
            check=True,
            capture_output=True,
            cwd="/",
        )

    def wait(self) -> None:
        """Wait until it takes connections."""
        ready = self._as_owner("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port))
        wait_until(lambda: subprocess.run(ready, check=False, cwd="/").returncode == 0, "PostgreSQL starts", 60)

    def stop(self, how: int = signal.SIGINT, seconds: float = 40) -> None:
        """Stop without waiting for clients to leave."""
        super().stop(how, seconds)


class Redis(Service):
    """A Redis that keeps nothing on disk: locks don't outlive it."""

    def __init__(self, folder: Path):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        super().__init__("redis", folder, [*command, "--dir", str(folder)])

    def wait(self) -> None:
        """Wait until it takes connections."""
        wait_until(lambda: _listens(self.port), "Redis starts", 30)


class Nginx(Service):
    """The proxy of `deploy/nginx`, as the organisation's visitors meet it."""

    def __init__(self, folder: Path, assistants: List[int], port: int, rate: int = 1000):
        binary = _nginx()
        assert binary is not None
        self.port = port
        self.assistants = assistants
        self.url = f"http://127.0.0.1:{port}"
        server = Template(NGINX_TEMPLATE.read_text()).safe_substitute(
            KOERS_LISTEN=f"127.0.0.1:{port}",
            KOERS_ASSISTANTS=" ".join(
                f"server 127.0.0.1:{each} max_fails=1 fail_timeout=2s; server 127.0.0.1:{each} backup max_fails=0;"
                for each in assistants
            ),
            KOERS_RESOLVER="",
            KOERS_RATE=str(rate),
            KOERS_ACCESS_LOG=str(folder / "access.log"),
        )
        temporary = "".join(
            f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        configuration = folder / "nginx.conf"
        configuration.write_text(
            f"daemon off; worker_processes 1; user {pwd.getpwuid(os.getuid()).pw_name};\n"
            f"pid {folder / 'nginx.pid'}; error_log stderr warn;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ {temporary}\n{server}\n}}\n"
        )
        super().__init__("nginx", folder, [binary, "-c", str(configuration), "-p", str(folder)])

    def check(self) -> None:
        """Let nginx read its configuration. Raises `subprocess.CalledProcessError`."""
        subprocess.run([*self._command, "-t"], check=True, capture_output=True)

    def wait(self) -> None:
        """Wait until it takes connections."""
        wait_until(lambda: _listens(self.port), "nginx starts", 30)


class Cluster:
    """All of it: `start`, then talk to `url`."""

    def __init__(self, folder: Path, replicas: int = 2, port: Optional[int] = None, models: Optional[Path] = None):
        self.folder = folder
        self.postgres = Postgres(folder / "postgres")
        self.redis = Redis(folder)
        self._common = {
            "KOERS_KNOWLEDGE_URL": self.postgres.url,
            "KOERS_CONVERSATIONS_URL": self.postgres.url,
            "KOERS_REDIS_URL": self.redis.url,
            "KOERS_MESSAGES_PER_MINUTE": "100000",
            "KOERS_MESSAGES_PER_MINUTE_PER_ADDRESS": "100000",
            "RASA_TELEMETRY_ENABLED": "false",
            "OMP_WAIT_POLICY": "PASSIVE",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONPATH": str(PROJECT),
            "PYTHONUNBUFFERED": "1",
        }
        if models is not None:
            self._common["KOERS_MODELS"] = str(models)
        self._action_ports = [free_port() for _ in range(replicas)]
        webhooks = [f"http://127.0.0.1:{each}/webhook" for each in self._action_ports]
        self.actions = [
            self._python(f"actions-{number}", "bot.actions.server", KOERS_ACTIONS_PORT=str(each))
            for number, each in enumerate(self._action_ports, 1)
        ]
        self.assistant_ports = [free_port() for _ in range(replicas)]
        self.assistants = [
            self._python(
                f"assistant-{number + 1}",
                "bot.serve",
                PORT=str(each),
                KOERS_HOST="127.0.0.1",
                KOERS_PROXIES="1",
                KOERS_METRICS_PORT=str(free_port()),
                # Each prefers another action server.
                KOERS_ACTIONS_URL=",".join(webhooks[number:] + webhooks[:number]),
            )
            for number, each in enumerate(self.assistant_ports)
        ]
        self.nginx = Nginx(folder, self.assistant_ports, port or free_port())
        self.url = self.nginx.url

    def _python(self, name: str, module: str, **environment: str) -> Service:
        command = [sys.executable, "-W", "ignore", "-m", module]
        return Service(name, self.folder, command, {**self._common, **environment})

    @property
    def services(self) -> List[Service]:
        """Everything, in the order in which it starts."""
        return [self.postgres, self.redis, *self.actions, *self.assistants, self.nginx]

    def knowledge(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run the knowledge base's command for this database."""
        return subprocess.run(
            [sys.executable, "-m", "knowledge", *arguments],
            cwd=PROJECT,
            env={**os.environ, **self._common},
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> Cluster:
        """Start everything, fill the knowledge base and wait until every assistant is ready."""
        self.postgres.create()
        self.redis.start()
        self.redis.wait()
        built = self.knowledge()
        if built.returncode:
            raise RuntimeError(built.stderr)
        for service in (*self.actions, *self.assistants, self.nginx):
            service.start()
        for number in range(len(self.assistants)):
            self.wait_for_assistant(number)
        return self

    def assistant_url(self, number: int) -> str:
        """Past nginx, straight to one assistant."""
        return f"http://127.0.0.1:{self.assistant_ports[number]}"

    def wait_for_assistant(self, number: int) -> None:
        """Wait until it says that it is ready. Raises `RuntimeError` when it stopped."""
        service = self.assistants[number]

        def ready() -> bool:
            if not service.runs:
                raise RuntimeError(f"{service.name} stopped:\n{service.log.read_text()[-2000:]}")
            return answers(self.assistant_url(number) + "/health/ready")

        wait_until(ready, f"{service.name} gets ready", 600)

    def where(self) -> str:
        """Where an operator finds everything."""
        lines = [f"Koers is klaar: {self.url}/  (stoppen: Ctrl-C)", f"  logs        {self.folder}/*.log"]
        for number, service in enumerate(self.assistants):
            metrics = service.environment["KOERS_METRICS_PORT"]
            lines.append(
                f"  {service.name} {self.assistant_url(number)}/health/ready  http://127.0.0.1:{metrics}/metrics"
            )
        lines += [f"  PostgreSQL  {self.postgres.url}", f"  Redis       {self.redis.url}"]
        return "\n".join(lines)

    def stop(self) -> None:
        """Stop everything, what serves first."""
        for service in reversed(self.services):
            service.stop()


def main() -> int:
    """`make cluster`: run until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Start PostgreSQL, Redis, nginx and replicas of Koers.")
    parser.add_argument("--port", type=int, default=8080, help="where nginx listens (default: %(default)s)")
    parser.add_argument("--replicas", type=int, default=2, help="assistants, and action servers (default: %(default)s)")
    options = parser.parse_args()
    missing = missing_engines()
    if missing:
        print(f"Niet gevonden: {', '.join(missing)}. Voer eerst uit: sh deploy/processes/install.sh", file=sys.stderr)
        return 1
    if _listens(options.port):
        print(f"Op poort {options.port} luistert al iets. Kies een andere: PORT=9000 make cluster", file=sys.stderr)
        return 1
    stopped: List[int] = []
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, _: stopped.append(number))
    with tempfile.TemporaryDirectory(prefix="koers-") as folder:
        os.chmod(folder, 0o755)
        cluster = Cluster(Path(folder), options.replicas, options.port)
        try:
            print("PostgreSQL, Redis, nginx en Koers starten op...", flush=True)
            cluster.start()
            print(cluster.where(), flush=True)
            while not stopped:
                for service in cluster.services:
                    if not service.runs:
                        print(f"{service.name} is gestopt:\n{service.log.read_text()[-1000:]}", file=sys.stderr)
                        return 1
                time.sleep(0.5)
        except (RuntimeError, TimeoutError, subprocess.CalledProcessError) as problem:
            print(f"Het starten is mislukt. Los dit op en probeer het opnieuw:\n{problem}", file=sys.stderr)
            return 1
        finally:
            print("Alles stopt.", flush=True)
            cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
