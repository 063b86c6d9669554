# mypy: ignore-errors
"""The forum at the root, the standing pages beside it."""

import spirit.urls
from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path

urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("", include(spirit.urls)),
]
