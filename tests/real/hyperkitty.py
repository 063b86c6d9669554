"""HyperKitty from PyPI, Mailman's archive: an office's announcements by mail, threads month by month."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("HyperKitty==1.3.12", "whoosh", "waitress")


def start_hyperkitty(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates; the home page names one list, ages stand in its rows, the day under the pointer."""
    return start_django("hyperkitty", install_python("hyperkitty", *_PACKAGES), folder, posts, processes)
