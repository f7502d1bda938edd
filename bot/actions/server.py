"""The action server: Rasa SDK's, on the loopback address only unless told otherwise.

The SDK's own launcher listens on every address, and its error page sends the request back.
"""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app
from sanic.request import Request

from bot.operations import logs, metrics
from bot.settings import Settings

logger = logging.getLogger(__name__)


def _say_what_runs(request: Request) -> None:
    if request.path == "/webhook":
        logger.info("An action is asked for.")


def main() -> None:
    """Serve the actions until the process is stopped."""
    logs.configure("actions")
    settings = Settings.from_environment()
    metrics.serve(settings.metrics_host, settings.metrics_port)
    app = create_app("bot.actions", cors_origins="")
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = float(settings.stop_seconds)
    logs.follow_requests(app)
    app.on_request(_say_what_runs)
    app.run(settings.actions_host, settings.actions_port, access_log=False)


if __name__ == "__main__":
    main()
