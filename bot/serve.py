"""`python -m bot.serve`: the server of `bot.server`, with of Rasa only what it uses.

Packages' warnings about each other stay off the screen.
"""

from __future__ import annotations

import warnings

from bot import blas
from bot.lean_rasa import without_unused_parts


def main() -> None:
    """Serve until the process is stopped."""
    blas.prepare()
    import sanic.app  # noqa: F401  (it turns these warnings on again)

    warnings.filterwarnings("ignore", category=DeprecationWarning)
    without_unused_parts()
    from bot.server import main as serve

    serve()


if __name__ == "__main__":
    main()
