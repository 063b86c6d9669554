"""Fluent Blogs from PyPI, an app for Django: localised days in an `abbr`, feeds of thirty, a sitemap."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-fluent-blogs==3.1", "django<5.3", "django-fluent-contents==3.1", "six", "waitress")


def start_fluent(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates within a page of the office's, as its documentation asks, below /blog/."""
    return start_django("fluent", install_python("fluent", *_PACKAGES), folder, posts, processes)
