# mypy: ignore-errors
"""The weblog below an address of its own, the office's home page, and the standing pages."""

from django.contrib import admin
from django.contrib.flatpages.views import flatpage
from django.urls import include, path, re_path
from django.views.generic import TemplateView
from django_xmlrpc_dx.views import handle_xmlrpc

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html")),
    re_path(r"^(?P<url>(?:profil|kontak|visi-misi)/)$", flatpage),
    path("admin/", admin.site.urls),
    path("xmlrpc/", handle_xmlrpc, name="xmlrpc"),
    path("blog/", include("xblog.urls", namespace="xblog")),
]
