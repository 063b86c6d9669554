# mypy: ignore-errors
"""The blog as the project that its own command makes sets it up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, HERE, MIDDLEWARE
from cast import CAST_APPS, CAST_MIDDLEWARE

INSTALLED_APPS = [*DJANGO_APPS, *CAST_APPS]
MIDDLEWARE = [*MIDDLEWARE, *CAST_MIDDLEWARE]
COMMENTS_APP = "cast.comments"
CAST_COMMENTS_ENABLED = False
CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap4"
CAST_BLOG_INDEX_PAGINATE_BY = 10
POST_LIST_PAGINATION = 10
WAGTAIL_SITE_NAME = "Kelurahan Contoh"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
_PLACE = HERE / "static" / "cast" / "vite" / "manifest.json"
DJANGO_VITE = {"cast": {"dev_mode": False, "static_url_prefix": "cast/vite/", "manifest_path": _PLACE}}
