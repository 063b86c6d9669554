"""Django Blog Lotus from PyPI: cards that are one link each, days alone, all pages in the pager, no feed."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("django-blog-lotus==0.9.7", "django>=5.2,<5.3", "pillow", "sorl-thumbnail", "waitress")


def start_lotus(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates; the years' last articles are pinned above the list, a sitemap names the rest."""
    return start_django("lotus", install_python("lotus", *_PACKAGES), folder, posts, processes)
