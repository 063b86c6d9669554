"""django-newsletter from PyPI: an archive of what was sent, its links' texts closing with a moment of UTC."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-newsletter==1.2.1", "sorl-thumbnail", "pillow", "django>=5.2,<5.3", "waitress")


def start_newsletter(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates without any menu: the archive is three steps from the home page, letters undated."""
    return start_django("newsletter", install_python("newsletter", *_PACKAGES), folder, posts, processes)
