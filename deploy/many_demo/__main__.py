"""`python -m deploy.many_demo`: start Koers with its community channel on, and the demo app next to it; stop both."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import List

from bot.__main__ import is_ready, port_is_free
from bot.settings import STATE, Settings
from knowledge.tables import PROJECT

PORT = int(os.environ.get("MANY_DEMO_PORT") or 5080)
READY_SECONDS = 300


def main() -> int:
    """Run until Ctrl-C, or until one of the two ends."""
    settings = Settings.from_environment()
    if not port_is_free("127.0.0.1", PORT):
        print(f"Poort {PORT} is al in gebruik. Kies een andere: MANY_DEMO_PORT=... make many-demo", file=sys.stderr)
        return 1
    STATE.mkdir(exist_ok=True)
    # Made anew each time: nobody needs to know them but these two processes.
    key, token = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}", secrets.token_urlsafe(32)
    koers = f"http://127.0.0.1:{settings.port}"
    environment = {
        **os.environ,
        "KOERS_MANY_KEYS": key,
        "KOERS_MANY_PLATFORM_URL": f"http://127.0.0.1:{PORT}",
        "KOERS_MANY_PLATFORM_TOKEN": token,
        "KOERS_KNOWLEDGE_URL": settings.knowledge_url,
        "MANY_DEMO_PORT": str(PORT),
        "MANY_DEMO_KOERS": koers,
        "MANY_DEMO_KEY": key,
        "MANY_DEMO_TOKEN": token,
        "MANY_DEMO_DATABASE": os.environ.get("MANY_DEMO_DATABASE") or f"sqlite:///{STATE / 'many-demo.db'}",
    }
    processes: List[subprocess.Popen] = []
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupt)
    try:
        for module in ("bot", "deploy.many_demo.server"):
            command = [sys.executable, "-W", "ignore", "-m", module]
            processes.append(subprocess.Popen(command, cwd=PROJECT, env=environment, start_new_session=True))
        return _serve(processes, settings.port)
    except KeyboardInterrupt:
        print("\nDe proefomgeving stopt.", flush=True)
        return 0
    finally:
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            process.wait(timeout=30)


def _serve(processes: List[subprocess.Popen], port: int) -> int:
    deadline, is_announced = time.monotonic() + READY_SECONDS, False
    while all(process.poll() is None for process in processes):
        if not is_announced and is_ready(port) and _answers():
            is_announced = True
            print(f"De proefomgeving is klaar: http://127.0.0.1:{PORT}/  (stoppen: Ctrl-C)", flush=True)
        if not is_announced and time.monotonic() > deadline:
            print(f"De proefomgeving is na {READY_SECONDS} seconden nog niet klaar en stopt.", file=sys.stderr)
            return 1
        time.sleep(0.3)
    return 1


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/gezond", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
