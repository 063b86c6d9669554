"""A site that has been "under maintenance" all along and says so with status 200."""

from samplecity.engines.engine import Engine
from samplecity.render import render
from samplecity.view import SiteEntry, SiteView
from samplecity.wire import Request, Response

__all__ = ["ENGINE"]


def _path(entry: SiteEntry) -> str:
    return f"/berita/{entry.slug}/"


def _respond(request: Request, view: SiteView) -> Response:  # noqa: ARG001 - every address shows the same
    return render("maintenance.html", view)


ENGINE = Engine(_path, _respond)
