"""The doors of the boards."""

from django.urls import path

from supervision.views import boards, targets

app_name = "supervision"
urlpatterns = [
    path("", boards.home, name="home"),
    path("alerts/", boards.alerts, name="alerts"),
    # The pages of one place come last; a page of its own name stands above them.
    path("<str:code>/wall/", boards.wall, name="wall"),
    path("<str:code>/mix/", targets.mix, name="mix"),
    path("<str:code>/targets/<str:parameter>/", targets.target, name="target"),
    path("<str:code>/", boards.board, name="board"),
    path("<str:code>/<slug:indicator>/", boards.behind, name="behind"),
]
