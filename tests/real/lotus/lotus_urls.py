# mypy: ignore-errors
"""The weblog at the root, the standing pages beside it, its sitemaps as its documentation tells."""

from django.contrib.flatpages.views import flatpage
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from lotus.sitemaps import ArticleSitemap, CategorySitemap

_MAPS = {"article": ArticleSitemap, "category": CategorySitemap}
urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("sitemap.xml", sitemap, {"sitemaps": _MAPS}),
    path("", include("lotus.urls")),
]
