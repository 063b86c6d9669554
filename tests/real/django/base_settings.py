# mypy: ignore-errors
"""What the settings of every project share; each adds its apps."""

import os
from pathlib import Path

HERE = Path(__file__).parent
SECRET_KEY = "kantor"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = os.environ["DJANGO_SETTINGS_MODULE"].replace("_settings", "_urls")
SITE_ID = 1
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "kantor.db"}}
_NAMES = "admin auth contenttypes flatpages messages sessions sites sitemaps staticfiles"
DJANGO_APPS = [f"django.contrib.{name}" for name in _NAMES.split()]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
PROCESSORS = [
    "django.template.context_processors.debug",
    "django.template.context_processors.i18n",
    "django.template.context_processors.media",
    "django.template.context_processors.request",
    "django.template.context_processors.static",
    "django.template.context_processors.tz",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": PROCESSORS},
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL, STATIC_ROOT = "/static/", HERE / "static"
MEDIA_URL, MEDIA_ROOT = "/media/", HERE / "media"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Makassar"
USE_TZ = USE_I18N = True


class Unmigrated(dict):
    """Names no app's migrations, so that tables are made as they are now, in seconds."""

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return None
