"""The action server: Rasa SDK's, on the loopback address only unless told otherwise.

The SDK's own launcher listens on every address, and its error page sends the request back.
"""

from __future__ import annotations

import logging
import os

from rasa_sdk.endpoint import create_app

from bot.settings import Settings


def main() -> None:
    """Serve the actions until the process is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    settings = Settings.from_environment()
    app = create_app("bot.actions", cors_origins="")
    app.run(os.environ.get("KOERS_ACTIONS_HOST") or "127.0.0.1", settings.actions_port, access_log=False)


if __name__ == "__main__":
    main()
