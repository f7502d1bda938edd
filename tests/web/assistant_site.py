"""The real pages with a scripted assistant behind them, so that a test decides what the server answers.

The pages, the widget and the knowledge base are the real ones; only the two webhooks are played.
"""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any, Callable, Dict, List, Optional

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.pages import WEB, pages
from bot.settings import Settings
from knowledge.queries import Knowledge
from tests.assistant import free_port

Reply = Dict[str, Any]
THEME = {
    "default-bg-subtle": "#f9f9fa",
    "default-bg-document": "#ffffff",
    "default-color-document": "#001a40",
    "default-color-default": "#3d5374",
    "default-border-subtle": "#c0c7d2",
    "default-border-default": "#586c88",
    "action-1-color-default": "#5115ef",
    "action-1-inverse-color-default": "#ffffff",
    "action-1-bg-default": "#f3eeff",
}
"""Some `--basis-color-` tokens of NL Design System's example theme.

From the npm package @nl-design-system-unstable/voorbeeld-design-tokens 7.4.1, EUPL-1.2.
"""
SOURCES = [
    {
        "title": "De routekaart psychische aandoeningen en werk",
        "locator": "2. Interventies",
        "url": None,
        "as_of": "2017-11",
        "publisher": "Programmaraad",
        "official": True,
        "possibly_outdated": True,
    },
    {
        "title": "Vraag en antwoord IPS-regeling",
        "locator": "Subsidie",
        "url": "https://divosa.example/ips",
        "as_of": "2023-03-01",
        "publisher": "Divosa",
        "official": False,
        "possibly_outdated": False,
    },
]


def reply(text: str, kind: str = "answer", buttons: Optional[List[Dict[str, str]]] = None, **custom: Any) -> Reply:
    """A reply in the form of the website channel."""
    fields = {"kind": kind, "topics": [], "facet": None, "sources": [], "answer_id": None, "changed": False, **custom}
    return {"recipient_id": "test", "text": text, "buttons": buttons or [], "custom": fields}


def button(title: str, payload: str) -> Dict[str, str]:
    """A button as the channel sends it."""
    return {"title": title, "payload": payload}


IPS = reply(
    "IPS helpt je om snel een gewone baan te vinden. Een coach begeleidt je.\n\n- je zoekt zelf mee\n- de coach blijft"
    "\n\nBronnen: De routekaart (Programmaraad, november 2017); Vraag en antwoord (Divosa, maart 2023)",
    buttons=[button("Wie betaalt IPS?", '/choose{"answer":"ips/wie-betaalt"}')],
    sources=SOURCES,
    answer_id="ips/wat",
    topics=["ips"],
)
CHANGED = reply(
    "Nu: De regeling is gestopt. (stand november 2025)\n\nIn de bron (2017): Er is een subsidie."
    "\n\nBron: De routekaart (2017)",
    sources=SOURCES[:1],
    answer_id="ips/subsidie",
    changed=True,
)
CLARIFY = reply(
    "Bedoel je een van deze vragen?\n1. Wat is IPS?\n2. Wat is WGB?",
    "clarify",
    [button("Wat is IPS?", '/choose{"answer":"ips/wat"}'), button("Wat is WGB?", '/choose{"answer":"wgb/wat"}')],
)
CRISIS = reply(
    "Ik maak me zorgen om je. Bel 113 of 0800-0113. Bij gevaar: bel 112.",
    "crisis",
    links=[
        {"title": "Bel 113", "url": "tel:113"},
        {"title": "Bel 0800-0113", "url": "tel:08000113"},
        {"title": "Chat op 113.nl", "url": "https://www.113.nl"},
        {"title": "Direct gevaar: bel 112", "url": "tel:112"},
    ],
)
TABLE = reply(
    "Dit betaalt wie.",
    table={
        "columns": ["Betaler", "Wat", "Hoe lang"],
        "rows": [["Zorgverzekeraar", "De eerste gesprekken", "gemiddeld acht"], ["Gemeente", "Hulp bij zoeken", None]],
    },
    answer_id="ips/tabel",
)
MASKED = {"recipient_id": "test", "text": "Ik heb een naam weggelaten.", "custom": {"notice": "masked"}}
INTRODUCTION = {"recipient_id": "test", "text": "Typ hier geen namen.", "custom": {"notice": "introduction"}}
FORGOTTEN = reply("Ik heb dit gesprek gewist.", "smalltalk", command="forget")
OVERVIEW = reply(
    "Je overzicht is klaar.\nWat ervoor spreekt:\n- Je hoeft niets te verbergen.\n- Je kunt hulp vragen.\n"
    "Wat ertegen spreekt: Je weet niet hoe je baas reageert.\nJe kunt het afdrukken.",
    "flow",
    document={
        "title": "Vertel ik het op mijn werk?",
        "sections": [
            {"heading": "Wat ervoor spreekt", "lines": ["Je hoeft niets te verbergen.", "Je kunt hulp vragen."]},
            {"heading": "Wat ertegen spreekt", "lines": ["Je weet niet hoe je baas reageert."]},
        ],
        "footer": "Koers geeft geen advies.",
        "file_name": "overzicht.pdf",
    },
)
STEPS = ["Wil je dat iemand het weet?", "Heb je hulp nodig op je werk?", "Vertrouw je je leidinggevende?"]


def conversation(message: str, asked: int) -> List[Reply]:
    """A small assistant: `asked` is how many steps of the guided conversation have been asked."""
    yes_or_no = [button("Ja", "/affirm"), button("Nee", "/deny")]
    if message in ("/start_disclosure", "/affirm", "/deny"):
        return [reply(STEPS[asked], "flow", yes_or_no)] if asked < len(STEPS) else [OVERVIEW]
    known = {
        "/delete_conversation": [FORGOTTEN],
        "bedoel je": [CLARIFY],
        "ik wil niet meer": [CRISIS],
        "tabel": [TABLE],
        "subsidie": [CHANGED],
        "ik ben Piet": [INTRODUCTION, MASKED, IPS],
        "onbekend": [reply("Dat weet ik niet. Vraag het aan je klantmanager.", "no_answer")],
    }
    return known.get(message, [INTRODUCTION, IPS])


class Site:
    """A running site. `answer` and `status` may be replaced by a test; `asked` remembers every request."""

    def __init__(self, knowledge: Knowledge, settings: Settings) -> None:
        self.messages: List[Dict[str, Any]] = []
        self.feedback: List[Dict[str, Any]] = []
        self.address = ""
        self.foreign = ""
        self._knowledge = knowledge
        self._settings = settings
        self._stop: Optional[Callable[[], None]] = None
        self.reset()

    def reset(self) -> None:
        """As it was at first."""
        self.messages.clear()
        self.feedback.clear()
        self.answer: Callable[[str, int], Any] = conversation
        self.status = 200
        self.delay = 0.0

    def texts(self) -> List[str]:
        """What was sent, in order."""
        return [message["message"] for message in self.messages]

    def start(self) -> None:
        """Serve from a thread. Under its second name, another origin for a browser, it is somebody else's site."""
        ready = threading.Event()
        port = free_port()
        self.address, self.foreign = f"http://127.0.0.1:{port}", f"http://localhost:{port}/gemeente"

        def serve() -> None:
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
            app = self._app()
            server = loop.run_until_complete(app.create_server("127.0.0.1", port, return_asyncio_server=True))
            loop.run_until_complete(server.startup())
            self._stop = lambda: loop.call_soon_threadsafe(loop.stop)
            loop.call_soon(ready.set)
            loop.run_forever()

        threading.Thread(target=serve, daemon=True).start()
        assert ready.wait(20), "The site for the tests did not start."

    def stop(self) -> None:
        """End the thread."""
        if self._stop:
            self._stop()

    def _app(self) -> Sanic:
        app = Sanic(f"site{id(self)}", configure_logging=False)
        app.blueprint(pages(self._knowledge, self._settings))
        app.static("/static", WEB / "static")

        @app.route("/webhooks/website/<name:str>", methods=["POST", "OPTIONS"])
        async def webhook(request: Request, name: str) -> HTTPResponse:
            headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type"}
            if request.method == "OPTIONS":
                return response.empty(headers=headers)
            if self.delay:
                await asyncio.sleep(self.delay)
            if name == "feedback":
                self.feedback.append(request.json)
                danger = {"messages": [CRISIS]} if "leven" in request.json["comment"] else {}
                return response.json({"status": "ok", **danger}, headers=headers)
            asked = sum(1 for past in self.messages if past["message"] in ("/start_disclosure", "/affirm", "/deny"))
            self.messages.append(request.json)
            if self.status != 200:
                return response.json({"error": "x", "message": "x"}, status=self.status, headers=headers)
            answer = self.answer(request.json["message"], asked)
            body = answer if isinstance(answer, str) else json.dumps(answer)
            return HTTPResponse(body, content_type="application/json", headers=headers)

        self._add_foreign_site(app)
        self._add_themed_site(app)
        return app

    def _add_themed_site(self, app: Sanic) -> None:
        """A municipality with an NL Design System theme of its own, whose colours the chat takes over."""

        @app.get("/gemeente/thema")
        async def themed(_: Request) -> HTTPResponse:
            tokens = "; ".join(f"--basis-color-{name}: {value}" for name, value in THEME.items())
            return response.html(
                f"<!doctype html><html lang=nl><title>Een gemeente</title><style>:root {{ {tokens} }}</style>"
                "<main><h1>Gemeente</h1></main>"
                f'<script src="{self.address}/static/koers.js" data-thema="site" defer></script></html>'
            )

    def _add_foreign_site(self, app: Sanic) -> None:
        """A site with a hostile style sheet and a strict policy, that puts the chat on its page with one line."""
        policy = f"default-src 'self'; script-src {self.address}; connect-src {self.address}"

        @app.get("/gemeente")
        async def page(_: Request) -> HTTPResponse:
            body = (
                "<!doctype html><html lang=nl><title>Een gemeente</title><link rel=stylesheet href=/gemeente/site.css>"
                "<main><h1>Gemeente</h1><p>Tekst</p></main>"
                f'<script src="{self.address}/static/koers.js" defer></script></html>'
            )
            return response.html(body, headers={"Content-Security-Policy": policy})

        @app.get("/gemeente/site.css")
        async def css(_: Request) -> HTTPResponse:
            hostile = (
                "* { color: #eee !important; font-size: 5px !important; letter-spacing: 9px } "
                "button { display: none !important } html { font-size: 62.5% } h1 { color: #333 !important }"
            )
            return response.text(hostile, content_type="text/css")
