# mypy: ignore-errors
"""The weblog as its own documentation sets it up, texts as the HTML that an editor makes of them."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS

INSTALLED_APPS = [
    "fluent_blogs",
    "fluent_contents",
    "fluent_contents.plugins.rawhtml",
    "categories_i18n",
    "mptt",
    "parler",
    "slug_preview",
    *DJANGO_APPS,
]
PARLER_LANGUAGES = {1: ({"code": "id"},), "default": {"fallbacks": ["id"]}}
PARLER_DEFAULT_LANGUAGE_CODE = "id"
FLUENT_BLOGS_BASE_TEMPLATE = "blog_base.html"
