# mypy: ignore-errors
"""The settings of a small project with nothing but the blog."""

from pathlib import Path

from puput import PUPUT_APPS

_HERE = Path(__file__).parent
SECRET_KEY = "kantor"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "kantor_urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _HERE / "kantor.db"}}
INSTALLED_APPS = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    *PUPUT_APPS,
)
MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL = "/static/"
STATIC_ROOT = _HERE / "static"
MEDIA_ROOT = _HERE / "media"
WAGTAIL_SITE_NAME = "Kelurahan Contoh"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Makassar"
USE_TZ = True
