# mypy: ignore-errors
"""The weblog as its own documentation sets it up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, MIDDLEWARE, PROCESSORS

INSTALLED_APPS = [*DJANGO_APPS, "markdown_deux", "xblog", "django_xmlrpc_dx"]
MIDDLEWARE += ["django.contrib.sites.middleware.CurrentSiteMiddleware"]
PROCESSORS += ["xblog.context_processors.site"]
