"""`python -m bot.serve`: the server of `bot.server`, without the warnings of other packages about each other."""

from __future__ import annotations

import warnings


def main() -> None:
    """Serve until the process is stopped."""
    import sanic.app  # noqa: F401  (it turns these warnings on again)

    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from bot.server import main as serve

    serve()


if __name__ == "__main__":
    main()
