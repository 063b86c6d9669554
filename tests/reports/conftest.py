"""The small ranked city that reports and pages are made of."""

from testkit.ranked import city, pages, site, view

__all__ = ["city", "pages", "site", "view"]
