"""XBlog from PyPI, a weblog for Django: thirty whole posts a page, each of them thirty times."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-xblog==0.3.1", "django>=5.2,<5.3", "textstat==0.7.3", "setuptools<80", "waitress")


def start_xblog(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates behind a home page that says welcome; its day leads to the archive of the month."""
    return start_django("xblog", install_python("xblog", *_PACKAGES), folder, posts, processes)
