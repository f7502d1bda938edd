"""`python -m bot.preflight PART`: what would keep a part of Koers from starting, and what to do about it.

PART is `assistant`, `actions` or `knowledge`; each finding is one sentence. The exit status is 1 when it can't start.
What it can do without for a while (Redis, an action server) is named and is no failure.
"""

from __future__ import annotations

import argparse
import errno
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Tuple
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.settings import Settings

_CONNECT_SECONDS = 10
_LEAST_BYTES_FREE = 50 * 1024 * 1024

_MENDED_BY = {"KOERS_CONVERSATIONS_URL": "zet een reservekopie terug, of haal het bestand weg en begin leeg"}
_MADE_ANEW = "haal het bestand weg, het wordt opnieuw gemaakt"


@dataclass(frozen=True)
class Finding:
    """Something that isn't as it should be."""

    sentence: str
    stops: bool = True
    """Whether the part can't start with it."""


def of_assistant(settings: Settings) -> Iterator[Finding]:
    """What an assistant would stumble over."""
    yield from _port("PORT", settings.host, settings.port, "PORT=8080 make run")
    yield from _metrics(settings)
    if not settings.models_path.exists():
        yield Finding(f"Er is geen getraind model in {settings.models_path}. Voer eerst 'make train' uit.")
    yield from _database("KOERS_CONVERSATIONS_URL", settings.conversations_url)
    yield from of_knowledge(settings)
    yield from _file("KOERS_VECTORS_PATH", make_url(f"sqlite:///{settings.vectors_path}"))
    if settings.redis_url and not _answers(settings.redis_url, 6379):
        yield Finding(
            "Redis antwoordt niet op het adres in KOERS_REDIS_URL. Koers werkt, maar bewaakt de volgorde van berichten "
            "alleen per assistent. Start Redis of verbeter het adres.",
            stops=False,
        )
    if settings.actions_urls and not any(_answers(url, 80) for url in settings.actions_urls):
        yield Finding(
            "Geen enkele action server in KOERS_ACTIONS_URL antwoordt. Koers is pas klaar als er een is: start die "
            "(python -m bot.actions.server) of verbeter het adres.",
            stops=False,
        )


def of_actions(settings: Settings) -> Iterator[Finding]:
    """What an action server would stumble over."""
    yield from _port(
        "KOERS_ACTIONS_PORT",
        settings.actions_host,
        settings.actions_port,
        "KOERS_ACTIONS_PORT=5056",
        "KOERS_ACTIONS_HOST",
    )
    yield from _metrics(settings)
    yield from of_knowledge(settings)


def of_knowledge(settings: Settings) -> Iterator[Finding]:
    """What a build of the knowledge base would stumble over."""
    yield from _database("KOERS_KNOWLEDGE_URL", settings.knowledge_url)


PARTS: Dict[str, Callable[[Settings], Iterator[Finding]]] = {
    "assistant": of_assistant,
    "actions": of_actions,
    "knowledge": of_knowledge,
}


# --------------------------------------------------------------------------------------------------- the checks


def _metrics(settings: Settings) -> Iterator[Finding]:
    if settings.metrics_port:
        example = "KOERS_METRICS_PORT=9465"
        yield from _port(
            "KOERS_METRICS_PORT", settings.metrics_host, settings.metrics_port, example, "KOERS_METRICS_HOST"
        )


def _port(name: str, host: str, port: int, example: str, host_name: str = "KOERS_HOST") -> Iterator[Finding]:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        yield Finding(
            f"{host_name} is {host!r}, en dat adres is er niet. Laat het leeg of geef een adres van deze machine."
        )
        return
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            yield Finding(f"Poort {port} mag je niet gebruiken. Kies in {name} een poort vanaf 1024: {example}")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                yield Finding(f"Poort {port} is al in gebruik. Kies een andere: {example}")
            else:
                yield Finding(
                    f"{host_name} is {host!r}, en dat is geen adres van deze machine. Verbeter het of laat het leeg."
                )


def _answers(url: str, port: int) -> bool:
    """Whether something listens at the address of `url`; a Unix socket is a file that is there."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return Path(parts.path).exists()
    try:
        with socket.create_connection((parts.hostname or "localhost", parts.port or port), timeout=_CONNECT_SECONDS):
            return True
    except (OSError, ValueError):
        return False


def _database(name: str, url: str) -> Iterator[Finding]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        yield from _file(name, parsed)
        return
    where = f"{parsed.host or 'localhost'}:{parsed.port or 5432}"
    engine = sa.create_engine(url, connect_args={"connect_timeout": _CONNECT_SECONDS}, hide_parameters=True)
    try:
        with engine.connect():
            pass
    except OperationalError as error:
        yield Finding(_said_by_postgresql(str(error.orig), name, where, parsed))
    except SQLAlchemyError:
        yield Finding(f"De database van {name} op {where} kan niet worden geopend. Controleer het adres.")
    finally:
        engine.dispose()


def _said_by_postgresql(error: str, name: str, where: str, url: URL) -> str:
    if "does not exist" in error and "database" in error:
        return f"De database {url.database!r} bestaat niet op {where}. Maak die eerst, of verbeter {name}."
    if "authentication failed" in error or "no password supplied" in error or "does not exist" in error:
        return f"PostgreSQL op {where} weigert gebruiker {url.username!r} of het wachtwoord. Verbeter {name}."
    if "pg_hba.conf" in error or "SSL" in error:
        return (
            f"PostgreSQL op {where} laat gebruiker {url.username!r} van deze machine niet toe. Voeg de machine toe aan "
            f"pg_hba.conf, of zet ?sslmode=require achter {name}."
        )
    return f"PostgreSQL antwoordt niet op {where}. Start de database, of verbeter het adres in {name}."


def _file(name: str, url: URL) -> Iterator[Finding]:
    if not url.database or url.database == ":memory:":
        return
    path = Path(url.database).absolute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(path.parent).free
    except OSError:
        yield Finding(f"De map {path.parent} kan niet worden gemaakt. Verbeter {name} of de rechten van de map.")
        return
    if free < _LEAST_BYTES_FREE:
        yield Finding(
            f"De schijf van {path.parent} is vol ({free // 2**20} MB vrij). Maak ruimte en probeer het opnieuw."
        )
        return
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            # A lock to write with: it needs the folder's rights and a file that is a database.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            connection.exec_driver_sql("ROLLBACK")
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error))
        if "locked" in said:
            return  # somebody writes: it can be read
        if "not a database" in said or "malformed" in said:
            yield Finding(
                f"{path} is beschadigd of geen SQLite-database. Klopt {name}? Dan: {_MENDED_BY.get(name, _MADE_ANEW)}."
            )
        else:
            yield Finding(
                f"{path} kan niet worden geopend of geschreven. Verbeter de rechten van bestand en map, of {name}."
            )
    finally:
        engine.dispose()


def look(part: str) -> Tuple[List[str], bool]:
    """The sentences about a part with the settings of the environment, and whether it can start."""
    try:
        findings = list(PARTS[part](Settings.from_environment()))
    except ValueError as problem:
        return [str(problem)], False
    return list(dict.fromkeys(each.sentence for each in findings)), not any(each.stops for each in findings)


def main(arguments: List[str]) -> int:
    """Say what is wrong; nothing when all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.preflight", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=list(PARTS))
    sentences, can_start = look(parser.parse_args(arguments).part)
    for each in sentences:
        print(each, file=sys.stderr)
    return 0 if can_start else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
