"""Which of Python's codecs a stranger's charset means."""

import re
from codecs import lookup
from typing import Final

__all__ = ["find_codec"]

_CODECS: Final = re.compile(
    r"iso8859-\d+|cp125\d|cp874|cp866|cp949|koi8-[ru]|gbk|gb18030|big5|big5hkscs|euc_(?:jp|kr)|shift_jis|cp932"
    r"|iso2022_jp|mac-(?:roman|cyrillic)|utf-8|utf-16(?:-[lb]e)?"
)
# Browsers read these names as windows-1252, so sites that declare them contain its quotes and dashes.
_WESTERN: Final = frozenset({"iso8859-1", "ascii"})


def find_codec(name: str) -> str:
    """The codec of a charset that browsers know; Western for any other name, such as Python's own `idna`.

    >>> find_codec("GB2312"), find_codec("latin1"), find_codec("idna")
    ('gbk', 'cp1252', 'cp1252')
    """
    try:
        codec = lookup(name).name
    except (LookupError, ValueError):
        return "cp1252"
    codec = {"gb2312": "gbk"}.get(codec, codec)
    return codec if _CODECS.fullmatch(codec) and codec not in _WESTERN else "cp1252"
