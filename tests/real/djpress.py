"""DJ Press from PyPI, after the classic WordPress: whole posts on its list, the day below each is a link."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served


def start_djpress(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its default theme; months' archives under `/2026/06/`, a feed of twenty."""
    programs = install_python("djpress", "djpress==0.33.0", "waitress")
    return start_django("djpress", programs, folder, posts, processes)
