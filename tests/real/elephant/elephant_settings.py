# mypy: ignore-errors
"""The blog as its own documentation sets it up, without the CMS's tree of pages."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS

INSTALLED_APPS = [*DJANGO_APPS, "mptt", "feincms", "elephantblog", "elephant_app.Office"]
BLOG_TITLE, BLOG_DESCRIPTION = "Kelurahan Contoh", "Situs resmi"
BLOG_PAGINATE_BY = 10
