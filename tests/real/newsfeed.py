"""django-newsfeed from PyPI: flat pages whose first heading is a number, the title below, the day in bold."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-newsfeed==1.0.0", "django>=5.2,<5.3", "waitress")


def start_newsfeed(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates without any menu, within a site whose home page says welcome; fifteen a page."""
    return start_django("newsfeed", install_python("newsfeed", *_PACKAGES), folder, posts, processes)
