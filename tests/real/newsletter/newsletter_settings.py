# mypy: ignore-errors
"""The newsletter as its own documentation sets it up, without an editor of rich text."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS

INSTALLED_APPS = [*DJANGO_APPS, "sorl.thumbnail", "newsletter"]
NEWSLETTER_THUMBNAIL = "sorl-thumbnail"
