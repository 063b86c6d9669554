"""`denyut serve`: the pages live, and the desk of those who sign in."""

from contextlib import suppress
from typing import Annotated

import typer

from activity.errors import ConfigError
from cli.console import say, tell
from cli.option import AsOf, read_config
from denyut import compose_extra

__all__ = ["serve"]


def serve(
    *,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="What to listen on; beyond loopback a user is demanded."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")] = 8000,
    url: Annotated[
        str,
        typer.Option(
            "--url", metavar="URL", help="The address that people open, where nginx stands before it."
        ),
    ] = "",
    public: Annotated[
        bool, typer.Option("--public", help="Show sealed results only, to everybody; nobody signs in.")
    ] = False,
    as_of: AsOf = None,
) -> None:
    """Serve the pages of every semester, always as the data are; Ctrl-C ends it.

    Whoever is on this machine may look; to decide, to answer and to see names one signs in (`denyut users`).
    """
    try:
        from web.serving import PagesPlace
        from web.serving import serve as run
    except ModuleNotFoundError as missing:
        if missing.name not in {"starlette", "uvicorn"}:
            raise
        raise ConfigError(
            "`denyut serve` needs {missing}, which is not installed.",
            "Run: {install}",
            install=compose_extra("serve"),
            missing=missing.name,
        ) from None
    place = PagesPlace(host, port, url.rstrip("/"), public)
    with suppress(KeyboardInterrupt):
        run(read_config(as_of), place, say)
    tell("Ended.")
