# mypy: ignore-errors
"""The blog answers everything."""

from django.urls import include, path

urlpatterns = [path("", include("puput.urls"))]
