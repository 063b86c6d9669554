# mypy: ignore-errors
"""The weblog as its own documentation sets it up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS
from lotus.settings import *  # noqa: F403
from smart_media.settings import *  # noqa: F403

INSTALLED_APPS = [
    "dal",
    "dal_select2",
    *DJANGO_APPS,
    "ckeditor",
    "ckeditor_uploader",
    "sorl.thumbnail",
    "smart_media",
    "taggit",
    "treebeard",
    "lotus.apps.LotusConfig",
]
CKEDITOR_UPLOAD_PATH = "uploads/"
