"""django CMS 5 from PyPI with djangocms-stories: `<time>` with the moment, a list of two links a pager."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("djangocms-stories==0.9.3", "django-cms>=5.1,<5.2", "django>=5.2,<5.3", "waitress")


def start_stories(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates in a frame of ours; the home page is standing text, the menu names the rest."""
    return start_django("stories", install_python("stories", *_PACKAGES), folder, posts, processes)
