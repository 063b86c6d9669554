"""FeinCMS's Elephantblog from PyPI: whole entries in lists, days like 26-06-2026 in `<time>`, a feed."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("feincms-elephantblog==26.10.0", "django>=5.2,<5.3", "pillow", "waitress")


def start_elephant(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates at the root of a site; its lists of years, months and days are not linked."""
    return start_django("elephant", install_python("elephant", *_PACKAGES), folder, posts, processes)
