"""Play the city by hand until Ctrl-C: `python -m samplecity --at 2026-03-01`."""

import sys
import threading
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfoNotFoundError

from activity.errors import DenyutError
from samplecity.city import City
from samplecity.control import describe, parse_moment
from samplecity.server import CityServer

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the city until Ctrl-C, or print its truth as JSON; returns the exit code."""
    options = _build_parser().parse_args(arguments)
    try:
        city = City.build(options.seed, options.semester, options.zone)
        if options.truth:
            sys.stdout.write(city.truth(date.fromisoformat(options.truth)).to_json() + "\n")
            return 0
        moment = parse_moment(options.at, city.zone) if options.at else None
        with CityServer(city, moment, port_base=options.port_base) as server:
            _wait(server)
    except (DenyutError, OSError, ValueError, ZoneInfoNotFoundError) as error:
        sys.stderr.write(f"samplecity: {error}\n")
        return 2
    return 0


def _build_parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m samplecity", description="A small city on 127.0.0.1.")
    parser.add_argument("--seed", type=int, default=1, help="another number is another city (default 1)")
    parser.add_argument("--semester", default="2026-S1", help="such as 2026-S1 (default)")
    parser.add_argument("--zone", default="Asia/Makassar", help="time zone (default Asia/Makassar)")
    parser.add_argument("--port-base", type=int, default=0, help="first port; by default free ones")
    parser.add_argument("--at", default="", help="a day or moment; by default the semester's last evening")
    parser.add_argument("--truth", metavar="DAY", help="print the truth as of this day, serve nothing")
    return parser


def _wait(server: CityServer) -> None:
    sys.stdout.write(describe(server))
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
