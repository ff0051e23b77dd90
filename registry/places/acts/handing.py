"""Whatever is at home in a place goes along when the place becomes another: the only writer of homes after an act.

`CARRIED` names every column that says where a row is at home and who carries it; a test fails for a column nobody
named. Rows that tell what was, such as the audit trail, stay where it was.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet

from portal.models import User
from registry import homes
from registry.casework import relocation
from registry.models import (
    CalendarDay,
    Candidate,
    FormerName,
    Hub,
    HubStaff,
    Jurisdiction,
    NameReservation,
    OccupationalBan,
    Organisation,
    Phrase,
    Population,
    RatingReview,
    Report,
    Wording,
)
from registry.touches import touch

CARRIED = {
    "registry.Organisation.place": "homes.rehome",
    "registry.Organisation.place_code": "homes.rehome",
    "registry.Standing.place_code": "homes.rehome",
    "registry.Office.place": "homes.follow",
    "registry.Case.place": "relocation.relocate",
    "registry.Case.place_code": "relocation.relocate",
    "registry.Candidate.place_code": "_follow",
    "registry.FormerName.place_code": "_follow",
    "registry.Report.place_code": "_follow",
    "registry.Hub.serves": "_serve",
    "registry.Hub.serves_code": "_serve",
    "registry.NameReservation.place_code": "_keep_house",
    "registry.OccupationalBan.place_code": "_keep_house",
    "registry.Phrase.place_code": "_keep_house",
    "registry.Wording.place_code": "_keep_house",
    "registry.CalendarDay.place_code": "_keep_house",
    "registry.RatingReview.place_code": "_keep_house",
    "registry.Population.place": "_copy_people",
}
FOLLOWING = (Candidate, FormerName, Report)  # wherever their organisation goes
HOUSE = (NameReservation, OccupationalBan, Phrase, Wording, CalendarDay, RatingReview)  # what an authority keeps


@dataclass(frozen=True)
class Handing:
    """From which place to which, from which day, by whom; `only` are the organisations of a split, None for all."""

    before: Jurisdiction
    after: Jurisdiction
    on: dt.date
    day: dt.date  # when it is carried out: from then on offices are held over the new place
    by: User | None
    act: int
    only: tuple[int, ...] | None = None
    alone: bool = False  # nothing else becomes `after`, so that figures of `before` are its figures

    @property
    def whole(self) -> bool:
        return self.only is None


def carry(handing: Handing) -> None:
    """Carry everything of the register from one place to another. Inside the transaction of the act."""
    homes.follow(handing.before, handing.after, on=handing.day, ends=handing.whole)
    homes.rehome(handing.before, handing.after, on=handing.on, only=handing.only)
    relocation.relocate(handing.before, handing.after, by=handing.by, act=handing.act, only=handing.only)
    for model in FOLLOWING:
        _chosen(model, handing).update(place_code=handing.after.code)
    _serve(handing)
    if handing.whole:
        _keep_house(handing)
    if handing.alone:
        _copy_people(handing)


def _chosen(model: type[Model], handing: Handing) -> QuerySet:
    rows = model._default_manager.filter(place_code=handing.before.code)
    return rows if handing.whole else rows.filter(organisation_id__in=handing.only)


def _serve(handing: Handing) -> None:
    """A hub that served the place ends there and begins with its people at what is in its place.

    In a split only the hubs that go along. One that began on the day or later never served the former place.
    """
    rows = Hub.objects.filter(_not_over(handing.on), serves=handing.before)
    for hub in rows if handing.whole else rows.filter(organisation_id__in=handing.only):
        before = None if hub.starts >= handing.on else hub.pk
        ends, hub.serves, hub.serves_code = hub.ends, handing.after, handing.after.code
        if before:
            Hub.objects.filter(pk=before).update(ends=handing.on)
            hub.pk, hub._state.adding = None, True
            hub.starts, hub.ends = handing.on, ends
        hub.save()
        Organisation.objects.filter(pk=hub.organisation_id).changed()
        if before:
            _move_posts(before, hub, handing.on)


def _move_posts(before: int, hub: Hub, on: dt.date) -> None:
    for post in HubStaff.objects.filter(_not_over(on), hub=before):
        if post.starts < on:
            HubStaff.objects.create(hub=hub, name=post.name, full_time=post.full_time, starts=on, ends=post.ends)
            post.ends = on
        else:
            post.hub = hub
        post.save(update_fields=["hub", "ends"])


def _not_over(on: dt.date) -> Q:
    return Q(ends=None) | Q(ends__gt=on)


def _keep_house(handing: Handing) -> None:
    """What an authority keeps goes to the one in its place; what that one has already stays its own."""
    for model in HOUSE:
        for row in model.objects.filter(place_code=handing.before.code):
            row.place_code = handing.after.code
            _try(lambda row=row: row.save(update_fields=["place_code"]))


def _try(write: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return  # the authority in its place has the same already


def _copy_people(handing: Handing) -> None:
    """The latest figures of a place that only got another code are figures of the place in its place."""
    source = f"沿用{handing.before}（代码 {handing.before.code}）"
    known: set[str] = set()
    for figure in handing.before.populations.order_by("-year"):
        if figure.kind not in known:
            known.add(figure.kind)
            told = f"{source}：{figure.source}"[:200]
            fresh = {"people": figure.people, "source": told}
            Population.objects.get_or_create(place=handing.after, year=figure.year, kind=figure.kind, defaults=fresh)


def tell_counts(concerned: Iterable[str], *days: dt.date) -> None:
    """Everything counted in these places and below them is counted anew from these days on."""
    for code in concerned:
        touch(code, *days, whole=True)
