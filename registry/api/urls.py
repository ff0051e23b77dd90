"""The doors of the API under /api/v1/."""

from django.urls import path

from registry.api.me import Me

urlpatterns = [
    path("me", Me.as_view(), name="me"),
]
