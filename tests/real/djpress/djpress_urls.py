# mypy: ignore-errors
"""The blog is the whole site but for the standing pages."""

from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path

urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("", include("djpress.urls")),
]
