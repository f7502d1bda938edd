"""The demo app's server: its pages, and the operation that Koers asks of it.

Settings come from the environment: `MANY_DEMO_PORT`, `MANY_DEMO_DATABASE`, `MANY_DEMO_KOERS` (where Koers is),
`MANY_DEMO_KEY` (signs events) and `MANY_DEMO_TOKEN` (what Koers shows). It listens on the loopback address only.
"""

from __future__ import annotations

import asyncio
import hmac
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Callable, Dict, List, TypeVar
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.many.spaces import DEFAULT_FILE, Space, read_categories, read_regions
from deploy.many_demo.board import KOERS, Board, NoSuchThing
from deploy.many_demo.webhooks import deliver
from knowledge.queries import Knowledge

HERE = Path(__file__).resolve().parent
LONGEST_TEXT = 5000
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

T = TypeVar("T")


def create_app(board: Board, spaces: List[Space], koers: str, key: str, token: str) -> Sanic:
    """The app. `koers`: address of its webhook."""
    app = Sanic("many_demo", configure_logging=False)
    pages = _Pages(board, spaces)
    app.static("/static", HERE / "static")

    @app.after_server_start
    async def send(app: Sanic, _: Any) -> None:
        app.ctx.delivery = asyncio.create_task(deliver(board, koers, key))

    @app.before_server_stop
    async def stop(app: Sanic, _: Any) -> None:
        app.ctx.delivery.cancel()
        await asyncio.gather(app.ctx.delivery, return_exceptions=True)

    @app.get("/gezond")
    async def healthy(_: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.post("/api/threads/<thread:str>/comments")
    async def create_comment(request: Request, thread: str) -> HTTPResponse:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return response.json({"error": "bad_token"}, status=401)
        key = request.headers.get("idempotency-key", "")
        body = request.json if request.body else None
        text = body.get("text") if isinstance(body, dict) else None
        if not key or not isinstance(text, str) or not 0 < len(text) <= 4000:
            return response.json({"error": "malformed"}, status=422)
        try:
            comment, is_new = await asyncio.to_thread(board.reply, thread, text, key, body.get("in_reply_to"))
        except NoSuchThing:
            return response.json({"error": "no_such_thread"}, status=404)
        return response.json({"comment_id": comment}, status=201 if is_new else 200)

    @app.get("/")
    async def index(request: Request) -> HTTPResponse:
        return await pages.show(pages.board, request.args.get("als"), request.args.get("ruimte"))

    @app.get("/bericht/<post:str>")
    async def thread(request: Request, post: str) -> HTTPResponse:
        return await pages.show(pages.thread, request.args.get("als"), post)

    @app.get("/bericht/<post:str>/reacties")
    async def newer(request: Request, post: str) -> HTTPResponse:
        after = request.args.get("na", "0")
        return await pages.show(pages.newer, request.args.get("als"), post, int(after) if after.isdigit() else 0)

    @app.post("/berichten")
    async def write(request: Request) -> HTTPResponse:
        member, space, text = (_field(request, name) for name in ("als", "ruimte", "tekst"))
        kind, _, name = space.partition("/")
        return await pages.go(
            lambda: f"/bericht/{board.write(member, kind, name, pages.checked(space, text))}", als=member
        )

    @app.post("/bericht/<post:str>/reacties")
    async def comment(request: Request, post: str) -> HTTPResponse:
        member, text, to = (_field(request, name) for name in ("als", "tekst", "op"))

        def add() -> str:
            board.comment(member, post, _text(text), to or None)
            return f"/bericht/{post}"

        return await pages.go(add, als=member)

    @app.post("/bericht/<post:str>/verwijder")
    async def delete(request: Request, post: str) -> HTTPResponse:
        member = _field(request, "als")

        def remove() -> str:
            board.delete(member, post)
            return "/"

        return await pages.go(remove, als=member)

    @app.post("/leden/regios")
    async def choose(request: Request) -> HTTPResponse:
        member = _field(request, "als")
        regions = [region for region in request.form.getlist("regio", []) if f"region/{region}" in pages.spaces]

        def keep() -> str:
            board.choose_regions(member, regions)
            return "/"

        return await pages.go(keep, als=member)

    @app.post("/leden/vertrek")
    async def leave(request: Request) -> HTTPResponse:
        member = _field(request, "als")

        def go() -> str:
            board.leave(member)
            return "/"

        return await pages.go(go)

    return app


class _Pages:
    def __init__(self, board: Board, spaces: List[Space]) -> None:
        self._board = board
        self.spaces = {f"{space.kind}/{space.id}": space for space in spaces}
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters.update(tijd=_time, alineas=_paragraphs)

    async def show(self, page: Callable[..., str], *arguments: Any) -> HTTPResponse:
        """A page, or one that says that it isn't there."""
        try:
            return response.html(await asyncio.to_thread(page, *arguments), headers=HEADERS)
        except NoSuchThing:
            return response.html(await asyncio.to_thread(self._missing), status=404, headers=HEADERS)

    async def go(self, change: Callable[[], str], **fields: str) -> HTTPResponse:
        """Change something and go to the page that shows it."""
        try:
            address = await asyncio.to_thread(change)
        except NoSuchThing:
            return response.html(await asyncio.to_thread(self._missing), status=404, headers=HEADERS)
        except ValueError as problem:
            html = self._render("melding.html", me=None, title="Dat lukt niet", text=str(problem))
            return response.html(html, status=400, headers=HEADERS)
        return response.redirect(f"{address}?{urlencode(fields)}" if fields else address, status=303)

    def checked(self, space: str, text: str) -> str:
        """The text of a post. Raises `NoSuchThing` for a space that isn't there, `ValueError` for no text."""
        if space not in self.spaces:
            raise NoSuchThing
        return _text(text)

    def board(self, me: str, space: str) -> str:
        """The posts that a member sees."""
        members = self._board.members()
        me = me if me in dict(members) else (members[0][0] if members else "")
        mine = self._board.regions_of(me)
        seen = [key for key, found in self.spaces.items() if found.kind == "category" or found.id in mine]
        space = space if space in seen else ""
        kind, _, name = space.partition("/")
        return self._render(
            "bord.html",
            me=me,
            members=members,
            mine=mine,
            seen=seen,
            space=space,
            regions=[found for found in self.spaces.values() if found.kind == "region"],
            posts=self._board.posts(me, kind, name),
        )

    def thread(self, me: str, post: str) -> str:
        """A post and its comments."""
        return self._render(
            "bericht.html", me=me or "", post=self._board.post(me, post), comments=self._board.comments(post)
        )

    def newer(self, me: str, post: str, after: int) -> str:
        """The comments that came since."""
        self._board.post(me, post)
        return self._render("reacties.html", comments=self._board.comments(post, after), me=me)

    def _missing(self) -> str:
        text = "Het bericht is verwijderd, of je ziet het niet omdat je deze regio niet hebt gekozen."
        return self._render("melding.html", me=None, title="Dit is er niet", text=text)

    def _render(self, name: str, **fields: Any) -> str:
        return self._environment.get_template(name).render(spaces=self.spaces, name_of=_name, koers=KOERS, **fields)


def _name(space: Space) -> str:
    return space.name or f"{space.id.replace('-', ' ').capitalize()} (naam nog in te vullen)"


def _field(request: Request, name: str) -> str:
    return str(request.form.get(name, "") or "")


def _text(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_TEXT:
        raise ValueError(f"Schrijf een tekst van hoogstens {LONGEST_TEXT} tekens.")
    return text


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%H:%M")


def _paragraphs(text: str) -> Markup:
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return Markup("".join(f"<p>{escape(block).replace(chr(10), Markup('<br>'))}</p>" for block in blocks))


def main() -> None:
    """Serve until the process is stopped."""
    environment: Dict[str, str] = dict(os.environ)
    knowledge = Knowledge()
    spaces = [*read_regions(knowledge), *read_categories(Path(environment.get("KOERS_MANY_SPACES") or DEFAULT_FILE))]
    knowledge.close()
    app = create_app(
        Board(environment["MANY_DEMO_DATABASE"]),
        spaces,
        f"{environment['MANY_DEMO_KOERS'].rstrip('/')}/webhooks/many/webhook",
        environment["MANY_DEMO_KEY"],
        environment["MANY_DEMO_TOKEN"],
    )
    app.run("127.0.0.1", int(environment.get("MANY_DEMO_PORT") or 5080), access_log=False, workers=1)


if __name__ == "__main__":
    main()
