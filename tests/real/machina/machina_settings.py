# mypy: ignore-errors
"""The forum as its own documentation sets it up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, HERE, MIDDLEWARE, TEMPLATES
from machina import MACHINA_MAIN_STATIC_DIR, MACHINA_MAIN_TEMPLATE_DIR

_PARTS = (
    "conversation conversation.forum_attachments conversation.forum_polls feeds moderation search tracking"
)
INSTALLED_APPS = [
    *DJANGO_APPS,
    "mptt",
    "haystack",
    "widget_tweaks",
    "machina",
    "machina.apps.forum",
    *(f"machina.apps.forum_{part}" for part in (*_PARTS.split(), "member", "permission")),
]
MIDDLEWARE = [*MIDDLEWARE, "machina.apps.forum_permission.middleware.ForumPermissionMiddleware"]
TEMPLATES[0]["DIRS"] += [MACHINA_MAIN_TEMPLATE_DIR]
TEMPLATES[0]["OPTIONS"]["context_processors"] += ["machina.core.context_processors.metadata"]
STATICFILES_DIRS = (MACHINA_MAIN_STATIC_DIR,)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "machina_attachments": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HERE / "tmp"),
    },
}
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
_READ = ["can_see_forum", "can_read_forum"]
MACHINA_DEFAULT_AUTHENTICATED_USER_FORUM_PERMISSIONS = _READ
MACHINA_FORUM_NAME = "Kelurahan Contoh"
