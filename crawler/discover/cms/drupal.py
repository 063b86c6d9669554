"""Drupal: the front page's feed, `node/12` for what has no name."""

from typing import Final

from crawler.discover.cms.program import Program

__all__ = ["DRUPAL"]

DRUPAL: Final = Program(
    "drupal",
    generator=r"drupal",
    parts=(
        "Drupal.settings",
        "data-drupal-selector",
        "/sites/all/themes/",
        "/sites/all/modules/",
        "/sites/default/files/",
    ),
    feeds=("rss.xml",),
    lists=r"/node/?",
    never=r"^/(?:node/?|node/add(?:/.*)?|taxonomy/term/\d+(?:/.*)?|filter/tips(?:/.*)?|user(?:/.*)?)(?:\?|$)",
)
