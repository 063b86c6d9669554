"""A server on this machine: opened, said to be there, and ended by Ctrl-C."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import uvicorn

from activity.errors import ConfigError
from activity.speech.reason import tell_reason
from db.office.user import has_users
from desk.office.missed import forget_old_senders
from desk.setting.config import Config
from desk.store import open_store
from desk.view.live import LiveSemesters
from reports.pages.desk import DeskPages
from web.app import make_app
from web.door import EVIDENCE, Door, list_links

__all__ = ["PagesPlace", "open_door", "serve"]

_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class PagesPlace:
    """Where the pages are.

    Attributes:
        host, port: what is listened on; 0 for any free port.
        url: what people open, where a proxy stands before it; else empty.
        is_public: whether only sealed results are shown, to everybody.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    url: str = ""
    is_public: bool = False

    @property
    def is_beyond(self) -> bool:
        """Whether others than this machine's own users may come."""
        named = urlsplit(self.url).hostname if self.url else None
        return not _is_loopback(self.host) or (named is not None and not _is_loopback(named))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def open_door(config: Config, place: PagesPlace) -> Door:
    """Open what the pages are made from.

    Raises ConfigError where others could come and nobody can sign in, and for a URL that cannot be read.
    """
    engine, config = open_store(config)
    if place.is_beyond and not place.is_public and not has_users(engine):
        raise ConfigError(
            "Others could come to {url}, and nobody can sign in yet.",
            "Add one: denyut users add NAME --role officer --full TEXT; or show what is sealed: --public",
            url=place.url or place.host,
        )
    address = urlsplit(place.url)
    if place.url and (
        address.scheme not in {"http", "https"} or not address.hostname or address.path.strip("/")
    ):
        raise ConfigError(
            "--url: {url!r} is no address of a server.", "Write https://denyut.kota.go.id", url=place.url
        )
    hosts = (
        _OWN_NAMES | {place.host, address.hostname or place.host} if _is_loopback(place.host) else frozenset()
    )
    links = list_links(is_public=place.is_public)
    return Door(
        config,
        engine,
        LiveSemesters(config, engine, links, "" if place.is_public else EVIDENCE),
        DeskPages(config.city, config.language, config.zone),
        is_public=place.is_public,
        is_open=not place.is_beyond,
        hosts=hosts,
        origin=f"{address.scheme}://{address.netloc}" if place.url else "",
    )


def serve(config: Config, place: PagesPlace, told: Callable[[str], object]) -> None:
    """Answer until Ctrl-C or a signal to end.

    Args:
        told: is given the address once it is listened on.

    Raises ConfigError where nobody can listen there, and as `open_door` does.
    """
    door = open_door(config, place)
    forget_old_senders(door.engine, door.config.now())
    with closing(door.semesters), _listen(place) as listener:
        port = listener.getsockname()[1]
        host = f"[{place.host}]" if ":" in place.host else place.host
        told(place.url or f"http://{host}:{port}/")
        settings = uvicorn.Config(
            make_app(door),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            proxy_headers=bool(place.url),
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_graceful_shutdown=5,
            limit_concurrency=500,
        )
        uvicorn.Server(settings).run(sockets=[listener])


def _listen(place: PagesPlace) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family, backlog=256)
    except OSError as error:
        raise ConfigError(
            "Nothing can listen on {host} port {port:d}: {strerror}.",
            "Choose another with --port, or 0 for any that is free.",
            host=place.host,
            port=place.port,
            strerror=tell_reason(error),
        ) from None
