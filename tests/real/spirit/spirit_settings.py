# mypy: ignore-errors
"""The forum as the project that its own command makes sets it up."""

from pathlib import Path

import spirit
from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, HERE, TEMPLATES

_BASE = Path(spirit.__file__).parent / "extra/project_template/project_name/settings/base.py"
_made = {"__file__": str(HERE / "a" / "b" / "base.py")}
exec(_BASE.read_text(), _made)
INSTALLED_APPS = [*_made["INSTALLED_APPS"], *(n for n in DJANGO_APPS if n not in _made["INSTALLED_APPS"])]
MIDDLEWARE = _made["MIDDLEWARE"]
TEMPLATES[0]["OPTIONS"]["context_processors"] += ["djconfig.context_processors.config"]
AUTHENTICATION_BACKENDS = _made["AUTHENTICATION_BACKENDS"]
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "st_rate_limit")
}
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
STORAGES = _made["STORAGES"]
LOGIN_URL = "spirit:user:auth:login"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
ST_SITE_URL = "http://127.0.0.1/"
