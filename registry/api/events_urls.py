"""The doors of events and endpoints."""

from django.urls import path

from registry.api import endpoints
from registry.api.events import Events

urlpatterns = [
    path("events", Events.as_view(), name="events"),
    path("endpoints", endpoints.Endpoints.as_view(), name="endpoints"),
    path("endpoints/<number:pk>", endpoints.OneEndpoint.as_view(), name="endpoint"),
    path("endpoints/<number:pk>/rotate", endpoints.RotateEndpoint.as_view(), name="endpoint_rotate"),
    path("endpoints/<number:pk>/enable", endpoints.EnableEndpoint.as_view(), name="endpoint_enable"),
    path("endpoints/<number:pk>/disable", endpoints.DisableEndpoint.as_view(), name="endpoint_disable"),
    path("endpoints/<number:pk>/test", endpoints.PingEndpoint.as_view(), name="endpoint_test"),
    path("endpoints/<number:pk>/replay", endpoints.ReplayEndpoint.as_view(), name="endpoint_replay"),
    path("endpoints/<number:pk>/deliveries", endpoints.Deliveries.as_view(), name="endpoint_deliveries"),
]
