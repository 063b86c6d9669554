# mypy: ignore-errors
"""The weblog below an address of its own, its sitemaps as its documentation tells, the office's home page."""

from django.contrib.flatpages.views import flatpage
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import TemplateView
from fluent_blogs.sitemaps import CategoryArchiveSitemap, EntrySitemap

_MAPS = {"blog_entries": EntrySitemap, "blog_categories": CategoryArchiveSitemap}
urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html")),
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("sitemap.xml", sitemap, {"sitemaps": _MAPS}),
    path("blog/", include("fluent_blogs.urls")),
]
