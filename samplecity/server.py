"""The city on loopback: a port for every website and one for the Graph API, in one background thread."""

import asyncio
import csv
import io
import socket
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from threading import Thread
from types import TracebackType
from typing import Self

from activity.agency import Channel
from samplecity.city import City
from samplecity.control import build_desk
from samplecity.graph.api import INSTAGRAM_USER_ID, TOKENS, GraphApi
from samplecity.site import Logged, SampleSite
from samplecity.truth import Truth
from samplecity.wire import Connection, Request, Responder, Response

__all__ = ["CityServer"]

_HOST = "127.0.0.1"
_COLUMNS = ("slug", "name", "level", "website", "instagram", "facebook", "status")


class CityServer:
    """Serves a city at the moment of its own clock; a context manager.

    Attributes:
        graph: the Graph API, whose faults a test can order.
        tokens: secrets by name, as a crawl is configured with them.
    """

    def __init__(self, city: City, now: datetime | None = None, *, port_base: int = 0) -> None:
        self.city = city
        self.graph = GraphApi(city.offices, self.now)
        self.tokens: Mapping[str, str] = TOKENS
        self.instagram_user_id = INSTAGRAM_USER_ID
        end = datetime.combine(city.semester.end_day, time(), city.zone) - timedelta(minutes=30)
        self._now = (now or end).astimezone(city.zone)
        self._port_base = port_base
        self._doors: dict[str, _Door] = {}
        self._sites: dict[str, SampleSite] = {}
        self._graph_log: list[Logged] = []
        self._following: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop
        self._thread: Thread

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="samplecity", daemon=True)
        self._thread.start()
        try:
            self._build_doors()
            self._swing_doors()
        except OSError:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every port and end the thread."""
        asyncio.run_coroutine_threadsafe(self._close_doors(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def now(self) -> datetime:
        """The moment the city is at, aware, local."""
        return self._now

    def set_now(self, now: datetime) -> None:
        """Let it be another moment: what is online, who is down and who is called what follow at once."""
        self._now = now.astimezone(self.city.zone)
        self._swing_doors()

    @property
    def hosts(self) -> Mapping[str, str]:
        """`127.0.0.1:port` of each website, by the office's slug."""
        return {slug: f"{_HOST}:{self._doors[slug].port}" for slug in self._sites}

    @property
    def graph_url(self) -> str:
        """Where the Graph API is, without a version."""
        return f"http://{_HOST}:{self._doors['graph'].port}"

    @property
    def control_url(self) -> str:
        """Where a person sets the clock and reads registry and truth."""
        return f"http://{_HOST}:{self._doors['control'].port}"

    def website_url(self, slug: str) -> str:
        """The home page of an office; raises KeyError where it has none."""
        return f"http://{self.hosts[slug]}/"

    def requests(self, slug: str) -> tuple[Logged, ...]:
        """Tell what was asked of an office's website, or of the Graph API under `graph`."""
        return tuple(self._graph_log if slug == "graph" else self._sites[slug].log)

    def clear_requests(self) -> None:
        """Forget what was asked so far."""
        self._graph_log.clear()
        for site in self._sites.values():
            site.log.clear()

    def truth(self, as_of: date | None = None, since: date | None = None) -> Truth:
        """The city's truth, up to the day of its clock unless told otherwise."""
        return self.city.truth(as_of or self._now.date(), since)

    def registry_csv(self) -> str:
        """The registry as an officer would keep it at this moment; a renamed account has its new name."""
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for office in self.city.offices:
            website = self.website_url(office.slug) if office.slug in self._sites else ""
            social = [office.presence(channel) for channel in (Channel.INSTAGRAM, Channel.FACEBOOK)]
            names = [presence.handle_at(self._now) if presence else "" for presence in social]
            writer.writerow([office.slug, office.name, office.level, website, *names, office.participation])
        return table.getvalue()

    def _build_doors(self) -> None:
        self._doors["control"] = _Door(build_desk(self, self._move_clock), self._next_port())
        self._doors["graph"] = _Door(self._respond_graph, self._next_port())
        for office in self.city.offices:
            presence = office.presence(Channel.WEBSITE)
            if presence is None:
                continue
            door = _Door(None, self._next_port())
            site = SampleSite(office, presence, self.now, f"http://{_HOST}:{door.port}")
            door.respond = site.respond
            self._doors[office.slug], self._sites[office.slug] = door, site

    def _next_port(self) -> int:
        return self._port_base + len(self._doors) if self._port_base else 0

    def _respond_graph(self, request: Request) -> Response:
        response = self.graph.respond(request)
        self._graph_log.append(Logged(request.target, response.status))
        return response

    def _move_clock(self, now: datetime) -> None:
        """As `set_now`, from within the thread that serves; the doors follow right after the answer."""
        self._now = now.astimezone(self.city.zone)
        self._following = self._loop.create_task(self._open_or_shut())

    def _swing_doors(self) -> None:
        asyncio.run_coroutine_threadsafe(self._open_or_shut(), self._loop).result(10)

    async def _open_or_shut(self) -> None:
        await self._doors["control"].open()
        await self._doors["graph"].open()
        for slug, site in self._sites.items():
            door = self._doors[slug]
            await (door.shut() if site.down else door.open())

    async def _close_doors(self) -> None:
        if self._following is not None:
            await self._following
        for door in self._doors.values():
            await door.shut()
            door.release()
        await asyncio.sleep(0)


class _Door:
    """One port: open, or shut but kept, so that connections are refused and nobody else takes it."""

    def __init__(self, respond: Responder | None, port: int) -> None:
        self.respond = respond
        self._socket = _bind(port)
        self.port: int = self._socket.getsockname()[1]
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()

    async def open(self) -> None:
        """Listen."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._connect, sock=self._socket, backlog=512)

    async def shut(self) -> None:
        """Cut every client off and refuse new ones."""
        if self._server is not None:
            for connection in tuple(self._connections):
                connection.abort()
            self._server.close()
            await asyncio.sleep(0)
            self._server = None
            self._socket = _bind(self.port)

    def release(self) -> None:
        """Give the port back."""
        self._socket.close()

    def _connect(self) -> Connection:
        assert self.respond is not None
        return Connection(self.respond, self._connections)


def _bind(port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((_HOST, port))
    except OSError as error:
        door.close()
        raise OSError(error.errno, f"port {port}: {error.strerror}") from None
    return door
