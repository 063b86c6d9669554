"""Joomla: every list has a feed of its own under `?format=feed`."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["JOOMLA"]

JOOMLA: Final = Program(
    "joomla",
    generator=r"joomla",
    parts=("/media/jui/", "/media/system/js/core", "/media/system/js/mootools", "com_content"),
    feeds=("?format=feed&type=rss",),
    never=(
        r"/component/(?:users|search|tags|mailto|finder|banners)(?:/|\?|$)"
        r"|[?&]option=com_(?:users|search|tags|mailto|finder|banners)\b"
        r"|[?&](?:limitstart|tmpl)="
        r"|[?&]view=(?:category|categories|featured|archive|login|registration)\b"
    ),
)
