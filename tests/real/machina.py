"""django-machina from PyPI, a forum: a row a topic with its day and that of the last reply, by the latter."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-machina==1.3.1", "django>=5.2,<5.3", "waitress")


def start_machina(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates; an office's news, activities and announcements as three forums."""
    return start_django("machina", install_python("machina", *_PACKAGES), folder, posts, processes)
