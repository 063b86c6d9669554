"""Reading XML from strangers: no entity is resolved, nothing is loaded, nothing is too large."""

import gzip
import re
import zlib

from lxml import etree

from activity.errors import UnparsableError
from crawler.extract.page.charset import find_codec

__all__ = ["child_text", "local_name", "parse_xml", "unpack"]

MAX_BYTES = 20_000_000
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARED = re.compile(rb"(<\?xml[^>]{0,200}?encoding\s*=\s*[\"'])([\w.:-]+)", re.IGNORECASE)
# Half a letter written as a number, as programs do that count in UTF-16.
_HALF = re.compile(
    rb"&#(?:[xX]0{0,8}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,8}(?:55(?:29[6-9]|[3-9]\d\d)|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
_GZIP = b"\x1f\x8b"


def unpack(body: bytes) -> bytes:
    """Unpack the body where it is itself a gzip file; raises UnparsableError past 20 MB."""
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
    """Read the root element; raises UnparsableError for what is not XML, or is HTML, or far too large.

    Broken XML is mended as far as it goes: an office's feed with a bare `&` is still its feed.
    """
    data = unpack(body)
    if len(data) > MAX_BYTES:
        raise UnparsableError(f"An XML file is larger than {MAX_BYTES} bytes.")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _HALF.sub(b"&#xfffd;", data) if b"&#" in data else data
        data = _mend_letters(_CONTROL.sub(b"", data).lstrip(b"\xef\xbb\xbf \t\r\n"))
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


def _mend_letters(data: bytes) -> bytes:
    """XML as the UTF-8 that its declaration then names.

    Of half a letter, where a program cut a text, or of a charset that it does not know, the parser makes what
    fails only once that text is asked for. Declarations lie; what decodes as UTF-8 is that.
    """
    declared = _DECLARED.match(data)
    codec = "utf-8" if declared is None else find_codec(declared[2].decode("ascii", "ignore"))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # What begins with an ASCII declaration is no UTF-16.
        data = data.decode("utf-8" if codec.startswith("utf-16") else codec, "replace").encode("utf-8")
    return data if declared is None else _DECLARED.sub(rb"\1utf-8", data, count=1)


def local_name(element: etree._Element) -> str:
    """Read an element's name without its namespace, lower case; empty for comments and entities."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str:
    """Read the first child's text that bears the first of these local names and is not empty."""
    for name in names:
        for child in element:
            if local_name(child) == name:
                text = "".join(child.itertext()).strip()
                if text:
                    return text
    return ""
