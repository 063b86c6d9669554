"""django CMS 5 from PyPI with Aldryn's newsblog: cards with `26 Juni 2026`, a feed that no page names."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("djangocms-aldryn-newsblog==4.4.2", "djangocms-alias", "django>=5.2,<5.3", "waitress")


def start_aldryn(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates in a frame of ours; addresses are the slug alone, as its default is."""
    return start_django("aldryn", install_python("aldryn", *_PACKAGES), folder, posts, processes)
