# mypy: ignore-errors
"""The blog as its own documentation sets it up, at the root of the site."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS

INSTALLED_APPS = ["djpress.apps.DjpressConfig", *DJANGO_APPS]
DJPRESS_SETTINGS = {"SITE_TITLE": "Kelurahan Contoh"}
