"""Addresses of files: what a list offers there to read is the post itself."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

__all__ = ["is_file"]

_ENDING: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z)$", re.IGNORECASE)
# A script that hands out files under their numbers: `/unduh.php?id=12`, `/download/12`, `/?wpdmdl=12`.
_HANDED: Final = re.compile(
    r"/(?:unduh(?:an)?|downloads?|getfile)(?:\.\w{2,4})?"
    r"(?:/(?!page/)[^?]*\d[^?]*\?|/?\?(?:id|file|f|no|kode|doc|berkas|dokumen)=\w*\d\w*$)"
    r"|[?&](?:wpdmdl|download|unduh)=\d",
    re.IGNORECASE,
)
_STORES: Final = re.compile(
    r"^(?:drive\.google\.com/(?:file|open|uc|drive)|docs\.google\.com/(?:document|spreadsheets|presentation|viewer|gview)"
    r"|(?:www\.)?dropbox\.com/s|1drv\.ms|onedrive\.live\.com|(?:www\.)?scribd\.com/doc)",
    re.IGNORECASE,
)


def is_file(url: str) -> bool:
    """Tell whether an address is a document's, by its ending or its store.

    >>> is_file("https://kel.example/unduh.php?f=sk%20lurah.pdf"), is_file("https://kel.example/berita/1")
    (True, False)
    """
    parts = urlsplit(url)
    names = [unquote(parts.path), *(value.partition("=")[2] for value in unquote(parts.query).split("&"))]
    return (
        any(_ENDING.search(name) for name in names)
        or _HANDED.search(f"{parts.path}?{parts.query}") is not None
        or _STORES.match(f"{parts.netloc}{parts.path}") is not None
    )
