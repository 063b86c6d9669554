# mypy: ignore-errors
"""The CMS's own settings, whose apps still bear the names that they have outside the package."""

import os
from pathlib import Path

_HERE = Path(__file__).parent
os.environ |= {"SECRET_KEY": "kantor", "DATABASE_URL": f"sqlite:///{_HERE}/kantor.db"}
os.environ |= {"HOST_PROTO": "http", "HOST_URL": "127.0.0.1", "SITE_NAME": "Kelurahan Contoh"}

from base_settings import Unmigrated  # noqa: E402
from sites_conformes.config.settings import *  # noqa: E402, F403
from sites_conformes.config.settings import INSTALLED_APPS, TEMPLATES  # noqa: E402

_OWN = ("content_manager", "blog", "events", "forms", "menus", "dashboard")
INSTALLED_APPS = [f"sites_conformes.{name}" if name in _OWN else name for name in INSTALLED_APPS]
INSTALLED_APPS.insert(INSTALLED_APPS.index("sites_conformes.content_manager"), "sites_conformes.core")
_processors = TEMPLATES[0]["OPTIONS"]["context_processors"]
_processors[:] = [name.replace("content_", "sites_conformes.content_") for name in _processors]
ROOT_URLCONF = "sites_conformes.config.urls"
LANGUAGE_CODE, TIME_ZONE = "id", "Asia/Makassar"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("id", "Bahasa Indonesia")]
MEDIA_ROOT, STATIC_ROOT, STATICFILES_DIRS = str(_HERE / "media"), str(_HERE / "static"), ()
TESTING = False
MIGRATION_MODULES = Unmigrated()
