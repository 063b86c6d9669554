"""Sites conformes from PyPI, the CMS of French public offices on Wagtail: cards with `Jumat 26 Juni 2026`."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = (
    "sites-conformes==3.1.1rc1",
    "django-storages",
    "django-widget-tweaks",
    "wagtail-honeypot",
    "waitress",
)


def start_conformes(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its starter pages as the home, the news below them with two feeds of twenty; robots turn no page."""
    return start_django("conformes", install_python("conformes", *_PACKAGES), folder, posts, processes)
