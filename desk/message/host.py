"""A letter to the host that turns the crawl away: what the database and the settings know for it."""

import socket
from datetime import timedelta
from ipaddress import ip_address
from itertools import takewhile
from typing import TYPE_CHECKING

from activity.channel import Channel
from activity.errors import ConfigError
from activity.outcome import Outcome
from activity.semester import night_of
from desk.setting.config import Config
from reports.host import HostLetter, Refusal

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.nightly.look import LookRow

__all__ = ["compose_letter"]

_BACK = timedelta(days=30)
_TOLD = 7


def compose_letter(engine: "Engine", config: Config, agency: str) -> HostLetter:
    """Gather what a host must know to let the crawl of an agency's website through.

    Raises ConfigError where no contact is set, or where the newest look was not turned away.
    """
    from db.nightly.look import load_looks

    config.check_contact()
    end = night_of(config.now(), config.zone) + timedelta(days=1)
    looks = load_looks(engine, agency, Channel.WEBSITE, end - _BACK, end)
    refused = list(takewhile(_is_refused, reversed(looks)))
    if not refused:
        raise ConfigError(
            "The website of {agency} was not turned away when it was looked at last.",
            "`denyut night` names those for which a letter is due.",
            agency=agency,
        )
    return HostLetter(
        city=config.city,
        site=refused[0].address,
        since=refused[-1].night,
        agent=config.user_agent,
        contact=config.contact,
        address=find_own_address(),
        refusals=tuple(_tell(look, config) for look in reversed(refused[:_TOLD])),
        delay=config.delay,
        waves=config.waves,
    )


def _is_refused(look: "LookRow") -> bool:
    return look.outcome is Outcome.BLOCKED


def _tell(look: "LookRow", config: Config) -> Refusal:
    return Refusal(look.fetched_at.astimezone(config.zone), look.requests, look.detail)


def find_own_address() -> str | None:
    """The public address that this machine speaks from; None behind a router, which alone knows it.

    The system is asked which address it would take; nothing is sent.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect(("192.0.2.1", 9))
            own = str(asking.getsockname()[0])
    except OSError:
        return None
    return own if ip_address(own).is_global else None
