"""The doors of the applicant's side."""

from django.urls import path

from registry.api.cases import bringing, doors, handing, outcome

urlpatterns = [
    path("cases", doors.Cases.as_view(), name="cases"),
    path("cases/<number:pk>", doors.CaseOne.as_view(), name="case"),
    path("cases/<number:pk>/sections/<slug:key>", doors.SectionOne.as_view(), name="case-section"),
    path("cases/<number:pk>/unlock", doors.CaseUnlock.as_view(), name="case-unlock"),
    path("cases/<number:pk>/materials", bringing.CaseMaterials.as_view(), name="case-materials"),
    path(
        "cases/<number:pk>/materials/<number:material>/content",
        bringing.MaterialContent.as_view(),
        name="case-material",
    ),
    path("cases/<number:pk>/validation", handing.CaseValidation.as_view(), name="case-validation"),
    path("cases/<number:pk>/submit", handing.CaseSubmit.as_view(), name="case-submit"),
    path("cases/<number:pk>/withdraw", handing.CaseWithdraw.as_view(), name="case-withdraw"),
    path("cases/<number:pk>/receipt", outcome.CaseReceipt.as_view(), name="case-receipt"),
    path("cases/<number:pk>/receipt.pdf", outcome.CaseReceiptPdf.as_view(), name="case-receipt-pdf"),
    path("cases/<number:pk>/certificate.pdf", outcome.CaseCertificatePdf.as_view(), name="case-certificate-pdf"),
]
