"""The doors of the API under /api/v1/."""

from django.urls import include, path

from registry.api.checks import Assessments, NameChecks
from registry.api.items import ItemOne, Items
from registry.api.me import Me
from registry.api.public import PublicCertificate, PublicOrganisation, PublicOrganisations
from registry.api.sandbox import Advance

urlpatterns = [
    path("", include("registry.api.desks.urls")),
    path("sandbox/advance", Advance.as_view(), name="sandbox_advance"),
    path("assessments", Assessments.as_view(), name="assessments"),
    path("name-checks", NameChecks.as_view(), name="name_checks"),
    path("public/organisations", PublicOrganisations.as_view(), name="public_organisations"),
    path("public/organisations/<number:pk>", PublicOrganisation.as_view(), name="public_organisation"),
    path("public/certificates/<str:number>", PublicCertificate.as_view(), name="public_certificate"),
    path("me", Me.as_view(), name="me"),
    path("items", Items.as_view(), name="items"),
    path("items/<slug:key>", ItemOne.as_view(), name="item"),
    path("", include("registry.api.cases.urls")),
    path("", include("registry.api.register.urls")),
    path("", include("registry.api.exports_urls")),
    path("", include("registry.api.ratings_urls")),
    path("", include("registry.api.events_urls")),
]
