"""The doors of ratings and of identity."""

from django.urls import path

from registry.api.ratings import CaseRating, IdentityProof

urlpatterns = [
    path("cases/<number:pk>/rating", CaseRating.as_view(), name="case-rating"),
    path("identities/verify", IdentityProof.as_view(), name="identity"),
]
