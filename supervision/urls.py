"""The doors of the boards."""

from django.urls import path

from supervision.views import assignments, boards, gaps, handling, sheets, statistics, targets, trials

app_name = "supervision"
urlpatterns = [
    path("", boards.home, name="home"),
    path("alerts/", boards.alerts, name="alerts"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/<slug:verb>/", assignments.assignment_do, name="assignment_do"),
    # The pages of one place come last; a page of its own name stands above them.
    path("<str:code>/wall/", boards.wall, name="wall"),
    path("<str:code>/mix/", targets.mix, name="mix"),
    path("<str:code>/targets/<str:parameter>/", targets.target, name="target"),
    path("<str:code>/sheet/", sheets.sheet, name="sheet"),
    path("<str:code>/sheet/batch/", sheets.sheet_batch, name="sheet_batch"),
    path("<str:code>/gaps/", gaps.gaps, name="gaps"),
    path("<str:code>/gaps/<str:what>/", gaps.gap, name="gap"),
    path("<str:code>/reductions/", handling.reductions, name="reductions"),
    path("<str:code>/handling/", handling.handling, name="handling"),
    path("<str:code>/handling/<slug:which>/", handling.handled, name="handled"),
    path("<str:code>/statistics/", statistics.statistics, name="statistics"),
    path("<str:code>/statistics/<int:pk>/", statistics.statistic, name="statistic"),
    path("<str:code>/scorecard/", statistics.scorecard, name="scorecard"),
    path("<str:code>/outlook/<str:parameter>/", assignments.outlook, name="outlook"),
    path("<str:code>/outlook/<str:parameter>/assign/", assignments.assign, name="assign"),
    path("<str:code>/trial/", trials.trial, name="trial"),
    path("<str:code>/trial/organisations/", trials.trial_organisations, name="trial_organisations"),
    path("<str:code>/trials/", trials.kept_trials, name="kept_trials"),
    path("<str:code>/trials/<int:pk>/", trials.kept, name="kept"),
    path("<str:code>/", boards.board, name="board"),
    path("<str:code>/<slug:indicator>/", boards.behind, name="behind"),
]
