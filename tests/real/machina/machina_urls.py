# mypy: ignore-errors
"""The forum at the root, the standing pages beside it."""

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path

urlpatterns = [
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("admin/", admin.site.urls),
    path("login/", LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("", include("machina.urls")),
]
