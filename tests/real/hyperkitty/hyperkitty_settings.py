# mypy: ignore-errors
"""The archive as the settings that come with it have it, in the office's language and zone."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, HERE, TEMPLATES
from hyperkitty.tests import settings_test as made

_OURS = [name for name in DJANGO_APPS if name not in made.INSTALLED_APPS]
INSTALLED_APPS = [*made.INSTALLED_APPS, *_OURS]
MIDDLEWARE = list(made.MIDDLEWARE)
_ADDED = ("django_mailman3.context_processors.common", "hyperkitty.context_processors.common")
TEMPLATES[0]["OPTIONS"]["context_processors"] += _ADDED
MAILMAN_REST_API_URL, MAILMAN_REST_API_USER, MAILMAN_REST_API_PASS = "http://127.0.0.1:9", "a", "a"
MAILMAN_ARCHIVER_KEY, MAILMAN_ARCHIVER_FROM = "kantor", ("127.0.0.1",)
STATICFILES_FINDERS = made.STATICFILES_FINDERS
COMPRESS_ENABLED, COMPRESS_PRECOMPILERS = False, ()
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_URL = "account_login", "hk_root", "account_logout"
AUTHENTICATION_BACKENDS = made.AUTHENTICATION_BACKENDS
Q_CLUSTER = made.Q_CLUSTER
HYPERKITTY_BATCH_MODE, FILTER_VHOST = True, False
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
STATIC_ROOT = HERE / "static"
