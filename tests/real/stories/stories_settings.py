# mypy: ignore-errors
"""django CMS with its stories application, as their own documentation sets them up."""

from base_settings import *  # noqa: F403
from base_settings import DJANGO_APPS, MIDDLEWARE, TEMPLATES, Unmigrated

_NAMES = "cms menus sekizai treebeard filer easy_thumbnails parler taggit meta sortedm2m djangocms_text"
INSTALLED_APPS = [*DJANGO_APPS, *_NAMES.split(), "djangocms_stories"]
MIDDLEWARE = [
    *MIDDLEWARE,
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "cms.middleware.toolbar.ToolbarMiddleware",
    "cms.middleware.language.LanguageCookieMiddleware",
    "cms.middleware.utils.ApphookReloadMiddleware",
]
TEMPLATES[0]["OPTIONS"]["context_processors"] += [
    "sekizai.context_processors.sekizai",
    "cms.context_processors.cms_settings",
]
X_FRAME_OPTIONS = "SAMEORIGIN"
CMS_CONFIRM_VERSION4 = True
CMS_TEMPLATES = [("office.html", "Kantor")]
CMS_LANGUAGES = {1: [{"code": "id", "name": "Bahasa Indonesia"}]}
PARLER_LANGUAGES = {1: ({"code": "id"},), "default": {"fallbacks": ["id"]}}
META_SITE_PROTOCOL, META_USE_SITES = "http", True
META_USE_OG_PROPERTIES = META_USE_TWITTER_PROPERTIES = META_USE_SCHEMAORG_PROPERTIES = True
THUMBNAIL_PROCESSORS = (
    "easy_thumbnails.processors.colorspace",
    "easy_thumbnails.processors.autocrop",
    "filer.thumbnail_processors.scale_and_crop_with_subject_location",
    "easy_thumbnails.processors.filters",
)
MIGRATION_MODULES = Unmigrated()
