"""The doors of bulk exports."""

from django.urls import path

from registry.api.exports import ExportContent, Exports, OneExport

urlpatterns = [
    path("exports", Exports.as_view(), name="exports"),
    path("exports/<uuid:uid>", OneExport.as_view(), name="export"),
    path("exports/<uuid:uid>/content", ExportContent.as_view(), name="export_content"),
]
