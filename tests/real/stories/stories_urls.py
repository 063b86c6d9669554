# mypy: ignore-errors
"""The CMS at the root, its pages' map and that of the stories beside it."""

from cms.sitemaps import CMSSitemap
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from djangocms_stories.sitemaps import StoriesSitemap

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sitemap.xml", sitemap, {"sitemaps": {"cmspages": CMSSitemap, "stories": StoriesSitemap}}),
    path("", include("cms.urls")),
]
