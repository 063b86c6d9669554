"""Addresses as a page may show and link them."""

import re
from typing import Any

from activity.channel import CHANNELS
from activity.outcome import Outcome
from activity.ranking import Standing

__all__ = ["anchor", "bare", "link_of", "link_post", "link_web"]

_HANDLE = re.compile(r"[\w.-]+", re.ASCII)
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_DANGEROUS = {Outcome.HACKED, Outcome.PARKED}


def link_of(standing: Standing) -> str | None:
    """Tell where a reader may go: web addresses only, and never to a site in strangers' hands."""
    address = standing.address
    if address is None or standing.outcome in _DANGEROUS:
        return None
    facts = CHANNELS[standing.channel]
    fit = (_HANDLE if facts.social else _WEB).fullmatch(address)
    return facts.link(address) if fit else None


def link_post(url: str, standing: Standing) -> str | None:
    """A post's address where a reader may go there: the web, and no site in strangers' hands."""
    return link_web(url) if standing.outcome not in _DANGEROUS else None


def link_web(url: str) -> str | None:
    """An address that leads into the web; None for any other.

    >>> link_web("javascript:alert(1)")
    """
    return url if _WEB.fullmatch(url) else None


def bare(address: str) -> str:
    """An address as people say it.

    >>> bare("https://dinkes.example/")
    'dinkes.example'
    """
    return _SCHEME.sub("", address).rstrip("/")


def anchor(*parts: Any) -> str:
    """An identifier for a link within the page; parts stay apart, so that two never meet.

    >>> anchor("office", "kel. X")
    'office--kel-x'
    """
    return "--".join(re.sub(r"[^a-z0-9]+", "-", str(part).lower()) for part in parts)
