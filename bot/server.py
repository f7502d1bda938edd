"""The assistant's public server: Rasa's agent behind our channels and pages, and nothing else of Rasa's.

Rasa's own launcher adds a greeting at `/` and can add its HTTP API; neither belongs on a public port.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial

import rasa.core.channels.channel
from rasa.core.run import create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from rasa.exceptions import ModelNotFound
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.agent import load
from bot.channels.pages import pages
from bot.safety.personal_data import Masker, masker
from bot.safety.private_flows import keep_removing_left
from bot.safety.replies import texts as crisis_texts
from bot.safety.retention import remove_daily
from bot.settings import Settings
from knowledge.queries import Knowledge
from knowledge.tables import PROJECT

logger = logging.getLogger(__name__)


def create_app(settings: Settings) -> Sanic:
    """The server with its channels and pages; the agent is loaded when it starts.

    Raises `BrokenTexts` when a crisis text misses a number: without them the assistant doesn't start.
    """
    crisis_texts()
    app = Sanic("koers", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = settings.max_body_bytes * 4
    app.config.KEEP_ALIVE_TIMEOUT = 30
    channels = create_http_input_channels(None, str(PROJECT / "credentials.yml"))
    rasa.core.channels.channel.register(channels, app, route="/webhooks/")
    app.static("/static", PROJECT / "bot" / "web" / "static")
    app.blueprint(pages(Knowledge(settings.knowledge_url), settings))
    _add_health(app)
    _add_error_pages(app)
    _allow_other_sites(app, settings)
    app.register_listener(partial(_start, settings), "before_server_start")
    return app


def _add_health(app: Sanic) -> None:
    @app.get("/health/live")
    async def live(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.get("/health/ready")
    async def ready(request: Request) -> HTTPResponse:
        is_ready = bool(getattr(request.app.ctx, "warm", False))
        return response.json({"status": "ok" if is_ready else "starting"}, status=200 if is_ready else 503)


def _allow_other_sites(app: Sanic, settings: Settings) -> None:
    """Let the sites of the settings, and no others, call the website channel from a browser."""

    @app.options("/webhooks/website/<_:str>")
    async def preflight(_: Request, **__: str) -> HTTPResponse:
        return response.empty()

    @app.on_response
    async def add_headers(request: Request, answer: HTTPResponse) -> None:
        origin = request.headers.get("origin")
        if origin in settings.allowed_origins and request.path.startswith("/webhooks/website/"):
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Access-Control-Allow-Headers"] = "content-type"
            answer.headers["Vary"] = "Origin"


def _add_error_pages(app: Sanic) -> None:
    @app.exception(SanicException)
    async def expected(_: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 500) or 500
        messages = {404: "Deze pagina bestaat niet.", 405: "Dit adres werkt anders.", 413: "De aanvraag is te groot."}
        return response.json(
            {"error": f"http_{status}", "message": messages.get(status, "Dat kan ik niet verwerken.")}, status=status
        )

    @app.exception(Exception)
    async def unexpected(_: Request, error: Exception) -> HTTPResponse:
        logger.error("A request failed: %s", type(error).__name__)
        return response.json({"error": "http_500", "message": "Er gaat iets mis. Probeer het later."}, status=500)


async def _start(settings: Settings, app: Sanic, _: asyncio.AbstractEventLoop) -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT / "endpoints.yml"))
    if not settings.actions_url:
        endpoints.action = None
    try:
        agent = await load(PROJECT / "models", endpoints)
    except ModelNotFound:
        raise SystemExit("Er is geen getraind model in models/. Voer eerst 'make train' uit.") from None
    app.ctx.agent = agent
    app.ctx.mask = await asyncio.to_thread(_masker, settings)
    await asyncio.to_thread(app.ctx.mask, "Warm Op heeft een naam")
    app.add_task(remove_daily(settings.conversations_url, settings.retention_days))
    app.add_task(keep_removing_left(settings.conversations_url, settings.private_hours))
    # The first message loads the encoder and the knowledge base; nobody should wait for that.
    await agent.parse_message("wat is ips")
    app.ctx.warm = True


def _masker(settings: Settings) -> Masker:
    """A masker that leaves the knowledge base's own names readable."""
    try:
        snapshot = Knowledge(settings.knowledge_url).snapshot()
    except SQLAlchemyError as error:
        logger.error("The knowledge base can't be read: %s", type(error).__name__)
        return Masker()
    texts = [text for unit in snapshot.units for text in (unit.question, *unit.texts)]
    names = [name.name for name in snapshot.names]
    return masker([*texts, *names], [place.name for place in snapshot.places])


def main() -> None:
    """Serve until the process is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("sanic.access", "apscheduler", "rasa.core.processor"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # Rasa logs messages in full at levels below this one.
    configure_structlog(logging.WARNING)
    settings = Settings.from_environment()
    try:
        app = create_app(settings)
    except ValueError as problem:
        # A channel's settings; the text says what to do about them.
        raise SystemExit(str(problem)) from None
    app.run(settings.host, settings.port, access_log=False, workers=1)


if __name__ == "__main__":
    main()
