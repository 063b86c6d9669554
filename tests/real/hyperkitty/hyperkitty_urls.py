# mypy: ignore-errors
"""The archive at the root, the standing pages beside it."""

from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path

urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("", include("hyperkitty.urls")),
    path("", include("django_mailman3.urls")),
    path("accounts/", include("allauth.urls")),
]
