"""`python -m bot`: start the assistant, say where it is, and stop it in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Dict, Optional

from bot.settings import STATE, Settings
from knowledge.tables import PROJECT

READY_SECONDS = 300


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens on the port yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def environment_for(settings: Settings) -> Dict[str, str]:
    """The environment of the assistant: every address filled in, all files inside the project."""
    return {
        **os.environ,
        "KOERS_ACTIONS_URL": ",".join(settings.actions_urls),
        "KOERS_CONVERSATIONS_URL": settings.conversations_url,
        "KOERS_KNOWLEDGE_URL": settings.knowledge_url,
        "RASA_TELEMETRY_ENABLED": "false",
        "MPLCONFIGDIR": str(STATE / "matplotlib"),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # OpenMP threads of a library that wait by spinning slow everything else on a busy machine down.
        "OMP_WAIT_POLICY": os.environ.get("OMP_WAIT_POLICY", "PASSIVE"),
        # Small products gain nothing by a second thread; waiting for it took 30 of 70 ms a turn, the encoder apart.
        "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(PROJECT),
    }


def is_ready(port: int) -> bool:
    """Whether the assistant answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def main() -> int:
    """Run until Ctrl-C or until one of the processes ends."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not port_is_free(settings.host, settings.port):
        print(f"Poort {settings.port} is al in gebruik. Kies een andere: PORT=... make run", file=sys.stderr)
        return 1
    STATE.mkdir(exist_ok=True)
    process: Optional[subprocess.Popen] = None
    # Set explicitly: a shell starts background jobs with SIGINT ignored, and Python would leave it so.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupt)
    try:
        print("Koers start op, dit duurt meestal minder dan een halve minuut...", flush=True)
        # A session of its own: Ctrl-C reaches this process only, which then stops the assistant in order.
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.serve"], cwd=PROJECT, env=environment_for(settings), start_new_session=True
        )
        return _serve(process, settings.port)
    except KeyboardInterrupt:
        print("\nKoers stopt.", flush=True)
        return 0
    finally:
        if process is not None:
            _stop(process)


def _serve(process: subprocess.Popen, port: int) -> int:
    waiting_since: Optional[float] = time.monotonic()
    while True:
        if process.poll() is not None:
            print(f"Koers is gestopt (status {process.returncode}).", file=sys.stderr)
            return 1
        if waiting_since is not None:
            if is_ready(port):
                waiting_since = None
                print(f"Koers is klaar: http://127.0.0.1:{port}/  (stoppen: Ctrl-C)", flush=True)
            elif time.monotonic() - waiting_since > READY_SECONDS:
                print(f"Koers is na {READY_SECONDS} seconden nog niet klaar en stopt.", file=sys.stderr)
                return 1
        time.sleep(0.3)


def _stop(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
