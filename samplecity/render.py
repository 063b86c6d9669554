"""Templates of the city's websites."""

from datetime import datetime
from email.utils import format_datetime

from jinja2 import Environment, PackageLoader, StrictUndefined

from samplecity import almanac
from samplecity.view import SiteView
from samplecity.wire import Response, text

__all__ = ["render", "render_feed", "render_sitemap"]

_ENVIRONMENT = Environment(
    loader=PackageLoader("samplecity"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
_ENVIRONMENT.filters.update(
    ago=almanac.ago,
    day_name=almanac.day_name,
    long_date=almanac.long_date,
    zone_label=almanac.zone_label,
    rfc822=format_datetime,
    iso=lambda moment: moment.isoformat(timespec="seconds"),
)


def render(template: str, view: SiteView, **values: object) -> Response:
    """A page of HTML from `templates/`."""
    return text(_ENVIRONMENT.get_template(template).render(view=view, **values))


def render_feed(view: SiteView, items: list[tuple[str, object]], link: str) -> Response:
    """An RSS 2.0 feed of (address, entry) pairs."""
    body = _ENVIRONMENT.get_template("feed.xml").render(view=view, items=items, link=link)
    return text(body, content_type="application/rss+xml; charset=UTF-8")


def render_sitemap(addresses: list[tuple[str, datetime | None]], *, index: bool = False) -> Response:
    """A sitemap, or an index of sitemaps, of (address, lastmod) pairs."""
    body = _ENVIRONMENT.get_template("sitemap.xml").render(addresses=addresses, index=index)
    return text(body, content_type="application/xml; charset=UTF-8")
