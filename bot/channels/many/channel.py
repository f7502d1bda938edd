"""The community channel: `POST /webhooks/many/webhook`, see `docs/channels.md`."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Awaitable, Callable, Dict, List, Optional, Type

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.utils.common import class_from_module_path
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.many import signature
from bot.channels.many.events import description, parse
from bot.channels.many.outbox import Outbox
from bot.channels.many.platform import Platform
from bot.channels.many.spaces import DEFAULT_FILE, BrokenSpaces, Space, by_key, read_categories, read_regions
from bot.channels.many.worker import Worker
from bot.channels.requests import BadRequest
from bot.settings import Settings
from knowledge.queries import Knowledge

logger = logging.getLogger(__name__)

MAX_KEYS = 2


class NotConfigured(ValueError):
    """The operator's settings of the channel are not whole; the text says what to do, in Dutch."""


class ManyInput(InputChannel):
    """Takes the events of the community's app and leaves them to the worker."""

    @classmethod
    def name(cls) -> str:
        """Part of the channel's address."""
        return "many"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> ManyInput:
        """`platform`: import path of the class that posts comments. Raises `ValueError` when it isn't set up well."""
        path = (credentials or {}).get("platform") or "bot.channels.many.platform.HttpPlatform"
        return cls(Settings.from_environment(), class_from_module_path(path))

    def __init__(self, settings: Settings, platform: Type[Platform]) -> None:
        self._settings = settings
        self._worker: Optional[Worker] = None
        self._spaces: Dict[str, Space] = {}
        self._keys = _read_keys(settings)
        if self._keys:
            self._categories = read_categories(settings.many_spaces or DEFAULT_FILE)
            outbox = Outbox(settings.conversations_url)
            self._worker = Worker(settings, outbox, platform.from_settings(settings), self._spaces)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("many_webhook")

        @routes.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok" if self._worker else "off"})

        @routes.get("/openapi.json")
        async def receives(_: Request) -> HTTPResponse:
            return response.json(description("koers"))

        @routes.get("/platform-openapi.json")
        async def asks(_: Request) -> HTTPResponse:
            return response.json(description("platform"))

        @routes.get("/spaces")
        async def spaces(_: Request) -> HTTPResponse:
            listed = [{"kind": space.kind, "id": space.id, "name": space.name} for space in self._spaces.values()]
            return response.json({"spaces": listed})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                return response.json({"status": await self.accept(request)}, status=202)
            except BadRequest as problem:
                return response.json({"error": problem.code, "message": str(problem)}, status=problem.status)

        if self._worker is not None:
            worker = self._worker

            @routes.after_server_start
            async def start(app: Sanic, _: Any) -> None:
                try:
                    await self._learn_spaces()
                except BadRequest:
                    logger.warning("Events are refused until the knowledge base can be read.")
                except BrokenSpaces as problem:
                    raise SystemExit(str(problem)) from None
                await worker.start(app, on_new_message)

            @routes.before_server_stop
            async def stop(_: Sanic, __: Any) -> None:
                await worker.stop()

        return routes

    async def accept(self, request: Request) -> str:
        """Keep an event; "accepted", or "known" when it was kept before. Raises `BadRequest`."""
        if self._worker is None:
            raise BadRequest(
                503, "channel_off", "Dit kanaal staat uit: er is geen sleutel ingesteld (KOERS_MANY_KEYS)."
            )
        if len(request.body) > self._settings.max_body_bytes:
            raise BadRequest(413, "body_too_large", "De aanvraag is te groot.")
        signed_id = signature.check(request.headers, request.body, self._keys, time.time())
        event = parse(request.body)
        if event.id != signed_id:
            raise BadRequest(422, "other_id", f"'event_id' is een ander dan {signature.ID}.")
        if event.space and event.space not in await self._learn_spaces():
            raise BadRequest(
                422, "unknown_space", "Deze ruimte bestaat niet. GET /webhooks/many/spaces geeft de lijst."
            )
        if event.author == self._settings.many_account:
            return "accepted"  # Koers' own comments come by too.
        try:
            return (await self._worker.accept(request.app, event)).value
        except SQLAlchemyError as error:
            logger.error("An event can't be kept: %s", type(error).__name__)
            raise BadRequest(503, "not_kept", "Dit kan nu niet worden bewaard. Stuur het later opnieuw.") from None

    async def _learn_spaces(self) -> Dict[str, Space]:
        """The spaces by key; the regions are read once, as soon as the knowledge base can be read."""
        if not self._spaces:
            try:
                regions = await asyncio.to_thread(_regions, self._settings.knowledge_url)
            except SQLAlchemyError as error:
                logger.error("The knowledge base can't be read: %s", type(error).__name__)
                raise BadRequest(
                    503, "not_ready", "De regio's zijn nu niet te lezen. Stuur het later opnieuw."
                ) from None
            self._spaces.update(by_key([*regions, *self._categories]))
            unnamed = [space.id for space in self._categories if space.is_placeholder]
            if unnamed:
                logger.warning("Categories without a name in the spaces file: %s", ", ".join(unnamed))
        return self._spaces


def _regions(knowledge_url: str) -> List[Space]:
    knowledge = Knowledge(knowledge_url)
    try:
        return read_regions(knowledge)
    finally:
        knowledge.close()


def _read_keys(settings: Settings) -> List[bytes]:
    """The keys of signatures; none means that the channel is off. Raises `NotConfigured`."""
    if not settings.many_keys:
        return []
    if len(settings.many_keys) > MAX_KEYS:
        raise NotConfigured(f"KOERS_MANY_KEYS: er gelden hoogstens {MAX_KEYS} sleutels tegelijk. Haal de oudste weg.")
    try:
        keys = [signature.read_key(text) for text in settings.many_keys]
    except ValueError:
        raise NotConfigured(
            "KOERS_MANY_KEYS: een sleutel is 'whsec_' met daarachter minstens 24 willekeurige bytes in base64, "
            "bijvoorbeeld: echo whsec_$(head -c 32 /dev/urandom | base64)"
        ) from None
    if not settings.many_platform_url.startswith(("http://", "https://")) or not settings.many_platform_token:
        raise NotConfigured(
            "KOERS_MANY_KEYS is ingesteld, maar KOERS_MANY_PLATFORM_URL (https://...) of KOERS_MANY_PLATFORM_TOKEN "
            "niet. Zonder kan Koers niet reageren."
        )
    return keys
