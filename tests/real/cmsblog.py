"""django CMS from PyPI with its blog: a page of the tree lists it, days as `26 Juni 2026`, a feed of ten."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("djangocms-blog==2.0.10", "django-cms==3.11.11", "django>=5.2,<5.3", "waitress")


def start_cmsblog(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates in a frame of ours, menus and standing pages from the CMS's tree."""
    return start_django("cmsblog", install_python("djangocms-blog", *_PACKAGES), folder, posts, processes)
