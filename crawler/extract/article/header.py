"""Today's day in a site's header, and the hour of a post that a class calls a clock as well."""

import re
from datetime import timedelta
from typing import Final

from crawler.dates.label import Label
from crawler.extract.article.sight import DaySight, Scene

__all__ = ["is_header_clock", "shows_own_hour"]

# The day in a site's header, not in a post's own ("article-header__date").
_CLOCK_MARK: Final = re.compile(
    r"(?:^|\s)(?:(?:site|page|top|main)?-?(?:header|bar|head)|current|today|now|server)s?[_-]{1,2}(?:date|time|tanggal)"
    r"|(?:^|[\s_-])(?:date|time|tanggal)[_-]?(?:now|today|server|current|sekarang|hari)(?:$|[\s_-])",
    re.IGNORECASE,
)
# "Hari ini: 22/11/2026" says itself what it is.
_NOW: Final = re.compile(
    r"(?<![^\W_])(?:hari\s+ini|sekarang|today(?:'s\s+date)?(?:\s+is)?)\W*$", re.IGNORECASE
)
_JAM_MARK: Final = re.compile(r"(?:^|[\s_-])(?:clock|jam)(?:$|[\s_-])", re.IGNORECASE)
_MOST_BELOW_CLOCK: Final = 3


def is_header_clock(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a day above the heading is today's with its weekday: a header's clock, or an old one."""
    setting, outline = scene.setting, scene.outline
    if any(_CLOCK_MARK.search(outline.marks(above)) for above in list(outline.ancestors(sight.index))[:2]):
        return True
    today = setting.now.astimezone(setting.zone).date()
    if sight.label is not Label.NONE or abs(sight.reading.day(setting.zone) - today) > timedelta(days=1):
        return False
    if any(letter.isalpha() for letter in sight.reading.raw[:3]) or _leads_menu(scene, sight):
        return True
    return _NOW.search(outline.lines[sight.number].text.partition(sight.shown or "\n")[0]) is not None


def _leads_menu(scene: Scene, sight: DaySight) -> bool:
    """Tell whether the site's menu stands between a day and the heading: "Selamat datang - 21 Mei 2026"."""
    outline, top = scene.outline, scene.top or 0
    return any(outline.tags[i] == "nav" and outline.ends[i] <= top for i in range(sight.index + 1, top))


def shows_own_hour(scene: Scene, sight: DaySight) -> bool:
    """Tell whether a class calls a clock what stands right below the heading, and the day is not today's."""
    setting, outline = scene.setting, scene.outline
    near = list(outline.ancestors(sight.index))[:2]
    if scene.start is None or not 0 < sight.number - scene.start <= _MOST_BELOW_CLOCK:
        return False
    marked = any(_JAM_MARK.search(outline.marks(above)) for above in near)
    today = setting.now.astimezone(setting.zone).date()
    return marked and abs(sight.reading.day(setting.zone) - today) > timedelta(days=1)
