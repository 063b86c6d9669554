# mypy: ignore-errors
"""Wagtail with the blog, as their own documentation sets them up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, MIDDLEWARE, Unmigrated

_NAMES = "forms redirects embeds sites users snippets documents images search admin"
_PARTS = [f"wagtail.contrib.{n}" if n in ("forms", "redirects") else f"wagtail.{n}" for n in _NAMES.split()]
INSTALLED_APPS = ["blog", *_PARTS, "wagtail", "modelcluster", "taggit", *DJANGO_APPS]
MIDDLEWARE = [*MIDDLEWARE, "wagtail.contrib.redirects.middleware.RedirectMiddleware"]
WAGTAIL_SITE_NAME, WAGTAILADMIN_BASE_URL = "Kelurahan Contoh", "http://127.0.0.1"
MIGRATION_MODULES = Unmigrated()
