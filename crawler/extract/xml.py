"""Reading XML from strangers: no entity is resolved, nothing is loaded, nothing is too large."""

import gzip
import re
import zlib

from lxml import etree

from activity.errors import UnparsableError

__all__ = ["child_text", "local_name", "parse_xml", "unpack"]

MAX_BYTES = 20_000_000
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_GZIP = b"\x1f\x8b"


def unpack(body: bytes) -> bytes:
    """The body, decompressed where it is itself a gzip file; raises UnparsableError past 20 MB."""
    if not body.startswith(_GZIP):
        return body
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = stream.decompress(body, MAX_BYTES)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise UnparsableError("A compressed file is damaged.") from error
    if stream.unconsumed_tail:
        raise UnparsableError(f"A compressed file is larger than {MAX_BYTES} bytes.")
    return data


def parse_xml(body: bytes) -> etree._Element:
    """The root element; raises UnparsableError for what is not XML, or is HTML, or far too large.

    Broken XML is mended as far as it goes: an office's feed with a bare `&` is still its feed.
    """
    data = unpack(body)
    if len(data) > MAX_BYTES:
        raise UnparsableError(f"An XML file is larger than {MAX_BYTES} bytes.")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _CONTROL.sub(b"", data).lstrip(b"\xef\xbb\xbf \t\r\n")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnparsableError("A body is not XML.") from error
    if root is None or local_name(root) == "html":
        raise UnparsableError("A body is not XML.")
    return root


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace, lower case; empty for comments and entities."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str:
    """Text of the first child that bears the first of these local names that is not empty."""
    for name in names:
        for child in element:
            if local_name(child) == name:
                text = "".join(child.itertext()).strip()
                if text:
                    return text
    return ""
