"""The doors of supervision under /api/v1/."""

from django.urls import path

from supervision.api.judgements import Judgements
from supervision.api.targets import Target, Targets

urlpatterns = [
    path("targets", Targets.as_view(), name="targets"),
    path("targets/<str:parameter>", Target.as_view(), name="target"),
    path("judgements", Judgements.as_view(), name="judgements"),
]
