"""The city's own desk: its clock, registry and truth over HTTP, for a person who plays by hand."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from samplecity.city import City
from samplecity.truth import Truth
from samplecity.wire import Request, Response, text

__all__ = ["Served", "build_desk", "describe", "parse_moment"]


class Served(Protocol):
    """What the desk tells of the city that is served; `CityServer` is one."""

    city: City
    tokens: Mapping[str, str]
    instagram_user_id: str

    def now(self) -> datetime:
        """Tell the moment the city is at."""
        ...

    def registry_csv(self) -> str:
        """Write the registry as an officer would keep it."""
        ...

    def truth(self) -> Truth:
        """Tell what is true up to now."""
        ...

    @property
    def hosts(self) -> Mapping[str, str]:
        """Host and port of each website, by the office's slug."""
        ...

    @property
    def graph_url(self) -> str:
        """Where the Graph API is."""
        ...

    @property
    def control_url(self) -> str:
        """Where this desk is."""
        ...


def build_desk(server: Served, move: Callable[[datetime], None]) -> Callable[[Request], Response]:
    """Answers `GET /`, `/registry.csv`, `/truth.json`, and `POST /_clock` with a day or moment."""

    def respond(request: Request) -> Response:
        match request.method, request.path:
            case "GET", "/":
                return text(describe(server), content_type="text/plain; charset=utf-8")
            case "GET", "/registry.csv":
                return text(server.registry_csv(), content_type="text/csv; charset=utf-8")
            case "GET", "/truth.json":
                return text(server.truth().to_json(), content_type="application/json; charset=utf-8")
            case "POST", "/_clock":
                return _set_clock(request)
            case _:
                return text("not here\n", status=404, content_type="text/plain; charset=utf-8")

    def _set_clock(request: Request) -> Response:
        try:
            moment = parse_moment(request.body.decode("utf-8", "replace"), server.city.zone)
        except ValueError:
            return text("write 2026-03-01 or 2026-03-01T23:30\n", status=400, content_type="text/plain")
        move(moment)
        return text(f"{server.now().isoformat()}\n", content_type="text/plain; charset=utf-8")

    return respond


def parse_moment(value: str, zone: ZoneInfo) -> datetime:
    """A moment, local unless it names an offset; a bare day means 23:30 of it. Raises ValueError."""
    moment = datetime.fromisoformat(value.strip())
    if len(value.strip()) == len("2026-03-01"):
        moment = moment.replace(hour=23, minute=30)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def describe(server: Served) -> str:
    """Tell where everything is, and the settings with which Denyut sees it."""
    city = server.city
    lines = [
        f"Kota Tanjung Selaras, seed {city.seed}, {city.semester}; now {server.now():%Y-%m-%d %H:%M}.",
        "",
        *(f"{slug:20} http://{host}/" for slug, host in server.hosts.items()),
        f"{'Graph API':20} {server.graph_url}",
        f"{'control':20} {server.control_url}   (/registry.csv, /truth.json, POST /_clock)",
        "",
        "export DENYUT_ALLOW_PRIVATE_NETWORKS=127.0.0.0/8 DENYUT_DELAY=0 DENYUT_CONTACT=uji@example.invalid",
        f"export DENYUT_TIMEZONE={city.zone.key} DENYUT_NOW={server.now().isoformat()}",
        f"export DENYUT_GRAPH_URL={server.graph_url}",
        f"export DENYUT_INSTAGRAM_USER_ID={server.instagram_user_id}",
        f"export DENYUT_INSTAGRAM_TOKEN={server.tokens['instagram']}",
        f"export DENYUT_FACEBOOK_TOKEN={server.tokens['facebook']}",
        f"curl -s {server.control_url}/registry.csv > registry.csv",
        f"curl -s -d 2026-02-01 {server.control_url}/_clock",
        "",
    ]
    return "\n".join(lines)
