"""The doors of acts on a case."""

from django.urls import path

from registry.api.desks.asking import Ask, Record
from registry.api.desks.clocks import Resume, Suspend
from registry.api.desks.doing import Act
from registry.api.desks.leasing import Release, Take

urlpatterns = [
    path("cases/<number:pk>/actions/suspend", Suspend.as_view(), name="case_suspend"),
    path("cases/<number:pk>/actions/resume", Resume.as_view(), name="case_resume"),
    path("cases/<number:pk>/actions/take", Take.as_view(), name="case_take"),
    path("cases/<number:pk>/actions/release", Release.as_view(), name="case_release"),
    path("cases/<number:pk>/actions/<slug:verb>", Act.as_view(), name="case_act"),
    path("cases/<number:pk>/opinions", Ask.as_view(), name="case_opinions"),
    path("cases/<number:pk>/opinions/<number:opinion>/answer", Record.as_view(), name="case_opinion_answer"),
]
