"""The assistant's public server: Rasa's agent behind our channels and pages, and nothing else of Rasa's.

Rasa's own launcher adds a greeting at `/` and can add its HTTP API; neither belongs on a public port.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path
from typing import Dict, List

import rasa.core.channels.channel
from rasa.core.channels.channel import InputChannel
from rasa.core.utils import AvailableEndpoints
from rasa.exceptions import ModelNotFound
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.agent import load
from bot.channels.pages import pages, problem_page, wants_page
from bot.channels.turn import look
from bot.operations import logs, metrics
from bot.operations.counts import Counts
from bot.operations.endpoints import endpoints_of, without_pretending
from bot.operations.health import Check, action_server_reachable, add_health, knowledge_readable
from bot.operations.migrate import migrate
from bot.records import Records
from bot.safety.personal_data import Masker
from bot.safety.private_flows import keep_removing_left
from bot.safety.replies import texts as crisis_texts
from bot.safety.retention import remove_daily
from bot.settings import Settings
from bot.workers import Tasks, Workers
from knowledge.queries import Knowledge
from knowledge.tables import PROJECT

logger = logging.getLogger(__name__)

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer carries that has nothing of its own: data is not a page, and nobody frames it."""


def create_app(settings: Settings) -> Sanic:
    """The server with its channels and pages; the agent is loaded when it starts.

    Raises `BrokenTexts` when a crisis text misses a number: without them the assistant doesn't start; `ValueError` for
    settings that can't be.
    """
    crisis_texts()
    endpoints = endpoints_of(settings)
    app = Sanic("koers", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = settings.max_body_bytes * 4
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = float(settings.stop_seconds)
    app.config.PROXIES_COUNT = settings.proxies or None
    logs.follow_requests(app)
    channels = channels_of(PROJECT / "credentials.yml")
    rasa.core.channels.channel.register(channels, app, route="/webhooks/")
    app.static("/static", PROJECT / "bot" / "web" / "static")
    knowledge = Knowledge(settings.knowledge_url)
    app.blueprint(pages(knowledge, settings))
    add_health(app, _checks(settings, knowledge))
    _add_error_pages(app, settings)
    _allow_other_sites(app, settings)
    app.ctx.records = Records(settings.conversations_url)
    app.register_listener(partial(_start, settings, endpoints), "before_server_start")
    app.register_listener(_announce_stop, "before_server_stop")
    app.register_listener(_stop, "after_server_stop")
    return app


def channels_of(credentials: Path) -> List[InputChannel]:
    """The channels whose classes the file names, each with its options. Raises `ValueError` for one that isn't there.

    Rasa's own function for it imports Rasa's whole server.
    """
    channels = []
    for name, options in read_config_file(credentials).items():
        try:
            channels.append(class_from_module_path(name).from_credentials(options))
        except (ImportError, AttributeError) as error:
            raise ValueError(f"{credentials.name}: het kanaal {name!r} is er niet; noem het importpad.") from error
    return channels


def _checks(settings: Settings, knowledge: Knowledge) -> Dict[str, Check]:
    """What must hold, beside a loaded model, before this assistant gets messages."""
    checks = {"knowledge": knowledge_readable(knowledge)}
    if settings.actions_urls:
        checks["actions"] = action_server_reachable(settings.actions_urls)
    return checks


def _allow_other_sites(app: Sanic, settings: Settings) -> None:
    """Let the sites of the settings, and no others, call the website channel from a browser."""

    @app.on_response
    async def add_headers(request: Request, answer: HTTPResponse) -> None:
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        origin = request.headers.get("origin")
        if origin in settings.allowed_origins and request.path.startswith("/webhooks/website/"):
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Access-Control-Allow-Headers"] = "content-type"
            answer.headers["Vary"] = "Origin"


def _add_error_pages(app: Sanic, settings: Settings) -> None:
    """A person gets a page with a way on, a program gets data."""
    page = problem_page(settings)

    @app.exception(SanicException)
    async def expected(request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 500) or 500
        if wants_page(request):
            return page(status)
        messages = {404: "Deze pagina bestaat niet.", 405: "Dit adres werkt anders.", 413: "De aanvraag is te groot."}
        return response.json(
            {"error": f"http_{status}", "message": messages.get(status, "Dat kan ik niet verwerken.")}, status=status
        )

    @app.exception(Exception)
    async def unexpected(request: Request, error: Exception) -> HTTPResponse:
        logger.error("A request failed: %s", type(error).__name__)
        if wants_page(request):
            return page(500)
        return response.json({"error": "http_500", "message": "Er gaat iets mis. Probeer het later."}, status=500)


async def _start(settings: Settings, endpoints: AvailableEndpoints, app: Sanic, _: asyncio.AbstractEventLoop) -> None:
    await asyncio.to_thread(migrate, settings.conversations_url)
    try:
        agent = await load(settings.models_path, endpoints)
    except ModelNotFound:
        message = f"Er is geen getraind model in {settings.models_path}. Voer eerst 'make train' uit."
        raise SystemExit(message) from None
    without_pretending(agent.tracker_store)
    metrics.measure_agent(agent)
    metrics.watch_outbox(settings.conversations_url)
    app.ctx.agent = agent
    app.ctx.counts = Counts(settings.conversations_url, await asyncio.to_thread(_regions, settings))
    app.ctx.mask = await asyncio.to_thread(_masker, settings)
    # The first message loads the encoder, the crisis classifier and the knowledge base: nobody should wait for that,
    # and workers share what is loaded before them.
    await asyncio.to_thread(look, app.ctx.mask, "Warm Op heeft een naam")
    await agent.parse_message("wat is ips")
    if settings.workers:
        processor = agent.processor
        processor.rest()
        tasks: Tasks = {"look": partial(look, app.ctx.mask), "read": processor.read}
        app.ctx.workers = Workers(tasks, settings.workers, processor.renew)
        processor.read_by(app.ctx.workers)
        await app.ctx.workers.complete()
    # Tasks with a name are cancelled at the stop.
    app.add_task(app.ctx.counts.flush_always(), name="counts")
    removing = remove_daily(settings.conversations_url, settings.retention_days, settings.records_days)
    app.add_task(removing, name="retention")
    app.add_task(keep_removing_left(settings.conversations_url, settings.private_hours), name="private")
    app.ctx.warm = True


async def _announce_stop(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
    """Not ready any more; Sanic then lets turns in flight finish before it closes."""
    app.ctx.stopping = True
    logger.info("Stopping; turns in flight go on.")


async def _stop(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
    """After the last turn: keep what was only in memory."""
    if hasattr(app.ctx, "workers"):
        app.ctx.workers.close()
    if hasattr(app.ctx, "agent"):
        broker = app.ctx.agent.tracker_store.event_broker
        if broker is not None:
            await broker.close()
    if hasattr(app.ctx, "counts"):
        await asyncio.to_thread(app.ctx.counts.flush)
    logger.info("Stopped.")


def _regions(settings: Settings) -> Dict[str, str]:
    """The region that each name of a place stands for, for the counts; the region's own id stands for itself."""
    try:
        places = Knowledge(settings.knowledge_url).places()
    except SQLAlchemyError as error:
        logger.error("The knowledge base can't be read: %s", type(error).__name__)
        return {}
    return {name.lower(): place.region for place in places for name in (place.name, place.region)}


def _masker(settings: Settings) -> Masker:
    """A masker that leaves the knowledge base's own names readable."""
    try:
        snapshot = Knowledge(settings.knowledge_url).snapshot()
    except SQLAlchemyError as error:
        logger.error("The knowledge base can't be read: %s", type(error).__name__)
        return Masker()
    texts = [text for unit in snapshot.units for text in (unit.question, *unit.texts)]
    names = [name.name for name in snapshot.names]
    return Masker([*texts, *names], [place.name for place in snapshot.places])


def main() -> None:
    """Serve until the process is stopped."""
    logs.configure("assistant")
    settings = Settings.from_environment()
    metrics.serve(settings.metrics_host, settings.metrics_port)
    try:
        app = create_app(settings)
    except ValueError as problem:
        # Settings that can't be; the text says what to do about them.
        raise SystemExit(str(problem)) from None
    app.run(settings.host, settings.port, access_log=False, workers=1)
