"""Zinnia from PyPI, a weblog for Django: a calendar, archives by month and week, feeds of fifteen."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-blog-xinnia==0.21.3", "django<3.3", "django-mptt<0.14", "setuptools<80", "waitress")


def start_zinnia(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme with its sidebar of widgets; the feed names the site that Django's own data names."""
    return start_django("zinnia", install_python("zinnia", *_PACKAGES), folder, posts, processes)
