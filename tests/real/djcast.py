"""django-cast from PyPI, a blog and podcast on Wagtail: whole posts in lists, an English month, a feed."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-cast==0.2.67", "waitress")


def start_djcast(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates in their plain form, as an editor chooses it, one blog at the root of the site."""
    return start_django("djcast", install_python("cast", *_PACKAGES), folder, posts, processes)
