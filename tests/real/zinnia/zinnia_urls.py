# mypy: ignore-errors
"""The weblog at the root, the standing pages and the comments beside it."""

from django.contrib import admin
from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path

urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("admin/", admin.site.urls),
    path("comments/", include("django_comments.urls")),
    path("", include("zinnia.urls")),
]
