# mypy: ignore-errors
"""The blog's lists and feeds, the standing pages, and Wagtail's pages for all else."""

from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls

urlpatterns = [
    path("admin/", include(admin_urls)),
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("blog/", include("blog.urls", namespace="blog")),
    path("", include(wagtail_urls)),
]
