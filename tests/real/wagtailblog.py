"""wagtail_blog from PyPI, a blog on Wagtail: days like `Juni 26th, 2026`, links to older and newer pages."""

from collections.abc import Sequence
from pathlib import Path

from django_site import start_django
from machine import Processes, install_python
from truth import Known, Served

_PACKAGES = ("wagtail-blog-updated==5.0.0", "wagtail>=5.2,<5.3", "setuptools<80", "waitress")


def start_wagtailblog(folder: Path, posts: Sequence[Known], processes: Processes) -> Served:
    """Its own templates in a frame of ours, the list as the home page; no page names its feeds."""
    return start_django("wagtailblog", install_python("wagtailblog", *_PACKAGES), folder, posts, processes)
