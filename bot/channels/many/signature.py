"""Signatures of webhooks, in the form of Standard Webhooks (https://www.standardwebhooks.com).

The signature is HMAC-SHA256 over `{id}.{timestamp}.{body}`. A header may hold several, so that a sender can change
its key without a moment in which either side refuses the other; for the same reason two keys are valid here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Mapping, Sequence

from bot.channels.requests import BadRequest

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
WINDOW = 300
"""Seconds that a time stamp may differ from our clock: longer ago is a replay."""
PREFIX = "whsec_"
_VERSION = "v1,"
_SHORTEST_KEY = 24


def read_key(text: str) -> bytes:
    """The bytes of a key written as `whsec_<base64>`. Raises `ValueError`."""
    try:
        key = base64.b64decode(text[len(PREFIX) :].encode(), validate=True) if text.startswith(PREFIX) else b""
    except (binascii.Error, UnicodeEncodeError):
        key = b""
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"a key is '{PREFIX}' and the base64 of at least {_SHORTEST_KEY} random bytes.")
    return key


def sign(key: bytes, event_id: str, timestamp: int, body: bytes) -> str:
    """The signature of one delivery."""
    signed = f"{event_id}.{timestamp}.".encode() + body
    return _VERSION + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def check(headers: Mapping[str, str], body: bytes, keys: Sequence[bytes], now: float) -> str:
    """The id of a delivery that was signed with one of the keys, just now. Raises `BadRequest` (401)."""
    event_id, stamp, signatures = (headers.get(name) or "" for name in (ID, TIMESTAMP, SIGNATURE))
    if not (event_id and stamp and signatures):
        raise BadRequest(401, "not_signed", f"De aanvraag is niet ondertekend: stuur {ID}, {TIMESTAMP} en {SIGNATURE}.")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or abs(now - int(stamp)) > WINDOW:
        raise BadRequest(401, "stale", f"Het tijdstip van de aanvraag is meer dan {WINDOW} seconden anders dan nu.")
    wanted = [sign(key, event_id, int(stamp), body).encode() for key in keys]
    given = [signature.encode() for signature in signatures.split(" ") if signature.startswith(_VERSION)]
    # Every pair is compared, so that the time it takes says nothing about which key was nearly right.
    matches = [hmac.compare_digest(one, other) for one in given[:4] for other in wanted]
    if not any(matches):
        raise BadRequest(
            401, "bad_signature", "De handtekening klopt niet. Gebruik de sleutel die met Koers is afgesproken."
        )
    return event_id
