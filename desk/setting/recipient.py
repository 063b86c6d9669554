"""Who gets messages: the officers of the environment, and the tables of a file that nobody else may read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from activity.channel import Channel
from activity.errors import ConfigError
from activity.message import Message
from desk.setting.private import read_private, refuse

__all__ = ["Recipient", "list_officers", "read_recipient_file", "read_urls"]

_VARIABLE = "DENYUT_MESSAGES_FILE"
_KEYS = frozenset({"url", "agency", "channels"})
# The scheme decides which service it is; what stands behind it is the library's to judge.
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[\x21-\x7e]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address by name.

    Attributes:
        url: an apprise URL, which holds passwords.
        agency: slug of the office that gets reminders there; empty for an officer, who gets the morning's
            message.
        channels: of the office's accounts those it wants to be reminded of.
    """

    name: str
    url: str = field(repr=False)
    agency: str = ""
    channels: frozenset[Channel] = frozenset(Channel)

    @property
    def service(self) -> str:
        """What kind of address it is, such as `mailtos`; no secret."""
        return self.url.partition("://")[0].lower()


def read_urls(variable: str, text: str) -> tuple[str, ...]:
    """Addresses of officers, apart by blanks; raises ConfigError that names none of them."""
    urls = tuple(text.split())
    for number, url in enumerate(urls, 1):
        if not _URL.fullmatch(url):
            raise ConfigError(
                "{variable}: address {number} is none.",
                "Write it like mailtos://… or tgram://…, blanks between several.",
                variable=variable,
                number=number,
            )
    return urls


def list_officers(urls: Sequence[str]) -> Iterator[Recipient]:
    """The recipients that the environment names; they bear numbers for names."""
    for number, url in enumerate(urls, 1):
        yield Recipient(str(number), url)


def read_recipient_file(path: Path) -> tuple[Recipient, ...]:
    """The recipients of a TOML file, one table each, in its order.

    Raises:
        ConfigError: the file cannot be read, may be read by others, or a table says something else than
            `docs/messages.md` describes. No value is ever repeated.
    """
    return tuple(_read(path, name, table) for name, table in read_private(_VARIABLE, path).items())


def _read(path: Path, name: str, table: object) -> Recipient:
    if not isinstance(table, Mapping):
        what = Message("{name} stands outside a table", name=name)
        raise refuse(_VARIABLE, path, what, "Write [name] above each address.")
    if name.isdecimal():
        # So are those of the environment called.
        what = Message("[{name}] is a number", name=name)
        raise refuse(_VARIABLE, path, what, "Name it by a word.")
    for key in sorted(table.keys() - _KEYS):
        what = Message("[{name}] has {key}", name=name, key=key)
        raise refuse(_VARIABLE, path, what, Message("Its keys are {keys}.", keys=", ".join(sorted(_KEYS))))
    url, agency = table.get("url", ""), table.get("agency", "")
    if not isinstance(url, str) or not _URL.fullmatch(url.strip()):
        what = Message("[{name}] has no address", name=name)
        raise refuse(_VARIABLE, path, what, 'Write url = "mailtos://…" below it.')
    if not isinstance(agency, str) or ("channels" in table and not agency):
        what = Message("[{name}] names no office", name=name)
        raise refuse(_VARIABLE, path, what, 'Write agency = "…", its id in the registry.')
    return Recipient(name, url.strip(), agency, _read_channels(path, name, table.get("channels")))


def _read_channels(path: Path, name: str, value: Any) -> frozenset[Channel]:
    if value is None:
        return frozenset(Channel)
    known = {channel.value for channel in Channel}
    if not isinstance(value, list) or not value or not all(word in known for word in map(str, value)):
        what = Message("[{name}] has unknown channels", name=name)
        raise refuse(_VARIABLE, path, what, 'Write channels = ["website"], for example.')
    return frozenset(Channel(word) for word in value)
