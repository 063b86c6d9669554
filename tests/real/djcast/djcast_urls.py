# mypy: ignore-errors
"""The blog's pages at the root, its feed and the standing pages beside them."""

from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls

urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("cast/", include("cast.urls", namespace="cast")),
    path("comments/", include("cast.comments.urls")),
    path("", include(wagtail_urls)),
]
