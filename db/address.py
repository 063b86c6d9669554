"""What the address of a database tells: its password, which is shown to nobody, and the places beside it."""

import re
from hashlib import sha256
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

__all__ = ["find_password", "mark_of", "place_beside", "strip_passwords", "without_password"]

# A password may hold anything but a line's end: slashes, quotes and spaces are read as part of it. Each part
# is bounded: a line of `postgres://` without end took time that grew by the square.
_OF_DATABASE = re.compile(r"(postgres\w{0,16}(?:\+\w{1,32})?://[^:/\n]{0,256}):.{0,4096}(?=@)")
_OF_OTHERS = re.compile(r"""(://[^:/@\s"']*):[^@/\s"']*(?=@)""")
_IN_QUERY = re.compile(r"([?&]password=)[^&\n]*")


def find_password(url: URL) -> str | None:
    """Find the password, wherever in the address it stands; one in the query counts, as for the driver."""
    stated = url.query.get("password", url.password)
    return stated[-1] if isinstance(stated, tuple) else stated


def without_password(url: URL) -> URL:
    """Take the password out of an address."""
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(["password"])


def strip_passwords(text: str, address: str) -> str:
    """Take the passwords of databases' addresses out of a text, such as a file of settings.

    Args:
        address: the one that is set; it is cut exactly. Of any other, as in a comment, all that stands
            between its user and the last `@` of the line goes.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        return _strip_lines(text)
    bare = without_password(url).render_as_string() if find_password(url) else address
    return bare.join(_strip_lines(part) for part in text.split(address))


def _strip_lines(text: str) -> str:
    for pattern in (_OF_DATABASE, _OF_OTHERS, _IN_QUERY):
        text = pattern.sub(r"\1", text)
    return text


def mark_of(url: URL) -> str:
    """Tell one database from another by eight hex digits: `sqlite:///denyut.db` is one in every folder."""
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(Path(url.database).resolve()))
    return sha256(without_password(url).render_as_string().encode()).hexdigest()[:8]


def place_beside(url: URL, what: str) -> Path:
    """Name a folder of the database's own: `kota-backups` beside `kota.db`, or here for one of a server."""
    name = Path(url.database or "denyut")
    if url.get_backend_name() == "sqlite":
        return name.with_name(f"{name.stem}-{what}")
    return Path(f"{name.name}-{what}")
