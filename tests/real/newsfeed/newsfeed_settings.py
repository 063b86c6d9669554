# mypy: ignore-errors
"""The newsletter as its own documentation sets it up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS

INSTALLED_APPS = [*DJANGO_APPS, "newsfeed"]
