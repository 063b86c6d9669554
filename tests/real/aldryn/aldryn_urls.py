# mypy: ignore-errors
"""The CMS at the root, its pages' map and that of the news beside it."""

from aldryn_newsblog.sitemaps import NewsBlogSitemap
from cms.sitemaps import CMSSitemap
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sitemap.xml", sitemap, {"sitemaps": {"cmspages": CMSSitemap, "news": NewsBlogSitemap}}),
    path("", include("cms.urls")),
]
