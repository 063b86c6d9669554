# mypy: ignore-errors
"""The newsletter below an address of its own, the office's home page, and the standing pages."""

from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path
from django.views.generic import TemplateView

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html")),
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("buletin/", include("newsletter.urls")),
]
