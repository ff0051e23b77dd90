"""The doors of the register under /api/v1/."""

from django.urls import path

from registry.api.register.directories import Directories
from registry.api.register.hubs import HubOne, Hubs
from registry.api.register.organisation import OrganisationOne
from registry.api.register.organisations import Organisations
from registry.api.register.places import PlaceOne, Places

urlpatterns = [
    path("organisations", Organisations.as_view(), name="organisations"),
    path("organisations/<number:pk>", OrganisationOne.as_view(), name="organisation"),
    path("hubs", Hubs.as_view(), name="hubs"),
    path("hubs/<number:pk>", HubOne.as_view(), name="hub"),
    path("places", Places.as_view(), name="places"),
    path("places/<code:code>", PlaceOne.as_view(), name="place"),
    path("directories", Directories.as_view(), name="directories"),
]
