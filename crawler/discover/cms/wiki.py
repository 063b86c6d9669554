"""Wikis: their lists of edits are none of posts."""

from typing import Final

from crawler.discover.cms.program import Program
from crawler.discover.kind import EndpointKind

__all__ = ["DOKUWIKI", "MEDIAWIKI"]

DOKUWIKI: Final = Program(
    "dokuwiki",
    generator=r"dokuwiki",
    parts=("/lib/exe/", "/lib/tpl/", "doku.php"),
    feeds=("feed.php",),
    never=r"[?&;](?:do|rev|difftype)=|/_media/|/_detail/",
    read_as=EndpointKind.LISTING,
)
MEDIAWIKI: Final = Program(
    "mediawiki",
    generator=r"mediawiki",
    parts=("mw-content-text", "/load.php?"),
    never=(
        r"[?&;](?:oldid|diff|redlink|printable)="
        r"|[?&;]action=(?:info|history|edit|raw|purge|credits|diff)\b"
        r"|/(?:Special|Istimewa|Talk|Pembicaraan|User|Pengguna|File|Berkas|Template|Templat):"
    ),
    read_as=EndpointKind.LISTING,
)
