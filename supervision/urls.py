"""The doors of the boards."""

from django.urls import path

from supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("alerts/", views.alerts, name="alerts"),
    path("<str:code>/", views.board, name="board"),
    path("<str:code>/<slug:indicator>/", views.behind, name="behind"),
]
