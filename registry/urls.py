"""The doors of the register and of casework."""

from django.urls import path

from registry.views import (
    bans,
    cases,
    desk,
    guide,
    hubs,
    moves,
    organisations,
    places,
    policies,
    public,
    reveal,
    tasklist,
    worklist,
)

app_name = "registry"
urlpatterns = [
    path("guide/", guide.guide, name="guide"),
    path("guide/start/", guide.start, name="start"),
    path("cases/", worklist.cases, name="cases"),
    path("cases/<int:pk>/", desk.case, name="case"),
    path("cases/<int:pk>/tasks/", tasklist.tasks, name="tasks"),
    path("cases/<int:pk>/tasks/<slug:key>/", cases.section, name="section"),
    path("cases/<int:pk>/tasks/<slug:key>/autosave/", cases.autosave, name="autosave"),
    path("cases/<int:pk>/similar/", cases.resembling, name="resembling"),
    path("cases/<int:pk>/materials/", cases.materials, name="materials"),
    path("cases/<int:pk>/materials/<int:material_pk>/", cases.material, name="material"),
    path("cases/<int:pk>/check/", cases.check, name="check"),
    path("cases/<int:pk>/reveal/", reveal.reveal, name="reveal"),
    path("cases/<int:pk>/receipt/", cases.receipt, name="receipt"),
    path("cases/<int:pk>/receipt.pdf", public.receipt_pdf, name="receipt_pdf"),
    path("cases/<int:pk>/do/<slug:verb>/", moves.move, name="move"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/convert/", organisations.convert, name="convert"),
    path("organisations/<int:pk>/end/", organisations.end, name="end"),
    path("bans/", bans.bans, name="bans"),
    path("hubs/<int:pk>/", hubs.hub, name="hub"),
    path("hubs/<int:pk>/posts/<int:post_pk>/release/", hubs.release, name="release"),
    path("certificates/<int:pk>.pdf", public.certificate, name="certificate"),
    path("verify/", public.verify, name="verify"),
    path("verify/<slug:token>/", public.verified, name="verified"),
    path("track/", public.track, name="track"),
    path("places/", places.places, name="places"),
    path("places/<str:code>/", places.place, name="place"),
    path("places/<str:code>/<slug:what>/", places.place_edit, name="place_edit"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<slug:slug>/", policies.policy, name="policy"),
]
