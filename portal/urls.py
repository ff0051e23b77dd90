"""All doors. The apps are named by string: the ground floor imports none of them."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from portal import views
from portal.health import healthz

own = [
    path("", views.home, name="home"),
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("alive/", views.alive, name="alive"),
    path("healthz", healthz, name="healthz"),
]

urlpatterns = [
    path("", include((own, "portal"))),
    path("api/v1/", include(("portal.api.urls", "api"))),
    path("", include("registry.urls")),
    path("filings/", include("filings.urls")),
    path("boards/", include("supervision.urls")),
]
