"""`python -m bot`: start the assistant, say where it is, and stop it in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any, Callable, Dict, Optional

from bot import preflight
from bot.settings import STATE, Settings
from knowledge.tables import PROJECT

READY_SECONDS = 300

_WAITS_FOR = {
    "actions": "de action server; die antwoordt niet op het adres in KOERS_ACTIONS_URL",
    "knowledge": "de kennisbank; die is niet te lezen of leeg: voer 'make knowledge' uit",
}
"""What an assistant that can't give answers yet waits for, by the name of its check."""


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
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(PROJECT),
    }


def is_ready(port: int) -> bool:
    """Whether the assistant answers."""
    return bool(_health(port).get("status") == "ok")


def _health(port: int) -> Dict[str, Any]:
    """What the assistant says of itself at `/health/ready`; nothing when it doesn't answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as response:
            return dict(json.load(response))
    except urllib.error.HTTPError as error:
        try:
            return dict(json.load(error))
        except ValueError:
            return {}
    except (OSError, ValueError):
        return {}


def main() -> int:
    """Run until Ctrl-C or until one of the processes ends."""
    sentences, can_start = preflight.look("assistant")
    for each in sentences:
        print(each, file=sys.stderr)
    if not can_start:
        return 1
    settings = Settings.from_environment()
    STATE.mkdir(exist_ok=True)
    process: Optional[subprocess.Popen] = None
    # Set explicitly: a shell starts background jobs with SIGINT ignored, and Python would leave it so.
    interrupt = _interrupt_once()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, interrupt)
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
            _stop(process, settings.stop_seconds)


def _serve(process: subprocess.Popen, port: int) -> int:
    waiting_since: Optional[float] = time.monotonic()
    waits_for = ""
    while True:
        if process.poll() is not None:
            print(f"Koers is gestopt (status {process.returncode}).", file=sys.stderr)
            return 1
        if waiting_since is not None:
            health = _health(port)
            missing = [_WAITS_FOR.get(name, name) for name, holds in health.get("checks", {}).items() if not holds]
            if missing and waits_for != (waits_for := " en ".join(missing)):
                print(f"Koers wacht op {waits_for}.", file=sys.stderr, flush=True)
            if health.get("status") == "ok":
                waiting_since = None
                print(f"Koers is klaar: http://127.0.0.1:{port}/  (stoppen: Ctrl-C)", flush=True)
            elif time.monotonic() - waiting_since > READY_SECONDS:
                why = f": wacht op {waits_for}" if waits_for else ""
                print(f"Koers is na {READY_SECONDS} seconden nog niet klaar en stopt{why}.", file=sys.stderr)
                return 1
        time.sleep(0.3)


def _stop(process: subprocess.Popen, seconds: int) -> None:
    """Let turns in flight finish, for so many seconds; then end it."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=seconds + 10)
    except subprocess.TimeoutExpired:
        process.kill()


def _interrupt_once() -> Callable[..., None]:
    """A signal handler. Whoever presses Ctrl-C twice must not leave an assistant behind: only the first interrupts."""
    told = False

    def interrupt(*_: object) -> None:
        nonlocal told
        if not told:
            told = True
            raise KeyboardInterrupt

    return interrupt


if __name__ == "__main__":
    sys.exit(main())
