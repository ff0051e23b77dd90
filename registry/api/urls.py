"""The doors of the API under /api/v1/."""

from django.urls import include, path

from registry.api.me import Me

urlpatterns = [
    path("me", Me.as_view(), name="me"),
    path("", include("registry.api.register.urls")),
    path("", include("registry.api.exports_urls")),
]
