# mypy: ignore-errors
"""The CMS at the root, its pages' map and that of the blog beside it."""

from cms.sitemaps import CMSSitemap
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from djangocms_blog.sitemaps import BlogSitemap

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sitemap.xml", sitemap, {"sitemaps": {"cmspages": CMSSitemap, "blog": BlogSitemap}}),
    path("taggit_autosuggest/", include("taggit_autosuggest.urls")),
    path("", include("cms.urls")),
]
