"""Words of links and buttons that promise more of a list."""

import re
from typing import Final

__all__ = ["says_more"]

# "Muat kegiatan sebelumnya", "Tampilkan arsip lainnya", "Siaran terdahulu". Words of a title stand elsewhere:
# "Pasar lama direvitalisasi", "Panen raya lebih awal".
_MORE: Final = re.compile(
    r"(?:muat|tampilkan|lihat|buka|load|show|view|see)\s(?:\w+\s){0,3}(?:lagi|lebih|sebelumnya|selanjutnya"
    r"|berikutnya|lainnya|terdahulu|lama|semua|banyak|older|more|next)(?:\s\w+)?"
    r"|(?:\w+\s){0,2}(?:sebelumnya|selanjutnya|berikutnya|lainnya|terdahulu)",
    re.IGNORECASE,
)
_SIGNS: Final = "«‹←→›»<> .…+↓▼"


def says_more(text: str) -> bool:
    """Tell whether a link's words promise more of a list.

    >>> says_more("Muat kegiatan sebelumnya »"), says_more("Pasar lama direvitalisasi")
    (True, False)
    """
    return _MORE.fullmatch(" ".join(text.split()).strip(_SIGNS)) is not None
