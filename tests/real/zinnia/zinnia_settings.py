# mypy: ignore-errors
"""The weblog as its own documentation sets it up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, PROCESSORS, TEMPLATES

INSTALLED_APPS = [*DJANGO_APPS, "django_comments", "mptt", "tagging", "zinnia"]
PROCESSORS += ["zinnia.context_processors.version"]
# Its templates ask for a library by the name that it had in older Djangos.
TEMPLATES[0]["OPTIONS"]["libraries"] = {"staticfiles": "django.templatetags.static"}
