"""Provide the Dutch spaCy pipeline `nl_core_news_sm`: the official wheel, else the stand-in.

The official package is on GitHub, which many networks can't reach. Then the stand-in in `spacy/`
is unpacked and linked as `./nl_core_news_sm`, where `spacy.load` finds it. An installed official
package wins over the link.

KOERS_SPACY_WHEEL    address or file of the official wheel (default: spaCy's release)
KOERS_SPACY_SHA256   its SHA-256
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import Mapping

PROJECT = Path(__file__).resolve().parents[2]
STATE = PROJECT / ".koers"
LINK = PROJECT / "nl_core_news_sm"
STAND_IN = Path(__file__).parent / "spacy" / "nl_ud_frog_sm-0.1.0-py3-none-any.whl"
WHEEL = (
    "https://github.com/explosion/spacy-models/releases/download/nl_core_news_sm-3.4.0/"
    "nl_core_news_sm-3.4.0-py3-none-any.whl"
)
SHA256 = "e90cf58e9d5aa9f54e23c4938d70f1d40ead69336b1c779cc0700000ddd0089b"
TIMEOUT_SECONDS = 8


def installed() -> bool:
    """Whether the official package is installed."""
    spec = importlib.util.find_spec("nl_core_news_sm")
    return spec is not None and spec.origin is not None


def fetch(address: str, sha256: str, target: Path) -> None:
    """Get the wheel from an address or a file. Raises `OSError` or, when it is another file, `ValueError`."""
    if "://" in address:
        with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as response:
            data = response.read()
    else:
        data = Path(address).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError("the wheel isn't the one that was expected (SHA-256 differs)")
    target.write_bytes(data)


def install_official(environment: Mapping[str, str]) -> bool:
    """Install the official wheel; False when it can't be had."""
    address = environment.get("KOERS_SPACY_WHEEL") or WHEEL
    name = address.rsplit("/", 1)[-1]
    with tempfile.TemporaryDirectory(dir=STATE) as folder:
        wheel = Path(folder) / name
        try:
            fetch(address, environment.get("KOERS_SPACY_SHA256") or SHA256, wheel)
        except (OSError, ValueError) as error:
            print(f"Officieel taalmodel nl_core_news_sm niet beschikbaar ({error}).")
            return False
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)]
        return subprocess.run(command, check=False).returncode == 0


def link_stand_in() -> None:
    """Unpack the stand-in and link it where spaCy looks for a folder of that name."""
    folder = STATE / "spacy"
    with zipfile.ZipFile(STAND_IN) as wheel:
        wheel.extractall(folder)
    if LINK.is_symlink() or LINK.exists():
        LINK.unlink()
    LINK.symlink_to(os.path.relpath(folder / "nl_ud_frog_sm" / "nl_ud_frog_sm-0.1.0", PROJECT))


def main() -> int:
    """Say in one line which pipeline is used; its kind is kept in `.koers/spacy-model`."""
    STATE.mkdir(exist_ok=True)
    marker = STATE / "spacy-model"
    kind = marker.read_text().strip() if marker.exists() else ""
    if (kind == "official" and installed()) or (kind == "stand-in" and LINK.exists()):
        return 0
    if installed() or install_official(os.environ):
        kind = "official"
        print("Taalmodel: nl_core_news_sm 3.4.0 (officieel).")
    else:
        link_stand_in()
        kind = "stand-in"
        print("Taalmodel: de meegeleverde vervanger (stand-in) van nl_core_news_sm.")
    marker.write_text(kind + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
