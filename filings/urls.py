"""The doors of 备案 beyond casework."""

from django.urls import path

from filings import views

app_name = "filings"
urlpatterns = [
    path("delegations/", views.delegations, name="delegations"),
    path("delegations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("quick/", views.quick, name="quick"),
    path("listings/new/", views.listing, name="listing"),
]
