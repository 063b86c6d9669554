"""Letters of strangers: which of Python's codecs a charset means, which letter a number."""

import html
import re
from codecs import lookup
from typing import Final

__all__ = ["find_codec", "unescape"]

# Python refuses to read a number of thousands of figures.
_ENDLESS: Final = re.compile(r"&#\d{8,}+;?")

_CODECS: Final = re.compile(
    r"iso8859-\d+|cp125\d|cp874|cp866|cp949|koi8-[ru]|gbk|gb18030|big5|big5hkscs|euc_(?:jp|kr)|shift_jis|cp932"
    r"|iso2022_jp|mac-(?:roman|cyrillic)|utf-8|utf-16(?:-[lb]e)?"
)
# Browsers read these names as windows-1252, so sites that declare them contain its quotes and dashes.
_WESTERN: Final = frozenset({"iso8859-1", "ascii"})


def find_codec(name: str) -> str:
    """Find the codec of a charset that browsers know; Western for any other name, as Python's own `idna`.

    >>> find_codec("GB2312"), find_codec("latin1"), find_codec("idna")
    ('gbk', 'cp1252', 'cp1252')
    """
    try:
        codec = lookup(name).name
    except (LookupError, ValueError):
        return "cp1252"
    codec = {"gb2312": "gbk"}.get(codec, codec)
    return codec if _CODECS.fullmatch(codec) and codec not in _WESTERN else "cp1252"


def unescape(text: str) -> str:
    """Undo the character references of a text; one that numbers no letter becomes a mark.

    >>> unescape("Rapat &amp; &#" + "9" * 5000 + ";")
    'Rapat & \ufffd'
    """
    return html.unescape(_ENDLESS.sub("\ufffd", text) if "&#" in text else text)
