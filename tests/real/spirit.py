"""Spirit from PyPI, a forum: rows with the age of the last word alone, the day under the pointer."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-spirit==0.14.3", "django>=5.2,<5.3", "waitress", "setuptools<80")


def start_spirit(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates; the latest topics of all categories are the home page, every third has a reply."""
    return start_django("spirit", install_python("spirit", *_PACKAGES), folder, posts, processes)
